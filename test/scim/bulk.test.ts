import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRollcall, type Rollcall, type TestWorkspace } from '../support/rollcall.ts';
import { scim } from '../support/scim-client.ts';

const BULK_REQUEST = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';
const BULK_RESPONSE = 'urn:ietf:params:scim:api:messages:2.0:BulkResponse';
const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

let rollcall: Rollcall;
let workspace: TestWorkspace;
let made = 0;

beforeAll(async () => {
  rollcall = await startRollcall();
  workspace = await rollcall.workspace('acme');
});
afterAll(() => rollcall.close());

const newName = () => `bulk-${(made += 1)}@acme.example`;
const get = async (path: string) => (await scim(workspace, 'GET', path)).body;
const send = (body: unknown) => scim(workspace, 'POST', '/Bulk', { body });
const user = (bulkId: string, data: object = {}) => ({
  method: 'POST',
  path: '/Users',
  bulkId,
  data: { userName: newName(), ...data },
});
const group = (bulkId: string, displayName: string, members: string[]) => ({
  method: 'POST',
  path: '/Groups',
  bulkId,
  data: { displayName, members: members.map((value) => ({ value })) },
});
const managed = (bulkId: string, manager: string) => user(bulkId, { [ENTERPRISE]: { manager: { value: manager } } });

async function bulk(Operations: object[], more: object = {}) {
  const answer = await send({ schemas: [BULK_REQUEST], Operations, ...more });
  expect(answer.status, answer.text).toBe(200);
  expect(answer.body.schemas).toEqual([BULK_RESPONSE]);
  return answer.body.Operations;
}

const statusesOf = (results: { status: string }[]) => results.map(({ status }) => status);
const idOf = ({ location }: { location: string }) => location.split('/').at(-1)!;

async function eventsOf(requestId: string) {
  await workspace.ctx.store.journal.flush();
  const { events } = workspace.ctx.store.workspace(workspace.ctx.workspaceId);
  const { items } = await events.page({}, { first: 100 });
  return items.map(({ item }) => item).filter((event) => event.requestId === requestId);
}

