import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { updateUser } from '../../src/domain/user-commands.ts';
import { person, startServer, type Tenant, type TestServer } from './support/server.ts';

const MEMBERS = `query ($after: String, $before: String, $filter: UserFilter, $first: Int, $last: Int, $orderBy: UserOrder! = DISPLAY_NAME_ASC) {
  workspace { members(after: $after, before: $before, filter: $filter, first: $first, last: $last, orderBy: $orderBy) {
    totalCount nodes { displayName } edges { cursor node { displayName } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  } }
}`;
const NAMES = ['Ángel', 'Angela', 'Bea', 'Čeněk', 'Dora', 'Émile', 'Zoë'];

let server: TestServer;
let acme: Tenant;

beforeAll(async () => {
  server = await startServer();
  acme = await server.tenant('acme');
  for (const name of NAMES) {
    server.world.clock.advance(1_000);
    await person(acme.system, `${server.world.ids.next()}@people.example`, 'MEMBER', { displayName: name });
  }
});
afterAll(() => server.close());

const filter = { search: 'people.example' };
const page = async (variables: object) => {
  const answer = await server.ask(acme.tokens.MEMBER, MEMBERS, { filter, ...variables });
  expect(answer.errors).toEqual([]);
  return answer.data.workspace.members;
};
const refusal = async (variables: object) => {
  const { errors, data } = await server.ask(acme.tokens.MEMBER, MEMBERS, { filter, ...variables });
  expect(data).toEqual({ workspace: null });
  expect(errors[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT' });
  return errors[0]!.message;
};
const namesOf = (members: { nodes: { displayName: string }[] }) => members.nodes.map((node) => node.displayName);

describe('Workspace.members', () => {
  it('walks forward over everyone, once each, in order', async () => {
    const seen: string[] = [];
    let after: string | null = null;
    for (let more = true; more;) {
      const members = await page({ first: 3, after });
      expect(members.totalCount).toBe(NAMES.length);
      expect(members.pageInfo.hasPreviousPage).toBe(after !== null);
      seen.push(...namesOf(members));
      ({ endCursor: after, hasNextPage: more } = members.pageInfo);
    }
    expect(seen).toEqual(NAMES);
  });

  it('walks backward over everyone, each page in the same order', async () => {
    const seen: string[] = [];
    let before: string | null = null;
    for (let more = true; more;) {
      const members = await page({ last: 3, before });
      expect(members.pageInfo.hasNextPage).toBe(before !== null);
      seen.unshift(...namesOf(members));
      ({ startCursor: before, hasPreviousPage: more } = members.pageInfo);
    }
    expect(seen).toEqual(NAMES);
  });

  it('gives the same items as nodes and as edges, whose ends are the cursors of the page', async () => {
    const { nodes, edges, pageInfo } = await page({ first: 2 });
    expect(edges.map((edge: { node: unknown }) => edge.node)).toEqual(nodes);
    expect([pageInfo.startCursor, pageInfo.endCursor]).toEqual([edges[0].cursor, edges[1].cursor]);
  });

  it('has no cursors on an empty page', async () => {
    expect(await page({ filter: { search: 'nobody at all' } })).toMatchObject({
      totalCount: 0,
      nodes: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    });
  });

  it.each(['DISPLAY_NAME_DESC', 'CREATED_AT_DESC'])('turns the order around by %s', async (orderBy) => {
    expect(namesOf(await page({ orderBy }))).toEqual(NAMES.toReversed());
  });

  it.each(['LAST_ACTIVE_AT_DESC', 'LAST_SYNCED_AT_DESC'])('pages by %s though nobody has a value', async (orderBy) => {
    const first = await page({ orderBy, first: 4 });
    const rest = await page({ orderBy, first: 4, after: first.pageInfo.endCursor });
    expect([...namesOf(first), ...namesOf(rest)].sort()).toEqual([...NAMES].sort());
  });

  it('finds people without regard to case and marks', async () => {
    expect(namesOf(await page({ filter: { search: 'ANGEL' } }))).toEqual(['Ángel', 'Angela']);
    expect((await page({ filter: { search: '%' } })).totalCount).toBe(0);
  });

  it('narrows by status, role and who manages them; null narrows nothing', async () => {
    const gone = await person(acme.system, 'gone@else.example', 'MEMBER');
    await updateUser(acme.system, gone.id, (user) => ({ ...user, active: false }));
    expect(namesOf(await page({ filter: { statuses: ['DEACTIVATED'] } }))).toEqual(['gone@else.example']);
    expect((await page({ filter: { roles: ['OWNER', 'ADMIN'] } })).totalCount).toBe(2);
    expect((await page({ filter: { managedBy: 'DIRECTORY' } })).totalCount).toBe(0);
    const everyone = (await page({ filter: null })).totalCount;
    expect((await page({ filter: { search: null, statuses: null, roles: null, managedBy: null } })).totalCount).toBe(
      everyone,
    );
  });

  it('takes 1 to 100 items, 25 when nobody says, and not both ends', async () => {
    for (const size of [{ first: 1 }, { first: 100 }, { last: 1 }, { last: 100 }, {}, { first: null, last: null }])
      await page(size);
    expect(await refusal({ first: 0 })).toContain('1 to 100');
    expect(await refusal({ first: 101 })).toContain('1 to 100');
    expect(await refusal({ last: -1 })).toContain('1 to 100');
    expect(await refusal({ first: 1, last: 1 })).toContain('not both');
  });

  it('refuses a cursor of another list, another order or nobody', async () => {
    const { endCursor } = (await page({ first: 1 })).pageInfo;
    await refusal({ orderBy: 'DISPLAY_NAME_DESC', after: endCursor });
    const forged = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const cursors = [
      '',
      'x',
      '💥',
      'A'.repeat(9_000),
      forged({}),
      forged(['User DISPLAY_NAME_ASC']),
      forged(['User DISPLAY_NAME_ASC', 'only one']),
      forged(['User DISPLAY_NAME_ASC', {}, []]),
      forged(['User DISPLAY_NAME_ASC', 'a', 'b', 'c']),
    ];
    for (const cursor of cursors) await refusal({ after: cursor });
    for (const cursor of cursors) await refusal({ before: cursor });
  });

  it('refuses a search of more than 100 characters', async () => {
    await page({ filter: { search: 'x'.repeat(100) } });
    expect(await refusal({ filter: { search: 'x'.repeat(101) } })).toContain('101');
  });
});
