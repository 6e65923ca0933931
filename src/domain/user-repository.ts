import type { Role } from './actor.ts';
import type { Criteria, FieldOrder, Page, PageOf, Slice } from './criteria.ts';
import type { UserField } from './user-fields.ts';
import type { RoleFromTeam } from './user-role.ts';
import type { ManagedBy, User, UserStatus } from './user.ts';
import type { Instant } from './values.ts';

/** How a list of users is narrowed; conditions are joined by AND, the values of one by OR. */
export interface UserListFilter {
  /** Text anywhere in the display name, user name or email, without regard to case and marks. */
  readonly search?: string;
  readonly statuses?: readonly UserStatus[];
  readonly roles?: readonly Role[];
  readonly managedBy?: ManagedBy;
  /** Who is in this team. */
  readonly teamId?: string;
}

/** How a list of users is ordered; ties are broken by id. */
export type UserOrder =
  'DISPLAY_NAME_ASC' | 'DISPLAY_NAME_DESC' | 'CREATED_AT_DESC' | 'LAST_ACTIVE_AT_DESC' | 'LAST_SYNCED_AT_DESC';

export interface UserReader {
  get(id: string): Promise<User | undefined>;
  /** The users with these ids, in any order; unknown ids are left out. */
  many(ids: readonly string[]): Promise<User[]>;
  byUserName(userName: string): Promise<User | undefined>;
  byExternalId(externalId: string): Promise<User | undefined>;
  /**
   * A slice of those who answer the criteria, oldest first, and how many answer in all; absent criteria: everyone. Asked
   * with `after`, `next` is what to go on with, absent at the end.
   */
  find(
    criteria: Criteria<UserField> | undefined,
    slice: Slice,
    order?: FieldOrder<UserField>,
  ): Promise<{ users: User[]; total: number; next?: number }>;
  page(filter: UserListFilter, order: UserOrder, page: Page): Promise<PageOf<User>>;
  count(filter: UserListFilter): Promise<number>;
  /** Whether an active owner other than this one exists. */
  hasOtherActiveOwner(id: string): Promise<boolean>;
  /** When the oldest of the users that the directory manages was linked. */
  firstLinkedAt(): Promise<Instant | null>;
}

export interface UserRepository {
  /** The user, locked against other writers until the transaction ends. */
  get(id: string): Promise<User | undefined>;
  /** As in `UserReader`; on PostgreSQL the owners are locked. */
  hasOtherActiveOwner(id: string): Promise<boolean>;
  /** The highest role that a team gives to this user, by the oldest such team; undefined where none does. */
  highestTeamRole(id: string): Promise<RoleFromTeam | undefined>;
  /** Fails with: AlreadyExists(userName, externalId). */
  add(user: User): Promise<void>;
  /**
   * Saves all fields of a user; the role follows from their own role and their teams, whatever the user says.
   * Fails with: AlreadyExists(userName, externalId).
   */
  save(user: User): Promise<void>;
  /** Notes a write of the directory that changed nothing. */
  touchSynced(id: string, at: Instant): Promise<void>;
  /** Removes a user, with their password, sessions, access tokens and memberships; each of their teams gets its next version. */
  remove(id: string): Promise<void>;
}