describe('RFC 7644 §3.7 a bulk request', () => {
  it('creates, replaces, patches and deletes, and says for each where it is and which version it has', async () => {
    const kept = (await scim(workspace, 'POST', '/Users', { body: { userName: newName() } })).body;
    const gone = (await scim(workspace, 'POST', '/Users', { body: { userName: newName() } })).body;
    const results = await bulk([
      user('new'),
      { method: 'PUT', path: `/Users/${kept.id}`, bulkId: 'put', data: { userName: kept.userName, title: 'Put' } },
      { method: 'PATCH', path: `/Users/${kept.id}`, data: { Operations: [{ op: 'add', value: { nickName: 'P' } }] } },
      { method: 'DELETE', path: `/Users/${gone.id}` },
    ]);
    const location = `${workspace.baseUrl}/Users`;
    expect(results).toEqual([
      { location: expect.stringContaining(location), method: 'POST', bulkId: 'new', version: 'W/"1"', status: '201' },
      { location: `${location}/${kept.id}`, method: 'PUT', bulkId: 'put', version: 'W/"2"', status: '200' },
      { location: `${location}/${kept.id}`, method: 'PATCH', version: 'W/"3"', status: '200' },
      { location: `${location}/${gone.id}`, method: 'DELETE', status: '204' },
    ]);
    expect(await get(`/Users/${kept.id}`)).toMatchObject({ title: 'Put', nickName: 'P' });
    expect((await scim(workspace, 'GET', `/Users/${idOf(results[0])}`)).headers.get('etag')).toBe('W/"1"');
    expect((await scim(workspace, 'GET', `/Users/${gone.id}`)).status).toBe(404);
  });

  it('goes on after errors, each told in the body that the call alone would have had', async () => {
    const twin = user('twin');
    const results = await bulk([twin, { ...twin, bulkId: 'again' }, user('bad', { active: 'banana' }), user('last')]);
    expect(statusesOf(results)).toEqual(['201', '409', '400', '201']);
    const alone = await scim(workspace, 'POST', '/Users', { body: twin.data });
    expect(results[1]).toEqual({ method: 'POST', bulkId: 'again', status: '409', response: alone.body });
    expect(results[2].response).toMatchObject({ schemas: [ERROR], status: '400', scimType: 'invalidValue' });
    expect(results[3]).not.toHaveProperty('response');
  });

  it('names the place of what could not be changed', async () => {
    const path = '/Users/00000000-0000-7000-8000-000000000000';
    const [result] = await bulk([{ method: 'PUT', path, data: { userName: newName() } }]);
    expect(result).toMatchObject({ location: workspace.baseUrl + path, status: '404', response: { status: '404' } });
  });

  it('ends once failOnErrors have failed, and keeps what was done', async () => {
    const bad = () => user(`bad-${(made += 1)}`, { active: 'banana' });
    const first = user('first');
    const operations = [first, bad(), user('second'), bad(), user('never')];
    expect(statusesOf(await bulk(operations, { failOnErrors: 2 }))).toEqual(['201', '400', '201', '400']);
    expect(statusesOf(await bulk([bad(), user('never')], { failOnErrors: 1 }))).toEqual(['400']);
    expect(await get(`/Users?filter=${encodeURIComponent(`userName eq "${first.data.userName}"`)}`)).toMatchObject({
      totalResults: 1,
    });
  });

  it('changes a resource only in the version that is named', async () => {
    const { id } = (await scim(workspace, 'POST', '/Users', { body: { userName: newName() } })).body;
    const data = { Operations: [{ op: 'add', value: { title: 'T' } }] };
    const patch = (version: string) => ({ method: 'PATCH', path: `/Users/${id}`, version, data });
    expect(statusesOf(await bulk([patch('W/"7"'), patch('W/"1"')]))).toEqual(['412', '200']);
  });

  it('has an event for each operation, as if it had come by itself, and one of its own', async () => {
    const operations = [user('a'), user('b', { active: 'banana' }), { method: 'GET', path: '/Users' }];
    const answer = await send({ Operations: operations });
    const events = await eventsOf(answer.headers.get('x-request-id')!);
    expect(
      events.map(({ operation, httpMethod, path, httpStatus }) => [operation, httpMethod, path, httpStatus]),
    ).toEqual(
      expect.arrayContaining([
        ['CREATE_USER', 'POST', '/Users', 201],
        ['CREATE_USER', 'POST', '/Users', 400],
        ['READ_USERS', 'GET', '/Users', 400],
        ['OTHER', 'POST', '/Bulk', 200],
      ]),
    );
    expect(events).toHaveLength(4);
    for (const { credentialId } of events) expect(credentialId).toBe(workspace.credentialId);
    expect(events.find(({ path }) => path === '/Bulk')?.summary).toContain('2 failed');
  });

  it.each<[string, object, string]>([
    ['a method that writes nothing', { method: 'GET', path: '/Users' }, 'GET'],
    ['a bulk in a bulk', { method: 'POST', path: '/Bulk', bulkId: 'x', data: { Operations: [] } }, 'Bulk'],
    ['a search', { method: 'POST', path: '/Users/.search', bulkId: 'x', data: {} }, '.search'],
    ['a POST without a bulkId', { method: 'POST', path: '/Users', data: { userName: 'x' } }, 'bulkId'],
    ['a PUT without data', { method: 'PUT', path: '/Users/1' }, 'data'],
  ])('refuses %s with 400 and does the rest', async (_what, operation, named) => {
    const results = await bulk([operation, user('rest')]);
    expect(statusesOf(results)).toEqual(['400', '201']);
    expect(results[0].response.detail).toContain(named);
  });

  it('refuses what no call could do as that call is refused', async () => {
    const results = await bulk([
      { method: 'DELETE', path: '/Users' },
      { method: 'POST', path: '/Nothing', bulkId: 'x', data: {} },
      { method: 'PATCH', path: '/Me', data: {} },
    ]);
    expect(statusesOf(results)).toEqual(['405', '404', '501']);
  });

  it('reads names in any case, lower-case methods and paths without a slash, and ignores null', async () => {
    const data = { userName: newName() };
    const operations = [{ Method: 'post', PATH: 'Users?attributes=userName', BULKID: 'x', version: null, data }];
    const { body } = await send({ operations, FailOnErrors: null });
    expect(statusesOf(body.Operations)).toEqual(['201']);
  });
});

