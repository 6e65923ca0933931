import type { TeamOfUser } from '../domain/team-repository.ts';
import type { User } from '../domain/user.ts';
import type { EnterpriseAttributes, UserAttributes } from '../domain/user-attributes.ts';
import { displayNameOf, presentedAttributes } from '../domain/user-profile.ts';
import { invalidValue } from './errors.ts';
import { etagOf } from './etag.ts';
import type { Json, JsonObject } from './json.ts';
import type { ReadResource } from './schema/read.ts';
import { CORE_USER, ENTERPRISE_USER } from './urns.ts';

/** What a User resource tells of others. */
export interface Relations {
  readonly teams: readonly TeamOfUser[];
  /** The user whom `manager.value` names; undefined where it names none of this workspace. */
  readonly manager: User | undefined;
}

/** The User resource of a user (RFC 7643 §4.1), as the directory reads it. */
export function toUserResource(user: User, { teams, manager }: Relations, baseUrl: string): JsonObject {
  const attributes = fromAttributes(withManager(presentedAttributes(user), manager, baseUrl));
  const schemas = attributes[ENTERPRISE_USER] === undefined ? [CORE_USER] : [CORE_USER, ENTERPRISE_USER];
  return {
    schemas,
    id: user.id,
    ...attributes,
    groups: teams.map((team) => toGroup(team, baseUrl)),
    meta: {
      resourceType: 'User',
      created: user.createdAt,
      lastModified: user.updatedAt,
      location: userLocation(baseUrl, user.id),
      version: etagOf(user.version),
    },
  };
}

/** A team as the user's `groups` show it (RFC 7643 §4.1.2). */
function toGroup({ teamId, name }: TeamOfUser, baseUrl: string): JsonObject {
  return { value: teamId, $ref: `${baseUrl}/Groups/${teamId}`, display: name, type: 'direct' };
}

/** The manager's address and name are theirs as they are now (RFC 7643 §4.3), whatever was sent of them. */
function withManager(attributes: UserAttributes, manager: User | undefined, baseUrl: string): Readonly<UserAttributes> {
  const { enterprise } = attributes;
  if (enterprise?.manager === undefined) return attributes;
  const { displayName: _sent, ...kept } = enterprise.manager;
  const now = manager && { $ref: userLocation(baseUrl, manager.id), displayName: displayNameOf(manager) };
  return { ...attributes, enterprise: { ...enterprise, manager: { ...kept, ...now } } };
}

/** The attributes without the address that we give of a manager: sent back, it is only our own answer echoed. */
export function withoutOwnReference(attributes: UserAttributes, baseUrl: string): UserAttributes {
  const { manager, ...enterprise }: EnterpriseAttributes = attributes.enterprise ?? {};
  if (manager?.value === undefined || manager.$ref !== userLocation(baseUrl, manager.value)) return attributes;
  const { $ref: _ours, ...kept } = manager;
  return { ...attributes, enterprise: { ...enterprise, manager: kept } };
}

/** Where a user is read. */
export function userLocation(baseUrl: string, id: string): string {
  return `${baseUrl}/Users/${id}`;
}

/** The attributes in SCIM's shape: the enterprise extension stands under its URN. */
export function fromAttributes(attributes: Readonly<UserAttributes>): JsonObject {
  const { enterprise, ...core } = attributes;
  const resource = core as unknown as JsonObject;
  return enterprise === undefined ? resource : { ...resource, [ENTERPRISE_USER]: enterprise as unknown as Json };
}

/**
 * The attributes of a resource that the schema's table has read; a user without `active` is active unless `otherwise`
 * says how they were. Fails with: 400 invalidValue.
 */
export function toAttributes(resource: JsonObject, otherwise?: Readonly<UserAttributes>): UserAttributes {
  const { [ENTERPRISE_USER]: enterprise, active, ...core } = resource;
  if (typeof core['userName'] !== 'string')
    throw invalidValue('userName is missing. Send the name the user signs in with; it is the one required attribute.');
  const attributes = { ...core, active: active ?? otherwise?.active ?? true };
  return (enterprise === undefined ? attributes : { ...attributes, enterprise }) as unknown as UserAttributes;
}

/** What stays where a PUT does not speak of it (contract §10 rule 3): clients that leave it out do not mean to clear it. */
const KEPT_BY_PUT = ['active', 'externalId', 'emails', 'roles'] as const;

/** The attributes after a PUT (RFC 7644 §3.5.1): what was sent, and what stays. Fails with: 400 invalidValue. */
export function replaced(read: ReadResource, before: Readonly<UserAttributes>): UserAttributes {
  const kept: JsonObject = {};
  for (const name of KEPT_BY_PUT) {
    const isSilent = read.resource[name] === undefined && !read.cleared.has(name);
    const held = before[name];
    if (isSilent && held !== undefined) kept[name] = held as Json;
  }
  return toAttributes({ ...kept, ...read.resource }, before);
}
