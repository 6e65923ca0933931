import { ReferenceKind, StringType, TextType, type EntityMetadata } from '@mikro-orm/core';
import { Migrator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';
import { fold } from '../counters.ts';
import { entities } from '../entities.ts';
import { workspaceCounterDeltas } from '../mapping-postgresql.ts';
import { migrations } from '../migrations/postgresql/list.ts';
import type { OpenDatabase, PoolBounds } from '../orm.ts';
import { addressOf } from './address.ts';
import { Statements, type Connection, type Pool } from './pool.ts';
import { Transactions } from './transactions.ts';

const DEFAULT_BOUNDS: PoolBounds = { most: 10, statementTimeoutMs: 10_000 };
const CONNECT_MS = 5_000;
const FOLD_MS = 1_000;
/** For how long a process may not know what another did; asking would cost as much as reading. */
const OTHERS_SEEN_MS = 500;
/** Any number that nobody else locks. */
const MIGRATING = 'pg_advisory_lock(7209, 1)';

/** Opens the database that a URL names. Throws where it would not be safe to use. */
export async function openPostgresql(url: string, bounds: PoolBounds = DEFAULT_BOUNDS): Promise<OpenDatabase> {
  const orm = await initialized(url, bounds);
  try {
    const pool = (await orm.em.getConnection().getNativeClient()) as unknown as Pool;
    await checkServer(pool);
    return opened(orm, pool);
  } catch (error) {
    await orm.close();
    throw error;
  }
}

function opened(orm: MikroORM, pool: Pool): OpenDatabase {
  const statements = new Statements();
  const commits = new Transactions(pool, statements);
  // Its commits are nobody's answer.
  const upkeep = new Transactions(pool, statements);
  const folding = keepFolding(commits, upkeep);
  return {
    orm,
    migrations: migrations.map((Migration) => new Migration(orm.em.getDriver(), orm.config).name),
    session: statements.session(pool, { check: () => commits.forbidWithinWork(), holds: false }),
    dataVersion: () => `${commits.commits} ${Math.floor(Date.now() / OTHERS_SEEN_MS)}`,
    commits,
    migratingAlone: (work) => migratingAlone(pool, work),
    snapshot: (work) => commits.snapshot(work),
    // Any number of processes may serve one database.
    lockForServing: () => undefined,
    foldCounters: () => upkeep.run(fold),
    get prepared() {
      return statements.prepared;
    },
    async close() {
      clearInterval(folding);
      await commits.settled();
      await upkeep.settled();
      await orm.close();
    },
  };
}

function initialized(url: string, { most, statementTimeoutMs }: PoolBounds): Promise<MikroORM> {
  const { database, ...address } = addressOf(url);
  return MikroORM.init({
    entities: [...entities, workspaceCounterDeltas],
    dbName: database,
    driverOptions: {
      ...address,
      max: most,
      connectionTimeoutMillis: CONNECT_MS,
      application_name: 'rollcall',
      onConnect: (connection: Connection) => connection.query(settingsOf(statementTimeoutMs)),
    },
    discovery: { onMetadata: inItsWords },
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
}

const TEXTS: ReadonlySet<unknown> = new Set([StringType, TextType]);
const GROWING = /(?:seq|deletions|revision)$/iu;

/** Texts without a length that compare by code point, and numbers that never run out. */
function inItsWords({ props, indexes }: EntityMetadata): void {
  // PostgreSQL keeps the condition in this form, and would be told to change it back each time.
  for (const index of indexes)
    if (typeof index.where === 'string') index.where = index.where.replace(/not in \((.+)\)/u, '<> all (array[$1])');
  for (const property of props) {
    const type: unknown = property.type;
    if (TEXTS.has(type) || property.kind === ReferenceKind.MANY_TO_ONE)
      Object.assign(property, { columnTypes: ['text'], collation: 'C' });
    if (GROWING.test(property.name)) Object.assign(property, { columnTypes: ['bigint'] });
  }
}

/** What holds on each connection: no statement runs for ever, and what is answered is on disk. */
function settingsOf(statementTimeoutMs: number): string {
  return `set statement_timeout = ${statementTimeoutMs};
    set idle_in_transaction_session_timeout = ${6 * statementTimeoutMs};
    select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') in ('off', 'local')`;
}

/** Refuses a database that would lose what was answered, or compare texts in another way (reliability H14, E15). */
async function checkServer(pool: Pool): Promise<void> {
  const { rows } = await pool.query(
    `select current_setting('synchronous_commit') as durable, current_setting('server_encoding') as encoding,
      current_setting('server_version_num')::int as version`,
  );
  const { durable, encoding, version } = rows[0] as { durable: string; encoding: string; version: number };
  if (durable === 'off' || durable === 'local')
    throw new Error('The database does not keep synchronous_commit on, without which answers could be lost.');
  if (encoding !== 'UTF8') throw new Error(`The database is encoded in ${encoding}. Rollcall needs UTF8.`);
  if (version < 150_000) throw new Error('The database is older than PostgreSQL 15, which Rollcall needs.');
}

/** The lock belongs to a connection of its own, and ends with it however the process ends. */
async function migratingAlone<T>(pool: Pool, work: () => Promise<T>): Promise<T> {
  const connection = await pool.connect();
  try {
    await connection.query(`set statement_timeout = 0; select ${MIGRATING}`);
    return await work();
  } finally {
    connection.release(true);
  }
}

/** Adds up the counters soon after writes, and costs nothing where there were none. */
function keepFolding(commits: Transactions, upkeep: Transactions): NodeJS.Timeout {
  let seen = 0;
  return setInterval(() => {
    if (commits.commits === seen) return;
    seen = commits.commits;
    upkeep.run(fold).catch(() => {
      // The next turn adds up what this one left.
    });
  }, FOLD_MS).unref();
}
