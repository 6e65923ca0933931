// The bar that Rollcall is measured against: README.md says what it does and what it leaves out.
import { createHmac, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import Database from 'better-sqlite3';
import express, { type Request, type Response } from 'express';

const { DATABASE = 'reference.db', PORT = '4001', SYNCHRONOUS = 'FULL', GROUP_COMMIT = 'on' } = process.env;
const CORE = 'urn:ietf:params:scim:schemas:core:2.0:User';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const LIST = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';
const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error';

type Attributes = Record<string, unknown> & { userName: string; externalId?: string };
type Row = { seq: number; id: string; version: number; created: string; updated: string; profile: string };
type Key = { id: string; hash: Buffer; workspace: string; slug: string; userCount: number };
type Call = { req: Request; key: Key; at: string; start: number };
type About = (string | null)[];
type Answer = { status: number; body: object; meta?: { version: string; location: string } };
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

const secret = randomBytes(32);
const hash = (token: string) => createHmac('sha256', secret).update(token).digest();

function authenticate(req: Request): Key | undefined {
  const token = /^bearer (.+)$/i.exec(req.headers.authorization ?? '')?.[1] ?? '';
  const key = findKey.get(/^scim_([0-9A-Za-z]{10})_/.exec(token)?.[1] ?? '');
  return key && timingSafeEqual(key.hash, hash(token)) && key.slug === req.params['slug'] ? key : undefined;
}

function eventOf({ req, key, at, start }: Call, status: number, operation: string, about: About): unknown[] {
  const call = [req.method, req.path, status, req.ip, req.headers['user-agent'] ?? null, operation];
  const who = [key.workspace, randomUUID(), at, performance.now() - start, randomUUID()];
  return [...who, ...call, `${operation} ${about[1] ?? ''}`, key.id, ...about];
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

const textOf = (value: unknown) => (value === undefined ? null : JSON.stringify(value));
function changesBetween(before: Record<string, unknown>, after: Record<string, unknown>): string {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const all = paths.map((path) => ({ path, before: textOf(before[path]), after: textOf(after[path]) }));
  return JSON.stringify(all.filter((change) => change.before !== change.after));
}

const kept = ({ schemas: _s, id: _i, meta: _m, groups: _g, password: _p, ...rest }: Attributes): Attributes => rest;
const refusal = (status: number, detail: string): Answer => ({ status, body: { schemas: [ERROR], status, detail } });
function resourceOf({ req, key }: Call, row: Omit<Row, 'seq'>, attributes: Attributes = JSON.parse(row.profile)) {
  const location = `http://${req.headers.host}/scim/${key.slug}/v2/Users/${row.id}`;
  const meta = { resourceType: 'User', created: row.created, lastModified: row.updated, location };
  const schemas = attributes[ENTERPRISE] === undefined ? [CORE] : [CORE, ENTERPRISE];
  return { schemas, id: row.id, ...attributes, groups: [], meta: { ...meta, version: `W/"${row.version}"` } };
}
const one = (status: number, body: ReturnType<typeof resourceOf>): Answer => ({ status, body, meta: body.meta });

function create(call: Call): Answer {
  const { req, key, at } = call;
  const attributes = kept(req.body);
  const { userName, externalId = null } = attributes;
  const [id, profile] = [randomUUID(), JSON.stringify(attributes)];
  const done = insert.run(key.workspace, userName.toLowerCase(), externalId, profile, id, at, at);
  if (done.changes === 0) return refusal(409, `${userName} exists already.`);
  countUser.run(key.workspace);
  addEvent.run(...eventOf(call, 201, 'CREATE_USER', [id, userName, changesBetween({}, attributes)]));
  return one(201, resourceOf(call, { id, version: 1, created: at, updated: at, profile }, attributes));
}

function change(call: Call, changed: (before: Attributes) => Attributes): Answer {
  const { req, key, at } = call;
  const row = byId.get(key.workspace, String(req.params['id']));
  if (row === undefined) return refusal(404, 'There is no such user.');
  const expected = req.headers['if-match'];
  if (expected !== undefined && expected !== `W/"${row.version}"`) return refusal(412, 'The user has changed.');
  const before: Attributes = JSON.parse(row.profile);
  const after = changed(before);
  const { userName, externalId = null } = after;
  const profile = JSON.stringify(after);
  const done = update.run(userName.toLowerCase(), externalId, profile, at, key.workspace, row.id);
  if (done.changes === 0) return refusal(409, `${userName} exists already.`);
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
  const members = JSON.stringify(req.body.members.map(({ value }: { value: string }) => value));
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
  if (row === undefined) return refusal(404, 'There is no such user.');
  const user = resourceOf(call, row);
  noteRead(call, [user.id, user.userName]);
  return one(200, user);
}

// Where pages ended, so that the next one costs the same however deep it is; nobody is deleted here.
const ends = new Map<string, number>();
function list(call: Call): Answer {
  const { workspace, userCount } = call.key;
  const { filter, startIndex = '1', count = '100' }: Record<string, unknown> = call.req.query;
  const name = /^userName eq ("(?:[^"\\]|\\.)*")$/i.exec(String(filter))?.[1];
  if (filter !== undefined && name === undefined) return refusal(400, 'The filter is not understood.');
  const from = Number(startIndex);
  const end = ends.get(`${workspace} ${from}`);
  const rows = name
    ? byName.all(workspace, String(JSON.parse(name)).toLowerCase())
    : page.all(workspace, end ?? 0, Number(count), end === undefined ? from - 1 : 0);
  if (name === undefined && rows.length > 0) ends.set(`${workspace} ${from + rows.length}`, rows.at(-1)!.seq);
  noteRead(call, [null, null]);
  const totalResults = name === undefined ? userCount : rows.length;
  const counts = { totalResults, startIndex: from, itemsPerPage: rows.length };
  return { status: 200, body: { schemas: [LIST], ...counts, Resources: rows.map((row) => resourceOf(call, row)) } };
}

const answering = (answer: (call: Call) => Answer | Promise<Answer>) => async (req: Request, res: Response) => {
  const [key, at, start] = [authenticate(req), new Date().toISOString(), performance.now()];
  const { status, body, meta } = key ? await answer({ req, key, at, start }) : refusal(401, 'Refused.');
  if (meta) res.setHeader('ETag', meta.version).setHeader('Location', meta.location);
  res.status(status).setHeader('Content-Type', 'application/scim+json').end(JSON.stringify(body));
};
const post = (call: Call) => write(() => create(call));
const replace = (call: Call) => write(() => change(call, () => kept(call.req.body)));
const patch = (call: Call) => {
  const values: object[] = call.req.body.Operations.map(({ value }: { value: object }) => value);
  return write(() => change(call, (before) => kept(Object.assign({}, before, ...values))));
};
const postTeam = (call: Call) => write(() => createTeam(call));
const putTeam = (call: Call) => write(() => replaceTeam(call));
const app = express().disable('x-powered-by').disable('etag');
app.use(express.json({ type: () => true, limit: '16mb' }));
app.route('/scim/:slug/v2/Users').get(answering(list)).post(answering(post));
app.route('/scim/:slug/v2/Users/:id').get(answering(read)).put(answering(replace)).patch(answering(patch));
app.route('/scim/:slug/v2/Groups').post(answering(postTeam));
app.route('/scim/:slug/v2/Groups/:id').put(answering(putTeam));
const [slug, workspace, publicId] = ['bench', randomUUID(), randomBytes(5).toString('hex')];
const token = `scim_${publicId}_${randomBytes(24).toString('hex')}0`;
db.prepare('insert into workspaces values (?, ?, 0)').run(workspace, slug);
db.prepare('insert into credentials values (?, ?, ?, ?)').run(randomUUID(), workspace, publicId, hash(token));
const greeting = JSON.stringify({ url: `http://127.0.0.1:${PORT}/scim/${slug}/v2`, token });
app.listen(Number(PORT), '127.0.0.1', () => process.stdout.write(`${greeting}\n`));
process.once('SIGTERM', () => [flush.immediate(), db.close(), process.exit(0)]);
