import { resolve } from 'node:path';
import { Migrator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/sqlite';
import { entities } from '../entities.ts';
import { migrations } from '../migrations/sqlite/list.ts';
import type { OpenDatabase } from '../orm.ts';
import type { Session } from '../session.ts';
import type { DataVersion } from '../until-changed.ts';
import { IdleCheckpoints } from './checkpoints.ts';
import { openFile, openReader, type PreparingDatabase } from './database.ts';
import { sqliteDialect } from './dialect.ts';
import { GroupCommit } from './group-commit.ts';
import { lockForServing } from './serving-lock.ts';
import { sessionOn } from './session.ts';

/** Opens the file at a path, made when missing. */
export async function openSqlite(relativePath: string): Promise<OpenDatabase> {
  const path = resolve(relativePath);
  const database = openFile(path);
  const orm = await initialized(path, database);
  const reader = openReader(path);
  const commits = new GroupCommit(database);
  const checkpoints = new IdleCheckpoints(database, () => commits.commits);
  let lock: { release(): void } | undefined;
  return {
    orm,
    migrations: migrations.map((Migration) => new Migration(orm.em.getDriver(), orm.config).name),
    session: sessionOn(reader, () => commits.forbidWithinWork()),
    dataVersion: dataVersionOf(reader),
    commits,
    migratingAlone: (work) => migratingAlone(database, work),
    snapshot: (work) => snapshot(reader, work),
    lockForServing: () => void (lock ??= lockForServing(path)),
    foldCounters: async () => undefined,
    get prepared() {
      return [...database.prepared, ...reader.prepared];
    },
    async close() {
      reader.close();
      checkpoints.close();
      await orm.close();
      lock?.release();
    },
  };
}

function initialized(path: string, database: PreparingDatabase): Promise<MikroORM> {
  return MikroORM.init({
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
}

/** SQLite counts the commits of all other connections, and so those of the writer and of other processes. */
function dataVersionOf(reader: PreparingDatabase): DataVersion {
  const statement = reader.native.prepare('pragma data_version').pluck();
  return () => statement.get() as number;
}

async function snapshot<T>(reader: PreparingDatabase, work: (session: Session) => Promise<T>): Promise<T> {
  reader.native.exec('begin');
  try {
    return await work(sessionOn(reader, () => {}));
  } finally {
    reader.native.exec('commit');
  }
}

async function migratingAlone<T>(database: PreparingDatabase, work: () => Promise<T>): Promise<T> {
  database.native.exec('begin immediate');
  try {
    const result = await work();
    database.native.exec('commit');
    return result;
  } catch (error) {
    if (database.native.inTransaction) database.native.exec('rollback');
    throw error;
  }
}
