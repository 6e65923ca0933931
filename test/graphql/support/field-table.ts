import { getNamedType, isInterfaceType, isObjectType, isUnionType, type GraphQLSchema } from 'graphql';
import type { Permission } from '../../../src/domain/actor.ts';

/** Who may read a field: everyone, everyone signed in, or those with a permission. */
export type Reader = 'ANYONE' | 'SIGNED_IN' | Permission;

/** How to reach an instance of a type, and its fields by who may read them. */
interface TypeRow {
  /** Paths from the query; `node` is of an instance of the type. */
  readonly at: readonly string[];
  readonly fields: Partial<Readonly<Record<Reader, string>>>;
}

const NODE = 'node(id: $id)';
const MEMBERS = 'workspace.members(first: 10)';
const TEAMS = 'workspace.teams(first: 10)';
const PROVISIONING = 'workspace.provisioning';
const CREDENTIALS = `${PROVISIONING}.credentials(first: 10)`;
const EVENTS = `${PROVISIONING}.events(first: 10)`;
const HEALTH = `${PROVISIONING}.health`;

const signedIn = (at: string | readonly string[], fields: string): TypeRow => ({
  at: [at].flat(),
  fields: { SIGNED_IN: fields },
});
const security = (at: string | readonly string[], fields: string): TypeRow => ({
  at: [at].flat(),
  fields: { MANAGE_SECURITY_AND_IDENTITY: fields },
});
const PAGE = 'edges nodes pageInfo totalCount';
const EDGE = 'cursor node';

/** Every field of every type that a query reaches. A field that is new has no place here until someone decides. */
export const FIELD_TABLE: Readonly<Record<string, TypeRow>> = {
  Query: { at: [''], fields: { ANYONE: 'server viewer', SIGNED_IN: 'node nodes workspace' } },
  Server: { at: ['server'], fields: { ANYONE: 'time version' } },
  Viewer: signedIn('viewer', 'accessTokens permissions sessionExpiresAt user'),
  AccessToken: signedIn(['viewer.accessTokens', NODE], 'createdAt expiresAt id lastUsedAt name prefix'),
  Workspace: {
    at: ['workspace', NODE],
    fields: {
      SIGNED_IN: 'createdAt id members name slug subscription teams',
      MANAGE_SECURITY_AND_IDENTITY: 'provisioning',
    },
  },
  WorkspaceSubscription: signedIn('workspace.subscription', 'plan sso'),
  Entitlement: signedIn('workspace.subscription.sso', 'included reason upgradeUrl'),

  User: signedIn(
    ['viewer.user', `${MEMBERS}.nodes`, `${MEMBERS}.edges.node`, NODE],
    `createdAt deactivatedAt deactivatedBy displayName displayNameOverride email id lastActiveAt managedBy profile
    provisioningLink role roleSource roleTeam status teams updatedAt userName version viewerCanChangeRole
    viewerCanDeactivate viewerCanDelete viewerCanOverrideDisplayName viewerCanReactivate`,
  ),
  UserConnection: signedIn([MEMBERS, `${TEAMS}.nodes.members`], PAGE),
  UserEdge: signedIn(`${MEMBERS}.edges`, EDGE),
  UserProfile: signedIn(`${MEMBERS}.nodes.profile`, 'department displayName email familyName givenName locale title'),
  ProfileField: signedIn(`${MEMBERS}.nodes.profile.displayName`, 'directoryValue locked source value'),
  ProvisioningLink: signedIn(
    [`${MEMBERS}.nodes.provisioningLink`, `${TEAMS}.nodes.provisioningLink`],
    'adopted externalId lastSyncedAt linkedAt',
  ),
  Ability: signedIn(
    [`${MEMBERS}.nodes.viewerCanDelete`, `${TEAMS}.nodes.viewerCanEdit`],
    'allowed brokenRule explanation missingPermission',
  ),
  PageInfo: signedIn([`${MEMBERS}.pageInfo`, `${TEAMS}.pageInfo`], 'endCursor hasNextPage hasPreviousPage startCursor'),
  Team: signedIn(
    [`${TEAMS}.nodes`, `${TEAMS}.edges.node`, NODE],
    'createdAt id managedBy members name provisioningLink roleMapping updatedAt version viewerCanEdit',
  ),
  TeamConnection: signedIn([TEAMS, `${MEMBERS}.nodes.teams`], PAGE),
  TeamEdge: signedIn(`${TEAMS}.edges`, EDGE),

  Provisioning: security(
    [PROVISIONING, NODE],
    `baseUrl credentials events health id oktaFields paused settings setupChecklist status version
    viewerCanGenerateCredential`,
  ),
  CopyableValue: security(`${PROVISIONING}.oktaFields`, 'label value'),
  ProvisioningSettings: security(
    `${PROVISIONING}.settings`,
    'defaultRole displayNameOverrideAllowed groupPush maxCredentialLifetimeDays passwordSync',
  ),
  SetupStep: security(
    `${PROVISIONING}.setupChecklist`,
    'completedAt instructions key oktaLocation remedy status title',
  ),
  ScimCredential: security(
    [`${CREDENTIALS}.nodes`, `${CREDENTIALS}.edges.node`, `${EVENTS}.nodes.credential`, NODE],
    `createdAt createdBy expiresAt id lastUsedAt lastUsedIp lastUsedUserAgent name overlapEndsAt predecessor prefix
    requestCountLast24Hours revokedAt revokedBy status successor successorUsedAt viewerCanRevoke viewerCanRotate`,
  ),
  ScimCredentialConnection: security(CREDENTIALS, PAGE),
  ScimCredentialEdge: security(`${CREDENTIALS}.edges`, EDGE),
  ProvisioningEvent: security(
    [`${EVENTS}.nodes`, `${EVENTS}.edges.node`, NODE],
    `changes credential durationMs error httpMethod httpStatus id ipAddress occurredAt operation outcome path requestId
    summary target targetName tolerated userAgent`,
  ),
  ProvisioningEventConnection: security(EVENTS, PAGE),
  ProvisioningEventEdge: security(`${EVENTS}.edges`, EDGE),
  AttributeChange: security(`${EVENTS}.nodes.changes`, 'after before path redacted'),
  ProvisioningError: security(`${EVENTS}.nodes.error`, 'code detail remedy scimType'),
  Remedy: security([`${EVENTS}.nodes.error.remedy`, `${HEALTH}.topErrors.remedy`], 'audience oktaLocation text'),
  ProvisioningHealth: security(
    HEALTH,
    `buckets durationP95Ms failedCount lastRequestAt lastSuccessAt refusedCount requestCount throttledCount topErrors
    window`,
  ),
  ProvisioningHealthBucket: security(`${HEALTH}.buckets`, 'failed refused start succeeded throttled'),
  ProvisioningErrorTally: security(`${HEALTH}.topErrors`, 'code count lastOccurredAt remedy'),
};

