import type { Session, SqlValue } from '../session.ts';
import type { PreparingDatabase } from './database.ts';
import { translated } from './failures.ts';
import { SQLITE_WORDS } from './words.ts';

/**
 * A session right on an SQLite connection; `check` throws where it may not be used now. SQLite answers within the call, so
 * that a query costs a prepared statement and one promise.
 */
export function sessionOn(database: PreparingDatabase, check: () => void): Session {
  return {
    words: SQLITE_WORDS,
    // There is one writer at a time.
    holds: false,
    rows: async <Row>(sql: string, parameters: readonly SqlValue[]) => {
      check();
      try {
        return database.prepare(sql).all(...parameters) as Row[];
      } catch (error) {
        throw translated(error);
      }
    },
    run: async (sql, parameters) => {
      check();
      try {
        return database.prepare(sql).run(...parameters).changes;
      } catch (error) {
        throw translated(error);
      }
    },
  };
}
