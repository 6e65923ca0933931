import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTeam } from '../../src/domain/team-commands.ts';
import { startRollcall, type Rollcall, type TestWorkspace } from '../support/rollcall.ts';
import { scim } from '../support/scim-client.ts';

const SEARCH_REQUEST = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';

let rollcall: Rollcall;
let workspace: TestWorkspace;

beforeAll(async () => {
  rollcall = await startRollcall();
  workspace = await rollcall.workspace('acme');
  const users = [];
  for (const name of ['bea', 'ada', 'cyd'])
    users.push(await workspace.user({ userName: `${name}@acme.example`, displayName: name, title: 'Counsel' }));
  await createTeam(workspace.ctx, { name: 'Legal', memberIds: users.map(({ id }) => id) });
  await createTeam(workspace.ctx, { name: 'Finance' });
});
afterAll(() => rollcall.close());

const search = (type: string, body: object) =>
  scim(workspace, 'POST', `/${type}/.search`, { body: { schemas: [SEARCH_REQUEST], ...body } });

describe('RFC 7644 §3.4.3 POST .search', () => {
  it.each<[string, object]>([
    ['Users', {}],
    ['Users', { filter: 'userName eq "ADA@acme.example"' }],
    ['Users', { sortBy: 'userName', sortOrder: 'descending', startIndex: 2, count: 1 }],
    ['Users', { attributes: ['userName', 'groups.value'], startIndex: -3 }],
    ['Users', { excludedAttributes: ['groups', 'meta'], filter: 'title pr', count: 0 }],
    ['Groups', {}],
    ['Groups', { filter: 'displayName sw "l"', attributes: ['displayName', 'members'] }],
    ['Groups', { sortBy: 'displayName', excludedAttributes: ['members'] }],
  ])('of %s with %j finds what GET finds', async (type, asked) => {
    const query = Object.entries(asked).map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
    const got = await scim(workspace, 'GET', `/${type}?${query.join('&')}`);
    const found = await search(type, asked);
    expect([found.status, found.body]).toEqual([200, got.body]);
    expect(found.headers.get('content-type')).toBe('application/scim+json');
  });

  it('reads names in any case, null as absent and numbers as text', async () => {
    const { body } = await search('Users', { Filter: 'userName sw "a"', SORTBY: null, count: '1', unknown: [1] });
    expect([body.totalResults, body.itemsPerPage]).toEqual([1, 1]);
  });

  it.each<[object, string, string]>([
    [{ filter: 'shoeSize eq 44' }, 'invalidFilter', 'shoeSize'],
    [{ filter: 7 }, 'invalidValue', 'filter'],
    [{ attributes: [7] }, 'invalidValue', 'attributes'],
    [{ sortBy: 'shoeSize' }, 'invalidValue', 'shoeSize'],
    [{ count: 1.5 }, 'invalidValue', 'count'],
    [{ startIndex: 'abc' }, 'invalidValue', 'startIndex'],
  ])('with %j is 400 %s naming it', async (asked, scimType, named) => {
    const { status, body } = await search('Users', asked);
    expect([status, body.scimType]).toEqual([400, scimType]);
    expect(body.detail).toContain(named);
  });

  it('needs an object for a body', async () => {
    const { status, body } = await scim(workspace, 'POST', '/Users/.search', { body: [] });
    expect([status, body.scimType]).toEqual([400, 'invalidSyntax']);
  });

  it('is 405 by another method, 501 at the root, and 404 below a resource', async () => {
    const wrong = await scim(workspace, 'GET', '/Users/.search');
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'POST']);
    expect((await scim(workspace, 'POST', '/.search', { body: {} })).status).toBe(501);
    expect((await scim(workspace, 'POST', '/Users/x/.search', { body: {} })).status).toBe(404);
    expect((await scim(workspace, 'POST', '/Schemas/.search', { body: {} })).status).toBe(405);
  });

  it('keeps the names that a filter holds out of the log', async () => {
    await search('Users', { filter: 'userName eq "canary-in-a-filter"' });
    await workspace.ctx.store.journal.flush();
    const { events } = workspace.ctx.store.workspace(workspace.ctx.workspaceId);
    const { items } = await events.page({ operations: ['READ_USERS'] }, { first: 100 });
    expect(items.map(({ item }) => item.path)).toContain('/Users/.search');
    expect(JSON.stringify(items)).not.toContain('canary-in-a-filter');
  });
});
