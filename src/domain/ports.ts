import type { AccessToken } from './access-token.ts';
import type { Actor } from './actor.ts';
import type { Criteria, Page, PageOf, Slice } from './criteria.ts';
import type { DomainEvent } from './events.ts';
import type {
  DirectoryCall,
  ProvisioningErrorCode,
  ProvisioningEvent,
  ProvisioningOperation,
  ProvisioningOutcome,
} from './provisioning-event.ts';
import type { ScimCredential, ScimCredentialStatus } from './scim-credential.ts';
import type { Session } from './session.ts';
import type { MemberChange, Team } from './team.ts';
import type { TeamField } from './team-fields.ts';
import type { ManagedBy, User, UserStatus } from './user.ts';
import type { Role } from './actor.ts';
import type { UserField } from './user-fields.ts';
import type { Instant } from './values.ts';
import type { Workspace } from './workspace.ts';

/** What a command works with: who acts in which workspace, and the world handed in. */
export interface Context extends World {
  readonly actor: Actor;
  readonly workspaceId: string;
  /** The directory's call that the command answers; absent for every other face. */
  readonly call?: DirectoryCall;
}

/** The world outside the domain. */
export interface World {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly secrets: Secrets;
  readonly passwords: Passwords;
}

/** Tells the time. */
export interface Clock {
  now(): Instant;
}

/** Makes ids: UUIDv7, growing within a process. */
export interface Ids {
  next(): string;
}

/** The kinds of bearer secret; each has its own prefix and its own hashing key. */
export type SecretKind = 'scim' | 'pat' | 'ses';

/** Makes and checks bearer secrets: `<kind>_<10 base62 public id>_<43 base62 secret><6 base62 CRC32>`. */
export interface Secrets {
  /** A new secret: its plain text, shown once, its public id and the hash to keep. */
  issue(kind: SecretKind): IssuedSecret;
  /** The public id inside a text of the right form; undefined where form or checksum is wrong. */
  publicIdOf(kind: SecretKind, plain: string): string | undefined;
  /** Whether a text is the secret behind a hash, in constant time; an undefined hash costs the same and is false. */
  matches(kind: SecretKind, plain: string, hash: string | undefined): boolean;
  /** Encrypts a text that a client is to carry and give back; nobody else can read or make it. */
  seal(text: string, bound: string): string;
  /** The text that was sealed, bound to the same words; undefined for anything else. */
  unseal(sealed: string, bound: string): string | undefined;
}

/** A secret just made. */
export interface IssuedSecret {
  readonly plain: string;
  readonly publicId: string;
  readonly hash: string;
}

/** Makes and compares hashes of passwords: slow on purpose, so never within a transaction. */
export interface Passwords {
  /** A hash to keep. Fails with: Unavailable. */
  hash(plain: string): Promise<string>;
  /** Whether a text is the password behind a hash; an undefined hash costs the same and is false. Fails with: Unavailable. */
  matches(plain: string, hash: string | undefined): Promise<boolean>;
}

