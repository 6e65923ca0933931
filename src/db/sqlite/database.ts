import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';

/** How many prepared statements are kept, the least recently used going first. */
export const STATEMENT_LIMIT = 500;

const CHECKPOINT_PAGES = 10_000;
const CACHE_KIBIBYTES = 16 * 1024;

/** What has to hold on a connection (reliability H4): the pragma, how it is set and what reading it back gives. */
const PRAGMAS: readonly { readonly name: string; readonly value: string | number; readonly reads: string | number }[] =
  [
    { name: 'journal_mode', value: 'WAL', reads: 'wal' },
    { name: 'synchronous', value: 'FULL', reads: 2 },
    { name: 'foreign_keys', value: 'ON', reads: 1 },
    { name: 'busy_timeout', value: 5_000, reads: 5_000 },
    { name: 'trusted_schema', value: 'OFF', reads: 0 },
    { name: 'cell_size_check', value: 'ON', reads: 1 },
    // A savepoint copies each page before its first change; on disk, that is most of what a small command costs.
    { name: 'temp_store', value: 'MEMORY', reads: 2 },
    { name: 'cache_size', value: -CACHE_KIBIBYTES, reads: -CACHE_KIBIBYTES },
    { name: 'wal_autocheckpoint', value: CHECKPOINT_PAGES, reads: CHECKPOINT_PAGES },
  ];

const READER_PRAGMAS = PRAGMAS.filter(
  ({ name }) => !['journal_mode', 'synchronous', 'wal_autocheckpoint'].includes(name),
);

/** An SQLite connection that prepares each SQL text once: preparing costs four times what running does. */
export class PreparingDatabase {
  readonly native: Database.Database;
  readonly #statements = new Map<string, Database.Statement>();

  constructor(native: Database.Database) {
    this.native = native;
  }

  /** The statement of a text: kept since its last use, or new. */
  prepare(sql: string): Database.Statement {
    const kept = this.#statements.get(sql);
    if (kept !== undefined) {
      this.#statements.delete(sql);
      this.#statements.set(sql, kept);
      return kept;
    }
    const made = this.native.prepare(sql);
    this.#statements.set(sql, made);
    if (this.#statements.size > STATEMENT_LIMIT) this.#statements.delete(this.#statements.keys().next().value!);
    return made;
  }

  /** The SQL texts whose statements are kept. */
  get prepared(): string[] {
    return [...this.#statements.keys()];
  }

  close(): void {
    this.#statements.clear();
    this.native.close();
  }
}

/** Opens a database file, made with its folder when missing and then readable by its owner alone. */
export function openFile(path: string): PreparingDatabase {
  makePrivateFile(path);
  const native = new Database(path, { timeout: 5_000 });
  try {
    for (const { name, value } of PRAGMAS) native.pragma(`${name} = ${value}`);
    checkPragmas(native, path);
  } catch (error) {
    native.close();
    throw isNoDatabase(error) ? new Error(`${path} is not a database. Name another file.`, { cause: error }) : error;
  }
  return new PreparingDatabase(native);
}

/** A second connection to a database file that is open: it reads what is committed, and never waits for who writes. */
export function openReader(path: string): PreparingDatabase {
  const native = new Database(path, { readonly: true, timeout: 5_000 });
  for (const { name, value } of READER_PRAGMAS) native.pragma(`${name} = ${value}`);
  return new PreparingDatabase(native);
}

function isNoDatabase(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'SQLITE_NOTADB';
}

/** Makes an empty file that its owner alone may read, with its folder, unless it is there. */
export function makePrivateFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  closeSync(openSync(path, 'a', 0o600));
}

/** Refuses a connection that would lose or damage what it answered for. */
export function checkPragmas(native: Database.Database, path: string): void {
  const wrong = PRAGMAS.filter(({ name, reads }) => native.pragma(name, { simple: true }) !== reads);
  if (wrong.length === 0) return;
  const list = wrong.map(({ name, value }) => `${name} = ${value}`).join(', ');
  throw new Error(
    `The database ${path} does not accept ${list}, without which it would not be safe. Rollcall does not start.`,
  );
}
