import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { updateProvisioningSettings } from '../../../src/domain/provisioning-settings-commands.ts';
import { createTeam } from '../../../src/domain/team-commands.ts';
import { startRollcall, type Rollcall, type TestWorkspace } from '../../support/rollcall.ts';
import { scim } from '../../support/scim-client.ts';

const CORE_GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const NOBODY = '01890000-0000-7000-8000-000000000000';

let rollcall: Rollcall;
let workspace: TestWorkspace;
let serial = 0;

beforeAll(async () => {
  rollcall = await startRollcall();
  workspace = await rollcall.workspace('acme');
});
afterAll(() => rollcall.close());

const call = (method: string, path: string, body?: unknown) => scim(workspace, method, path, { body });

async function person(): Promise<{ id: string; userName: string }> {
  serial += 1;
  const userName = `person${serial}@acme.example`;
  const { status, body } = await call('POST', '/Users', { userName, displayName: `Person ${serial}` });
  expect(status).toBe(201);
  return { id: body.id, userName };
}

const people = (count: number) => Promise.all(Array.from({ length: count }, person));

async function pushed(members: readonly { id: string }[] = [], over: object = {}) {
  serial += 1;
  const { status, body, text } = await call('POST', '/Groups', {
    schemas: [CORE_GROUP],
    displayName: `Group ${serial}`,
    members: members.map(({ id }) => ({ value: id })),
    ...over,
  });
  expect(status, text).toBe(201);
  return body;
}

const patch = (id: string, ...Operations: object[]) =>
  call('PATCH', `/Groups/${id}`, { schemas: [PATCH_OP], Operations });

const read = async (id: string) => (await call('GET', `/Groups/${id}`)).body;

const find = async (displayName: string) =>
  (
    await call(
      'GET',
      `/Groups?filter=${encodeURIComponent(`displayName eq ${JSON.stringify(displayName)}`)}&startIndex=1&count=100`,
    )
  ).body;

const memberIds = (group: { members?: { value: string }[] }) =>
  (group.members ?? []).map(({ value }) => value).toSorted();
const ids = (of: readonly { id: string }[]) => of.map(({ id }) => id).toSorted();

async function teamIdsOf(userId: string): Promise<string[]> {
  const { body } = await call('GET', `/Users/${userId}`);
  return body.groups.map(({ value }: { value: string }) => value).toSorted();
}

const lastEvent = async () => {
  const { events } = workspace.ctx.store.workspace(workspace.ctx.workspaceId);
  return (await events.page({}, { first: 1 })).items[0]!.item;
};

