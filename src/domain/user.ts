import type { Role } from './actor.ts';
import { ruleBroken } from './errors.ts';
import type { UserProfile } from './user-attributes.ts';
import { compareKey, type Instant } from './values.ts';

/** Where a user stands. */
export const USER_STATUSES = ['INVITED', 'ACTIVE', 'DEACTIVATED'] as const;
export type UserStatus = (typeof USER_STATUSES)[number];

/** Who manages a user: the directory through SCIM, or people in the workspace. */
export const MANAGERS = ['DIRECTORY', 'WORKSPACE'] as const;
export type ManagedBy = (typeof MANAGERS)[number];

/** Where a role comes from. */
export type RoleSource = 'DEFAULT' | 'ASSIGNED' | 'TEAM';

/** A person in a workspace. Belongs to exactly one; immutable: a change makes a new value with the next version. */
export interface User {
  readonly workspaceId: string;
  /** UUIDv7. */
  readonly id: string;
  /** Exactly as sent; compared by `userNameKey`. */
  readonly userName: string;
  readonly userNameKey: string;
  /** The directory's id for the user; null when it sent none. */
  readonly externalId: string | null;
  readonly status: UserStatus;
  /** What the user may do: the highest of their own role and their teams' mappings. */
  readonly role: Role;
  readonly roleSource: RoleSource;
  /** The team whose mapping gives `role`; null unless `roleSource` is TEAM. */
  readonly roleTeamId: string | null;
  /** The role that the user has without any team, and where it comes from. */
  readonly ownRole: Role;
  readonly ownRoleSource: Exclude<RoleSource, 'TEAM'>;
  readonly managedBy: ManagedBy;
  /** Whether the user was here before the directory took over. */
  readonly adopted: boolean;
  /** When the directory created or took over the user; null while the workspace manages them. */
  readonly linkedAt: Instant | null;
  /** When the directory last wrote the user, changed or not. */
  readonly lastSyncedAt: Instant | null;
  /** The attributes as they came, without what is derived. */
  readonly profile: UserProfile;
  /** A display name that no sync overwrites; null when there is none. */
  readonly displayNameOverride: string | null;
  readonly deactivatedAt: Instant | null;
  readonly deactivatedBy: ManagedBy | null;
  /** When the user last did something here, to the minute. */
  readonly lastActiveAt: Instant | null;
  /** Grows by one with each change of what is stored; `lastSyncedAt` and `lastActiveAt` do not count. */
  readonly version: number;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** Whether SCIM says the user is active: everyone who is not deactivated (an invited user is). */
export function isActive(user: User): boolean {
  return user.status !== 'DEACTIVATED';
}

/** Whether the user counts for the rule that a workspace keeps an active owner. */
export function isActiveOwner(user: User): boolean {
  return user.role === 'OWNER' && user.status === 'ACTIVE';
}

/** The fields of a role that no team gives. */
export function ownRoleOf(role: Role, source: User['ownRoleSource']) {
  return { role, roleSource: source, roleTeamId: null, ownRole: role, ownRoleSource: source } as const;
}

/** The same user under another name, with its compare key. */
export function renamed(user: User, userName: string): User {
  return { ...user, userName, userNameKey: compareKey(userName) };
}

/** The user with access taken away; role, profile and id are kept. */
export function deactivated(user: User, by: ManagedBy, at: Instant): User {
  return { ...user, status: 'DEACTIVATED', deactivatedAt: at, deactivatedBy: by };
}

/** The user with access given back. */
export function reactivated(user: User): User {
  return { ...user, status: 'ACTIVE', deactivatedAt: null, deactivatedBy: null };
}

/** The user who has come in: an invitation ends with the first sign-in. The same user where there was none. */
export function accepted(user: User, at: Instant): User {
  return user.status === 'INVITED' ? { ...user, status: 'ACTIVE', version: user.version + 1, updatedAt: at } : user;
}

/** The user under the directory's management: linked at its first accepted write, and synced at each. */
export function synced(user: User, at: Instant): User {
  if (user.managedBy === 'DIRECTORY') return { ...user, lastSyncedAt: at };
  const status = user.status === 'INVITED' ? 'ACTIVE' : user.status;
  return { ...user, managedBy: 'DIRECTORY', adopted: true, linkedAt: at, lastSyncedAt: at, status };
}

/** The refusal that keeps a workspace with an owner. */
export function lastOwner(verb: string, field?: string) {
  return ruleBroken(
    'LAST_OWNER',
    `This is the last active owner of the workspace and cannot be ${verb}.`,
    'Make another active user an owner of the workspace first.',
    field,
  );
}
