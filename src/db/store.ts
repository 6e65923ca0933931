import type { AcrossWorkspaces, Clock, Store, Transaction, WorkspaceReader } from '../domain/ports.ts';
import { HOUR, type Instant } from '../domain/values.ts';
import type { Workspace } from '../domain/workspace.ts';
import { AccessTokens } from './access-tokens.ts';
import {
  accessTokenByPublicId,
  credentialByPublicId,
  invitationByPublicId,
  userSessionByPublicId,
} from './across-workspaces.ts';
import { Credentials } from './credentials.ts';
import { addDomainEvent } from './domain-events.ts';
import { addProvisioningEvent, StoredEvents } from './events.ts';
import { GroupCommit } from './group-commit.ts';
import { Invitations } from './invitations.ts';
import { StoredJournal } from './journal.ts';
import { migratingAlone, openOrm, type OpenDatabase } from './orm.ts';
import { StoredPasswords } from './passwords.ts';
import { purge } from './retention.ts';
import type { Session } from './session.ts';
import { SliceMemory } from './slices.ts';
import { IdleCheckpoints } from './sqlite/checkpoints.ts';
import { lockForServing } from './sqlite/serving-lock.ts';
import { sessionOn } from './sqlite/session.ts';
import { StoredTallies } from './tallies.ts';
import { StoredTeams } from './team-reader.ts';
import { Teams } from './teams.ts';
import { StoredUsers } from './user-reader.ts';
import { UserSessions } from './user-sessions.ts';
import { Users } from './users.ts';
import { addWorkspace, hasWorkspaces, saveWorkspace, workspaceById, workspaceBySlug } from './workspaces.ts';

/** Opens the store that a URL such as `sqlite:./data/rollcall.db` names; the file is made when missing, its tables by `migrate`. */
export async function openStore(databaseUrl: string, world: { readonly clock: Clock }): Promise<DatabaseStore> {
  return new DatabaseStore(await openOrm(databaseUrl), world.clock);
}

/** A store in a database, and what its operator does with it. */
export class DatabaseStore implements Store {
  readonly journal: StoredJournal;
  readonly acrossWorkspaces: AcrossWorkspaces;
  readonly #open: OpenDatabase;
  readonly #session: Session;
  readonly #commits: GroupCommit;
  readonly #checkpoints: IdleCheckpoints;
  readonly #memory = new SliceMemory();
  readonly #clock: Clock;
  readonly #purging: NodeJS.Timeout;
  #lock: { release(): void } | undefined;
  #closing: Promise<void> | undefined;

  constructor(open: OpenDatabase, clock: Clock) {
    this.#open = open;
    this.#clock = clock;
    this.#commits = new GroupCommit(open.database);
    this.#session = sessionOn(open.reader, () => this.#commits.forbidWithinWork());
    this.#checkpoints = new IdleCheckpoints(open.database, () => this.#commits.commits);
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
    const done = await migratingAlone(this.#open, (orm) => orm.migrator.up());
    return done.map(({ name }) => name);
  }

  /** The names of the migrations that have still to run. */
  async pendingMigrations(): Promise<string[]> {
    const pending = await migratingAlone(this.#open, (orm) => orm.migrator.getPending());
    return pending.map(({ name }) => name);
  }

  /** Makes this process the one server of the database until the store is closed. Throws where there is another. */
  lockForServing(): void {
    this.#lock ??= lockForServing(this.#open.path);
  }

  /** Removes events that have been kept long enough; how many. It happens hourly by itself, too. */
  purge(now: Instant): Promise<number> {
    return purge(this.#commits, now);
  }

  /** What tests and metrics look at: committed transactions, SQL texts held prepared, journal entries lost. */
  get figures(): { readonly commits: number; readonly prepared: readonly string[]; readonly dropped: number } {
    const { database, reader } = this.#open;
    return {
      commits: this.#commits.commits,
      prepared: [...database.prepared, ...reader.prepared],
      dropped: this.journal.dropped,
    };
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
      this.#open.reader.close();
      this.#checkpoints.close();
      await this.#open.orm.close();
      this.#lock?.release();
    }
  }

  /** So that a reader sees every call that was answered before. */
  async #settle(): Promise<void> {
    this.#commits.forbidWithinWork();
    await this.journal.flush();
  }

  #acrossWorkspaces(): AcrossWorkspaces {
    const [session, commits, clock] = [this.#session, this.#commits, this.#clock];
    return {
      workspaceBySlug: (slug) => workspaceBySlug(session, slug),
      isEmpty: async () => !(await hasWorkspaces(session)),
      credentialByPublicId: (publicId) => credentialByPublicId(session, publicId),
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
  return {
    workspace: () => workspaceById(session, workspaceId),
    saveWorkspace: (workspace) => saveWorkspace(session, { ...workspace, id: workspaceId }),
    users: new Users(session, workspaceId, clock),
    teams: new Teams(session, workspaceId),
    credentials: new Credentials(session, workspaceId),
    accessTokens: new AccessTokens(session, workspaceId),
    passwords: new StoredPasswords(session, workspaceId),
    sessions: new UserSessions(session, workspaceId),
    invitations: new Invitations(session, workspaceId),
    recordDomainEvent: (event) => addDomainEvent(session, { ...event, workspaceId }),
    recordProvisioningEvent: (event) => addProvisioningEvent(session, { ...event, workspaceId }),
  };
}