describe('contract §4, a group pushed by a PATCH client of Okta', () => {
  it('§11 case 92 (PATCH): look-up, create, add, remove, rename, push now, delete', async () => {
    const [one, two, three] = await people(3);
    expect(await find('Legal Ops')).toMatchObject({ totalResults: 0, Resources: [] });

    const made = await call('POST', '/Groups', { schemas: [CORE_GROUP], displayName: 'Legal Ops', members: [] });
    expect(made.status).toBe(201);
    expect(made.headers.get('location')).toBe(`${workspace.baseUrl}/Groups/${made.body.id}`);
    expect(made.headers.get('etag')).toBe(made.body.meta.version);
    expect(made.body).toEqual({
      schemas: [CORE_GROUP],
      id: expect.any(String),
      displayName: 'Legal Ops',
      members: [],
      meta: {
        resourceType: 'Group',
        created: expect.any(String),
        lastModified: expect.any(String),
        location: `${workspace.baseUrl}/Groups/${made.body.id}`,
        version: 'W/"1"',
      },
    });
    const { id } = made.body;

    const rename = { op: 'replace', value: { id, displayName: 'Legal Ops' } };
    expect((await patch(id, rename)).status).toBe(200);
    const added = await patch(id, {
      op: 'add',
      path: 'members',
      value: [one, two].map((user) => ({ value: user!.id, display: user!.userName })),
    });
    expect(added.status).toBe(200);
    expect(added.body.members).toEqual(
      [one, two].map((user) => ({
        value: user!.id,
        $ref: `${workspace.baseUrl}/Users/${user!.id}`,
        type: 'User',
        display: expect.stringMatching(/^Person \d+$/u),
      })),
    );
    const both = await patch(
      id,
      { op: 'remove', path: `members[value eq "${one!.id}"]` },
      { op: 'add', path: 'members', value: [{ value: three!.id, display: three!.userName }] },
    );
    expect(memberIds(both.body)).toEqual(ids([two!, three!]));
    expect((await patch(id, { op: 'replace', value: { id, displayName: 'Legal' } })).body).toMatchObject({
      displayName: 'Legal',
      members: both.body.members,
    });
    expect((await patch(id, { op: 'replace', path: 'members', value: [{ value: one!.id }] })).status).toBe(200);
    expect(memberIds(await read(id))).toEqual([one!.id]);
    expect((await patch(id, { op: 'replace', path: 'members', value: [] })).body.members).toEqual([]);
    expect((await call('DELETE', `/Groups/${id}`)).status).toBe(204);
    expect((await call('GET', `/Groups/${id}`)).status).toBe(404);
  });

  it('§11 case 92 (PUT): look-up, create, read, replace, rename, delete', async () => {
    const [one, two] = await people(2);
    expect((await find('Finance')).totalResults).toBe(0);
    const { id } = await pushed([], { displayName: 'Finance' });
    const group = await read(id);
    const put = await call('PUT', `/Groups/${id}`, {
      ...group,
      members: [one, two].map((user) => ({ value: user!.id, display: user!.userName })),
    });
    expect([put.status, memberIds(put.body)]).toEqual([200, ids([one!, two!])]);
    expect(put.headers.get('etag')).toBe(put.body.meta.version);
    const renamed = await call('PUT', `/Groups/${id}`, {
      schemas: [CORE_GROUP],
      displayName: 'Treasury',
      members: [{ value: two!.id }],
    });
    expect(renamed.body).toMatchObject({ id, displayName: 'Treasury', members: [{ value: two!.id }] });
    expect(await read(id)).toEqual(renamed.body);
    expect((await call('DELETE', `/Groups/${id}`)).status).toBe(204);
  });
});

