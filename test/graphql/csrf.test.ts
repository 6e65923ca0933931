import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { updateProvisioningSettings } from '../../src/domain/provisioning-settings-commands.ts';
import { createUser } from '../../src/domain/user-commands.ts';
import { Browser } from './support/browser.ts';
import { startServer, type Tenant, type TestServer } from './support/server.ts';

const PASSWORD = 'correct horse battery';
const OWN = 'https://rollcall.test';
const FRIEND = 'https://app.rollcall.test';
const EVIL = 'https://evil.example';

let server: TestServer;
let acme: Tenant;
let cookie: string;

beforeAll(async () => {
  server = await startServer();
  acme = await server.tenant('acme');
  await updateProvisioningSettings(acme.system, { passwordSync: true }, 1);
  const admin = await createUser(acme.system, { userName: 'signed.in', active: true }, 'ADMIN', PASSWORD);
  const browser = new Browser(server);
  await browser.signIn('acme', admin.userName, PASSWORD);
  cookie = browser.cookie!;
});
afterAll(() => server.close());

interface Shape {
  readonly name: string;
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
}

const mutation = (name: string) =>
  `mutation { createTeam(input: { name: ${JSON.stringify(name)} }) { __typename ... on MutationError { message } } }`;

const SIMPLE_TYPES = ['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain'];
/** What the pages of others make a browser say of where a request comes from. */
const SOURCES: readonly [string, Record<string, string>][] = [
  ['a foreign page', { origin: EVIL, 'sec-fetch-site': 'cross-site' }],
  ['a foreign page of an old browser', { origin: EVIL }],
  ['a page without an origin', { origin: 'null', 'sec-fetch-site': 'cross-site' }],
  ['a neighbour host', { origin: 'https://blog.rollcall.test', 'sec-fetch-site': 'same-site' }],
  ['another port', { origin: 'https://rollcall.test:8443', 'sec-fetch-site': 'same-site' }],
  ['plain http', { origin: 'http://rollcall.test', 'sec-fetch-site': 'cross-site' }],
];
/** As a form, text or a navigation can, without the preflight that would be refused. */
const simple = (name: string): Shape[] => [
  ...SIMPLE_TYPES.flatMap((type): Shape[] => {
    const encoded = type.startsWith('multipart')
      ? `--x\r\nContent-Disposition: form-data; name="query"\r\n\r\n${mutation(name)}\r\n--x--`
      : `query=${encodeURIComponent(mutation(name))}`;
    const json = JSON.stringify({ query: mutation(name) });
    return [encoded, json].map((body) => ({
      name: `a POST of ${type} with ${body === json ? 'JSON' : 'fields'}`,
      method: 'POST',
      url: '',
      headers: { 'content-type': type },
      body,
    }));
  }),
  {
    name: 'a POST without a type',
    method: 'POST',
    url: '',
    headers: { 'content-type': '' },
    body: JSON.stringify({ query: mutation(name) }),
  },
  { name: 'a GET', method: 'GET', url: `?query=${encodeURIComponent(mutation(name))}`, headers: {} },
  {
    name: 'a GET for a page',
    method: 'GET',
    url: `?query=${encodeURIComponent(mutation(name))}`,
    headers: { accept: 'text/html' },
  },
];
/** As no page can without a preflight, which is refused: a second line behind that. */
const preflighted = (name: string): Shape[] => [
  {
    name: 'a POST of JSON',
    method: 'POST',
    url: '',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: mutation(name) }),
  },
  {
    name: 'a POST of JSON with the header',
    method: 'POST',
    url: '',
    headers: { 'content-type': 'application/json', 'apollo-require-preflight': '1' },
    body: JSON.stringify({ query: mutation(name) }),
  },
];

const SHAPES = SOURCES.flatMap(([source, said], index) =>
  [...simple(`forged ${index}`), ...preflighted(`forged ${index}`)].map((shape) => ({
    ...shape,
    name: `${shape.name} from ${source}`,
    headers: { ...shape.headers, ...said },
  })),
);
/** Of these the browser says nothing at all, or only that they come from elsewhere. */
const UNNAMED = [
  ...simple('unnamed'),
  ...simple('unnamed')
    .filter(({ method }) => method === 'GET')
    .map((shape) => ({
      ...shape,
      name: `${shape.name} from elsewhere`,
      headers: { ...shape.headers, 'sec-fetch-site': 'cross-site', 'apollo-require-preflight': '1' },
    })),
  ...preflighted('unnamed').map((shape) => ({
    ...shape,
    name: `${shape.name} from elsewhere`,
    headers: { ...shape.headers, 'sec-fetch-site': 'cross-site' },
  })),
];

