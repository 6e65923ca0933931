// The bar that Rollcall is measured against on SQLite: README.md says what it does and what it leaves out.
import { randomUUID } from 'node:crypto';
import Database from 'better-sqlite3';
import type { Request } from 'express';
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
  type Call as AnyCall,
  type Key as AnyKey,
  type Row,
} from './shared.ts';

const { DATABASE = 'reference.db', SYNCHRONOUS = 'FULL', GROUP_COMMIT = 'on' } = process.env;

type Key = AnyKey & { userCount: number };
type Call = AnyCall<Key>;
type Job = { work: () => Answer; resolve: (answer: Answer) => void; reject: (error: unknown) => void };

const db = new Database(DATABASE);
for (const pragma of ['journal_mode = WAL', `synchronous = ${SYNCHRONOUS}`, 'wal_autocheckpoint = 10000'])
  db.pragma(pragma);
db.exec(`
  create table workspaces (id text primary key, slug text not null unique, userCount integer not null);
  create table credentials (id text primary key, workspace text not null, publicId text not null unique, hash blob not null);
  create table users (seq integer primary key, workspace text not null, id text not null, nameKey text not null,
    externalId text, version integer not null, created text not null, updated text not null, profile text not null);
  create unique index users_id on users (workspace, id);
  create unique index users_name on users (workspace, nameKey);
  create unique index users_external_id on users (workspace, externalId);
  create index users_order on users (workspace, seq);
  create table events (seq integer primary key, workspace text not null, id text not null, at text not null, ms real not null,
    requestId text not null, method text not null, path text not null, status integer not null, ip text, userAgent text,
    operation text not null, summary text not null, credential text not null, target text, targetName text, changes text);
  create index events_order on events (workspace, seq);
  create index events_target on events (workspace, target, seq) where target is not null;
  create table teams (workspace text not null, id text not null, name text not null, version integer not null,
    created text not null, updated text not null, primary key (workspace, id)) without rowid;
  create table memberships (workspace text not null, team text not null, user text not null,
    primary key (workspace, team, user)) without rowid;
  create index memberships_user on memberships (workspace, user, team);
`);
const SELECT = 'select seq, id, version, created, updated, profile from users where workspace = ?';
const findKey = db.prepare<[string], Key>(`select c.id, c.hash, c.workspace, w.slug, w.userCount
  from credentials c join workspaces w on w.id = c.workspace where c.publicId = ?`);
const byId = db.prepare<[string, string], Row>(`${SELECT} and id = ?`);
const byName = db.prepare<[string, string], Row>(`${SELECT} and nameKey = ?`);
const page = db.prepare<[string, number, number, number], Row>(`${SELECT} and seq > ? order by seq limit ? offset ?`);
const insert = db.prepare(`insert into users (workspace, nameKey, externalId, profile, id, version, created, updated)
  values (?, ?, ?, ?, ?, 1, ?, ?) on conflict do nothing`);
const countUser = db.prepare('update workspaces set userCount = userCount + 1 where id = ?');
const update = db.prepare(`update or ignore users set nameKey = ?, externalId = ?, profile = ?, version = version + 1,
  updated = ? where workspace = ? and id = ?`);
const insertTeam = db.prepare('insert into teams values (?, ?, ?, 1, ?, ?)');
const renameTeam = db.prepare(
  'update teams set name = ?, version = version + 1, updated = ? where workspace = ? and id = ?',
);
const leave = db.prepare(`delete from memberships where workspace = ? and team = ?
  and user not in (select value from json_each(?))`);
// The users are looked for, as a foreign key would.
const join = db.prepare(`insert into memberships select workspace, ?, id from users where workspace = ?
  and id in (select value from json_each(?)) on conflict do nothing`);
const addEvent = db.prepare(`insert into events values (null${', ?'.repeat(16)})`);

function authenticate(req: Request): Key | undefined {
  const { token, publicId } = presented(req);
  return admitted(req, token, findKey.get(publicId));
}

// The events of reads are written together, after 250 ms at most; those of writes with their write.
let reads: unknown[][] = [];
const flush = db.transaction(() => {
  for (const event of reads) addEvent.run(...event);
  reads = [];
});
const noteRead = (call: Call, about: About) => {
  if (reads.push(eventOf(call, 200, 'READ_USERS', [...about, '[]'])) >= 500) flush.immediate();
};

// Group commit: the writes that wait in the same turn share one transaction, and are answered after it.
let [waiting, commits, seen, copied]: [Job[], number, number, number] = [[], 0, 0, 0];
const together = db.transaction((jobs: Job[]) => jobs.map(({ work }) => work()));
function commit(): void {
  const jobs = waiting;
  waiting = [];
  try {
    const answers = together.immediate(jobs);
    commits += 1;
    jobs.forEach(({ resolve }, index) => resolve(answers[index]!));
  } catch (error) {
    for (const { reject } of jobs) reject(error);
  }
}
function write(work: () => Answer): Promise<Answer> {
  const { promise, ...ending } = Promise.withResolvers<Answer>();
  const count = waiting.push({ work, ...ending });
  if (GROUP_COMMIT === 'off') commit();
  else if (count === 1) setImmediate(commit);
  return promise;
}