describe('contract §11, groups', () => {
  it.each(['Legal "Ops" & Co', 'Ärzte + Pfleger', '法務 50%', "O'Neill\\Sons"])(
    '§11 case 72: a filter finds %j in any case, and nothing else',
    async (displayName) => {
      const { id } = await pushed([], { displayName });
      for (const name of [displayName, displayName.toUpperCase(), displayName.toLowerCase()]) {
        const { totalResults, Resources } = await find(name);
        expect([totalResults, Resources[0]?.id]).toEqual([1, id]);
      }
      expect((await find(`${displayName}!`)).totalResults).toBe(0);
    },
  );

  it('§11 case 74: a path-less {id, displayName} keeps the members, whether it renames or not', async () => {
    const users = await people(2);
    const { id, displayName, members } = await pushed(users);
    const same = await patch(id, { op: 'replace', value: { id, displayName } });
    expect([same.status, same.body.members]).toEqual([200, members]);
    expect(await lastEvent()).toMatchObject({ operation: 'UPDATE_TEAM', outcome: 'UNCHANGED' });
    const other = await patch(id, { op: 'replace', value: { id, displayName: `${displayName} new` } });
    expect(other.body).toMatchObject({ displayName: `${displayName} new`, members });
  });

  it('§11 case 76: adding a member twice keeps one, removing a stranger is a success', async () => {
    const [one, two] = await people(2);
    const { id } = await pushed([one!]);
    const again = await patch(id, { op: 'add', path: 'members', value: [{ value: one!.id }, { value: one!.id }] });
    expect([again.status, memberIds(again.body)]).toEqual([200, [one!.id]]);
    for (const stranger of [two!.id, NOBODY, 'no-uuid', 'a"b'])
      expect(
        (await patch(id, { op: 'remove', path: `members[value eq ${JSON.stringify(stranger)}]` })).status,
        stranger,
      ).toBe(200);
    expect(memberIds(await read(id))).toEqual([one!.id]);
  });

  it('§11 case 78: replace members with [], with a list and without a path', async () => {
    const [one, two, three] = await people(3);
    const { id } = await pushed([one!, two!]);
    const replace = async (value: unknown) => (await patch(id, { op: 'replace', path: 'members', value })).body;
    expect((await replace([])).members).toEqual([]);
    expect(memberIds(await replace([{ value: two!.id }, { value: three!.id }]))).toEqual(ids([two!, three!]));
    const pathless = await patch(id, { op: 'replace', value: { members: [{ value: one!.id }] } });
    expect(memberIds(pathless.body)).toEqual([one!.id]);
    expect((await patch(id, { op: 'replace', value: { members: [] } })).body.members).toEqual([]);
  });

  it('§11 case 80: a PUT replaces name and members, with an id or without, and keeps members it does not send', async () => {
    const [one, two] = await people(2);
    const { id } = await pushed([one!], { externalId: 'g-80' });
    const put = async (body: object) => (await call('PUT', `/Groups/${id}`, body)).body;
    expect(memberIds(await put({ id, displayName: 'Put A', members: [{ value: two!.id }] }))).toEqual([two!.id]);
    expect(await put({ displayName: 'Put B' })).toMatchObject({
      displayName: 'Put B',
      externalId: 'g-80',
      members: [{ value: two!.id }],
    });
    expect((await put({ displayName: 'Put B', members: [], externalId: null })).members).toEqual([]);
    expect(await read(id)).not.toHaveProperty('externalId');
  });

  it('§11 case 82: DELETE leaves the users, takes the group from them, and is 404 the second time', async () => {
    const [one] = await people(1);
    const { id } = await pushed([one!]);
    expect(await teamIdsOf(one!.id)).toEqual([id]);
    expect((await call('DELETE', `/Groups/${id}`)).status).toBe(204);
    expect(await lastEvent()).toMatchObject({ operation: 'DELETE_TEAM', targetType: 'Team', httpStatus: 204 });
    expect((await call('GET', `/Groups/${id}`)).status).toBe(404);
    const again = await call('DELETE', `/Groups/${id}`);
    expect([again.status, again.body.status]).toEqual([404, '404']);
    expect((await call('GET', `/Users/${one!.id}`)).body).toMatchObject({ active: true, groups: [] });
  });

  it('§11 case 84: deactivation keeps memberships', async () => {
    const [one] = await people(1);
    const { id } = await pushed([one!]);
    for (const active of [false, true]) {
      const { body } = await call('PATCH', `/Users/${one!.id}`, { Operations: [{ op: 'replace', value: { active } }] });
      expect([body.active, body.groups[0]?.value]).toEqual([active, id]);
      expect(memberIds(await read(id))).toEqual([one!.id]);
    }
  });

  it('§11 case 84: User.groups is the inverse of Group.members, whatever is done', async () => {
    const users = await people(4);
    const groups = [await pushed(users), await pushed(users.slice(1)), await pushed()];
    await patch(groups[0].id, { op: 'remove', path: `members[value eq "${users[2]!.id}"]` });
    await patch(groups[2].id, { op: 'add', path: 'members', value: [{ value: users[0]!.id }] });
    await call('DELETE', `/Users/${users[3]!.id}`);
    await call('DELETE', `/Groups/${groups[1].id}`);
    const { body } = await call('GET', '/Groups?count=1000');
    for (const { id } of users.slice(0, 3)) {
      const holding = body.Resources.filter((group: { members: { value: string }[] }) =>
        group.members.some(({ value }) => value === id),
      );
      expect(await teamIdsOf(id)).toEqual(ids(holding));
    }
    expect(memberIds(await read(groups[0].id))).toEqual(ids(users.slice(0, 2)));
  });

  it('shows a user’s groups with value, $ref, display and type, in lists too', async () => {
    const [one] = await people(1);
    const { id, displayName } = await pushed([one!]);
    const groups = [{ value: id, $ref: `${workspace.baseUrl}/Groups/${id}`, display: displayName, type: 'direct' }];
    const { body } = await call('GET', `/Users?filter=${encodeURIComponent(`id eq "${one!.id}"`)}`);
    expect(body.Resources[0].groups).toEqual(groups);
    const put = await call('PUT', `/Users/${one!.id}`, { ...body.Resources[0], groups: [], title: 'T' });
    expect(put.body.groups).toEqual(groups);
    const { body: version } = await call('GET', `/Users/${one!.id}?attributes=meta`);
    await patch(id, { op: 'replace', path: 'members', value: [] });
    expect((await call('GET', `/Users/${one!.id}?attributes=meta`)).body).toEqual(version);
  });

  it('§11 case 86: 250 groups come in pages of 100, none twice and none missing', async () => {
    const many = await rollcall.workspace('many');
    for (let index = 0; index < 250; index += 1)
      await createTeam(many.ctx, { name: `Team ${String(index).padStart(3, '0')}` });
    const seen: string[] = [];
    for (const [startIndex, rows] of [
      [1, 100],
      [101, 100],
      [201, 50],
      [301, 0],
    ]) {
      const { status, body } = await scim(many, 'GET', `/Groups?startIndex=${startIndex}&count=100`);
      expect([status, body.totalResults, body.itemsPerPage, body.startIndex]).toEqual([200, 250, rows, startIndex]);
      seen.push(...body.Resources.map(({ displayName }: { displayName: string }) => displayName));
    }
    expect(seen).toEqual(Array.from({ length: 250 }, (_, index) => `Team ${String(index).padStart(3, '0')}`));
  });

  it.each([
    ['startIndex=0', 1, 12],
    ['startIndex=-5', 1, 12],
    ['', 1, 12],
    ['count=0', 1, 0],
    ['count=-1', 1, 0],
    ['count=100000', 1, 12],
    ['startIndex=13', 13, 0],
    ['startIndex=9007199254740991&count=5', 9007199254740991, 0],
  ])('§11 case 86: %j is read for groups as for users', async (query, startIndex, rows) => {
    const { status, body } = await scim(await dozen(), 'GET', `/Groups?${query}`);
    expect([status, body.startIndex, body.Resources.length, body.itemsPerPage, body.totalResults]).toEqual([
      200,
      startIndex,
      rows,
      rows,
      12,
    ]);
  });

  it('§11 case 86: pages of groups keep their order while groups come, change and fill meanwhile', async () => {
    const churning = await rollcall.workspace('churning');
    const person = await churning.user({ userName: 'busy@churning.example' });
    const add = (index: number) => createTeam(churning.ctx, { name: `Team ${index}` });
    const before: string[] = [];
    for (let index = 0; index < 25; index += 1) before.push((await add(index)).id);
    const walked: string[] = [];
    let totalResults = Infinity;
    for (let startIndex = 1; startIndex <= totalResults; startIndex += 10) {
      const { body } = await scim(churning, 'GET', `/Groups?startIndex=${startIndex}&count=10`);
      ({ totalResults } = body);
      expect(body.itemsPerPage).toBe(body.Resources.length);
      walked.push(...body.Resources.map(({ id }: { id: string }) => id));
      const Operations = [
        { op: 'replace', path: 'displayName', value: `Aaa ${startIndex}` },
        { op: 'add', path: 'members', value: [{ value: person.id }] },
      ];
      expect((await scim(churning, 'PATCH', `/Groups/${before.at(-1)}`, { body: { Operations } })).status).toBe(200);
      await add(100 + startIndex);
    }
    expect([walked.slice(0, 25), new Set(walked).size, walked.length]).toEqual([before, totalResults, totalResults]);
  });

  let twelve: TestWorkspace | undefined;
  async function dozen(): Promise<TestWorkspace> {
    if (twelve !== undefined) return twelve;
    twelve = await rollcall.workspace('dozen');
    for (let index = 0; index < 12; index += 1) await createTeam(twelve.ctx, { name: `Team ${index}` });
    return twelve;
  }
});