/** Where entities live. */
export interface Store {
  /**
   * Runs the work of one command in one durable transaction on one workspace: answered means on disk, thrown means
   * nothing happened. Never call it from within the work.
   */
  inWorkspace<T>(workspaceId: string, work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** What can be read of one workspace, outside a transaction; sees all that was answered. */
  workspace(workspaceId: string): WorkspaceReader;
  /** What belongs to no workspace yet: rare, and greppable. */
  readonly acrossWorkspaces: AcrossWorkspaces;
  /** The record of calls that write nothing else: batched, off the path of the request. */
  readonly journal: Journal;
  /** Whether the database answers. */
  isReady(): Promise<boolean>;
  close(): Promise<void>;
}

/** What is not inside one workspace: finding the workspace of a slug, a key or a token. */
export interface AcrossWorkspaces {
  workspaceBySlug(slug: string): Promise<Workspace | undefined>;
  /** Whether there is any workspace at all. */
  isEmpty(): Promise<boolean>;
  /** The credential with a public id, and its workspace. */
  credentialByPublicId(publicId: string): Promise<{ credential: ScimCredential; workspace: Workspace } | undefined>;
  /** The access token with a public id, and its user. */
  accessTokenByPublicId(publicId: string): Promise<{ token: AccessToken; user: User } | undefined>;
  /** Makes a workspace and runs the work in it, in one transaction. Fails with: AlreadyExists(slug). */
  createWorkspace<T>(workspace: Workspace, work: (tx: Transaction) => Promise<T>): Promise<T>;
}

/** Reads within one workspace. */
export interface WorkspaceReader {
  workspace(): Promise<Workspace | undefined>;
  readonly users: UserReader;
  readonly teams: TeamReader;
  readonly credentials: CredentialReader;
  readonly passwords: PasswordReader;
  readonly events: EventReader;
  /** Tallies of calls with a genuine key; `since` counts whole hours, the one it falls into included. */
  readonly tallies: TallyReader;
}

/** Reads and writes within one workspace and one transaction. */
export interface Transaction {
  /** The workspace as it is now; writers of rows that depend on it wait for each other. */
  workspace(): Promise<Workspace | undefined>;
  /** Saves a workspace's changed fields. */
  saveWorkspace(workspace: Workspace): Promise<void>;
  readonly users: UserRepository;
  readonly teams: TeamRepository;
  readonly credentials: CredentialRepository;
  readonly accessTokens: AccessTokenRepository;
  readonly passwords: PasswordRepository;
  readonly sessions: SessionRepository;
  /** Appends to the audit log. */
  recordDomainEvent(event: DomainEvent): Promise<void>;
  /** Appends to the log of SCIM calls. */
  recordProvisioningEvent(event: ProvisioningEvent): Promise<void>;
}

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

/**
 * An order by the value of a field, a list's primary or else first one; those without come last ascending and first
 * descending, ties by creation (RFC 7644 §3.4.2.3).
 */
export interface FieldOrder<Field extends string> {
  readonly field: Field;
  readonly descending: boolean;
}

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
}