describe('RFC 7644 §3.7.2 a bulkId', () => {
  it('stands for the id of what was made, in values and in paths', async () => {
    const results = await bulk([
      user('ada'),
      user('bob'),
      group('team', 'Bulk Legal', ['bulkId:ada']),
      {
        method: 'PATCH',
        path: '/Groups/bulkId:team',
        data: { Operations: [{ op: 'add', path: 'members', value: [{ value: 'bulkId:bob' }] }] },
      },
      { method: 'PUT', path: '/Users/bulkId:bob', data: { userName: newName(), title: 'Counsel' } },
    ]);
    expect(statusesOf(results)).toEqual(['201', '201', '201', '200', '200']);
    const [ada, bob, team] = results.map(idOf);
    const { members } = await get(`/Groups/${team}`);
    expect(members.map(({ value }: { value: string }) => value)).toEqual([ada, bob]);
    expect(results[4].location).toBe(`${workspace.baseUrl}/Users/${bob}`);
    expect((await get(`/Users/${bob}`)).title).toBe('Counsel');
  });

  it('stands for it in the filter of a PATCH and at the end of an address, too', async () => {
    const results = await bulk([
      user('ada'),
      user('bob', { [ENTERPRISE]: { manager: { value: 'bulkId:ada', $ref: '../Users/bulkId:ada' } } }),
      group('team', 'Bulk Filter', ['bulkId:ada', 'bulkId:bob']),
      {
        method: 'PATCH',
        path: '/Groups/bulkId:team',
        data: { Operations: [{ op: 'remove', path: 'members[value eq "bulkId:bob"]' }] },
      },
      {
        method: 'PATCH',
        path: '/Groups/bulkId:team',
        data: { Operations: [{ op: 'remove', path: 'members[value eq "bulkId:nobody"]' }] },
      },
    ]);
    expect(statusesOf(results)).toEqual(['201', '201', '201', '200', '400']);
    const [ada, bob, team] = results.map(idOf);
    expect((await get(`/Users/${bob}`))[ENTERPRISE].manager).toMatchObject({
      value: ada,
      $ref: expect.stringMatching(`^http.+/Users/${ada}$`),
    });
    expect((await get(`/Groups/${team}`)).members.map(({ value }: { value: string }) => value)).toEqual([ada]);
  });

  it('may be used before the operation that it names, and the answers keep the order sent', async () => {
    const results = await bulk([
      group('team', 'Bulk Forward', ['bulkId:boss', 'bulkId:clerk']),
      managed('clerk', 'bulkId:boss'),
      user('boss'),
    ]);
    expect(results.map(({ bulkId, status }: Record<string, string>) => [bulkId, status])).toEqual([
      ['team', '201'],
      ['clerk', '201'],
      ['boss', '201'],
    ]);
    const [team, clerk, boss] = results.map(idOf);
    expect((await get(`/Groups/${team}`)).members).toHaveLength(2);
    expect((await get(`/Users/${clerk}`))[ENTERPRISE].manager.value).toBe(boss);
  });

  it('in a chain of 1,000 operations, each of the one after it, is followed to its end', async () => {
    const operations = Array.from({ length: 1_000 }, (_, place) =>
      place === 999 ? user('p999') : managed(`p${place}`, `bulkId:p${place + 1}`),
    );
    const results = await bulk(operations);
    expect(new Set(statusesOf(results))).toEqual(new Set(['201']));
    expect((await get(`/Users/${idOf(results[0])}`))[ENTERPRISE].manager.value).toBe(idOf(results[1]));
  }, 60_000);

  it('of an operation that failed is 409, and of none is 400', async () => {
    const results = await bulk([
      group('team', 'Bulk Failed', ['bulkId:bad']),
      user('bad', { active: 'banana' }),
      group('lost', 'Bulk Lost', ['bulkId:nobody']),
      { method: 'DELETE', path: '/Users/bulkId:nobody' },
    ]);
    expect(statusesOf(results)).toEqual(['409', '400', '400', '400']);
    expect(results[0].response.detail).toContain('bad');
    expect(results[2].response.detail).toContain('nobody');
    expect(await get(`/Groups?filter=${encodeURIComponent('displayName sw "Bulk Lost"')}`)).toMatchObject({
      totalResults: 0,
    });
  });

  it('that two operations share is 400 invalidValue, and nothing is done', async () => {
    const one = user('same');
    const { status, body } = await send({ Operations: [one, user('same')] });
    expect([status, body.scimType]).toEqual([400, 'invalidValue']);
    expect(await get(`/Users?filter=${encodeURIComponent(`userName eq "${one.data.userName}"`)}`)).toMatchObject({
      totalResults: 0,
    });
  });
});

