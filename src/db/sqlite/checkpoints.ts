import type { PreparingDatabase } from './database.ts';

const IDLE_MILLISECONDS = 500;

/**
 * Copies the write-ahead log into the database while nobody writes, so that it does not happen within a request.
 * `commits` tells how many transactions were committed so far.
 */
export class IdleCheckpoints {
  readonly #database: PreparingDatabase;
  readonly #commits: () => number;
  readonly #timer: NodeJS.Timeout;
  #seen = 0;
  #copied = 0;

  constructor(database: PreparingDatabase, commits: () => number) {
    this.#database = database;
    this.#commits = commits;
    this.#timer = setInterval(() => this.#look(), IDLE_MILLISECONDS).unref();
  }

  /** Copies all, empties the log and stops. */
  close(): void {
    clearInterval(this.#timer);
    this.#checkpoint('TRUNCATE');
  }

  #look(): void {
    const commits = this.#commits();
    const isIdle = commits === this.#seen;
    this.#seen = commits;
    if (!isIdle || commits === this.#copied || this.#database.native.inTransaction) return;
    this.#copied = commits;
    this.#checkpoint('PASSIVE');
  }

  #checkpoint(mode: 'PASSIVE' | 'TRUNCATE'): void {
    try {
      this.#database.native.pragma(`wal_checkpoint(${mode})`);
    } catch {
      // A reader of another process may be in the way; the log keeps what was not copied, and the next turn tries again.
    }
  }
}
