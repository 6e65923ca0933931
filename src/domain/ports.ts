import type { AccessToken } from './access-token.ts';
import type { Actor } from './actor.ts';
import type { DomainEvent } from './events.ts';
import type { Invitation } from './invitation.ts';
import type { EventReader, Journal, TallyReader } from './provisioning-event-repository.ts';
import type { DirectoryCall, ProvisioningEvent } from './provisioning-event.ts';
import type { CredentialReader, CredentialRepository } from './scim-credential-repository.ts';
import type { ScimCredential } from './scim-credential.ts';
import type { Session } from './session.ts';
import type {
  AccessTokenReader,
  AccessTokenRepository,
  InvitationRepository,
  PasswordReader,
  PasswordRepository,
  SessionRepository,
  SsoReader,
  SsoRepository,
} from './sign-in-repository.ts';
import type { TeamReader, TeamRepository } from './team-repository.ts';
import type { UserReader, UserRepository } from './user-repository.ts';
import type { User } from './user.ts';
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
export type SecretKind = 'scim' | 'pat' | 'ses' | 'inv';

/** Makes and checks bearer secrets: `<kind>_<10 base62 public id>_<43 base62 secret><6 base62 CRC32>`. */
export interface Secrets {
  /** A new secret: its plain text, shown once, its public id and the hash to keep. */
  issue(kind: SecretKind): IssuedSecret;
  /** The public id inside a text of the right form; undefined where form or checksum is wrong. */
  publicIdOf(kind: SecretKind, plain: string): string | undefined;
  /** The hash to keep of a secret. */
  hash(kind: SecretKind, plain: string): string;
  /** Whether a hash is the one that was kept, in constant time; none that was kept costs the same and is false. */
  isSame(kept: string | undefined, hash: string): boolean;
  /** Whether a text is the secret behind a hash; as with `isSame`. */
  matches(kind: SecretKind, plain: string, kept: string | undefined): boolean;
  /** Encrypts a text, which nobody else can read or make; a client carries it and gives it back, unless told otherwise. */
  seal(text: string, bound: string, use?: SealUse): string;
  /** The text that was sealed for the same use, bound to the same words; undefined for anything else. */
  unseal(sealed: string, bound: string, use?: SealUse): string | undefined;
}

/** What a sealed text is for: to be carried by a client, or kept in the store. Each has its own key. */
export type SealUse = 'carried' | 'kept';

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
  /**
   * The credential with a public id, and its workspace, as they are; where processes share a database, what another one
   * changed shows within half a second (A12). `hash` is the presented key's: of a wrong key nothing is remembered, so
   * that it takes as long as an unknown one (A8).
   */
  credentialByKey(
    publicId: string,
    hash: string,
  ): Promise<{ credential: ScimCredential; workspace: Workspace } | undefined>;
  /** The access token with a public id, and its user. */
  accessTokenByPublicId(publicId: string): Promise<{ token: AccessToken; user: User } | undefined>;
  /** The invitation with a public id, and its user. */
  invitationByPublicId(publicId: string): Promise<{ invitation: Invitation; user: User } | undefined>;
  /** The session with a public id, and its user. */
  sessionByPublicId(publicId: string): Promise<{ session: Session; user: User } | undefined>;
  /** Makes a workspace and runs the work in it, in one transaction. Fails with: AlreadyExists(slug). */
  createWorkspace<T>(workspace: Workspace, work: (tx: Transaction) => Promise<T>): Promise<T>;
}

/** Reads within one workspace. */
export interface WorkspaceReader {
  workspace(): Promise<Workspace | undefined>;
  readonly users: UserReader;
  readonly teams: TeamReader;
  readonly credentials: CredentialReader;
  readonly accessTokens: AccessTokenReader;
  readonly passwords: PasswordReader;
  readonly sso: SsoReader;
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
  readonly sso: SsoRepository;
  readonly invitations: InvitationRepository;
  /** Appends to the audit log. */
  recordDomainEvent(event: DomainEvent): Promise<void>;
  /** Appends to the log of SCIM calls. */
  recordProvisioningEvent(event: ProvisioningEvent): Promise<void>;
}
