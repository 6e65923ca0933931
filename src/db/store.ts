import type { AcrossWorkspaces, Clock, Store, Transaction, WorkspaceReader } from '../domain/ports.ts';
import { HOUR, type Instant } from '../domain/values.ts';
import type { Workspace } from '../domain/workspace.ts';
import { AccessTokens } from './access-tokens.ts';
import {
  accessTokenByPublicId,
  credentialByPublicId,
  type CredentialAndWorkspace,
  invitationByPublicId,
  userSessionByPublicId,
} from './across-workspaces.ts';
import type { Commits } from './commits.ts';
import { Credentials } from './credentials.ts';
import { addDomainEvent } from './domain-events.ts';
import { addProvisioningEvent, StoredEvents } from './events.ts';
import { Invitations } from './invitations.ts';
import { StoredJournal } from './journal.ts';
import { openDatabase, type OpenDatabase, type PoolBounds } from './orm.ts';
import { StoredPasswords } from './passwords.ts';
import { purge } from './retention.ts';
import type { Session } from './session.ts';
import { SliceMemory } from './slices.ts';
import { StoredSso } from './sso.ts';
import { StoredTallies } from './tallies.ts';
import { exported, imported, type Line } from './transfer.ts';
import { StoredTeams } from './team-reader.ts';
import { Teams } from './teams.ts';
import { untilChanged } from './until-changed.ts';
import { StoredUsers } from './user-reader.ts';
import { UserSessions } from './user-sessions.ts';
import { Users } from './users.ts';
import { addWorkspace, hasWorkspaces, HeldWorkspace, workspaceById, workspaceBySlug } from './workspaces.ts';

/** What a store is opened with. */
export interface StoreOptions {
  readonly clock: Clock;
  /** For PostgreSQL. */
  readonly pool?: PoolBounds;
}

/**
 * Opens the store that a URL such as `sqlite:./data/rollcall.db` or `postgresql://user@host/name` names; a file is made
 * when missing, the tables by `migrate`.
 */
export async function openStore(databaseUrl: string, { clock, pool }: StoreOptions): Promise<DatabaseStore> {
  return new DatabaseStore(await openDatabase(databaseUrl, pool), clock);
}

/** A store in a database, and what its operator does with it. */
export class DatabaseStore implements Store {
  readonly journal: StoredJournal;
  readonly acrossWorkspaces: AcrossWorkspaces;
  readonly #open: OpenDatabase;
  readonly #session: Session;
  readonly #commits: Commits;
  readonly #memory = new SliceMemory();
  readonly #clock: Clock;
  readonly #purging: NodeJS.Timeout;
  #closing: Promise<void> | undefined;

