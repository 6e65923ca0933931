import { isAbsolute, resolve } from 'node:path';
import { Migrator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/sqlite';
import { entities } from './mapping.ts';
import { migrations } from './migrations/sqlite/list.ts';
import { openDatabase, type PreparingDatabase } from './sqlite/database.ts';
import { sqliteDialect } from './sqlite/dialect.ts';

/** A database that is open: MikroORM for the schema, and the connection below it. */
export interface OpenDatabase {
  readonly path: string;
  readonly orm: MikroORM;
  readonly database: PreparingDatabase;
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
      snapshot: false,
      snapshotOnMigrate: false,
      snapshotName: 'schema',
    },
  });
  return { path, orm, database };
}

function pathOf(databaseUrl: string): string {
  const path = /^sqlite:(?<path>.+)$/u.exec(databaseUrl)?.groups?.['path'];
  if (path === undefined) throw new Error(`${databaseUrl} names no database: write sqlite: and the path of a file.`);
  return isAbsolute(path) ? path : resolve(path);
}
