import { setTimeout as pause } from 'node:timers/promises';
import { unavailable } from '../../domain/errors.ts';
import { Turns, type Commits } from '../commits.ts';
import type { Session } from '../session.ts';
import { isWorthAnotherTry, translated } from './failures.ts';
import type { Pool, PooledConnection, Statements } from './pool.ts';

/** How often work is run again after another transaction was in its way. */
const RETRIES = 5;
const FIRST_PAUSE_MS = 5;

/**
 * Runs each command in a transaction of its own. It sees what is committed when each statement begins, and holds the rows
 * that it reads to change them; what spans rows is held by the row that stands for all (`holdWorkspace`).
 */
export class Transactions implements Commits {
  readonly #pool: Pool;
  readonly #statements: Statements;
  readonly #turns = new Turns();
  readonly #running = new Set<Promise<unknown>>();
  commits = 0;

  constructor(pool: Pool, statements: Statements) {
    this.#pool = pool;
    this.#statements = statements;
  }

  async run<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const running = this.#untilItHolds(work);
    this.#running.add(running);
    try {
      return await running;
    } finally {
      this.#running.delete(running);
    }
  }

  /** Runs reads that all see one moment. */
  async snapshot<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const connection = await this.#connection();
    try {
      await connection.query('begin isolation level repeatable read read only; set local statement_timeout = 0');
      return await work(this.#statements.session(connection, { check: () => {}, holds: false }));
    } finally {
      connection.release(true);
    }
  }

  forbidWithinWork(): void {
    this.#turns.forbidWithin();
  }

  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running);
  }

  async #untilItHolds<T>(work: (session: Session) => Promise<T>): Promise<T> {
    for (let retry = 0; ; retry += 1) {
      try {
        return await this.#attempt(work);
      } catch (error) {
        if (!isWorthAnotherTry(error)) throw error;
        if (retry === RETRIES) throw Object.assign(unavailable(), { cause: error });
        // At random, so that those who met do not meet again.
        await pause(Math.random() * FIRST_PAUSE_MS * 2 ** retry);
      }
    }
  }

  async #attempt<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const connection = await this.#connection();
    let failure: unknown;
    try {
      await this.#statements.run(connection, 'begin isolation level read committed', []);
      const value = await this.#turns.during((check) =>
        work(this.#statements.session(connection, { check, holds: true })),
      );
      await this.#statements.run(connection, 'commit', []);
      this.commits += 1;
      return value;
    } catch (error) {
      await this.#statements.run(connection, 'rollback', []).catch((broken: unknown) => (failure = broken));
      throw error;
    } finally {
      // A connection that cannot roll back is lost; what it did was never committed.
      connection.release(failure !== undefined);
    }
  }

  async #connection(): Promise<PooledConnection> {
    try {
      return await this.#pool.connect();
    } catch (error) {
      throw translated(error);
    }
  }
}
