import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { updateUser } from '../../src/domain/user-commands.ts';
import { ownRoleOf } from '../../src/domain/user.ts';
import { startServer, type Tenant, type TestServer } from './support/server.ts';

let server: TestServer;
let acme: Tenant;

beforeAll(async () => {
  server = await startServer();
  acme = await server.tenant('acme');
});
afterAll(() => server.close());

const VIEWER = JSON.stringify({ query: '{ viewer { user { role } } }' });

describe('POST /graphql', () => {
  it.each(['Bearer', 'bearer', 'BEARER'])('takes the scheme %s', async (scheme) => {
    const { data } = await server.post(VIEWER, { authorization: `${scheme} ${acme.tokens.OWNER}` });
    expect(data.viewer.user.role).toBe('OWNER');
  });

  it.each(['', 'Bearer', 'Basic b3duZXI6eA==', 'x'.repeat(9_000)])('takes %j for nobody', async (authorization) => {
    const { status, data } = await server.post(VIEWER, { authorization });
    expect({ status, data }).toEqual({ status: 200, data: { viewer: null } });
  });

  it('does not take a token that stands in the URL or the body', async () => {
    const response = await fetch(`${server.url}?access_token=${acme.tokens.OWNER}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ viewer { permissions } }', access_token: acme.tokens.OWNER }),
    });
    expect(await response.json()).toEqual({ data: { viewer: null } });
  });

  it('does not take a SCIM key', async () => {
    const scim = server.world.secrets.issue('scim').plain;
    expect((await server.post(VIEWER, { authorization: `Bearer ${scim}` })).data).toEqual({ viewer: null });
  });

  it('forbids every cache and names the request', async () => {
    const { headers } = await server.post(VIEWER);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('sees a new role in the next request (C6)', async () => {
    const tenant = await server.tenant('demoted');
    const PROVISIONING = '{ workspace { provisioning { status } } }';
    expect((await server.ask(tenant.tokens.ADMIN, PROVISIONING)).errors).toEqual([]);
    await server.world.store.inWorkspace(tenant.workspace.id, async (tx) => {
      const admin = (await tx.users.get(tenant.admin.id))!;
      await tx.users.save({ ...admin, ...ownRoleOf('MEMBER', 'ASSIGNED'), version: admin.version + 1 });
    });
    expect((await server.ask(tenant.tokens.ADMIN, PROVISIONING)).errors[0]?.extensions['code']).toBe('FORBIDDEN');
  });

  it('ends the tokens of a deactivated user at once (C5)', async () => {
    const tenant = await server.tenant('ended');
    await updateUser(tenant.system, tenant.admin.id, (user) => ({ ...user, active: false }));
    await updateUser(tenant.system, tenant.admin.id, (user) => ({ ...user, active: true }));
    expect((await server.ask(tenant.tokens.ADMIN, '{ workspace { id } }')).errors[0]?.extensions['code']).toBe(
      'UNAUTHENTICATED',
    );
  });
});

describe('a request that is none', () => {
  const CASES: [string, string | Buffer, Record<string, string>, number, string][] = [
    ['broken JSON', '{"query": ', {}, 400, 'BAD_REQUEST'],
    ['no JSON object', '"text"', {}, 400, 'BAD_REQUEST'],
    ['an empty body', '', {}, 400, 'BAD_REQUEST'],
    ['a batch', `[${VIEWER},${VIEWER}]`, {}, 400, 'BAD_REQUEST'],
    ['no query', '{}', {}, 400, 'BAD_REQUEST'],
    ['a query that is no text', '{"query": {"a": 1}}', {}, 400, 'BAD_REQUEST'],
    [
      'variables that are no object',
      '{"query": "{ viewer { permissions } }", "variables": "x"}',
      {},
      400,
      'BAD_REQUEST',
    ],
    [
      'an operation that is not there',
      '{"query": "query A { viewer { permissions } }", "operationName": "B"}',
      {},
      400,
      'BAD_REQUEST',
    ],
    ['broken GraphQL', '{"query": "{ viewer"}', {}, 400, 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', '{"query": "{ viwer }"}', {}, 400, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'a persisted query',
      '{"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "x"}}}',
      {},
      200,
      'BAD_REQUEST',
    ],
    [
      'a form',
      'query=%7Bviewer%7Bpermissions%7D%7D',
      { 'content-type': 'application/x-www-form-urlencoded' },
      400,
      'BAD_REQUEST',
    ],
    ['plain text', VIEWER, { 'content-type': 'text/plain' }, 400, 'BAD_REQUEST'],
    [
      'UTF-16',
      Buffer.from(VIEWER, 'utf16le'),
      { 'content-type': 'application/json; charset=utf-16' },
      415,
      'BAD_REQUEST',
    ],
    ['UTF-7', VIEWER, { 'content-type': 'application/json; charset=utf-7' }, 415, 'BAD_REQUEST'],
    ['gzip', VIEWER, { 'content-encoding': 'gzip' }, 415, 'BAD_REQUEST'],
    ['more than 100 KiB', JSON.stringify({ query: '#'.repeat(102_400) }), {}, 413, 'BAD_REQUEST'],
  ];

  it.each(CASES)('%s gets a GraphQL-shaped refusal', async (_name, body, headers, status, code) => {
    const answer = await server.post(body, headers);
    expect({ status: answer.status, code: answer.errors[0]?.extensions['code'] }).toEqual({ status, code });
    expect(answer.headers.get('content-type')).toContain('application/json');
    expect(answer.text).not.toMatch(/node_modules|at \w+ \(|stacktrace|Unexpected token|SyntaxError/);
  });

  it('gets an answer up to exactly 100 KiB', async () => {
    const frame = JSON.stringify({ query: '{ viewer { permissions } } #' }).length;
    const body = (length: number) =>
      JSON.stringify({ query: `{ viewer { permissions } } #${'x'.repeat(length - frame)}` });
    expect((await server.post(body(102_400))).status).toBe(200);
    expect((await server.post(body(102_401))).status).toBe(413);
  });

  it('does not teach the names of fields', async () => {
    const { text } = await server.post('{"query": "{ viwer }"}');
    expect(text).not.toContain('viewer');
  });
});

describe('GET /graphql', () => {
  const QUERY = `?query=${encodeURIComponent('{ server { version } }')}`;

  it('answers a query that no foreign page can send', async () => {
    expect((await server.get(QUERY, { 'apollo-require-preflight': '1' })).data).toEqual({
      server: { version: '1.2.3' },
    });
  });

  it.each([
    ['without a header that needs a preflight', {}],
    ['as a form (C9)', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['as a list of types (C9)', { 'content-type': 'text/plain, application/json' }],
    ['as a message (C9)', { 'content-type': 'message/rfc822' }],
    ['with an empty type (C9)', { 'content-type': '' }],
  ])('refuses a query %s', async (_how, headers: Record<string, string>) => {
    const { status, errors } = await server.get(QUERY, headers);
    expect([400, 415]).toContain(status);
    expect(errors[0]?.extensions).toEqual({ code: 'BAD_REQUEST' });
  });

  it('refuses a mutation', async () => {
    const query = encodeURIComponent('mutation { clearDisplayNameOverride(input: { userId: "x" }) { __typename } }');
    const { status, errors } = await server.get(`?query=${query}`, { 'apollo-require-preflight': '1' });
    expect({ status, code: errors[0]?.extensions['code'] }).toEqual({ status: 405, code: 'BAD_REQUEST' });
  });

  it('shows no page in production', async () => {
    const { status, text, headers } = await server.get('', { accept: 'text/html' });
    expect(status).toBe(400);
    expect(text).not.toContain('<html');
    expect(headers.get('content-security-policy')).toBeNull();
  });
});

describe('Apollo Sandbox', () => {
  it('opens in a browser with a policy of its own and a first query that works', async () => {
    const open = await startServer({ sandbox: true });
    const { text, headers } = await open.get('', { accept: 'text/html,application/xhtml+xml' });
    expect(headers.get('content-type')).toContain('text/html');
    expect(headers.get('content-security-policy')).toContain('script-src sandbox.test');
    expect(text).toContain('FirstLook');
    expect(text).toContain('Bearer PASTE_THE_ACCESS_TOKEN_HERE');
    const { FIRST_QUERY } = await import('../../src/graphql/sandbox.ts');
    const { tokens } = await open.tenant('acme');
    const answer = await open.ask(tokens.OWNER, FIRST_QUERY);
    expect(answer.errors).toEqual([]);
    expect(answer.data.workspace.members.totalCount).toBe(3);
    expect((await open.post(VIEWER)).headers.get('content-security-policy')).toBeNull();
    expect((await open.post('{"query": "{ viwer }"}')).text).toContain('viewer');
    await open.close();
  });
});

describe('a fault of our own', () => {
  it('tells its request id and nothing else, and is logged', async () => {
    const broken = await startServer();
    const { tokens } = await broken.tenant('acme');
    const { store } = broken.world;
    const workspace = store.workspace.bind(store);
    store.workspace = (id) => ({
      ...workspace(id),
      workspace: () => Promise.reject(new Error('SQLITE_CORRUPT at /secret/path')),
    });
    const { status, data, errors, text, headers } = await broken.ask(
      tokens.OWNER,
      '{ server { version } workspace { id } }',
    );
    expect(status).toBe(200);
    expect(data).toEqual({ server: { version: '1.2.3' }, workspace: null });
    expect(errors).toMatchObject([
      {
        message: expect.stringContaining('https://rollcall.test/support'),
        extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: headers.get('x-request-id') },
      },
    ]);
    expect(text).not.toContain('SQLITE');
    expect(broken.logged).toMatchObject([{ err: { message: 'SQLITE_CORRUPT at /secret/path' }, path: 'workspace' }]);
    await broken.close();
  });

  it('is a 500 of the same form where not even the viewer can be told', async () => {
    const broken = await startServer();
    const { tokens } = await broken.tenant('acme');
    broken.world.store.acrossWorkspaces.accessTokenByPublicId = () => Promise.reject(new Error('disk gone'));
    const { status, errors, text } = await broken.ask(tokens.OWNER, '{ server { version } }');
    expect(status).toBe(500);
    expect(errors[0]?.extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR', requestId: expect.any(String) });
    expect(text).not.toContain('disk gone');
    expect(broken.logged).toHaveLength(1);
    await broken.close();
  });

  it('is a 503 when the answer takes too long', async () => {
    const slow = await startServer({ timeLimit: 50 });
    const { tokens } = await slow.tenant('acme');
    const { store } = slow.world;
    const workspace = store.workspace.bind(store);
    const late = async () => {
      await new Promise((resolve) => setTimeout(resolve, 200));
      return undefined;
    };
    store.workspace = (id) => ({ ...workspace(id), workspace: late });
    const { status, errors } = await slow.ask(tokens.OWNER, '{ workspace { id } }');
    expect(status).toBe(503);
    expect(errors[0]?.extensions).toMatchObject({ code: 'INTERNAL_SERVER_ERROR' });
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect((await slow.ask(tokens.OWNER, '{ server { version } }')).status).toBe(200);
    await slow.close();
  });
});
