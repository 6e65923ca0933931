import Database from 'better-sqlite3';
import { openStore } from '../../../src/db/store.ts';
import type { Line } from '../../../src/db/transfer.ts';
import { createAccessToken } from '../../../src/domain/access-token-commands.ts';
import { databaseFile, freshDatabase, type TestDatabase } from '../../support/database.ts';
import { startRollcall, type Rollcall, type SettableClock, type TestWorkspace } from '../../support/rollcall.ts';
import type { Answer, Command } from './memory.ts';

const START = Date.parse('2026-03-01T09:30:00.000Z');
const COMPARED = ['etag', 'location', 'content-type', 'cache-control', 'www-authenticate', 'x-request-id'] as const;

/** A Rollcall in which time and ids are counted, so that two with the same history are the same to the byte. */
export interface Side {
  readonly rollcall: Rollcall;
  readonly ownerId: string;
  /** Lets a second pass and asks; everything that is this side's own is written as the other's would be. */
  play(command: Command, number: number): Promise<Answer>;
  /** Every row that is stored, by table, without what is random or measured. */
  dump(): Promise<Map<string, string[]>>;
}

/** One on an SQLite file and one on PostgreSQL. */
export async function startPair(): Promise<readonly [Side, Side]> {
  const columns = await columnsOfTables();
  return [await startSide(databaseFile(), columns), await startSide(await freshDatabase(), columns)];
}

function countedIds() {
  let made = 0;
  return { next: () => `019ca000-0000-7000-8000-${(made += 1).toString(16).padStart(12, '0')}` };
}

function countedTime(): SettableClock {
  let now = START;
  return {
    now: () => new Date(now).toISOString(),
    set: (instant) => void (now = Date.parse(instant)),
    advance: (milliseconds) => void (now += milliseconds),
  };
}

async function startSide(database: TestDatabase, columns: Columns): Promise<Side> {
  const rollcall = await startRollcall(
    { SCIM_RATE_PER_SECOND: '0', LOG_LEVEL: 'error' },
    { database, clock: countedTime(), ids: countedIds() },
  );
  const workspace = await rollcall.workspace('acme');
  const { ownerId, tokens } = await peopleOf(workspace);
  return {
    rollcall,
    ownerId,
    play: (command, number) => {
      rollcall.clock.advance(1_000);
      const bearer = command.face === 'scim' ? workspace.key : tokens[command.by ?? 'owner'];
      return send(rollcall.url, command, { number, bearer });
    },
    dump: () => dumped(rollcall, columns),
  };
}

async function peopleOf(workspace: TestWorkspace) {
  // One after the other: the ids are counted.
  const owner = await workspace.user({ userName: 'owner@pair.example' }, 'OWNER');
  const admin = await workspace.user({ userName: 'admin@pair.example' }, 'ADMIN');
  const member = await workspace.user({ userName: 'member@pair.example' }, 'MEMBER');
  const token = async ({ id }: { id: string }) =>
    (await createAccessToken(workspace.ctx, { userId: id, name: 'Pair' })).secret;
  return {
    ownerId: owner.id,
    tokens: { owner: await token(owner), admin: await token(admin), member: await token(member) },
  };
}

async function send(
  url: string,
  { face, method, path, body, headers = {} }: Command,
  { number, bearer }: { number: number; bearer: string },
): Promise<Answer> {
  const answer = await fetch(face === 'scim' ? `${url}/scim/acme/v2${path}` : url + path, {
    method,
    headers: {
      Authorization: `Bearer ${bearer}`,
      'Content-Type': face === 'scim' ? 'application/scim+json' : 'application/json',
      'User-Agent': 'Okta SCIM Client 1.0.0',
      'X-Request-Id': `pair-${String(number).padStart(8, '0')}`,
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const own = (text: string) => text.replaceAll(url, 'https://rollcall.test');
  const told = COMPARED.map((name) => [name, own(answer.headers.get(name) ?? '')]);
  return {
    status: answer.status,
    headers: Object.fromEntries(told) as Answer['headers'],
    text: own(await answer.text()),
  };
}

type Columns = ReadonlyMap<string, readonly string[]>;

/** The columns of each table in the order in which an export tells them. */
async function columnsOfTables(): Promise<Columns> {
  const database = databaseFile();
  const store = await openStore(database.url, { clock: countedTime() });
  await store.migrate();
  await store.close();
  const file = new Database(database.file, { readonly: true });
  const all = file
    .prepare(
      `select m.name as "table", c.name from sqlite_master m, pragma_table_info(m.name) c where m.type = 'table'`,
    )
    .all() as { table: string; name: string }[];
  file.close();
  await database.drop();
  return new Map(
    [...Map.groupBy(all, ({ table }) => table)].map(([table, of]) => [table, of.map(({ name }) => name).toSorted()]),
  );
}

/** Drawn by chance, or measured, or counted by each database in its own way. */
const OWN = /^(?:public_id|secret_hash|duration_ms|ms_\w+|seq)$/u;

async function dumped({ world }: Rollcall, columns: Columns): Promise<Map<string, string[]>> {
  const rows: [table: string, place: number, row: string][] = [];
  // What the calls were is written a moment after their answers.
  await world.store.journal.flush();
  await world.store.exportTo(async (lines) => {
    for await (const line of lines) rows.push(rowOf(line, columns));
  });
  const tables = Map.groupBy(rows, ([table]) => table);
  return new Map([...tables].map(([table, of]) => [table, of.toSorted(inOrder).map(([, , row]) => row)]));
}

/** In the order of creation where the table keeps one. */
function inOrder([, place, row]: readonly [string, number, string], other: readonly [string, number, string]): number {
  return place - other[1] || (row < other[2] ? -1 : 1);
}

function rowOf([table, values]: Line, columns: Columns): [table: string, place: number, row: string] {
  const all = columns.get(table)!;
  // An order that the database counts by itself is not told.
  const told = values.length === all.length ? all : all.filter((name) => name !== 'seq');
  if (told.length !== values.length) throw new Error(`The columns of ${table} are not those of its rows.`);
  const named = told.map((name, at) => [name, values[at]] as const);
  const place = Number(named.find(([name]) => name === 'seq')?.[1] ?? 0);
  return [table, place, JSON.stringify(Object.fromEntries(named.filter(([name]) => !OWN.test(name))))];
}