describe('contract §4.5, what a group may hold', () => {
  it('refuses a member who is no user with 400 invalidValue naming the id, and changes nothing', async () => {
    const [one] = await people(1);
    const group = await pushed([one!]);
    const members = [{ value: NOBODY }];
    const answers = [
      await call('POST', '/Groups', { displayName: 'Nobody', members }),
      await call('PUT', `/Groups/${group.id}`, { displayName: 'Nobody', members }),
      await patch(group.id, { op: 'add', path: 'members', value: members }),
      await patch(group.id, { op: 'remove', path: 'members' }, { op: 'replace', path: 'members', value: members }),
      await patch(group.id, { op: 'add', path: 'members', value: [{ value: group.id }] }),
    ];
    for (const [index, { status, body }] of answers.entries()) {
      expect([status, body.scimType]).toEqual([400, 'invalidValue']);
      expect(body.detail).toContain(index === 4 ? group.id : NOBODY);
    }
    expect(await read(group.id)).toEqual(group);
    expect((await find('Nobody')).totalResults).toBe(0);
  });

  it('refuses a group within a group with 400 invalidValue naming it', async () => {
    const inner = await pushed();
    const members = [{ value: inner.id, type: 'Group' }];
    const { status, body } = await call('POST', '/Groups', { displayName: 'Outer', members });
    expect([status, body.scimType]).toEqual([400, 'invalidValue']);
    expect(body.detail).toContain(inner.id);
  });

  it('has no neighbour’s users', async () => {
    const other = await rollcall.workspace('neighbour');
    const theirs = await other.user({ userName: 'them@other.example' });
    const { status, text } = await call('POST', '/Groups', { displayName: 'Mixed', members: [{ value: theirs.id }] });
    expect(status).toBe(400);
    expect(text).not.toContain('other.example');
  });

  it.each([
    [{}, 'displayName'],
    [{ displayName: '' }, 'displayName'],
    [{ displayName: 7 }, 'displayName'],
    [{ displayName: 'x'.repeat(300) }, 'displayName'],
    [{ displayName: 'X', members: [{ display: 'Maya' }] }, 'Maya'],
    [{ displayName: 'X', members: [{ value: 7 }] }, '7'],
  ])('POST %j is 400 invalidValue naming it', async (sent, named) => {
    const { status, body } = await call('POST', '/Groups', sent);
    expect([status, body.scimType]).toEqual([400, 'invalidValue']);
    expect(body.detail).toContain(named);
  });

  it('refuses a name that is taken, in any case, with 409 uniqueness', async () => {
    const { id } = await pushed([], { displayName: 'Taken Name' });
    const other = await pushed();
    for (const answer of [
      await call('POST', '/Groups', { displayName: 'TAKEN name' }),
      await call('PUT', `/Groups/${other.id}`, { displayName: 'taken NAME' }),
      await patch(other.id, { op: 'replace', path: 'displayName', value: 'taken name' }),
    ]) {
      expect([answer.status, answer.body.scimType]).toEqual([409, 'uniqueness']);
      expect(answer.body.detail).toContain(id);
      expect(answer.body.detail).toContain('displayName');
    }
    expect((await patch(id, { op: 'replace', path: 'displayName', value: 'TAKEN NAME' })).status).toBe(200);
  });

  it('takes 1,500 members in one request, answers PATCH 204 from then on, and 200 where attributes are asked', async () => {
    const large = await rollcall.workspace('large');
    const made = await Promise.all(
      Array.from({ length: 1_500 }, (_, index) => large.user({ userName: `u${index}@large.example` })),
    );
    const members = made.map(({ id }) => ({ value: id }));
    const { body } = await scim(large, 'POST', '/Groups', { body: { displayName: 'Everyone', members } });
    expect(body.members).toHaveLength(1_500);
    const send = (query: string) =>
      scim(large, 'PATCH', `/Groups/${body.id}${query}`, {
        body: { Operations: [{ op: 'remove', path: `members[value eq "${made[0]!.id}"]` }] },
      });
    const brief = await send('');
    expect([brief.status, brief.text, brief.headers.get('etag')]).toEqual([204, '', 'W/"2"']);
    const { events } = large.ctx.store.workspace(large.ctx.workspaceId);
    expect((await events.page({}, { first: 1 })).items[0]!.item).toMatchObject({
      operation: 'UPDATE_TEAM',
      httpStatus: 204,
      targetType: 'Team',
      targetId: body.id,
    });
    expect((await send('?attributes=members')).body.members).toHaveLength(1_499);
    expect((await send('?attributes=displayName')).body).toEqual({
      schemas: [CORE_GROUP],
      id: body.id,
      displayName: 'Everyone',
    });
    for (const query of ['?excludedAttributes=members', '?excludedAttributes=displayName', '?attributes=']) {
      const { status, text, headers } = await send(query);
      expect([status, text, headers.get('etag')], query).toEqual([204, '', 'W/"2"']);
    }
    expect((await send('?attributes=id&excludedAttributes=members')).body).toEqual({
      schemas: [CORE_GROUP],
      id: body.id,
    });
    const { body: page } = await scim(large, 'GET', '/Users?count=1000&attributes=groups');
    expect(page.Resources.filter(({ groups }: { groups: unknown[] }) => groups?.length === 1)).toHaveLength(999);
  });
});

