import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRollcall, type Rollcall, type TestWorkspace } from '../../support/rollcall.ts';
import { byUserName, scim } from '../../support/scim-client.ts';

const SCIM_USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

let rollcall: Rollcall;
let workspace: TestWorkspace;
let serial = 0;

beforeAll(async () => {
  rollcall = await startRollcall();
  workspace = await rollcall.workspace('acme');
});
afterAll(() => rollcall.close());

function newcomer(over: object = {}) {
  serial += 1;
  const userName = `Person.${serial}@Acme.example`;
  return {
    schemas: [SCIM_USER],
    userName,
    name: { givenName: 'Person', familyName: `No${serial}` },
    emails: [{ primary: true, value: userName, type: 'work' }],
    displayName: `Person No${serial}`,
    externalId: `00u${serial}`,
    groups: [],
    password: 'q7ZkP02x',
    active: true,
    ...over,
  };
}

async function created(over: object = {}) {
  const { status, body } = await scim(workspace, 'POST', '/Users', { body: newcomer(over) });
  expect(status).toBe(201);
  return body;
}

const patch = (id: string, ...operations: object[]) =>
  scim(workspace, 'PATCH', `/Users/${id}`, { body: { schemas: [PATCH_OP], Operations: operations } });

describe('contract §11, transport and authentication', () => {
  it('§11 case 2: an empty workspace lists no users, in the shape Okta reads', async () => {
    const empty = await rollcall.workspace('empty');
    const { status, body } = await scim(empty, 'GET', '/Users?startIndex=1&count=2');
    expect(status).toBe(200);
    expect(body).toEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
      totalResults: 0,
      startIndex: 1,
      itemsPerPage: 0,
      Resources: [],
    });
  });

  it('§11 case 10: malformed JSON is 400 invalidSyntax, and the text of the body is not repeated', async () => {
    const { status, body, headers, text } = await scim(workspace, 'POST', '/Users', {
      raw: '{"password":"hunter2-canary",',
    });
    expect([status, body.scimType, headers.get('content-type')]).toEqual([
      400,
      'invalidSyntax',
      'application/scim+json',
    ]);
    expect(text).not.toContain('hunter2');
  });

  it('§11 case 10: a body over 16 MiB is 413 with a SCIM body', async () => {
    const { status, body, headers } = await scim(workspace, 'POST', '/Users', {
      raw: `{"x":"${'x'.repeat(16 * 1024 * 1024)}"}`,
    });
    expect([status, body.status, headers.get('content-type')]).toEqual([413, '413', 'application/scim+json']);
  });

  it('§11 case 10: a method that does not work there is 405 with Allow, an unknown path 404', async () => {
    const wrong = await scim(workspace, 'DELETE', '/Users');
    expect([wrong.status, wrong.headers.get('allow'), wrong.body.status]).toEqual([405, 'GET, POST', '405']);
    const unknown = await scim(workspace, 'GET', '/Nothing/here/at/all');
    expect([unknown.status, unknown.body.status]).toEqual([404, '404']);
  });

  it('§11 case 12: over the rate it is 429 with an integer Retry-After and a SCIM body', async () => {
    const strict = await startRollcall({ SCIM_RATE_PER_SECOND: '1', SCIM_RATE_BURST: '2' });
    try {
      const slow = await strict.workspace('slow');
      const answers = await Promise.all([1, 2, 3, 4].map(() => scim(slow, 'GET', '/Users?count=1')));
      const refused = answers.filter(({ status }) => status === 429);
      expect(refused).toHaveLength(2);
      for (const { headers, body } of refused) {
        expect(headers.get('retry-after')).toMatch(/^(?:[1-9]|[12]\d|30)$/u);
        expect(body.schemas).toEqual(['urn:ietf:params:scim:api:messages:2.0:Error']);
      }
    } finally {
      await strict.close();
    }
  });

  it('§11 case 14: unknown query parameters are ignored', async () => {
    const { status } = await scim(workspace, 'GET', '/Users?count=1&aadOptscim062020&whatever=1');
    expect(status).toBe(200);
  });
});

