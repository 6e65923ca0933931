// What the hand-written servers have in common: what they answer, and what they write down.
import { createHmac, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import express, { type Express, type Request, type Response } from 'express';

const CORE = 'urn:ietf:params:scim:schemas:core:2.0:User';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const LIST = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';
const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error';

export type Attributes = Record<string, unknown> & { userName: string; externalId?: string };
export type Row = { seq: number; id: string; version: number; created: string; updated: string; profile: string };
export type Key = { id: string; hash: Buffer; workspace: string; slug: string };
export type Call<K extends Key = Key> = { req: Request; key: K; at: string; start: number };
export type About = (string | null)[];
export type Answer = { status: number; body: object; meta?: { version: string; location: string } };

const secret = randomBytes(32);
export const hash = (token: string) => createHmac('sha256', secret).update(token).digest();

/** The token of a request, and the public id in it. */
export function presented(req: Request): { token: string; publicId: string } {
  const token = /^bearer (.+)$/i.exec(req.headers.authorization ?? '')?.[1] ?? '';
  return { token, publicId: /^scim_([0-9A-Za-z]{10})_/.exec(token)?.[1] ?? '' };
}

export function admitted<K extends Key>(req: Request, token: string, key: K | undefined): K | undefined {
  return key && timingSafeEqual(key.hash, hash(token)) && key.slug === req.params['slug'] ? key : undefined;
}

export function eventOf({ req, key, at, start }: Call, status: number, operation: string, about: About): unknown[] {
  const call = [req.method, req.path, status, req.ip, req.headers['user-agent'] ?? null, operation];
  const who = [key.workspace, randomUUID(), at, performance.now() - start, randomUUID()];
  return [...who, ...call, `${operation} ${about[1] ?? ''}`, key.id, ...about];
}

const textOf = (value: unknown) => (value === undefined ? null : JSON.stringify(value));
export function changesBetween(before: Record<string, unknown>, after: Record<string, unknown>): string {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const all = paths.map((path) => ({ path, before: textOf(before[path]), after: textOf(after[path]) }));
  return JSON.stringify(all.filter((change) => change.before !== change.after));
}

/** The attributes of a message that are the client's to set. */
export const kept = ({ schemas: _s, id: _i, meta: _m, groups: _g, password: _p, ...rest }: Attributes): Attributes =>
  rest;

export function patched(before: Attributes, body: { Operations: { value: object }[] }): Attributes {
  return kept(Object.assign({}, before, ...body.Operations.map(({ value }) => value)) as Attributes);
}

export const refusal = (status: number, detail: string): Answer => ({
  status,
  body: { schemas: [ERROR], status, detail },
});
export const noUser = refusal(404, 'There is no such user.');
export const exists = (userName: string) => refusal(409, `${userName} exists already.`);

export function hasChanged(req: Request, { version }: Row): boolean {
  const expected = req.headers['if-match'];
  return expected !== undefined && expected !== `W/"${version}"`;
}

export function resourceOf(
  { req, key }: Call,
  row: Omit<Row, 'seq'>,
  attributes: Attributes = JSON.parse(row.profile),
) {
  const location = `http://${req.headers.host}/scim/${key.slug}/v2/Users/${row.id}`;
  const meta = { resourceType: 'User', created: row.created, lastModified: row.updated, location };
  const schemas = attributes[ENTERPRISE] === undefined ? [CORE] : [CORE, ENTERPRISE];
  return { schemas, id: row.id, ...attributes, groups: [], meta: { ...meta, version: `W/"${row.version}"` } };
}
export const one = (status: number, body: ReturnType<typeof resourceOf>): Answer => ({ status, body, meta: body.meta });

/** What a list is asked for; undefined where it has a filter that is not understood. */
export function askedOf({ req }: Call): { name: string | undefined; from: number; count: number } | undefined {
  const { filter, startIndex = '1', count = '100' }: Record<string, unknown> = req.query;
  const name = /^userName eq ("(?:[^"\\]|\\.)*")$/i.exec(String(filter))?.[1];
  if (filter !== undefined && name === undefined) return undefined;
  const text = name === undefined ? undefined : (JSON.parse(name) as string);
  return { name: text?.toLowerCase(), from: Number(startIndex), count: Number(count) }; // prettier-ignore
}
export const notUnderstood = refusal(400, 'The filter is not understood.');

export function listOf(call: Call, rows: readonly Row[], { from, total }: { from: number; total: number }): Answer {
  const counts = { totalResults: total, startIndex: from, itemsPerPage: rows.length };
  return { status: 200, body: { schemas: [LIST], ...counts, Resources: rows.map((row) => resourceOf(call, row)) } };
}

/** The members that a pushed group names, as a JSON array of their ids. */
export const membersOf = ({ req }: Call) =>
  JSON.stringify(req.body.members.map(({ value }: { value: string }) => value));

type Handler = (call: Call<never>) => Answer | Promise<Answer>;
export type Handlers = Record<'list' | 'create' | 'read' | 'replace' | 'patch' | 'createTeam' | 'replaceTeam', Handler>;

/** The routes over what a server does; `authenticate` finds the key of a request. */
export function appOf(
  authenticate: (req: Request) => Key | undefined | Promise<Key | undefined>,
  on: Handlers,
): Express {
  const answering = (answer: Handler) => async (req: Request, res: Response) => {
    const [key, at, start] = [await authenticate(req), new Date().toISOString(), performance.now()];
    const call = { req, key, at, start } as Call<never>;
    const { status, body, meta } = key ? await answer(call) : refusal(401, 'Refused.');
    if (meta) res.setHeader('ETag', meta.version).setHeader('Location', meta.location);
    res.status(status).setHeader('Content-Type', 'application/scim+json').end(JSON.stringify(body));
  };
  const app = express().disable('x-powered-by').disable('etag');
  app.use(express.json({ type: () => true, limit: '16mb' }));
  app.route('/scim/:slug/v2/Users').get(answering(on.list)).post(answering(on.create));
  app.route('/scim/:slug/v2/Users/:id').get(answering(on.read)).put(answering(on.replace)).patch(answering(on.patch));
  app.route('/scim/:slug/v2/Groups').post(answering(on.createTeam));
  app.route('/scim/:slug/v2/Groups/:id').put(answering(on.replaceTeam));
  return app;
}

/** A workspace with a key, which the server writes into its database. */
export function firstKey() {
  const [slug, workspace, publicId] = ['bench', randomUUID(), randomBytes(5).toString('hex')];
  const token = `scim_${publicId}_${randomBytes(24).toString('hex')}0`;
  return { slug, workspace, publicId, token, id: randomUUID(), hash: hash(token) };
}

/** Listens, and says in one line where and with which token. */
export function serve(app: Express, { slug, token }: { slug: string; token: string }, end: () => unknown): void {
  const port = Number(process.env['PORT'] ?? '4001');
  const greeting = JSON.stringify({ url: `http://127.0.0.1:${port}/scim/${slug}/v2`, token });
  app.listen(port, '127.0.0.1', () => process.stdout.write(`${greeting}\n`));
  process.once('SIGTERM', () => void end());
}
