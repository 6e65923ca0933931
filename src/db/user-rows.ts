import type { Role } from '../domain/actor.ts';
import type { UserProfile } from '../domain/user-attributes.ts';
import { displayNameOf, emailOf } from '../domain/user-profile.ts';
import type { ManagedBy, RoleSource, User, UserStatus } from '../domain/user.ts';
import { sortKey } from '../domain/values.ts';
import { comparableOf } from './comparable.ts';
import type { SqlValue } from './session.ts';

/** A row of `users`, without what is only compared and sorted by. */
export interface UserRow {
  readonly workspace_id: string;
  readonly id: string;
  readonly seq: number;
  readonly user_name: string;
  readonly user_name_key: string;
  readonly external_id: string | null;
  readonly status: UserStatus;
  readonly role: Role;
  readonly role_source: RoleSource;
  readonly role_team_id: string | null;
  readonly own_role: Role;
  readonly own_role_source: User['ownRoleSource'];
  readonly managed_by: ManagedBy;
  readonly adopted: number;
  readonly linked_at: string | null;
  readonly last_synced_at: string | null;
  readonly display_name_override: string | null;
  readonly deactivated_at: string | null;
  readonly deactivated_by: ManagedBy | null;
  readonly last_active_at: string | null;
  readonly version: number;
  readonly created_at: string;
  readonly updated_at: string;
  readonly profile: string;
}

/** The columns of a `UserRow`, for a select list. */
export const USER_COLUMNS = [
  'workspace_id, id, seq, user_name, user_name_key, external_id, status, role, role_source, role_team_id, own_role',
  'own_role_source, managed_by, adopted, linked_at, last_synced_at, display_name_override, deactivated_at, deactivated_by, last_active_at, version',
  'created_at, updated_at, profile',
]
  .join(', ')
  .split(', ')
  .map((column) => `users.${column}`)
  .join(', ');

/** The columns that a save writes, in the order of `savedValues`. */
export const SAVED_COLUMNS = `
  user_name user_name_key external_id status own_role own_role_source managed_by adopted linked_at last_synced_at
  display_name_override deactivated_at deactivated_by last_active_at version created_at updated_at
  display_name display_name_key search_text profile comparable
`
  .trim()
  .split(/\s+/u);

/** The columns that an insert writes, in the order of `addedValues`: the role of a user who is there follows from others. */
export const ADDED_COLUMNS = [...SAVED_COLUMNS, 'role', 'role_source', 'role_team_id'];

/** The values of `ADDED_COLUMNS`. */
export function addedValues(user: User): SqlValue[] {
  return [...savedValues(user), user.role, user.roleSource, user.roleTeamId];
}

/** The values of `SAVED_COLUMNS`. */
export function savedValues(user: User): SqlValue[] {
  const displayName = displayNameOf(user);
  return [
    user.userName,
    user.userNameKey,
    user.externalId,
    user.status,
    user.ownRole,
    user.ownRoleSource,
    user.managedBy,
    Number(user.adopted),
    user.linkedAt,
    user.lastSyncedAt,
    user.displayNameOverride,
    user.deactivatedAt,
    user.deactivatedBy,
    user.lastActiveAt,
    user.version,
    user.createdAt,
    user.updatedAt,
    displayName,
    sortKey(displayName),
    sortKey([displayName, user.userName, emailOf(user) ?? ''].join('\n')),
    JSON.stringify(user.profile),
    comparableOf(user),
  ];
}

/** The user in a row. */
export function userOf(row: UserRow): User;
export function userOf(row: UserRow | undefined): User | undefined;
export function userOf(row: UserRow | undefined): User | undefined {
  if (row === undefined) return undefined;
  return {
    workspaceId: row.workspace_id,
    id: row.id,
    userName: row.user_name,
    userNameKey: row.user_name_key,
    externalId: row.external_id,
    status: row.status,
    role: row.role,
    roleSource: row.role_source,
    roleTeamId: row.role_team_id,
    ownRole: row.own_role,
    ownRoleSource: row.own_role_source,
    managedBy: row.managed_by,
    adopted: row.adopted === 1,
    linkedAt: row.linked_at,
    lastSyncedAt: row.last_synced_at,
    profile: JSON.parse(row.profile) as UserProfile,
    displayNameOverride: row.display_name_override,
    deactivatedAt: row.deactivated_at,
    deactivatedBy: row.deactivated_by,
    lastActiveAt: row.last_active_at,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