describe('contract §11, create and link', () => {
  it('§11 case 26: a filter encoded with %20, with + and in mixed case finds the same user', async () => {
    const { userName, id } = await created();
    const value = encodeURIComponent(`"${userName}"`);
    for (const filter of [`userName%20eq%20${value}`, `userName+eq+${value}`, `UserName%20EQ%20${value}`]) {
      const { body } = await scim(workspace, 'GET', `/Users?filter=${filter}&`);
      expect([body.totalResults, body.Resources[0]?.id]).toEqual([1, id]);
    }
  });

  it('§11 case 28: the full body of Okta is created without its password, with Location and what was sent', async () => {
    const sent = newcomer({ locale: 'en-US', title: 'Counsel' });
    const { status, body, headers } = await scim(workspace, 'POST', '/Users', { body: sent });
    expect(status).toBe(201);
    const { groups: _groups, password: _password, schemas: _schemas, ...given } = sent;
    expect(body).toMatchObject(given);
    expect(body).not.toHaveProperty('password');
    expect(headers.get('location')).toBe(`${workspace.baseUrl}/Users/${body.id}`);
    expect(body.meta).toMatchObject({
      resourceType: 'User',
      location: headers.get('location'),
      version: headers.get('etag'),
    });
  });

  it('§11 case 30: the password is in no log line, event or answer', async () => {
    const password = 'canary-Pa55word-9f2';
    const { id } = await created({ password });
    const { body } = await scim(workspace, 'GET', `/Users/${id}`);
    await scim(workspace, 'PUT', `/Users/${id}`, { body: { ...body, password } });
    await patch(id, { op: 'replace', value: { password } });
    await patch(id, { op: 'replace', path: 'password', value: [password] });
    const events = await workspace.ctx.store.workspace(workspace.ctx.workspaceId).events.page({}, { first: 100 });
    expect(JSON.stringify([rollcall.log, events])).not.toContain(password);
  });

  it('§11 case 32: empty values are absent ones', async () => {
    const body = await created({ name: undefined, title: '', phoneNumbers: null, emails: [{ type: 'work' }] });
    expect(body.title).toBeUndefined();
    expect(body.phoneNumbers).toBeUndefined();
    expect(body.emails).toEqual([{ value: body.userName, type: 'work', primary: true }]);
  });

  it('§11 case 34: unknown attributes and extensions are ignored, and the log says so', async () => {
    const { id } = await created({ shoeSize: 44, 'urn:example:ext:1.0:User': { badge: 1 } });
    const page = await workspace.ctx.store
      .workspace(workspace.ctx.workspaceId)
      .events.page({ targetId: id }, { first: 1 });
    const tolerated = page.items[0]!.item.tolerated.join(' ');
    expect(tolerated).toContain('shoeSize');
    expect(tolerated).toContain('urn:example:ext:1.0:User');
  });

  it('§11 case 36: a user who was here before is found and linked by the first PUT, with id and role kept', async () => {
    const user = await workspace.user({ userName: 'legacy@acme.example' }, 'ADMIN');
    const { body: found } = await scim(workspace, 'GET', byUserName('LEGACY@acme.example'));
    expect(found.Resources[0].id).toBe(user.id);
    const { body: read } = await scim(workspace, 'GET', `/Users/${user.id}`);
    const linked = await scim(workspace, 'PUT', `/Users/${user.id}`, { body: { ...read, externalId: '00uLEGACY' } });
    expect([linked.status, linked.body.externalId]).toEqual([200, '00uLEGACY']);
    expect((await scim(workspace, 'GET', byUserName('legacy@acme.example'))).body.totalResults).toBe(1);
    const after = await workspace.ctx.store.workspace(workspace.ctx.workspaceId).users.get(user.id);
    expect(after).toMatchObject({ role: 'ADMIN', managedBy: 'DIRECTORY', adopted: true, externalId: '00uLEGACY' });
  });

  it('§11 case 38: the same person in another workspace is another user, and nothing of theirs is seen', async () => {
    const other = await rollcall.workspace('other');
    const sent = newcomer();
    const there = await scim(other, 'POST', '/Users', { body: { ...sent, title: 'Over there' } });
    const here = await scim(workspace, 'POST', '/Users', { body: sent });
    expect([there.status, here.status]).toEqual([201, 201]);
    expect(here.body.id).not.toBe(there.body.id);
    expect(here.text).not.toContain('Over there');
  });

  it('§11 case 40: of two identical POSTs at once one is 201, one 409, and there is one user', async () => {
    const body = newcomer();
    const answers = await Promise.all([1, 2].map(() => scim(workspace, 'POST', '/Users', { body })));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
    expect((await scim(workspace, 'GET', byUserName(body.userName))).body.totalResults).toBe(1);
  });

  it('a POST that clashes by externalId is 409 naming it', async () => {
    const one = await created();
    const { status, body } = await scim(workspace, 'POST', '/Users', {
      body: newcomer({ externalId: one.externalId }),
    });
    expect([status, body.scimType]).toEqual([409, 'uniqueness']);
    expect(body.detail).toContain(`externalId "${one.externalId}"`);
  });

  it('a POST without a userName, or with one that cannot be, is 400 naming it, and creates nothing', async () => {
    for (const userName of [undefined, '', null, ' padded', 'ma\u202Eya', 'x'.repeat(257), 7]) {
      const { status, body } = await scim(workspace, 'POST', '/Users', { body: newcomer({ userName }) });
      expect([status, body.scimType], JSON.stringify(userName)).toEqual([400, 'invalidValue']);
      expect(body.detail).toContain('userName');
    }
  });
});