/** The table by `Type.field`. */
export const READERS: ReadonlyMap<string, Reader> = new Map(
  Object.entries(FIELD_TABLE).flatMap(([type, { fields }]) =>
    Object.entries(fields).flatMap(([reader, names]) =>
      names.split(/\s+/u).map((name): [string, Reader] => [`${type}.${name}`, reader as Reader]),
    ),
  ),
);

/** A field of a type that a query reaches, and the object types that it may lead to. */
export interface ReachableField {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly leadsTo: readonly string[];
}

/**
 * Every field that a query can reach. All other output types are answers of mutations and what only they hold: the role
 * matrix asks each mutation (role-matrix.test.ts), and one refused answers none of them. The fields of an interface are
 * those of its types.
 */
export function reachableFields(schema: GraphQLSchema): ReachableField[] {
  const found = new Map<string, ReachableField[]>();
  const open = ['Query'];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name)) continue;
    const fields = fieldsOf(schema, name);
    found.set(name, fields);
    open.push(...fields.flatMap(({ leadsTo }) => leadsTo));
  }
  return [...found.values()].flat();
}

function fieldsOf(schema: GraphQLSchema, typeName: string): ReachableField[] {
  const type = schema.getType(typeName);
  if (!isObjectType(type)) throw new Error(`\`${typeName}\` is no object type.`);
  return Object.values(type.getFields()).map(({ name, type: of }) => {
    const named = getNamedType(of);
    const abstract = isUnionType(named) || isInterfaceType(named);
    const objects = abstract ? schema.getPossibleTypes(named) : isObjectType(named) ? [named] : [];
    return { id: `${typeName}.${name}`, type: typeName, name, leadsTo: objects.map((object) => object.name) };
  });
}
