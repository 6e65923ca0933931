// The bar that Rollcall is measured against on PostgreSQL: README.md says what it does and what it leaves out.
import { randomUUID } from 'node:crypto';
import type { Request } from 'express';
import { Pool } from 'pg';
import {
  admitted,
  appOf,
  askedOf,
  changesBetween,
  eventOf,
  exists,
  firstKey,
  hasChanged,
  kept,
  listOf,
  membersOf,
  notUnderstood,
  noUser,
  one,
  patched,
  presented,
  refusal,
  resourceOf,
  serve,
  type About,
  type Answer,
  type Attributes,
  type Call,
  type Key,
  type Row,
} from './shared.ts';

// As many connections as Rollcall has, and no more than it waits for the disk.
const pool = new Pool({ connectionString: process.env['DATABASE_URL'], max: 10 });
await pool.query(`
  create table workspaces (id text primary key, slug text not null unique);
  create table credentials (id text primary key, workspace text not null, "publicId" text not null unique, hash bytea not null);
  create table users (seq bigint generated always as identity primary key, workspace text not null, id text not null,
    "nameKey" text not null, "externalId" text, version integer not null, created text not null, updated text not null,
    profile text not null);
  create unique index users_id on users (workspace, id);
  create unique index users_name on users (workspace, "nameKey");
  create unique index users_external_id on users (workspace, "externalId");
  create index users_order on users (workspace, seq);
  create table events (seq bigint generated always as identity primary key, workspace text not null, id text not null,
    at text not null, ms real not null, "requestId" text not null, method text not null, path text not null,
    status integer not null, ip text, "userAgent" text, operation text not null, summary text not null,
    credential text not null, target text, "targetName" text, changes text);
  create index events_order on events (workspace, seq);
  create index events_target on events (workspace, target, seq) where target is not null;
  create table teams (workspace text not null, id text not null, name text not null, version integer not null,
    created text not null, updated text not null, primary key (workspace, id));
  create table memberships (workspace text not null, team text not null, "user" text not null,
    primary key (workspace, team, "user"));
  create index memberships_user on memberships (workspace, "user", team);
`);

// Each text is prepared once on each connection, by its name; a write and its event are one statement, and one commit.
const EVENT_COLUMNS = `workspace, id, at, ms, "requestId", method, path, status, ip, "userAgent", operation, summary,
  credential, target, "targetName", changes`;
const TYPES = [
  'text',
  'text',
  'text',
  'real',
  'text',
  'text',
  'text',
  'int',
  ...Array.from({ length: 8 }, () => 'text'),
];
const eventAfter = (first: number) => TYPES.map((type, index) => `$${first + index}::${type}`).join(', ');
const SELECT = 'select seq, id, version, created, updated, profile from users where workspace = $1';
const TEXTS = {
  key: `select c.id, c.hash, c.workspace, w.slug from credentials c join workspaces w on w.id = c.workspace
    where c."publicId" = $1`,
  byId: `${SELECT} and id = $2`,
  byName: `${SELECT} and "nameKey" = $2`,
  page: `${SELECT} and seq > $2 order by seq limit $3 offset $4`,
  count: 'select count(*)::int as total from users where workspace = $1',
  insert: `with made as (insert into users (workspace, "nameKey", "externalId", profile, id, version, created, updated)
    values ($1, $2, $3, $4, $5, 1, $6, $6) on conflict do nothing returning id)
    insert into events (${EVENT_COLUMNS}) select ${eventAfter(7)} from made`,
  update: `with changed as (update users set "nameKey" = $2, "externalId" = $3, profile = $4, version = version + 1,
    updated = $6 where workspace = $1 and id = $5 and version = $7 returning id)
    insert into events (${EVENT_COLUMNS}) select ${eventAfter(8)} from changed`,
  events: `insert into events (${EVENT_COLUMNS}) select * from unnest(${TYPES.map((type, index) => `$${index + 1}::${type}[]`).join(', ')})`,
  insertTeam: `with made as (insert into teams values ($1, $2, $3, 1, $4, $4) returning id)
    insert into events (${EVENT_COLUMNS}) select ${eventAfter(5)} from made`,
  // The users are looked for, as a foreign key would.
  replaceTeam: `with named as (select value from json_array_elements_text($4::json)),
    renamed as (update teams set name = $3, version = version + 1, updated = $5 where workspace = $1 and id = $2),
    gone as (delete from memberships where workspace = $1 and team = $2 and "user" not in (select value from named)),
    come as (insert into memberships select workspace, $2, id from users where workspace = $1
      and id in (select value from named) on conflict do nothing)
    insert into events (${EVENT_COLUMNS}) values (${eventAfter(6)})`,
};
async function ask<R extends object>(name: keyof typeof TEXTS, values: unknown[]): Promise<R[]> {
  return (await pool.query<R>({ name, text: TEXTS[name], values })).rows;
}
const run = async (name: keyof typeof TEXTS, values: unknown[]) =>
  (await pool.query({ name, text: TEXTS[name], values })).rowCount ?? 0;