describe('contract §11, update', () => {
  it('§11 case 42: a PUT changes names, title and department, and GET shows it', async () => {
    const user = await created();
    const body = {
      ...user,
      name: { givenName: 'New', familyName: 'Name' },
      title: 'Head',
      [ENTERPRISE]: { department: 'Legal' },
    };
    const put = await scim(workspace, 'PUT', `/Users/${user.id}`, { body });
    expect(put.status).toBe(200);
    const { body: read } = await scim(workspace, 'GET', `/Users/${user.id}`);
    expect(read).toEqual(put.body);
    expect(read).toMatchObject({
      name: { givenName: 'New', familyName: 'Name', formatted: 'New Name' },
      title: 'Head',
    });
    expect(read[ENTERPRISE]).toEqual({ department: 'Legal' });
    expect(read.schemas).toContain(ENTERPRISE);
  });

  it('§11 case 44: a PUT with the id of another user changes the one in the URL alone', async () => {
    const [one, other] = [await created(), await created()];
    const put = await scim(workspace, 'PUT', `/Users/${one.id}`, { body: { ...one, id: other.id, title: 'Mine' } });
    expect([put.status, put.body.id, put.body.title]).toEqual([200, one.id, 'Mine']);
    expect((await scim(workspace, 'GET', `/Users/${other.id}`)).body).toEqual(other);
  });

  it('§11 case 46: a PUT to a userName that is taken is 409 and changes nothing', async () => {
    const [one, other] = [await created(), await created()];
    const body = { ...one, userName: other.userName.toUpperCase(), title: 'Changed' };
    const put = await scim(workspace, 'PUT', `/Users/${one.id}`, { body });
    expect([put.status, put.body.scimType]).toEqual([409, 'uniqueness']);
    expect((await scim(workspace, 'GET', `/Users/${one.id}`)).body).toEqual(one);
  });

  it('§11 case 48: a PUT without active leaves an inactive user inactive and an active one active', async () => {
    for (const active of [true, false]) {
      const { active: _active, ...user } = await created({ active });
      const put = await scim(workspace, 'PUT', `/Users/${user.id}`, { body: user });
      expect([put.status, put.body.active]).toEqual([200, active]);
    }
  });

  it('§11 case 50: a PUT on an unknown id is 404 and creates nothing', async () => {
    const body = newcomer();
    expect((await scim(workspace, 'PUT', '/Users/unknown', { body })).status).toBe(404);
    expect((await scim(workspace, 'GET', byUserName(body.userName))).body.totalResults).toBe(0);
  });

  it('§11 case 52: a PATCH with paths changes just those', async () => {
    const user = await created();
    const { status, body } = await patch(
      user.id,
      { op: 'replace', path: 'displayName', value: 'Other' },
      { op: 'replace', path: 'name.givenName', value: 'Given' },
      { op: 'replace', path: 'emails[primary eq true].value', value: 'new@acme.example' },
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({
      displayName: 'Other',
      name: { givenName: 'Given', familyName: user.name.familyName },
      emails: [{ value: 'new@acme.example', primary: true, type: 'work' }],
    });
  });

  it('§11 case 54: a PATCH of externalId moves the user to another Okta org', async () => {
    const { id } = await created();
    const { status, body } = await patch(id, { op: 'replace', value: { externalId: '00uNEWORG' } });
    expect([status, body.externalId]).toEqual([200, '00uNEWORG']);
  });

  it('pushes empty values without an error (C9337): "", null and [] clear', async () => {
    const user = await created({
      title: 'Counsel',
      nickName: 'P',
      phoneNumbers: [{ value: '+1 (555) 0100', type: 'work' }],
    });
    expect(user.phoneNumbers[0].value).toBe('+1 (555) 0100');
    const put = await scim(workspace, 'PUT', `/Users/${user.id}`, {
      body: { ...user, title: '', nickName: null, phoneNumbers: [] },
    });
    expect(put.status).toBe(200);
    expect(Object.keys(put.body)).not.toEqual(expect.arrayContaining(['title']));
    expect([put.body.nickName, put.body.phoneNumbers]).toEqual([undefined, undefined]);
  });

  it('a PUT clears what it leaves out, except active, externalId, emails and roles', async () => {
    const roles = [{ value: 'approver', display: 'Approver' }];
    const emails = [{ value: 'else@acme.example', type: 'work', primary: true }];
    const user = await created({ title: 'Counsel', roles, emails, active: false });
    const { body } = await scim(workspace, 'PUT', `/Users/${user.id}`, { body: { userName: user.userName } });
    expect(body).toMatchObject({ active: false, externalId: user.externalId, emails, roles });
    expect([body.title, body.displayName, body.name]).toEqual([undefined, undefined, undefined]);
  });

  describe.each(['roles', 'entitlements'])('%s from the directory', (name) => {
    const first = [{ value: 'owner', display: 'Owner', type: 'base', primary: true }, { value: 'admin' }];
    const second = [{ value: 'Approver', display: 'Approver', type: 'License' }];
    const roleOf = async (id: string) =>
      (await workspace.ctx.store.workspace(workspace.ctx.workspaceId).users.get(id))?.role;
    const read = async (id: string) => (await scim(workspace, 'GET', `/Users/${id}`)).body[name];

    it('§11 case 90: are given back as they were sent by POST, and the role in the workspace stays', async () => {
      const user = await created({ [name]: first });
      expect([user[name], await read(user.id), await roleOf(user.id)]).toEqual([first, first, 'MEMBER']);
    });

    it('§11 case 90: are given back as they were sent by PUT, cleared by [], and the role stays', async () => {
      const admin = await workspace.user({ userName: `admin-${name}@acme.example` }, 'ADMIN');
      const put = (value: unknown) =>
        scim(workspace, 'PUT', `/Users/${admin.id}`, { body: { userName: admin.userName, [name]: value } });
      for (const [sent, given] of [
        [first, first],
        [second, second],
        [[], undefined],
      ]) {
        const { status, body } = await put(sent);
        expect([status, body[name], await read(admin.id)]).toEqual([200, given, given]);
      }
      expect(await roleOf(admin.id)).toBe('ADMIN');
    });

    it('§11 case 90: are given back as they were sent by PATCH, and the role in the workspace stays', async () => {
      const { id } = await created({ [name]: first });
      const add = await patch(id, { op: 'add', path: name, value: second });
      expect([add.status, add.body[name]]).toEqual([200, [...first, ...second]]);
      const whole = await patch(id, { op: 'replace', value: { [name]: second } });
      expect([whole.status, whole.body[name]]).toEqual([200, second]);
      const part = await patch(id, { op: 'replace', path: `${name}[type eq "License"].value`, value: 'owner' });
      expect(part.body[name]).toEqual([{ value: 'owner', display: 'Approver', type: 'License' }]);
      const none = await patch(id, { op: 'remove', path: name });
      expect([none.body[name], await read(id), await roleOf(id)]).toEqual([undefined, undefined, 'MEMBER']);
    });
  });

  it('§11 case 90: a PUT without roles leaves them as they were', async () => {
    const roles = [{ value: 'approver', display: 'Approver' }];
    const { id, userName } = await created({ roles });
    const { body } = await scim(workspace, 'PUT', `/Users/${id}`, { body: { userName, title: 'T' } });
    expect([body.title, body.roles]).toEqual(['T', roles]);
  });
});

describe('contract §11, deactivate and reactivate', () => {
  it('§11 case 56: the echo of a GET with active false is taken from every kind of user', async () => {
    const legacy = await workspace.user({
      userName: 'odd@acme.example',
      phoneNumbers: [{ value: 'call me maybe', type: 'fax' }],
      emails: [{ value: 'not an address' }],
    });
    for (const id of [(await created()).id, legacy.id]) {
      const { body } = await scim(workspace, 'GET', `/Users/${id}`);
      const put = await scim(workspace, 'PUT', `/Users/${id}`, { body: { ...body, active: false } });
      expect([put.status, put.body.active]).toEqual([200, false]);
    }
  });

  it('§11 case 58: deactivating twice is 200 twice, and the second changes no version', async () => {
    const { id } = await created();
    const once = await patch(id, { op: 'replace', value: { active: false } });
    const twice = await patch(id, { op: 'replace', value: { active: false } });
    expect([once.status, twice.status]).toEqual([200, 200]);
    expect(twice.body.meta).toEqual(once.body.meta);
  });

  it('§11 case 60: the sequence of a re-assignment is all 200', async () => {
    const { id, userName } = await created({ active: false });
    const statuses: number[] = [];
    for (let round = 0; round < 2; round += 1) {
      statuses.push((await scim(workspace, 'GET', byUserName(userName))).status);
      const { status, body } = await scim(workspace, 'GET', `/Users/${id}`);
      const put = await scim(workspace, 'PUT', `/Users/${id}`, { body: { ...body, active: true } });
      statuses.push(status, put.status);
      expect(put.body.active).toBe(true);
    }
    expect(new Set(statuses)).toEqual(new Set([200]));
  });

  it('§11 case 62: DELETE is 204, then 404 for good, and the userName and externalId are free', async () => {
    const user = await created();
    const gone = await scim(workspace, 'DELETE', `/Users/${user.id}`);
    expect([gone.status, gone.text]).toEqual([204, '']);
    for (const method of ['GET', 'DELETE'])
      expect((await scim(workspace, method, `/Users/${user.id}`)).status).toBe(404);
    const again = await created({ userName: user.userName, externalId: user.externalId });
    expect(again.id).not.toBe(user.id);
  });

  it('the last active owner can be neither deactivated nor deleted, and the text says what must come first', async () => {
    const owned = await rollcall.workspace('owned');
    const owner = await owned.user({ userName: 'only@owned.example' }, 'OWNER');
    for (const [method, body] of [
      ['PATCH', { Operations: [{ op: 'replace', value: { active: false } }] }],
      ['DELETE', undefined],
    ] as const) {
      const answer = await scim(owned, method, `/Users/${owner.id}`, { body });
      expect([answer.status, answer.body.scimType]).toEqual([403, undefined]);
      expect(answer.body.detail).toContain('Make another active user an owner');
    }
    expect((await scim(owned, 'GET', `/Users/${owner.id}`)).body.active).toBe(true);
  });

  it('deactivation ends the personal access tokens of the user at once and for good (C5)', async () => {
    const user = await workspace.user({ userName: 'leaver@acme.example' }, 'ADMIN');
    const token = await workspace.token(user);
    const ask = async () => {
      const response = await fetch(`${rollcall.url}/graphql`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
        body: JSON.stringify({ query: '{ viewer { user { userName } } }' }),
      });
      return ((await response.json()) as { data: { viewer: unknown } }).data.viewer;
    };
    expect(await ask()).toEqual({ user: { userName: 'leaver@acme.example' } });
    await patch(user.id, { op: 'replace', value: { active: false } });
    expect(await ask()).toBeNull();
    await patch(user.id, { op: 'replace', value: { active: true } });
    expect(await ask()).toBeNull();
  });
});

