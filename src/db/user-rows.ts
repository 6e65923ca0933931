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

// SQLite writes each index that has a column which the statement names, changed or not. So a save names these only where
// one of them changes, which it seldom does.
const INDEXED_COLUMNS = `
  user_name_key external_id status managed_by last_active_at display_name display_name_key search_text
`
  .trim()
  .split(/\s+/u);

/** The columns that every save writes, in the order of `savedValues`. */
export const SAVED_COLUMNS = `
  user_name own_role own_role_source adopted linked_at last_synced_at display_name_override deactivated_at
  deactivated_by version created_at updated_at profile comparable
`
  .trim()
  .split(/\s+/u);

/** The columns that a save writes which changes what users are found by, in the order of `wholeValues`. */
export const WHOLE_COLUMNS = [...SAVED_COLUMNS, ...INDEXED_COLUMNS];

/** The columns that an insert writes, in the order of `addedValues`: the role of a user who is there follows from others. */
export const ADDED_COLUMNS = [...WHOLE_COLUMNS, 'role', 'role_source', 'role_team_id'];

/** The values of `ADDED_COLUMNS`. */
export function addedValues(user: User): SqlValue[] {
  return [...wholeValues(user), user.role, user.roleSource, user.roleTeamId];
}

/** The values of `WHOLE_COLUMNS`. */
export function wholeValues(user: User): SqlValue[] {
  return [...savedValues(user), ...indexedValues(user)];
}

/** The values of `SAVED_COLUMNS`. */
export function savedValues(user: User): SqlValue[] {
  return [
    user.userName,
    user.ownRole,
    user.ownRoleSource,
    Number(user.adopted),
    user.linkedAt,
    user.lastSyncedAt,
    user.displayNameOverride,
    user.deactivatedAt,
    user.deactivatedBy,
    user.version,
    user.createdAt,
    user.updatedAt,
    JSON.stringify(user.profile),
    comparableOf(user),
  ];
}

function indexedValues(user: User): SqlValue[] {
  const displayName = displayNameOf(user);
  return [
    user.userNameKey,
    user.externalId,
    user.status,
    user.managedBy,
    user.lastActiveAt,
    displayName,
    sortKey(displayName),
    searchTextOf(user),
  ];
}

function searchTextOf(user: User): string {
  return sortKey([displayNameOf(user), user.userName, emailOf(user) ?? ''].join('\n'));
}

/** Whether `SAVED_COLUMNS` are all in which two states of a user may differ. */
export function isFoundAlike(before: User, after: User): boolean {
  return (
    before.userName === after.userName &&
    before.externalId === after.externalId &&
    before.status === after.status &&
    before.managedBy === after.managedBy &&
    before.lastActiveAt === after.lastActiveAt &&
    displayNameOf(before) === displayNameOf(after) &&
    emailOf(before) === emailOf(after)
  );
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
