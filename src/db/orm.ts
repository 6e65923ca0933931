import type { MikroORM } from '@mikro-orm/core';
import type { Commits } from './commits.ts';
import type { Session } from './session.ts';
import type { DataVersion } from './until-changed.ts';

/** A database that is open, whichever it is: what the store needs of it. */
export interface OpenDatabase {
  readonly orm: MikroORM;
  /** The names of the migrations that this version knows, oldest first. */
  readonly migrations: readonly string[];
  /** For reads outside transactions. */
  readonly session: Session;
  /** Tells whether anything may have changed: at once what this process did, within half a second what others did. */
  readonly dataVersion: DataVersion;
  readonly commits: Commits;
  /** Runs what looks at the migrations and runs them, while every other process waits: two would make the same tables. */
  migratingAlone<T>(work: () => Promise<T>): Promise<T>;
  /** Runs reads that all see the database as it is at one moment, however long they take; nothing else may read meanwhile. */
  snapshot<T>(work: (session: Session) => Promise<T>): Promise<T>;
  /** Makes this process the one server of a database that has room for one. Throws where there is another. */
  lockForServing(): void;
  /** Adds up what writes have appended to the counters, which happens by itself, too (PostgreSQL). */
  foldCounters(): Promise<void>;
  /** The SQL texts that are kept prepared. */
  readonly prepared: readonly string[];
  close(): Promise<void>;
}

/** How a pool of connections is bounded (PostgreSQL). */
export interface PoolBounds {
  /** The most connections of this process. */
  readonly most: number;
  /** How long a statement may take before the database ends it. */
  readonly statementTimeoutMs: number;
}

/** Opens the database that a URL names. Throws where it is none, or not safe to use. */
export async function openDatabase(databaseUrl: string, bounds?: PoolBounds): Promise<OpenDatabase> {
  // Each brings its own driver, and a process needs one of them.
  if (/^postgres(?:ql)?:/u.test(databaseUrl)) {
    const { openPostgresql } = await import('./postgresql/open.ts');
    return openPostgresql(databaseUrl, bounds);
  }
  const path = /^sqlite:(?<path>.+)$/u.exec(databaseUrl)?.groups?.['path'];
  if (path === undefined)
    throw new Error('The URL names no database: write sqlite: and the path of a file, or postgresql://user@host/name.');
  const { openSqlite } = await import('./sqlite/open.ts');
  return openSqlite(path);
}