describe('contract §11, import', () => {
  let big: TestWorkspace;
  beforeAll(async () => {
    big = await rollcall.workspace('big');
    const people = Array.from({ length: 250 }, (_, at) => newcomer({ active: at % 10 !== 0 }));
    for (const body of people) await scim(big, 'POST', '/Users', { body });
  });

  it('§11 case 64: 250 users come in pages of 100, 100 and 50, each once, and the page past the end is empty', async () => {
    const pages = [];
    for (const startIndex of [1, 101, 201, 301])
      pages.push((await scim(big, 'GET', `/Users?startIndex=${startIndex}&count=100`)).body);
    expect(pages.map(({ itemsPerPage, totalResults }) => [itemsPerPage, totalResults])).toEqual([
      [100, 250],
      [100, 250],
      [50, 250],
      [0, 250],
    ]);
    const ids = pages.flatMap(({ Resources }) => Resources.map(({ id }: { id: string }) => id));
    expect(new Set(ids).size).toBe(250);
  });

  it.each([
    ['startIndex=0', 1, 100],
    ['startIndex=-5', 1, 100],
    ['', 1, 100],
    ['count=0', 1, 0],
    ['count=-1', 1, 0],
    ['count=100000', 1, 250],
    ['startIndex=9007199254740991', 9007199254740991, 0],
    ['startIndex=251&count=0', 251, 0],
  ])('§11 case 66: %j is read as RFC 7644 §3.4.2.4 says', async (query, startIndex, rows) => {
    const { status, body } = await scim(big, 'GET', `/Users?${query}`);
    expect([status, body.startIndex, body.Resources.length, body.itemsPerPage, body.totalResults]).toEqual([
      200,
      startIndex,
      rows,
      rows,
      250,
    ]);
  });

  it('§11 case 66: a page holds at most 1,000 users, whatever count says, and totalResults stays exact', async () => {
    const huge = await rollcall.workspace('huge');
    await Promise.all(Array.from({ length: 1_005 }, (_, at) => huge.user({ userName: `huge-${at}` })));
    for (const [query, rows] of [
      ['count=1000', 1_000],
      ['count=1001', 1_000],
      ['count=100000', 1_000],
      ['startIndex=1001&count=100000', 5],
      ['startIndex=1006', 0],
    ] as const) {
      const { status, body } = await scim(huge, 'GET', `/Users?attributes=userName&${query}`);
      expect([query, status, body.totalResults, body.itemsPerPage, body.Resources.length]).toEqual([
        query,
        200,
        1_005,
        rows,
        rows,
      ]);
    }
  });

  it.each(['count=abc', 'startIndex=1.5', 'count=1e3'])('§11 case 66: %j is 400', async (query) => {
    const { status, body } = await scim(big, 'GET', `/Users?${query}`);
    expect([status, body.scimType]).toEqual([400, 'invalidValue']);
  });

  it('§11 case 64: pages keep their order while users come and change meanwhile, each once and none missing', async () => {
    const churning = await rollcall.workspace('churning');
    for (let at = 0; at < 25; at += 1) await scim(churning, 'POST', '/Users', { body: newcomer() });
    const before = (await scim(churning, 'GET', '/Users')).body.Resources.map(({ id }: { id: string }) => id);
    const walked: string[] = [];
    let totalResults = Infinity;
    for (let startIndex = 1; startIndex <= totalResults; startIndex += 10) {
      const { body } = await scim(churning, 'GET', `/Users?startIndex=${startIndex}&count=10`);
      ({ totalResults } = body);
      expect(body.itemsPerPage).toBe(body.Resources.length);
      walked.push(...body.Resources.map(({ id }: { id: string }) => id));
      const changed = { Operations: [{ op: 'replace', value: { active: false, title: `At ${startIndex}` } }] };
      for (const id of [before[0], before.at(-1)]) await scim(churning, 'PATCH', `/Users/${id}`, { body: changed });
      await scim(churning, 'POST', '/Users', { body: newcomer() });
    }
    expect([walked.slice(0, 25), new Set(walked).size, walked.length]).toEqual([before, totalResults, totalResults]);
  });

  it('§11 case 68: inactive users are listed with active false', async () => {
    const { body } = await scim(big, 'GET', '/Users?count=1000');
    expect(body.Resources.filter(({ active }: { active: boolean }) => !active)).toHaveLength(25);
  });

  it('§11 case 70: with a filter totalResults counts the matches alone', async () => {
    const filter = encodeURIComponent('active eq false');
    const { body } = await scim(big, 'GET', `/Users?filter=${filter}&startIndex=11&count=10`);
    expect([body.totalResults, body.itemsPerPage, body.startIndex]).toEqual([25, 10, 11]);
  });
});
