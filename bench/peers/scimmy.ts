// scimmy-routers as its README shows it, over a store that a careful team would write: bench/README.md says what it does.
import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import Database from 'better-sqlite3';
import express, { type Request } from 'express';
import { Resources, Schemas, Types, type Asked, type Kept } from 'scimmy';
import { SCIMMYRouters } from 'scimmy-routers';

const { DATABASE = 'scimmy.db', PORT = '4002' } = process.env;
type Row = { id: string; version: number; created: string; updated: string; profile: string };

const db = new Database(DATABASE);
for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON']) db.pragma(pragma);
const RESOURCE = 'id text not null unique, version integer not null, created text not null, updated text not null';
db.exec(`
  create table credentials (hash blob primary key, name text not null) without rowid;
  create table users (seq integer primary key, ${RESOURCE}, profile text not null, nameKey text not null unique);
  create table groups (seq integer primary key, ${RESOURCE}, profile text not null, nameKey text not null unique);
  create table members (team text not null references groups (id) on delete cascade,
    user text not null references users (id) on delete cascade, primary key (team, user)) without rowid;
  create index members_user on members (user, team);
`);
const findCredential = db.prepare<[Buffer], { hash: Buffer; name: string }>('select * from credentials where hash = ?');
const join = db.prepare(
  'insert into members select ?, value from json_each(?) where true on conflict (team, user) do nothing',
);
const leave = db.prepare('delete from members where team = ? and user not in (select value from json_each(?))');
const membersOf = db.prepare<[string], { value: string }>('select user as value from members where team = ?');

const sha256 = (text: string) => createHash('sha256').update(text).digest();
const absent = () => new Types.Error(404, null, 'There is no such resource.');

/** Users or groups in a table of theirs: statements prepared once, found by an index, paged in the order of creation. */
function storeOf(table: 'users' | 'groups', nameAttribute: 'userName' | 'displayName') {
  const select = `select id, version, created, updated, profile from ${table}`;
  const byId = db.prepare<[string], Row>(`${select} where id = ?`);
  const byName = db.prepare<[string], Row>(`${select} where nameKey = ?`);
  const page = db.prepare<[number, number], Row>(`${select} order by seq limit ? offset ?`);
  const count = db.prepare<[], number>(`select count(*) from ${table}`).pluck();
  const kept = 'returning id, version, created, updated, profile';
  const insert = db.prepare<unknown[], Row>(`insert into ${table} (id, version, created, updated, profile, nameKey)
    values (?, 1, ?, ?, ?, ?) on conflict do nothing ${kept}`);
  const update = db.prepare<unknown[], Row>(`update or ignore ${table} set profile = ?, nameKey = ?,
    version = version + 1, updated = ? where id = ? ${kept}`);
  const remove = db.prepare(`delete from ${table} where id = ?`);

  const resourceOf = ({ id, version, created, updated, profile }: Row): Kept => {
    const meta = { created: new Date(created), lastModified: new Date(updated), version: `W/"${version}"` };
    return { ...(JSON.parse(profile) as object), id, meta };
  };
  const found = (id: string): Kept => {
    const row = byId.get(id);
    if (row === undefined) throw absent();
    return resourceOf(row);
  };
  const write = (asked: Asked, sent: Readonly<Record<string, unknown>>): Kept => {
    const { schemas: _schemas, id: _id, meta: _meta, groups: _groups, password: _password, members: _members, ...profile } = sent; // prettier-ignore
    const id = asked.id ?? randomUUID();
    const [name, now, text] = [String(profile[nameAttribute]), new Date().toISOString(), JSON.stringify(profile)];
    const key = name.toLowerCase();
    const row = asked.id === undefined ? insert.get(id, now, now, text, key) : update.get(text, key, now, id);
    if (row !== undefined) return resourceOf(row);
    if (asked.id !== undefined && byId.get(id) === undefined) throw absent();
    throw new Types.Error(409, 'uniqueness', `${name} exists already.`);
  };
  const list = (asked: Asked): Kept[] => {
    const { startIndex = 1, count: most = 20 } = asked.constraints ?? {};
    const name = nameIn(asked, nameAttribute);
    const rows = name === undefined ? page.all(most, startIndex - 1) : byName.all(name.toLowerCase());
    asked.constraints = { ...asked.constraints, totalResults: name === undefined ? count.get()! : rows.length };
    return rows.map(resourceOf);
  };
  const read = (asked: Asked) => (asked.id === undefined ? list(asked) : found(asked.id));
  return { read, write, remove: ({ id = '' }: Asked) => void remove.run(id) };
}

/** The value of `name eq "…"`, the one filter that is served. */
function nameIn({ filter }: Asked, attribute: string): string | undefined {
  if (filter === undefined) return undefined;
  const comparison = filter.length === 1 ? filter[0]?.[attribute] : undefined;
  if (Array.isArray(comparison) && comparison[0] === 'eq') return String(comparison[1]);
  throw new Types.Error(400, 'invalidFilter', `Only ${attribute} eq is understood.`);
}

const users = storeOf('users', 'userName');
const groups = storeOf('groups', 'displayName');

const writeGroup = db.transaction((asked: Asked, sent: Readonly<Record<string, unknown>>): Kept => {
  const group = groups.write(asked, sent);
  const sentMembers = Array.isArray(sent['members']) ? (sent['members'] as { value: string }[]) : [];
  const ids = JSON.stringify(sentMembers.map(({ value }) => value));
  leave.run(group.id, ids);
  join.run(group.id, ids);
  return { ...group, members: membersOf.all(group.id) };
});
const withMembers = (group: Kept): Kept => ({ ...group, members: membersOf.all(group.id) });
const readGroups = (asked: Asked) => {
  const read = groups.read(asked);
  return Array.isArray(read) ? read.map(withMembers) : withMembers(read);
};

Resources.declare(Resources.User, {
  extensions: [{ schema: Schemas.EnterpriseUser, required: false }],
  ingress: users.write,
  egress: users.read,
  degress: users.remove,
});
Resources.declare(Resources.Group, { ingress: writeGroup, egress: readGroups, degress: groups.remove });

function authenticate(request: Request): string {
  const hash = sha256(/^bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '');
  const credential = findCredential.get(hash);
  if (credential === undefined || !timingSafeEqual(credential.hash, hash)) throw new Error('The token is not known.');
  return credential.name;
}

const token = randomBytes(24).toString('hex');
db.prepare('insert into credentials values (?, ?)').run(sha256(token), 'bench');
const app = express().disable('x-powered-by').disable('etag');
// The routers turn startIndex and count into numbers in place, but Express 5 parses the query anew at each look.
app.use((request, _response, next) => {
  Object.defineProperty(request, 'query', { value: { ...request.query }, writable: true });
  next();
});
app.use('/scim', new SCIMMYRouters({ type: 'bearer', handler: authenticate }));
const greeting = JSON.stringify({ url: `http://127.0.0.1:${PORT}/scim`, token });
app.listen(Number(PORT), '127.0.0.1', () => process.stdout.write(`${greeting}\n`));
process.once('SIGTERM', () => [db.close(), process.exit(0)]);
