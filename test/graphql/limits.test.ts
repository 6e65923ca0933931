import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type Answer, type Tenant, type TestServer } from './support/server.ts';

let server: TestServer;
let acme: Tenant;

beforeAll(async () => {
  server = await startServer();
  acme = await server.tenant('acme');
});
afterAll(() => server.close());

const ask = (query: string, variables?: object) => server.ask(acme.tokens.OWNER, query, variables);
const expectRefused = ({ status, data, errors }: Answer, code = 'OPERATION_TOO_COMPLEX') => {
  expect(errors.map((error) => error.extensions)).toEqual([{ code }]);
  expect({ status, data }).toEqual({ status: 400, data: undefined });
};
const expectAnswered = ({ status, errors }: Answer) => expect({ status, errors }).toEqual({ status: 200, errors: [] });

describe('the limit of tokens', () => {
  it('is 1,000', async () => {
    const document = (tokens: number) =>
      `{ workspace { members(filter: { statuses: [${'ACTIVE '.repeat(tokens - 19)}] }) { totalCount } } }`;
    expectAnswered(await ask(document(1_000)));
    expectRefused(await ask(document(1_001)));
  });
});

describe('the limit of depth', () => {
  /** Nine or ten levels of fields, the rest through a fragment. */
  const chain = (successors: number) =>
    `{ workspace { provisioning { credentials(first: 1) { nodes { ${'successor { '.repeat(successors)} ...Deep ${'} '.repeat(successors)} } } } } }
     fragment Deep on ScimCredential { createdBy { displayName } }`;

  it('is 10, fragments included', async () => {
    expectAnswered(await ask(chain(4)));
    expectRefused(await ask(chain(5)));
  });

  it('does not hold for introspection, which is deeper', async () => {
    expectAnswered(await ask(getIntrospectionQuery()));
  });
});

describe('the limit of aliases', () => {
  it('is 15', async () => {
    const document = (aliases: number) =>
      `{ ${Array.from({ length: aliases }, (_, n) => `a${n}: server { time }`).join(' ')} }`;
    expectAnswered(await ask(document(15)));
    expectRefused(await ask(document(16)));
  });
});

