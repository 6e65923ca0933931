import { CompiledQuery, SqliteAdapter, SqliteDriver, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import type { DatabaseConnection, Dialect, Kysely } from 'kysely';
import type { PreparingDatabase } from './database.ts';

/** What MikroORM and Kysely need to speak to one SQLite connection whose transactions take the write lock at once. */
export function sqliteDialect(database: PreparingDatabase): Dialect {
  return {
    createDriver: () => new ImmediateDriver({ database }),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: (db: Kysely<unknown>) => new SqliteIntrospector(db),
  };
}

/** Begins with `begin immediate`: a transaction that reads first and writes later would fail at once beside another process. */
class ImmediateDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}