export interface UserRepository {
  /** The user, locked against other writers until the transaction ends. */
  get(id: string): Promise<User | undefined>;
  /** As in `UserReader`; on PostgreSQL the owners are locked. */
  hasOtherActiveOwner(id: string): Promise<boolean>;
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

/** How a list of teams is narrowed; conditions are joined by AND. */
export interface TeamListFilter {
  /** Text anywhere in the name, without regard to case and marks. */
  readonly search?: string;
  readonly managedBy?: ManagedBy;
  /** Teams that this user is in. */
  readonly memberId?: string;
}

/** A member as a SCIM group names it. */
export interface Member {
  readonly userId: string;
  /** The user's display name now. */
  readonly name: string;
}

/** A team as a SCIM user names it. */
export interface TeamOfUser {
  readonly userId: string;
  readonly teamId: string;
  readonly name: string;
}

export interface TeamReader {
  get(id: string): Promise<Team | undefined>;
  /** The teams with these ids, in any order; unknown ids are left out. */
  many(ids: readonly string[]): Promise<Team[]>;
  byName(name: string): Promise<Team | undefined>;
  byExternalId(externalId: string): Promise<Team | undefined>;
  /** As for users. */
  find(
    criteria: Criteria<TeamField> | undefined,
    slice: Slice,
    order?: FieldOrder<TeamField>,
  ): Promise<{ teams: Team[]; total: number; next?: number }>;
  /** By name. */
  page(filter: TeamListFilter, page: Page): Promise<PageOf<Team>>;
  count(filter: TeamListFilter): Promise<number>;
  /** Everyone in a team, in the order in which they came. */
  members(teamId: string): Promise<Member[]>;
  /** How many are in a team, counted no further than `most`, so that a big team costs no more than a small one. */
  countMembers(teamId: string, most: number): Promise<number>;
  /** Everyone in each of these teams, by the team's id. */
  membersOf(teamIds: readonly string[]): Promise<Map<string, Member[]>>;
  /** The teams of these users, by name. */
  ofUsers(userIds: readonly string[]): Promise<TeamOfUser[]>;
}

/** What a change of members did. Nothing was done where `unknown` names anyone. */
export interface MembersChanged {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Those of the ids to add that are no users of the workspace. */
  readonly unknown: readonly string[];
}

export interface TeamRepository {
  /** The team, locked against other writers until the transaction ends. */
  get(id: string): Promise<Team | undefined>;
  /** Fails with: AlreadyExists(name, externalId). */
  add(team: Team): Promise<void>;
  /** Saves all fields of a team. Fails with: AlreadyExists(name, externalId). */
  save(team: Team): Promise<void>;
  touchSynced(id: string, at: Instant): Promise<void>;
  /** Removes a team and its memberships, and re-evaluates the roles it gave. */
  remove(id: string, at: Instant): Promise<void>;
  /** Changes who is in a team, at a cost that does not depend on how many are. */
  changeMembers(teamId: string, change: MemberChange, at: Instant): Promise<MembersChanged>;
  /** Re-evaluates the role of these users: the highest of their own and their teams' mappings. */
  applyRoles(userIds: readonly string[], at: Instant): Promise<void>;
  /** The same for everyone in a team. */
  applyRolesOfTeam(teamId: string, at: Instant): Promise<void>;
}

export interface CredentialReader {
  get(id: string): Promise<ScimCredential | undefined>;
  many(ids: readonly string[]): Promise<ScimCredential[]>;
  /** All credentials of the workspace, newest first. A workspace has few. */
  all(): Promise<ScimCredential[]>;
  /** Newest first; `now` decides who stands where. */
  page(
    statuses: readonly ScimCredentialStatus[] | undefined,
    now: Instant,
    page: Page,
  ): Promise<PageOf<ScimCredential>>;
  count(statuses: readonly ScimCredentialStatus[] | undefined, now: Instant): Promise<number>;
}

export interface CredentialRepository {
  /** The credential, locked against other writers. */
  get(id: string): Promise<ScimCredential | undefined>;
  /** All credentials of the workspace, locked, so that the limit holds. */
  all(): Promise<ScimCredential[]>;
  add(credential: ScimCredential): Promise<void>;
  save(credential: ScimCredential): Promise<void>;
}

export interface AccessTokenRepository {
  ofUser(userId: string): Promise<AccessToken[]>;
  add(token: AccessToken): Promise<void>;
  /** Ends all tokens of a user, for good. */
  removeOfUser(userId: string): Promise<void>;
}

export interface PasswordReader {
  /** The hash of a user's password; undefined where they have none. */
  hashOf(userId: string): Promise<string | undefined>;
}

export interface PasswordRepository extends PasswordReader {
  set(userId: string, hash: string, at: Instant): Promise<void>;
}

export interface SessionRepository {
  ofUser(userId: string): Promise<Session[]>;
  add(session: Session): Promise<void>;
  /** Ends all sessions of a user. */
  removeOfUser(userId: string): Promise<void>;
  /** Forgets those sessions of a user that have ended by themselves. */
  removeEnded(userId: string, now: Instant): Promise<void>;
}

/** How the list of SCIM calls is narrowed; conditions are joined by AND, the values of one by OR. */
export interface EventListFilter {
  readonly outcomes?: readonly ProvisioningOutcome[];
  readonly operations?: readonly ProvisioningOperation[];
  readonly errorCodes?: readonly ProvisioningErrorCode[];
  readonly credentialId?: string;
  readonly targetId?: string;
  readonly occurredFrom?: Instant;
  readonly occurredBefore?: Instant;
  readonly requestId?: string;
}

export interface EventReader {
  get(id: string): Promise<ProvisioningEvent | undefined>;
  many(ids: readonly string[]): Promise<ProvisioningEvent[]>;
  /** Newest first. */
  page(filter: EventListFilter, page: Page): Promise<PageOf<ProvisioningEvent>>;
  /** Counted up to `most` + 1. */
  count(filter: EventListFilter, most: number): Promise<number>;
}

/** How many calls ended how. */
export interface CallTally {
  readonly outcome: ProvisioningOutcome;
  readonly count: number;
}

export interface TallyReader {
  byOutcome(since: Instant): Promise<CallTally[]>;
  /** Calls of each credential, by its id. */
  byCredential(ids: readonly string[], since: Instant): Promise<Map<string, number>>;
  /** Whether a call was ever accepted. */
  hasAccepted(): Promise<boolean>;
}

/** Takes what need not be durable with the answer: written within a second, in batches. */
export interface Journal {
  /** Keeps an event that no command wrote: a read or a refused call. */
  record(event: ProvisioningEvent): void;
  /** Counts a call in the hourly tallies. */
  tally(event: ProvisioningEvent): void;
  /** Notes that a credential was used; at most one write a minute for each. */
  credentialUsed(use: CredentialUse): void;
  /** Notes that an access token was used, and with it its user; at most one write a minute for each. */
  accessTokenUsed(workspaceId: string, tokenId: string, userId: string, at: Instant): void;
  /** Writes what is waiting. */
  flush(): Promise<void>;
}

/** A use of a credential. */
export interface CredentialUse {
  readonly workspaceId: string;
  readonly credentialId: string;
  readonly at: Instant;
  readonly ipAddress: string;
  readonly userAgent: string | null;
}