async function authenticate(req: Request): Promise<Key | undefined> {
  const { token, publicId } = presented(req);
  const [key] = await ask<Key>('key', [publicId]);
  return admitted(req, token, key);
}

// The events of reads are written together, after 250 ms at most; those of writes with their write.
let reads: unknown[][] = [];
async function flush(): Promise<void> {
  const events = reads;
  reads = [];
  if (events.length > 0) await run('events', TYPES.map((_, column) => events.map((event) => event[column]))); // prettier-ignore
}
const noteRead = (call: Call, about: About) => {
  if (reads.push(eventOf(call, 200, 'READ_USERS', [...about, '[]'])) >= 500) void flush();
};
setInterval(() => void flush(), 250);

const CLASH = '23505';
const unlessClash = async (write: Promise<number>) => {
  try {
    return await write;
  } catch (error) {
    if ((error as { code?: unknown }).code === CLASH) return 0;
    throw error;
  }
};

async function create(call: Call): Promise<Answer> {
  const { req, key, at } = call;
  const attributes = kept(req.body as Attributes);
  const { userName, externalId = null } = attributes;
  const [id, profile] = [randomUUID(), JSON.stringify(attributes)];
  const event = eventOf(call, 201, 'CREATE_USER', [id, userName, changesBetween({}, attributes)]);
  const row = [key.workspace, userName.toLowerCase(), externalId, profile, id, at];
  if ((await run('insert', [...row, ...event])) === 0) return exists(userName);
  return one(201, resourceOf(call, { id, version: 1, created: at, updated: at, profile }, attributes));
}

async function change(call: Call, changed: (before: Attributes) => Attributes): Promise<Answer> {
  const { req, key, at } = call;
  const [row] = await ask<Row>('byId', [key.workspace, req.params['id']]);
  if (row === undefined) return noUser;
  if (hasChanged(req, row)) return refusal(412, 'The user has changed.');
  const before: Attributes = JSON.parse(row.profile);
  const after = changed(before);
  const { userName, externalId = null } = after;
  const event = eventOf(call, 200, 'UPDATE_USER', [row.id, userName, changesBetween(before, after)]);
  const written = [key.workspace, userName.toLowerCase(), externalId, JSON.stringify(after), row.id, at, row.version];
  if ((await unlessClash(run('update', [...written, ...event]))) === 0) return exists(userName);
  return one(200, resourceOf(call, { ...row, version: row.version + 1, updated: at }, after));
}

async function createTeam(call: Call): Promise<Answer> {
  const { req, key, at } = call;
  const [id, name] = [randomUUID(), String(req.body.displayName)];
  await run('insertTeam', [key.workspace, id, name, at, ...eventOf(call, 201, 'CREATE_TEAM', [id, name, '[]'])]);
  return { status: 201, body: { id, displayName: name } };
}

async function replaceTeam(call: Call): Promise<Answer> {
  const { req, key, at } = call;
  const [id, name, members] = [String(req.params['id']), String(req.body.displayName), membersOf(call)];
  const event = eventOf(call, 200, 'UPDATE_TEAM', [id, name, JSON.stringify({ members })]);
  await run('replaceTeam', [key.workspace, id, name, members, at, ...event]);
  return { status: 200, body: { id, displayName: name } };
}

async function read(call: Call): Promise<Answer> {
  const [row] = await ask<Row>('byId', [call.key.workspace, call.req.params['id']]);
  if (row === undefined) return noUser;
  const user = resourceOf(call, row);
  noteRead(call, [user.id, user.userName]);
  return one(200, user);
}

// Where pages ended, so that the next one costs the same however deep it is; nobody is deleted here.
const ends = new Map<string, number>();
async function list(call: Call): Promise<Answer> {
  const { workspace } = call.key;
  const asked = askedOf(call);
  if (asked === undefined) return notUnderstood;
  const { name, from, count } = asked;
  const end = ends.get(`${workspace} ${from}`);
  noteRead(call, [null, null]);
  if (name !== undefined) {
    const rows = await ask<Row>('byName', [workspace, name]);
    return listOf(call, rows, { from, total: rows.length });
  }
  const [rows, counts] = await Promise.all([
    ask<Row>('page', [workspace, end ?? 0, count, end === undefined ? from - 1 : 0]),
    ask<{ total: number }>('count', [workspace]),
  ]);
  if (rows.length > 0) ends.set(`${workspace} ${from + rows.length}`, rows.at(-1)!.seq);
  return listOf(call, rows, { from, total: counts[0]!.total });
}

const made = firstKey();
await pool.query('insert into workspaces values ($1, $2)', [made.workspace, made.slug]);
await pool.query('insert into credentials values ($1, $2, $3, $4)', [
  made.id,
  made.workspace,
  made.publicId,
  made.hash,
]);
const app = appOf(authenticate, {
  list,
  create,
  read,
  createTeam,
  replaceTeam,
  replace: (call: Call) => change(call, () => kept(call.req.body as Attributes)),
  patch: (call: Call) => change(call, (before) => patched(before, call.req.body)),
});
serve(app, made, async () => {
  await flush();
  await pool.end();
  process.exit(0);
});
