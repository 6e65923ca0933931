import { isAbsolute, resolve } from 'node:path';
import { Migrator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/sqlite';
import { entities } from './mapping.ts';
import { migrations } from './migrations/sqlite/list.ts';
import { openDatabase, openReader, type PreparingDatabase } from './sqlite/database.ts';
import { sqliteDialect } from './sqlite/dialect.ts';

/** A database that is open: MikroORM for the schema, and the connection below it. */
export interface OpenDatabase {
  readonly path: string;
  readonly orm: MikroORM;
  /** The connection that writes. */
  readonly database: PreparingDatabase;
  /** The connection of all reads outside a transaction. */
  readonly reader: PreparingDatabase;
}

/** Opens the database that a URL names. Throws where it is none, or not safe to use. */
export async function openOrm(databaseUrl: string): Promise<OpenDatabase> {
  const path = pathOf(databaseUrl);
  const database = openDatabase(path);
  const orm = await MikroORM.init({
    entities,
    dbName: path,
    driverOptions: sqliteDialect(database),
    extensions: [Migrator],
    metadataCache: { enabled: false },
    migrations: {
      migrationsList: migrations,
      silent: true,
      // All of them run in the one transaction of `migratingAlone`.
      transactional: false,
      snapshot: false,
      snapshotOnMigrate: false,
      snapshotName: 'schema',
    },
  });
  return { path, orm, database, reader: openReader(path) };
}

/**
 * Runs what looks at the migrations and runs them, while every other process waits: two that start at the same moment
 * would both find no tables, and both make them.
 */
export async function migratingAlone<T>(
  { orm, database }: OpenDatabase,
  work: (orm: MikroORM) => Promise<T>,
): Promise<T> {
  database.native.exec('begin immediate');
  try {
    const result = await work(orm);
    database.native.exec('commit');
    return result;
  } catch (error) {
    if (database.native.inTransaction) database.native.exec('rollback');
    throw error;
  }
}

function pathOf(databaseUrl: string): string {
  const path = /^sqlite:(?<path>.+)$/u.exec(databaseUrl)?.groups?.['path'];
  if (path === undefined) throw new Error(`${databaseUrl} names no database: write sqlite: and the path of a file.`);
  return isAbsolute(path) ? path : resolve(path);
}