setInterval(() => reads.length > 0 && flush.immediate(), 250);
// The log is copied into the database while nobody writes.
setInterval(() => {
  if (commits === seen && commits !== copied) db.pragma('wal_checkpoint(PASSIVE)', { simple: (copied = commits) > 0 });
  seen = commits;
}, 500);

function create(call: Call): Answer {
  const { req, key, at } = call;
  const attributes = kept(req.body as Attributes);
  const { userName, externalId = null } = attributes;
  const [id, profile] = [randomUUID(), JSON.stringify(attributes)];
  const done = insert.run(key.workspace, userName.toLowerCase(), externalId, profile, id, at, at);
  if (done.changes === 0) return exists(userName);
  countUser.run(key.workspace);
  addEvent.run(...eventOf(call, 201, 'CREATE_USER', [id, userName, changesBetween({}, attributes)]));
  return one(201, resourceOf(call, { id, version: 1, created: at, updated: at, profile }, attributes));
}

function change(call: Call, changed: (before: Attributes) => Attributes): Answer {
  const { req, key, at } = call;
  const row = byId.get(key.workspace, String(req.params['id']));
  if (row === undefined) return noUser;
  if (hasChanged(req, row)) return refusal(412, 'The user has changed.');
  const before: Attributes = JSON.parse(row.profile);
  const after = changed(before);
  const { userName, externalId = null } = after;
  const profile = JSON.stringify(after);
  const done = update.run(userName.toLowerCase(), externalId, profile, at, key.workspace, row.id);
  if (done.changes === 0) return exists(userName);
  addEvent.run(...eventOf(call, 200, 'UPDATE_USER', [row.id, userName, changesBetween(before, after)]));
  return one(200, resourceOf(call, { ...row, version: row.version + 1, updated: at }, after));
}

function createTeam(call: Call): Answer {
  const { req, key, at } = call;
  const [id, name] = [randomUUID(), String(req.body.displayName)];
  insertTeam.run(key.workspace, id, name, at, at);
  addEvent.run(...eventOf(call, 201, 'CREATE_TEAM', [id, name, '[]']));
  return { status: 201, body: { id, displayName: name } };
}

function replaceTeam(call: Call): Answer {
  const { req, key, at } = call;
  const [id, name] = [String(req.params['id']), String(req.body.displayName)];
  const members = membersOf(call);
  renameTeam.run(name, at, key.workspace, id);
  const counts = {
    left: leave.run(key.workspace, id, members).changes,
    came: join.run(id, key.workspace, members).changes,
  };
  addEvent.run(...eventOf(call, 200, 'UPDATE_TEAM', [id, name, JSON.stringify({ ...counts, members })]));
  return { status: 200, body: { id, displayName: name } };
}

function read(call: Call): Answer {
  const row = byId.get(call.key.workspace, String(call.req.params['id']));
  if (row === undefined) return noUser;
  const user = resourceOf(call, row);
  noteRead(call, [user.id, user.userName]);
  return one(200, user);
}

// Where pages ended, so that the next one costs the same however deep it is; nobody is deleted here.
const ends = new Map<string, number>();
function list(call: Call): Answer {
  const { workspace, userCount } = call.key;
  const asked = askedOf(call);
  if (asked === undefined) return notUnderstood;
  const { name, from, count } = asked;
  const end = ends.get(`${workspace} ${from}`);
  const rows = name
    ? byName.all(workspace, name)
    : page.all(workspace, end ?? 0, count, end === undefined ? from - 1 : 0);
  if (name === undefined && rows.length > 0) ends.set(`${workspace} ${from + rows.length}`, rows.at(-1)!.seq);
  noteRead(call, [null, null]);
  return listOf(call, rows, { from, total: name === undefined ? userCount : rows.length });
}

const made = firstKey();
db.prepare('insert into workspaces values (?, ?, 0)').run(made.workspace, made.slug);
db.prepare('insert into credentials values (?, ?, ?, ?)').run(made.id, made.workspace, made.publicId, made.hash);
const app = appOf(authenticate, {
  list,
  read,
  create: (call: Call) => write(() => create(call)),
  replace: (call: Call) => write(() => change(call, () => kept(call.req.body as Attributes))),
  patch: (call: Call) => write(() => change(call, (before) => patched(before, call.req.body))),
  createTeam: (call: Call) => write(() => createTeam(call)),
  replaceTeam: (call: Call) => write(() => replaceTeam(call)),
});
serve(app, made, () => [flush.immediate(), db.close(), process.exit(0)]);
