import { DomainError } from '../domain/errors.ts';
import type { CredentialUse, Journal } from '../domain/provisioning-event-repository.ts';
import type { ProvisioningEvent } from '../domain/provisioning-event.ts';
import type { Session as UserSession } from '../domain/session.ts';
import type { Instant } from '../domain/values.ts';
import type { Commits } from './commits.ts';
import { addProvisioningEvents } from './events.ts';
import type { Session } from './session.ts';
import { addTally, countCall, emptyTally, tallyKey, type Tally } from './tallies.ts';

const FLUSH_MILLISECONDS = 250;
const FLUSH_ENTRIES = 500;
/** The most that waits while the database cannot be written; beyond it the oldest goes. */
const WAITING_LIMIT = 20_000;

const CREDENTIAL_USED = `update scim_credentials set first_used_at = coalesce(first_used_at, ?), last_used_at = ?,
  last_used_ip = ?, last_used_user_agent = ?
  where workspace_id = ? and id = ? and (last_used_at is null or last_used_at < ?)`;
const TOKEN_USED = `update access_tokens set last_used_at = ?
  where workspace_id = ? and id = ? and (last_used_at is null or last_used_at < ?)`;
const SESSION_USED = `update sessions set last_used_at = ?
  where workspace_id = ? and id = ? and (last_used_at is null or last_used_at < ?)`;
const USER_ACTIVE = `update users set last_active_at = ?
  where workspace_id = ? and id = ? and (last_active_at is null or last_active_at < ?)`;

/** A use of an access token or of a session: the statement that notes it, and of what. */
interface UserUse {
  readonly sql: typeof TOKEN_USED | typeof SESSION_USED;
  readonly workspaceId: string;
  readonly id: string;
  readonly userId: string;
  readonly at: Instant;
}

/** What waits to be written. */
class Waiting {
  readonly events: ProvisioningEvent[] = [];
  readonly tallies = new Map<string, Tally>();
  readonly credentials: CredentialUse[] = [];
  readonly uses: UserUse[] = [];

  get size(): number {
    return this.events.length + this.tallies.size + this.credentials.length + this.uses.length;
  }

  /** Puts back what could not be written, before what came since. */
  putBack(older: Waiting): void {
    this.events.unshift(...older.events);
    this.credentials.unshift(...older.credentials);
    this.uses.unshift(...older.uses);
    for (const [key, tally] of older.tallies) {
      const newer = this.tallies.get(key);
      if (newer === undefined) this.tallies.set(key, tally);
      else tally.counts.forEach((count, index) => (newer.counts[index]! += count));
    }
  }
}

/** The journal over a database: buffers, and writes in one transaction for many calls. */
export class StoredJournal implements Journal {
  readonly #commits: Pick<Commits, 'run'>;
  readonly #minutes = new RecentMinutes();
  readonly #timer: NodeJS.Timeout;
  #waiting = new Waiting();
  #flushing: Promise<void> | undefined;
  /** Entries lost since the start, because the database could not be written for long. */
  dropped = 0;

  constructor(commits: Pick<Commits, 'run'>) {
    this.#commits = commits;
    this.#timer = setInterval(() => this.#flushQuietly(), FLUSH_MILLISECONDS).unref();
  }

  record(event: ProvisioningEvent): void {
    this.#waiting.events.push(event);
    this.#bound();
  }

  tally(event: ProvisioningEvent): void {
    const key = tallyKey(event);
    const name = key.join('\n');
    const { tallies } = this.#waiting;
    const tally = tallies.get(name) ?? emptyTally(key);
    countCall(tally, event.durationMs);
    tallies.set(name, tally);
    this.#bound();
  }

  credentialUsed(use: CredentialUse): void {
    if (!this.#minutes.isNew(use.credentialId, use.at)) return;
    this.#waiting.credentials.push(use);
    this.#bound();
  }

  accessTokenUsed(workspaceId: string, tokenId: string, userId: string, at: Instant): void {
    this.#userUsed({ sql: TOKEN_USED, workspaceId, id: tokenId, userId, at });
  }

  sessionUsed({ workspaceId, id, userId, lastUsedAt }: UserSession): void {
    this.#userUsed({ sql: SESSION_USED, workspaceId, id, userId, at: lastUsedAt });
  }

  async flush(): Promise<void> {
    // One that runs may have begun before the caller's entry came; its failure is not the caller's.
    while (this.#flushing !== undefined) await this.#flushing.catch(() => {});
    if (this.#waiting.size === 0) return;
    this.#flushing = this.#write().finally(() => (this.#flushing = undefined));
    await this.#flushing;
  }

  /** Writes what waits, for the last time. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush();
  }

  async #write(): Promise<void> {
    const batch = this.#waiting;
    this.#waiting = new Waiting();
    try {
      await this.#commits.run((session) => writeAll(session, batch));
    } catch (error) {
      if (isPassing(error)) this.#waiting.putBack(batch);
      else this.dropped += batch.size;
      this.#bound();
      throw error;
    }
  }

  #userUsed(use: UserUse): void {
    if (!this.#minutes.isNew(use.id, use.at)) return;
    this.#waiting.uses.push(use);
    this.#bound();
  }

  #flushQuietly(): void {
    this.flush().catch(() => {
      // What could not be written waits for the next turn, or was counted as dropped.
    });
  }

  #bound(): void {
    if (this.#waiting.size === FLUSH_ENTRIES) this.#flushQuietly();
    const { events, tallies, credentials, uses } = this.#waiting;
    while (this.#waiting.size > WAITING_LIMIT) {
      this.dropped += 1;
      if (events.shift() ?? credentials.shift() ?? uses.shift()) continue;
      tallies.delete(tallies.keys().next().value!);
    }
  }
}

// Rows that others may hold are taken in one order, a user before what is theirs, so that nobody waits in a circle.
async function writeAll(session: Session, { events, tallies, credentials, uses }: Waiting): Promise<void> {
  await addProvisioningEvents(session, events);
  for (const name of [...tallies.keys()].toSorted()) await addTally(session, tallies.get(name)!);
  for (const { workspaceId, credentialId, at, ipAddress, userAgent } of inOrder(credentials, 'credentialId'))
    await session.run(CREDENTIAL_USED, [at, at, ipAddress, userAgent, workspaceId, credentialId, at]);
  for (const { sql, workspaceId, id, userId, at } of inOrder(uses, 'userId')) {
    await session.run(USER_ACTIVE, [at, workspaceId, userId, at]);
    await session.run(sql, [at, workspaceId, id, at]);
  }
}

function inOrder<Name extends string, T extends Readonly<Record<Name, string>>>(list: readonly T[], by: Name): T[] {
  return list.toSorted((a, b) => (a[by] < b[by] ? -1 : Number(a[by] > b[by])));
}

function isPassing(error: unknown): boolean {
  return error instanceof DomainError && error.refusal.kind === 'Unavailable';
}

const REMEMBERED = 10_000;

/** The last minute in which each key was used. */
class RecentMinutes {
  readonly #minutes = new Map<string, string>();

  /** Whether a key is used for the first time in a minute; notes it. */
  isNew(id: string, at: Instant): boolean {
    const minute = at.slice(0, 16);
    const last = this.#minutes.get(id);
    if (last !== undefined && last >= minute) return false;
    this.#minutes.delete(id);
    this.#minutes.set(id, minute);
    if (this.#minutes.size > REMEMBERED) this.#minutes.delete(this.#minutes.keys().next().value!);
    return true;
  }
}