  constructor(open: OpenDatabase, clock: Clock) {
    this.#open = open;
    this.#clock = clock;
    this.#commits = open.commits;
    this.#session = open.session;
    this.journal = new StoredJournal(this.#commits);
    this.acrossWorkspaces = this.#acrossWorkspaces();
    this.#purging = setInterval(() => void this.purge(clock.now()).catch(() => {}), HOUR).unref();
  }

  async inWorkspace<T>(workspaceId: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
    this.#commits.forbidWithinWork();
    return this.#commits.run((session) => work(transactionOn(session, workspaceId, this.#clock)));
  }

  workspace(workspaceId: string): WorkspaceReader {
    const session = this.#session;
    const settle = () => this.#settle();
    return {
      workspace: () => workspaceById(session, workspaceId),
      users: new StoredUsers(session, workspaceId, this.#memory),
      teams: new StoredTeams(session, workspaceId, this.#memory),
      credentials: new Credentials(session, workspaceId),
      accessTokens: new AccessTokens(session, workspaceId),
      passwords: new StoredPasswords(session, workspaceId),
      sso: new StoredSso(session, workspaceId),
      events: new StoredEvents(session, workspaceId, settle),
      tallies: new StoredTallies(session, workspaceId, settle),
    };
  }

  async isReady(): Promise<boolean> {
    try {
      await this.#session.rows('select 1', []);
      return true;
    } catch {
      return false;
    }
  }

  /** Brings the tables up to date; the names of the migrations that ran. */
  async migrate(): Promise<string[]> {
    const { orm } = this.#open;
    const done = await this.#open.migratingAlone(async () => {
      await this.#requireKnown();
      return orm.migrator.up();
    });
    return done.map(({ name }) => name);
  }

  /** A newer version may have moved what this one would look for (reliability H13). */
  async #requireKnown(): Promise<void> {
    const unknown = (await this.#open.orm.migrator.getExecuted())
      .map(({ name }) => name)
      .filter((name) => !this.#open.migrations.includes(name));
    if (unknown.length > 0)
      throw new Error(
        `The database was brought up to date by a newer Rollcall (${unknown.join(', ')}). Run that version.`,
      );
  }

  /** The name of the newest migration that this version knows. */
  get newestMigration(): string {
    return this.#open.migrations.at(-1)!;
  }

  /** The names of the migrations that have still to run. */
  async pendingMigrations(): Promise<string[]> {
    const { orm } = this.#open;
    const pending = await this.#open.migratingAlone(() => orm.migrator.getPending());
    return pending.map(({ name }) => name);
  }

  /** Makes this process the one server of an SQLite file until the store is closed. Throws where there is another. */
  lockForServing(): void {
    this.#open.lockForServing();
  }

  /** Removes events that have been kept long enough; how many. It happens hourly by itself, too. */
  purge(now: Instant): Promise<number> {
    return purge(this.#commits, now);
  }

  /** Hands every row of the installation, as it is at one moment, to a reader of them. */
  exportTo(read: (lines: AsyncIterable<Line>) => Promise<void>): Promise<void> {
    return this.#open.snapshot((session) => read(exported(session, this.#open.orm)));
  }

  /** Writes the rows of another installation into this empty one, all or none; how many. */
  importFrom(lines: AsyncIterable<Line>): Promise<number> {
    return this.#commits.run((session) => imported(session, this.#open.orm, lines));
  }

  /** Adds up the counters now; a read sums up what is left, so that only its cost depends on it. */
  settleCounters(): Promise<void> {
    return this.#open.foldCounters();
  }

  /** What tests and metrics look at: committed transactions, SQL texts held prepared, journal entries lost. */
  get figures(): { readonly commits: number; readonly prepared: readonly string[]; readonly dropped: number } {
    return { commits: this.#commits.commits, prepared: this.#open.prepared, dropped: this.journal.dropped };
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    clearInterval(this.#purging);
    try {
      await this.journal.close();
    } finally {
      await this.#commits.settled();
      await this.#open.close();
    }
  }

  /** So that a reader sees every call that was answered before. */
  async #settle(): Promise<void> {
    this.#commits.forbidWithinWork();
    await this.journal.flush();
  }

  #acrossWorkspaces(): AcrossWorkspaces {
    const [session, commits, clock] = [this.#session, this.#commits, this.#clock];
    // Every call of a directory asks for its credential. What is not the key costs a query, whether there is one or not.
    const credentialByKey = untilChanged<[publicId: string, hash: string], CredentialAndWorkspace>(
      this.#open.dataVersion,
      {
        ask: (publicId) => credentialByPublicId(session, publicId),
        isKept: ({ credential }, _publicId, hash) => credential.secretHash === hash,
      },
    );
    return {
      workspaceBySlug: (slug) => workspaceBySlug(session, slug),
      isEmpty: async () => !(await hasWorkspaces(session)),
      credentialByKey,
      accessTokenByPublicId: (publicId) => accessTokenByPublicId(session, publicId),
      invitationByPublicId: (publicId) => invitationByPublicId(session, publicId),
      sessionByPublicId: (publicId) => userSessionByPublicId(session, publicId),
      createWorkspace: async <T>(workspace: Workspace, work: (tx: Transaction) => Promise<T>): Promise<T> => {
        commits.forbidWithinWork();
        return commits.run(async (transaction) => {
          await addWorkspace(transaction, workspace);
          return work(transactionOn(transaction, workspace.id, clock));
        });
      },
    };
  }
}

function transactionOn(session: Session, workspaceId: string, clock: Clock): Transaction {
  const held = new HeldWorkspace(session, workspaceId);
  return {
    workspace: () => held.read(),
    saveWorkspace: (workspace) => held.save(workspace),
    users: new Users(session, workspaceId, clock),
    teams: new Teams(session, workspaceId),
    credentials: new Credentials(session, workspaceId),
    accessTokens: new AccessTokens(session, workspaceId),
    passwords: new StoredPasswords(session, workspaceId),
    sso: new StoredSso(session, workspaceId),
    sessions: new UserSessions(session, workspaceId),
    invitations: new Invitations(session, workspaceId),
    recordDomainEvent: (event) => addDomainEvent(session, { ...event, workspaceId }),
    recordProvisioningEvent: (event) => addProvisioningEvent(session, { ...event, workspaceId }),
  };
}