describe('groups beside the directory', () => {
  it('adopts a team of the workspace at its first accepted PATCH, with id and members kept', async () => {
    const user = await workspace.user({ userName: 'before@acme.example' });
    const team = await createTeam(workspace.ctx, { name: 'Founders', memberIds: [user.id] });
    const { Resources } = await find('founders');
    expect(Resources[0]).toMatchObject({ id: team.id, members: [{ value: user.id }] });
    await patch(team.id, { op: 'replace', value: { id: team.id, displayName: 'Founders' } });
    const after = await workspace.ctx.store.workspace(workspace.ctx.workspaceId).teams.get(team.id);
    expect(after).toMatchObject({ managedBy: 'DIRECTORY', adopted: true });
    expect(memberIds(await read(team.id))).toEqual([user.id]);
  });

  it('answers 403 GROUP_PUSH_OFF to writes while group push is off, and reads go on', async () => {
    const strict = await rollcall.workspace('strict');
    const { body: group } = await scim(strict, 'POST', '/Groups', { body: { displayName: 'Kept' } });
    const before = await strict.ctx.store.workspace(strict.ctx.workspaceId).workspace();
    await updateProvisioningSettings(strict.ctx, { groupPush: false }, before!.provisioningVersion);
    for (const [method, path, body] of [
      ['POST', '/Groups', { displayName: 'New' }],
      ['PUT', `/Groups/${group.id}`, { displayName: 'New' }],
      ['PATCH', `/Groups/${group.id}`, { Operations: [{ op: 'replace', path: 'displayName', value: 'New' }] }],
      ['DELETE', `/Groups/${group.id}`, undefined],
    ] as const) {
      const { status, body: error } = await scim(strict, method, path, { body });
      expect([status, error.scimType], method).toEqual([403, undefined]);
      expect(error.detail).toContain('Switch group push on');
    }
    await strict.ctx.store.journal.flush();
    const { events } = strict.ctx.store.workspace(strict.ctx.workspaceId);
    const { items } = await events.page({ errorCodes: ['GROUP_PUSH_OFF'] }, { first: 10 });
    expect(items.map(({ item }) => item.operation).toSorted()).toEqual([
      'CREATE_TEAM',
      'DELETE_TEAM',
      'UPDATE_TEAM',
      'UPDATE_TEAM',
    ]);
    expect((await scim(strict, 'GET', `/Groups/${group.id}`)).body).toEqual(group);
    expect((await scim(strict, 'GET', '/Groups')).body.totalResults).toBe(1);
  });

  it('answers 412 to a write of an old version, and 404 to one of no group', async () => {
    const { id, meta } = await pushed();
    const headers = { 'If-Match': meta.version };
    expect((await scim(workspace, 'PUT', `/Groups/${id}`, { body: { displayName: `G ${id}` }, headers })).status).toBe(
      200,
    );
    expect((await scim(workspace, 'PUT', `/Groups/${id}`, { body: { displayName: 'Old' }, headers })).status).toBe(412);
    expect((await scim(workspace, 'DELETE', `/Groups/${id}`, { headers })).status).toBe(412);
    for (const method of ['GET', 'DELETE', 'PUT', 'PATCH']) {
      const body = { PUT: { displayName: 'N' }, PATCH: { Operations: [] } }[method];
      const answer = await scim(workspace, method, `/Groups/${NOBODY}`, { body });
      expect([answer.status, answer.body.status], method).toEqual([404, '404']);
    }
  });

  it('§11 case 82: members have the role that a team gives, and lose it with the team', async () => {
    const [one] = await people(1);
    const roleOf = async () =>
      (await workspace.ctx.store.workspace(workspace.ctx.workspaceId).users.get(one!.id))!.role;
    const { id } = await createTeam(workspace.ctx, { name: 'Admins', roleMapping: 'ADMIN' });
    await patch(id, { op: 'add', path: 'members', value: [{ value: one!.id }] });
    expect(await roleOf()).toBe('ADMIN');
    expect((await call('DELETE', `/Groups/${id}`)).status).toBe(204);
    expect(await roleOf()).toBe('MEMBER');
  });

  it('keeps every member of PATCHes that come at once', async () => {
    const users = await people(10);
    const { id } = await pushed();
    const answers = await Promise.all(
      users.map((user) => patch(id, { op: 'add', path: 'members', value: [{ value: user.id }] })),
    );
    expect(answers.map(({ status }) => status)).toEqual(users.map(() => 200));
    expect(memberIds(await read(id))).toEqual(ids(users));
  });

  it('tells reads and refusals of groups in the log, as of teams', async () => {
    const group = await pushed();
    await read(group.id);
    await call('POST', '/Groups', { displayName: group.displayName });
    await workspace.ctx.store.journal.flush();
    const { events } = workspace.ctx.store.workspace(workspace.ctx.workspaceId);
    const reads = await events.page({ operations: ['READ_TEAMS'], targetId: group.id }, { first: 1 });
    expect(reads.items[0]!.item).toMatchObject({ targetType: 'Team', targetName: group.displayName });
    const refused = await events.page({ operations: ['CREATE_TEAM'], errorCodes: ['ALREADY_EXISTS'] }, { first: 1 });
    expect(refused.items[0]!.item).toMatchObject({ summary: 'Refused to create a team', httpStatus: 409 });
  });

  it('a PUT of a GET changes nothing', async () => {
    const { id } = await pushed(await people(2), { externalId: 'g-echo' });
    const group = await read(id);
    const put = await call('PUT', `/Groups/${id}`, group);
    expect([put.status, put.body]).toEqual([200, group]);
    expect(await lastEvent()).toMatchObject({ outcome: 'UNCHANGED', tolerated: [] });
  });
});

