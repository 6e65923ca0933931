import type { Role } from './actor.ts';
import type { ManagedBy } from './user.ts';
import { compareKey, type Instant } from './values.ts';

/** The role that membership of a team can give; never OWNER. */
export type MappedRole = Exclude<Role, 'OWNER'>;

/** A team of users: a SCIM group. Who is in it is kept apart, a row for each member. Immutable, like a user. */
export interface Team {
  readonly workspaceId: string;
  /** UUIDv7. */
  readonly id: string;
  /** Exactly as given; compared by `nameKey`, unique in the workspace. */
  readonly name: string;
  readonly nameKey: string;
  /** The directory's id for the team; null when it sent none. */
  readonly externalId: string | null;
  readonly managedBy: ManagedBy;
  /** Whether the team was here before the directory took over. */
  readonly adopted: boolean;
  /** When the directory created or took over the team; null while the workspace manages it. */
  readonly linkedAt: Instant | null;
  /** When the directory last wrote the team, changed or not. */
  readonly lastSyncedAt: Instant | null;
  /** The role that membership gives; null when it gives none. */
  readonly roleMapping: MappedRole | null;
  /** Grows by one with each change of the team or of who is in it. */
  readonly version: number;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** A change of who is in a team. Several are applied in their order. */
export type MemberChange =
  /** Fails for a user there is not; one who is in the team already stays. */
  | { readonly kind: 'add'; readonly userIds: readonly string[] }
  /** Passes over users who are not in the team, or do not exist. */
  | { readonly kind: 'remove'; readonly userIds: readonly string[] }
  /** Exactly these from then on; fails for a user there is not. */
  | { readonly kind: 'replace'; readonly userIds: readonly string[] };

/** The most members that one request may name. */
export const MEMBERS_A_REQUEST = 100_000;

/** The same team under another name, with its compare key. */
export function renamedTeam(team: Team, name: string): Team {
  return { ...team, name, nameKey: compareKey(name) };
}

/** The team under the directory's management: linked at its first accepted write, and synced at each. */
export function syncedTeam(team: Team, at: Instant): Team {
  if (team.managedBy === 'DIRECTORY') return { ...team, lastSyncedAt: at };
  return { ...team, managedBy: 'DIRECTORY', adopted: true, linkedAt: at, lastSyncedAt: at };
}
