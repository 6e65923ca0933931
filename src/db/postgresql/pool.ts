import type { Session, SqlValue } from '../session.ts';
import { translated } from './failures.ts';
import { postgresqlText, postgresqlValues } from './text.ts';
import { POSTGRESQL_WORDS } from './words.ts';

/** What is asked of a connection of the `pg` driver. */
export interface Query {
  readonly text: string;
  readonly values: SqlValue[];
  readonly name?: string;
  readonly types: { getTypeParser(oid: number): (text: string) => unknown };
}

/** A connection of the `pg` driver, or its pool. */
export interface Connection {
  query(query: Query | string): Promise<{ readonly rows: unknown[]; readonly rowCount: number | null }>;
}

/** A connection out of a pool. */
export interface PooledConnection extends Connection {
  /** Gives it back; with an error it is closed. */
  release(error?: Error | boolean): void;
}

/** The pool of the `pg` driver, as far as it is used here. */
export interface Pool extends Connection {
  connect(): Promise<PooledConnection>;
}

/** How many texts are kept prepared on each connection. Which ones: the first that are asked. */
const PREPARED_LIMIT = 500;

/** Runs statements on connections, each text prepared once a connection, as `$1` and values. */
export class Statements {
  readonly #names = new Map<string, string>();

  /** The texts that are prepared, as PostgreSQL reads them. */
  get prepared(): string[] {
    return [...this.#names.keys()];
  }

  /** Runs a statement. Fails with what PostgreSQL reported, or `Unavailable`. */
  async run(connection: Connection, sql: string, parameters: readonly SqlValue[]) {
    const read = postgresqlText(sql);
    const { text } = read;
    const values = postgresqlValues(read, parameters);
    try {
      return await connection.query({ text, values, ...this.#named(text), types: TYPES });
    } catch (error) {
      throw translated(error);
    }
  }

  /** A session on a connection or a pool; `check` throws where it may not be used now. */
  session(connection: Connection, { check, holds }: { check: () => void; holds: boolean }): Session {
    const run = (sql: string, parameters: readonly SqlValue[]) => {
      check();
      return this.run(connection, sql, parameters);
    };
    return {
      words: POSTGRESQL_WORDS,
      holds,
      rows: async <Row>(sql: string, parameters: readonly SqlValue[]) => (await run(sql, parameters)).rows as Row[],
      run: async (sql, parameters) => (await run(sql, parameters)).rowCount ?? 0,
    };
  }

  /** Filters have no end of texts, and a connection keeps what it has prepared for good. */
  #named(text: string): { name?: string } {
    const name = this.#names.get(text);
    if (name !== undefined) return { name };
    if (this.#names.size >= PREPARED_LIMIT || text.length > 16_384) return {};
    const made = `rollcall_${this.#names.size}`;
    this.#names.set(text, made);
    return { name: made };
  }
}

const NUMBERS: ReadonlySet<number> = new Set([20, 21, 23, 700, 701, 1700]);
const BOOLEAN = 16;

/** Rows come as they do from SQLite: numbers for whole numbers of any size and for truth values, texts for all else. */
const TYPES = {
  getTypeParser: (oid: number): ((text: string) => unknown) => {
    if (NUMBERS.has(oid)) return Number;
    return oid === BOOLEAN ? (text) => Number(text === 't') : (text) => text;
  },
};