const send = ({ method, url, headers, body }: Shape) =>
  fetch(server.url + url, { method, headers: { ...headers, cookie }, ...(body === undefined ? {} : { body }) });

const teamNames = async () => {
  const { data } = await server.ask(acme.tokens.OWNER, '{ workspace { teams(first: 100) { nodes { name } } } }');
  return data.workspace.teams.nodes.map(({ name }: { name: string }) => name);
};

describe('C8 a page of another site', () => {
  it('has many ways to try', () => expect(SHAPES.length + UNNAMED.length).toBeGreaterThanOrEqual(60));

  it.each([...SHAPES, ...UNNAMED])('changes nothing with $name', async (shape) => {
    const response = await send(shape);
    expect([400, 403, 405, 415]).toContain(response.status);
    const { data, errors } = (await response.json()) as { data?: unknown; errors: unknown[] };
    expect(data).toBeUndefined();
    expect(errors).toHaveLength(1);
    expect(await teamNames()).toEqual([]);
  });

  it('cannot sign anybody in, so that they would work in the account of another', async () => {
    const browser = new Browser(server, EVIL);
    const { status, errors, headers } = await browser.signIn('acme', 'signed.in', PASSWORD);
    expect({ status, code: errors[0]?.extensions['code'] }).toEqual({ status: 403, code: 'BAD_REQUEST' });
    expect(errors[0]?.message).toContain('CORS_ORIGINS');
    expect(headers.getSetCookie()).toEqual([]);
  });

  it('reads nothing with a GET', async () => {
    const query = `?query=${encodeURIComponent('{ viewer { permissions } }')}`;
    for (const said of [{ origin: EVIL }, { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }]) {
      const { status, data } = await server.get(query, { cookie, 'apollo-require-preflight': '1', ...said });
      expect({ status, data }).toEqual({ status: 403, data: undefined });
    }
  });
});

describe('a page of our own', () => {
  it.each([
    ['this server', OWN, 'same-origin'],
    ['an origin of CORS_ORIGINS', FRIEND, 'same-site'],
    ['an old browser', OWN, undefined],
  ])('of %s acts for the signed-in user', async (name, origin, site) => {
    const headers = { cookie, origin, ...(site === undefined ? {} : { 'sec-fetch-site': site }) };
    const { data } = await server.post(JSON.stringify({ query: mutation(`by ${name}`) }), headers);
    expect(data.createTeam).toEqual({ __typename: 'CreateTeamSuccess' });
  });

  it('acts for nobody without a cookie, wherever it is', async () => {
    const headers = { origin: FRIEND, 'sec-fetch-site': 'cross-site' };
    const { status, data } = await server.post('{"query": "{ viewer { permissions } }"}', headers);
    expect({ status, data }).toEqual({ status: 200, data: { viewer: null } });
  });
});

describe('an access token', () => {
  it('is no matter of where the request comes from: no browser adds it by itself', async () => {
    const authorization = `Bearer ${acme.tokens.OWNER}`;
    const headers = { authorization, origin: EVIL, 'sec-fetch-site': 'cross-site', cookie };
    const { data } = await server.post('{"query": "{ viewer { user { role } } }"}', headers);
    expect(data).toEqual({ viewer: { user: { role: 'OWNER' } } });
  });
});

describe('Apollo Sandbox', () => {
  it('opens from a link on another site, and its page acts for a signed-in developer', async () => {
    const open = await startServer({ sandbox: true });
    const tenant = await open.tenant('acme');
    await updateProvisioningSettings(tenant.system, { passwordSync: true }, 1);
    await createUser(tenant.system, { userName: 'developer', active: true }, 'ADMIN', PASSWORD);
    const browser = new Browser(open);
    await browser.signIn('acme', 'developer', PASSWORD);
    const page = await open.get('', { accept: 'text/html', 'sec-fetch-site': 'cross-site', cookie: browser.cookie! });
    expect(page.status).toBe(200);
    expect(page.text).toContain('"includeCookies":true');
    const { FIRST_QUERY, FIRST_HEADERS } = await import('../../src/graphql/sandbox.ts');
    const { data, errors } = await browser.ask(FIRST_QUERY, {}, FIRST_HEADERS);
    expect(errors).toEqual([]);
    expect(data.viewer.user.role).toBe('ADMIN');
    await open.close();
  });
});
