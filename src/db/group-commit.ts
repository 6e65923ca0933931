import { AsyncLocalStorage } from 'node:async_hooks';
import { unavailable } from '../domain/errors.ts';
import type { Session } from './session.ts';
import type { PreparingDatabase } from './sqlite/database.ts';
import { sessionOn } from './sqlite/session.ts';

/** The most commands that share one commit, so that none waits long for the others. */
export const BATCH_LIMIT = 64;

interface Job {
  readonly work: (session: Session) => Promise<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

/** The span in which a job may use the connection. */
interface Turn {
  open: boolean;
}

type Answer = () => void;

/**
 * Runs commands that wait at the same moment in one transaction, a savepoint each, and answers all of them after its
 * one commit: as durable as a commit each, at a fraction of the disk's work.
 */
export class GroupCommit {
  readonly #database: PreparingDatabase;
  readonly #turns = new AsyncLocalStorage<Turn>();
  readonly #waiting: Job[] = [];
  #running: Promise<void> | undefined;
  /** Transactions committed since the start. */
  commits = 0;

  constructor(database: PreparingDatabase) {
    this.#database = database;
  }

  /** Queues the work of a command. It fails alone unless the commit itself fails; then with `Unavailable`, like all. */
  run<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({ work, resolve: resolve as Job['resolve'], reject });
      this.#running ??= this.#drain();
    });
  }

  /** Throws within the work of a command: what it asked for would wait for itself for ever. */
  forbidWithinWork(): void {
    if (this.#turns.getStore()?.open === true)
      throw new Error('Within the work of a command, read and write through its transaction alone.');
  }

  /** Resolves when nothing waits. */
  async settled(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      // Requests that the event loop reads in this same turn join the batch.
      await nextTurn();
      await this.#commit(this.#waiting.splice(0, BATCH_LIMIT));
    }
    this.#running = undefined;
  }

  async #commit(jobs: readonly Job[]): Promise<void> {
    try {
      const answers = await this.#transact(jobs);
      for (const answer of answers) answer();
    } catch (error) {
      for (const { reject } of jobs) reject(error);
    }
  }

  async #transact(jobs: readonly Job[]): Promise<Answer[]> {
    const control = sessionOn(this.#database, () => {});
    await control.run('begin immediate', []);
    try {
      const answers: Answer[] = [];
      for (const job of jobs) answers.push(await this.#attempt(job, control));
      await control.run('commit', []);
      this.commits += 1;
      return answers;
    } catch (error) {
      // SQLite may have rolled back already: after a full disk it does.
      await control.run('rollback', []).catch(() => {});
      throw Object.assign(unavailable(), { cause: error });
    }
  }

  /** Runs one job in its savepoint. Throws where the whole transaction is lost. */
  async #attempt(job: Job, control: Session): Promise<Answer> {
    const turn: Turn = { open: true };
    const session = sessionOn(this.#database, () => checkTurn(turn));
    await control.run('savepoint command', []);
    try {
      const value = await this.#turns.run(turn, () => job.work(session));
      turn.open = false;
      await control.run('release command', []);
      return () => job.resolve(value);
    } catch (error) {
      turn.open = false;
      await control.run('rollback to command', []);
      await control.run('release command', []);
      return () => job.reject(error);
    }
  }
}

function checkTurn(turn: Turn): void {
  if (!turn.open) throw new Error('This transaction is over: await all that the work of a command does.');
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}