describe('RFC 7644 §3.7.1 circular references', () => {
  it('are 409 for all on the circle after a failed attempt, and the rest is done', async () => {
    const circle = [managed('a', 'bulkId:b'), managed('b', 'bulkId:c'), managed('c', 'bulkId:a')];
    const results = await bulk([...circle, managed('self', 'bulkId:self'), user('rest')]);
    expect(statusesOf(results)).toEqual(['409', '409', '409', '409', '201']);
    expect(results[2].response).toMatchObject({ schemas: [ERROR], status: '409' });
    expect(results[2].response.detail).toContain('circle');
    for (const { data } of circle) {
      const filter = encodeURIComponent(`userName eq "${data.userName}"`);
      expect(await get(`/Users?filter=${filter}`)).toMatchObject({ totalResults: 0 });
    }
  });

  it('such as the two groups of the RFC, each a member of the other, are 409 for both', async () => {
    const within = (bulkId: string, displayName: string, other: string) => ({
      method: 'POST',
      path: '/Groups',
      bulkId,
      data: { displayName, members: [{ type: 'Group', value: `bulkId:${other}` }] },
    });
    const results = await bulk([within('qwerty', 'Group A', 'ytrewq'), within('ytrewq', 'Group B', 'qwerty')]);
    expect(statusesOf(results)).toEqual(['409', '409']);
    for (const result of results) expect(result).not.toHaveProperty('location');
  });

  it('end with 409 what hangs on the circle, and count as errors of failOnErrors', async () => {
    const circle = [managed('a', 'bulkId:b'), managed('b', 'bulkId:a')];
    const [team, ...rest] = await bulk([group('team', 'Bulk Hanging', ['bulkId:a']), ...circle]);
    expect([team.status, ...statusesOf(rest)]).toEqual(['409', '409', '409']);
    const ended = await bulk([user('before'), ...circle, user('never')], { failOnErrors: 1 });
    expect(ended.map(({ bulkId, status }: Record<string, string>) => [bulkId, status])).toEqual([
      ['before', '201'],
      ['b', '409'],
    ]);
  });

  it('are none where two resources that exist refer to each other', async () => {
    const results = await bulk([
      user('one'),
      managed('two', 'bulkId:one'),
      {
        method: 'PATCH',
        path: '/Users/bulkId:one',
        data: { Operations: [{ op: 'add', path: `${ENTERPRISE}:manager`, value: { value: 'bulkId:two' } }] },
      },
    ]);
    expect(statusesOf(results)).toEqual(['201', '201', '200']);
    const [one, two] = results.map(idOf);
    expect((await get(`/Users/${one}`))[ENTERPRISE].manager.value).toBe(two);
    expect((await get(`/Users/${two}`))[ENTERPRISE].manager.value).toBe(one);
  });
});

describe('RFC 7644 §3.7.4 the limits of a bulk request', () => {
  it('are those that ServiceProviderConfig advertises', async () => {
    const { bulk: advertised } = await get('/ServiceProviderConfig');
    expect(advertised).toEqual({ supported: true, maxOperations: 1000, maxPayloadSize: 1_048_576 });
  });

  it('are 1,000 operations: one more is 413, and nothing is done', async () => {
    const first = user('first');
    const operations = [first, ...Array.from({ length: 1_000 }, () => ({ method: 'DELETE', path: '/Users/x' }))];
    const { status, body } = await send({ Operations: operations });
    expect([status, body.status]).toEqual([413, '413']);
    expect(body.detail).toContain('maxOperations (1000)');
    expect(await get(`/Users?filter=${encodeURIComponent(`userName eq "${first.data.userName}"`)}`)).toMatchObject({
      totalResults: 0,
    });
  });

  it('are 1 MiB: one byte more is 413, packed or not', async () => {
    const empty = JSON.stringify({ Operations: [], padding: '' });
    const whole = empty.replace('""', `"${'x'.repeat(1_048_576 - empty.length)}"`);
    const post = (raw: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
      scim(workspace, 'POST', '/Bulk', { raw, headers });
    expect((await post(whole)).body).toEqual({ schemas: [BULK_RESPONSE], Operations: [] });
    const large = `${whole} `;
    const packed = new Uint8Array(gzipSync(large));
    for (const answer of [await post(large), await post(packed, { 'Content-Encoding': 'gzip' })]) {
      expect([answer.status, answer.body.status]).toEqual([413, '413']);
      expect(answer.body.detail).toContain('maxPayloadSize (1048576 bytes)');
    }
  });
});

describe('RFC 7644 §3.7.3 a bulk request that cannot be read', () => {
  it.each<[unknown, string, string]>([
    [[], 'invalidSyntax', 'object'],
    [{}, 'invalidSyntax', 'Operations'],
    [{ Operations: {} }, 'invalidSyntax', 'Operations'],
    [{ Operations: ['x'] }, 'invalidSyntax', 'Operation 1'],
    [{ Operations: [{ path: '/Users' }] }, 'invalidSyntax', 'method'],
    [{ Operations: [{ method: 'POST' }] }, 'invalidSyntax', 'path'],
    [{ Operations: [{ method: 7, path: '/Users' }] }, 'invalidSyntax', 'method'],
    [{ Operations: [], failOnErrors: 0 }, 'invalidValue', 'failOnErrors'],
    [{ Operations: [], failOnErrors: 'x' }, 'invalidValue', 'failOnErrors'],
  ])('such as %j is 400 %s naming it', async (body, scimType, named) => {
    const answer = await send(body);
    expect([answer.status, answer.body.scimType]).toEqual([400, scimType]);
    expect(answer.body.detail).toContain(named);
  });

  it('is 405 by another method than POST and 401 without a key', async () => {
    const wrong = await scim(workspace, 'GET', '/Bulk');
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'POST']);
    expect((await scim(workspace, 'POST', '/Bulk', { body: {}, authorization: null })).status).toBe(401);
  });
});