describe('the limit of cost', () => {
  it('counts objects, a connection times its page, and stops at 2,000', async () => {
    // 1 workspace + (1 members + n × (1 node + 9 profiles and fields)) = 2 + 10 n a list
    const list =
      'nodes { profile { displayName { value } givenName { value } familyName { value } email { value } title { value } department { value } locale { value } } viewerCanOverrideDisplayName { allowed } }';
    const document = `query ($n: Int!, $m: Int!) { workspace {
      a: members(first: $n) { ${list} } b: members(last: $m) { ${list} } } }`;
    expectAnswered(await ask(document, { n: 100, m: 99 }));
    expectRefused(await ask(document, { n: 100, m: 100 }));
  });

  it('takes 25 where no page size is given, and counts through variables and fragments', async () => {
    const page = (size: string) => `{ workspace { members${size} { ...M } } }
      fragment M on UserConnection { nodes { profile { displayName { value } } } }`;
    expectAnswered(await ask(page('')));
    const nested = `query ($n: Int = 100) { workspace { provisioning { events(first: $n) { nodes { credential { createdBy { profile { displayName { value } } } }
      changes { path } error { remedy { text } } target { ... on User { profile { displayName { value } givenName { value } familyName { value } email { value } title { value } department { value } locale { value } }
      provisioningLink { adopted } viewerCanOverrideDisplayName { allowed } } } } } } } }`;
    expectAnswered(await ask(nested));
    const twice = nested.replace(
      'nodes {',
      'edges { node { credential { viewerCanRotate { allowed } viewerCanRevoke { allowed } } } } nodes {',
    );
    expectRefused(await ask(twice));
    expectAnswered(await ask(twice, { n: 10 }));
  });

  it('counts each ID of nodes', async () => {
    const NODES = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on User { profile { displayName { value } } } } }`;
    expectAnswered(await ask(NODES, { ids: Array.from({ length: 100 }, () => 'x') }));
    expectRefused(await ask(NODES, { ids: Array.from({ length: 1_000 }, () => 'x') }));
  });
});

describe('hostile documents (F1)', () => {
  const doubling = (levels: number) =>
    `{ workspace { ...F0 } } ${Array.from({ length: levels }, (_, n) => `fragment F${n} on Workspace { ...F${n + 1} ...F${n + 1} }`).join(' ')}
     fragment F${levels} on Workspace { id }`;
  const DOCUMENTS: [string, string, string][] = [
    [
      '20,000 aliases',
      `{ ${Array.from({ length: 20_000 }, (_, n) => `a${n}: server { time }`).join(' ')} }`,
      'BAD_REQUEST',
    ],
    ['a field 12,000 times', `{ ${'viewer '.repeat(12_000)} }`, 'OPERATION_TOO_COMPLEX'],
    ['fragments that double 22 times', doubling(22), 'OPERATION_TOO_COMPLEX'],
    ['5,000 directives', `{ viewer ${'@include(if: true) '.repeat(5_000)} { permissions } }`, 'OPERATION_TOO_COMPLEX'],
    ['a depth of 8,000', '{ workspace '.repeat(8_000), 'OPERATION_TOO_COMPLEX'],
    [
      'fragments in a circle',
      '{ workspace { ...A } } fragment A on Workspace { ...B } fragment B on Workspace { ...A }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      '40 overlapping fragments',
      `{ workspace { ${Array.from({ length: 40 }, (_, n) => `...F${n}`).join(' ')} } }
       ${Array.from({ length: 40 }, (_, n) => `fragment F${n} on Workspace { a${n}: id id name }`).join(' ')}`,
      'OPERATION_TOO_COMPLEX',
    ],
    [
      'introspection in itself',
      `{ __schema { types { fields { type { ${'fields { type { '.repeat(40)} name ${'} } '.repeat(40)} } } } } }`,
      'GRAPHQL_VALIDATION_FAILED',
    ],
  ];

  it.each(DOCUMENTS)('with %s are refused at once', async (_name, document, code) => {
    const begin = performance.now();
    const { status, errors, data } = await ask(document);
    expect(performance.now() - begin).toBeLessThan(500);
    expect(errors[0]?.extensions).toEqual({ code });
    expect(data).toBeUndefined();
    expect([400, 413]).toContain(status);
  });
});

describe('hostile variables (F2)', () => {
  const QUERY = 'query ($filter: UserFilter) { workspace { members(filter: $filter) { totalCount } } }';
  const body = (variables: string) => `{"query":${JSON.stringify(QUERY)},"variables":${variables}}`;
  const post = (text: string) => server.post(text, { authorization: `Bearer ${acme.tokens.OWNER}` });

  it('may nest 32 deep in the body, and no deeper', async () => {
    const nested = (depth: number) => body(`{"unused":${'['.repeat(depth - 2)}"[[["${']'.repeat(depth - 2)}}`);
    expectAnswered(await post(nested(32)));
    expectRefused(await post(nested(33)), 'BAD_REQUEST');
    const { errors, status } = await post(body(`{"unused":${'['.repeat(20_000)}${']'.repeat(20_000)}}`));
    expect({ status, message: errors[0]?.message }).toEqual({
      status: 400,
      message: 'The body nests objects and lists more than 32 deep. Make it flatter.',
    });
  });

  it('of a wrong type are 400, with few and short messages', async () => {
    const wrong = Array.from({ length: 20_000 }, () => 0);
    const { status, errors, text } = await post(body(JSON.stringify({ filter: { statuses: wrong } })));
    expect(status).toBe(400);
    expect(new Set(errors.map((error) => error.extensions['code']))).toEqual(new Set(['BAD_USER_INPUT']));
    expect(text.length).toBeLessThan(60_000);
  });

  it('null where an argument may not be null are BAD_USER_INPUT', async () => {
    const { errors } = await ask(
      'query ($order: UserOrder = CREATED_AT_DESC) { workspace { members(orderBy: $order) { totalCount } } }',
      { order: null },
    );
    expect(errors.map((error) => error.extensions)).toEqual([{ code: 'BAD_USER_INPUT' }]);
  });
});
