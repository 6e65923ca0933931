import Database from 'better-sqlite3';
import { makePrivateFile } from './database.ts';

/**
 * Makes this process the one server of a database file until `release`, or its end however it comes: SQLite's own lock
 * on a file beside it. Commands of the CLI do not ask for it. Throws where another process serves the file.
 */
export function lockForServing(path: string): { release(): void } {
  const lockPath = `${path}.lock`;
  makePrivateFile(lockPath);
  const lock = new Database(lockPath, { timeout: 0 });
  try {
    lock.pragma('locking_mode = EXCLUSIVE');
    lock.exec('begin exclusive');
  } catch (error) {
    lock.close();
    throw new Error(
      `Another Rollcall server is using ${path}. Stop it first, or give this one a database of its own (DATABASE_URL).`,
      { cause: error },
    );
  }
  return { release: () => void lock.close() };
}
