import { forbidden } from './errors.ts';

/** What a user may do in the workspace, lowest first. */
export const ROLES = ['MEMBER', 'ADMIN', 'OWNER'] as const;
export type Role = (typeof ROLES)[number];

/** A permission, held through a role. */
export type Permission = 'MANAGE_SECURITY_AND_IDENTITY' | 'MANAGE_USERS_AND_TEAMS' | 'MANAGE_OWNERS';

const PERMISSIONS: Record<Role, readonly Permission[]> = {
  MEMBER: [],
  ADMIN: ['MANAGE_SECURITY_AND_IDENTITY', 'MANAGE_USERS_AND_TEAMS'],
  OWNER: ['MANAGE_SECURITY_AND_IDENTITY', 'MANAGE_USERS_AND_TEAMS', 'MANAGE_OWNERS'],
};

/** The permissions a role gives. */
export function permissionsOf(role: Role): readonly Permission[] {
  return PERMISSIONS[role];
}

/** Who acts. `system` is the operator of the server: the CLI and the first start. */
export type Actor =
  | {
      readonly kind: 'user';
      readonly userId: string;
      readonly role: Role;
      /** The personal access token that was used; absent in a session. */
      readonly accessTokenId?: string;
    }
  | { readonly kind: 'scimCredential'; readonly credentialId: string }
  | { readonly kind: 'system' };

/** What can be done. */
export type Action =
  | 'createUser'
  | 'updateUser'
  | 'deleteUser'
  | 'manageOwners'
  | 'readUsers'
  | 'manageTeams'
  | 'readTeams'
  | 'unlink'
  | 'inviteUser'
  | 'updateProvisioningSettings'
  | 'overrideDisplayName'
  | 'manageScimCredentials'
  | 'readProvisioning'
  | 'createAccessToken'
  | 'revokeAccessToken'
  | 'manageSso'
  | 'manageWorkspaces';

interface Policy {
  /** What a user needs; `member` is anyone in the workspace, `nobody` is no user at all. */
  readonly user: Permission | 'member' | 'nobody';
  /** Whether a user may do it to themselves without the permission. */
  readonly oneself?: true;
  /** Whether the directory may. */
  readonly directory?: true;
}

/** The one place that says who may do what. The system may do everything. */
const POLICIES: Record<Action, Policy> = {
  createUser: { user: 'MANAGE_USERS_AND_TEAMS', directory: true },
  updateUser: { user: 'MANAGE_USERS_AND_TEAMS', directory: true },
  deleteUser: { user: 'MANAGE_USERS_AND_TEAMS', directory: true },
  manageOwners: { user: 'MANAGE_OWNERS', directory: true },
  readUsers: { user: 'member', directory: true },
  manageTeams: { user: 'MANAGE_USERS_AND_TEAMS', directory: true },
  readTeams: { user: 'member', directory: true },
  unlink: { user: 'MANAGE_SECURITY_AND_IDENTITY' },
  inviteUser: { user: 'MANAGE_USERS_AND_TEAMS' },
  updateProvisioningSettings: { user: 'MANAGE_SECURITY_AND_IDENTITY' },
  overrideDisplayName: { user: 'MANAGE_USERS_AND_TEAMS', oneself: true },
  manageScimCredentials: { user: 'MANAGE_SECURITY_AND_IDENTITY' },
  readProvisioning: { user: 'MANAGE_SECURITY_AND_IDENTITY' },
  createAccessToken: { user: 'nobody', oneself: true },
  revokeAccessToken: { user: 'nobody', oneself: true },
  manageSso: { user: 'nobody' },
  manageWorkspaces: { user: 'nobody' },
};

/** The permission the actor lacks for an action, or undefined when they may; `targetUserId` is whom it is done to. */
export function missingPermission(
  actor: Actor,
  action: Action,
  targetUserId?: string,
): Permission | 'SYSTEM' | undefined {
  const policy = POLICIES[action];
  if (actor.kind === 'system') return undefined;
  if (actor.kind === 'scimCredential') return policy.directory ? undefined : 'SYSTEM';
  if (policy.user === 'member') return undefined;
  if (policy.oneself && targetUserId === actor.userId) return undefined;
  if (policy.user === 'nobody') return 'SYSTEM';
  return PERMISSIONS[actor.role].includes(policy.user) ? undefined : policy.user;
}

/** Lets the actor pass. Fails with: Forbidden. */
export function authorize(actor: Actor, action: Action, targetUserId?: string): void {
  const missing = missingPermission(actor, action, targetUserId);
  if (missing !== undefined) throw forbidden(missing);
}
