import type { EntityMetadata, MikroORM } from '@mikro-orm/core';
import { entities } from './entities.ts';
import { firstRow, type Session, type SqlValue } from './session.ts';

// A whole installation as lines of text: what the tables hold, in one order and one form whichever database they stand
// in, so that two installations are the same where their lines are. Counters are not told: they follow from the rest.

const PAGE = 1_000;
/** SQLite takes 32,766 values in a statement, PostgreSQL 65,535. */
const VALUES_TOGETHER = 4_000;
const DERIVED: ReadonlySet<string> = new Set(['workspace_counters']);

/** One row: its table and its values in the order of the table's columns. */
export type Line = readonly [table: string, values: readonly SqlValue[]];

/** A table as it is told. */
interface Told {
  readonly name: string;
  readonly columns: readonly string[];
  /** The columns of the order, by which pages are read; the last ones may not be told. */
  readonly key: readonly string[];
}

/** Gives every row of an installation, table by table. The session has to see one moment. */
export async function* exported(session: Session, orm: MikroORM): AsyncGenerator<Line> {
  for (const table of tablesOf(orm)) {
    for await (const values of rowsOf(session, table)) yield [table.name, values];
  }
}

/** Writes the rows of an installation into a database without any; how many. */
export async function imported(session: Session, orm: MikroORM, lines: AsyncIterable<Line>): Promise<number> {
  if ((await firstRow(session, 'select 1 from workspaces limit 1', [])) !== undefined)
    throw new Error('This database has workspaces already. Import into an empty one: nothing is merged.');
  const tables = new Map(tablesOf(orm).map((table) => [table.name, table]));
  let [count, waiting, current] = [0, [] as (readonly SqlValue[])[], undefined as Told | undefined];
  const write = async () => {
    if (current !== undefined && waiting.length > 0) await insert(session, current, waiting);
    count += waiting.length;
    waiting = [];
  };
  for await (const [name, values] of lines) {
    const table = tables.get(name);
    if (table === undefined || values.length !== table.columns.length)
      throw new Error(`Line ${count + waiting.length + 2} is no row of a table of this version.`);
    if (table !== current || (waiting.length + 1) * table.columns.length > VALUES_TOGETHER) await write();
    current = table;
    waiting.push(values);
  }
  await write();
  for (const sql of COMPLETING[session.words.dialect]) await session.run(sql, []);
  return count;
}

function tablesOf(orm: MikroORM): Told[] {
  const metadata = new Map([...orm.getMetadata().getAll().values()].map((meta) => [meta.tableName, meta]));
  return entities
    .map(({ meta }) => meta.tableName)
    .filter((name) => !DERIVED.has(name))
    .map((name) => toldOf(metadata.get(name)!));
}

function toldOf({ tableName, props }: EntityMetadata): Told {
  const names = (which: typeof props) => which.flatMap(({ fieldNames }) => fieldNames);
  const columns = names(props.filter(({ autoincrement }) => autoincrement !== true)).toSorted();
  return { name: tableName, columns, key: names(props.filter(({ primary }) => primary === true)) };
}

async function* rowsOf(session: Session, { name, columns, key }: Told): AsyncGenerator<SqlValue[]> {
  const select = `select ${[...new Set([...columns, ...key])].join(', ')} from ${name}`;
  const order = `order by ${key.join(', ')} limit ${PAGE}`;
  const after = `where (${key.join(', ')}) > (${key.map(() => '?').join(', ')})`;
  let rows = await session.rows<Record<string, SqlValue>>(`${select} ${order}`, []);
  while (rows.length > 0) {
    for (const row of rows) yield columns.map((column) => row[column]!);
    const last = rows.at(-1)!;
    if (rows.length < PAGE) return;
    rows = await session.rows(
      `${select} ${after} ${order}`,
      key.map((column) => last[column]!),
    );
  }
}

async function insert(
  session: Session,
  { name, columns }: Told,
  rows: readonly (readonly SqlValue[])[],
): Promise<void> {
  const row = `(${columns.map(() => '?').join(', ')})`;
  await session.run(
    `insert into ${name} (${columns.join(', ')}) values ${rows.map(() => row).join(', ')}`,
    rows.flat(),
  );
}

const KEPT = `insert into workspace_counters (workspace_id, user_count, last_user_seq, user_deletions, user_revision,
    team_count, last_team_seq, team_deletions, team_revision, last_membership_seq)
  select id, (select count(*) from users where workspace_id = workspaces.id),
    (select coalesce(max(seq), 0) from users where workspace_id = workspaces.id), 0, 0,
    (select count(*) from teams where workspace_id = workspaces.id),
    (select coalesce(max(seq), 0) from teams where workspace_id = workspaces.id), 0, 0,
    (select coalesce(max(seq), 0) from memberships where workspace_id = workspaces.id) from workspaces`;
const goOn = (sequence: string, table: string) =>
  `select setval('${sequence}', (select coalesce(max(seq), 0) + 1 from ${table}))`;

/** What follows from the rows: the counters, and where the order of creation goes on. */
const COMPLETING = {
  sqlite: [KEPT],
  postgresql: [KEPT, goOn('user_order', 'users'), goOn('team_order', 'teams'), goOn('membership_order', 'memberships')],
} as const;