describe('filters of groups', () => {
  it('find by id, externalId, members and time', async () => {
    const [one, two] = await people(2);
    const group = await pushed([one!], { externalId: 'filter-me' });
    const other = await pushed([two!]);
    const found = async (filter: string) => {
      const { status, body } = await call('GET', `/Groups?filter=${encodeURIComponent(filter)}`);
      expect(status, filter).toBe(200);
      return body.Resources.map(({ id }: { id: string }) => id);
    };
    for (const filter of [
      `id eq "${group.id}"`,
      'externalId eq "filter-me"',
      `members.value eq "${one!.id}"`,
      `members eq "${one!.id}"`,
      `members[value eq "${one!.id}"]`,
      `${CORE_GROUP}:displayName eq "${group.displayName}"`,
      `displayName eq "${group.displayName}" and members pr`,
      `members.value eq "${one!.id}" and meta.created ge "2020-01-01T00:00:00Z"`,
    ])
      expect(await found(filter), filter).toEqual([group.id]);
    expect(await found(`members eq "${one!.id}" or members eq "${two!.id}"`)).toEqual([group.id, other.id]);
    expect(await found('externalId eq "FILTER-ME"')).toEqual([]);
  });

  it.each(['members.display eq "x"', 'shoeSize eq 44', 'userName eq "x"', 'members.type eq "User"'])(
    '%s is 400 invalidFilter, never a full list',
    async (filter) => {
      const { status, body } = await call('GET', `/Groups?filter=${encodeURIComponent(filter)}`);
      expect([status, body.scimType]).toEqual([400, 'invalidFilter']);
      expect(body.detail).not.toContain('userName, externalId');
    },
  );
});
