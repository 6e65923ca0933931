import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inviteUser } from '../../../src/domain/invitation-commands.ts';
import { changeTeam, createTeam } from '../../../src/domain/team-commands.ts';
import { updateUser } from '../../../src/domain/user-commands.ts';
import { startRollcall, type Rollcall, type TestWorkspace } from '../../support/rollcall.ts';
import { byUserName, scim } from '../../support/scim-client.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

let rollcall: Rollcall;
let workspace: TestWorkspace;
let serial = 0;

beforeAll(async () => {
  rollcall = await startRollcall();
  workspace = await rollcall.workspace('acme');
});
afterAll(() => rollcall.close());

async function invited() {
  serial += 1;
  const userName = `Invited.${serial}@acme.example`;
  return (await inviteUser(workspace.ctx, { userName, email: userName, role: 'ADMIN' })).user;
}

const userNow = (id: string) => workspace.ctx.store.workspace(workspace.ctx.workspaceId).users.get(id);
const lastEvent = async () => {
  const { events } = workspace.ctx.store.workspace(workspace.ctx.workspaceId);
  return (await events.page({}, { first: 1 })).items[0]!.item;
};

describe('an invited user whom Okta is assigned (contract §3.2)', () => {
  it('is found by the filter, in any case, as active', async () => {
    const user = await invited();
    const { body } = await scim(workspace, 'GET', byUserName(user.userName.toLowerCase()));
    expect(body).toMatchObject({
      totalResults: 1,
      Resources: [{ id: user.id, userName: user.userName, active: true }],
    });
  });

  it.each(['PUT', 'PATCH'])('is adopted by the first %s: same id, role and teams, and active', async (method) => {
    const user = await invited();
    const team = await createTeam(workspace.ctx, { name: `Legal ${serial}` });
    await changeTeam(workspace.ctx, team.id, { members: [{ kind: 'add', userIds: [user.id] }] });
    const found = (await scim(workspace, 'GET', byUserName(user.userName))).body.Resources[0];
    const read = (await scim(workspace, 'GET', `/Users/${found.id}`)).body;
    const externalId = `00u${serial}`;
    const name = { givenName: 'Ada', familyName: 'Kim' };
    const body =
      method === 'PUT'
        ? { ...read, name, externalId, active: true }
        : { schemas: [PATCH_OP], Operations: [{ op: 'replace', value: { name, externalId } }] };
    const answer = await scim(workspace, method, `/Users/${found.id}`, { body });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ id: user.id, externalId, active: true, name });
    expect(answer.body.groups).toMatchObject([{ value: team.id }]);
    expect(await userNow(user.id)).toMatchObject({
      status: 'ACTIVE',
      role: 'ADMIN',
      roleSource: 'ASSIGNED',
      managedBy: 'DIRECTORY',
      adopted: true,
      linkedAt: expect.any(String),
    });
    expect(await lastEvent()).toMatchObject({
      operation: 'UPDATE_USER',
      outcome: 'SUCCEEDED',
      summary: 'Linked Ada Kim to the directory',
    });
  });

  it('is not adopted by a POST, nor by joining a group', async () => {
    const user = await invited();
    const post = await scim(workspace, 'POST', '/Users', { body: { schemas: [USER], userName: user.userName } });
    expect(post.status).toBe(409);
    const group = { displayName: `Group ${serial}`, members: [{ value: user.id }] };
    expect((await scim(workspace, 'POST', '/Groups', { body: group })).status).toBe(201);
    expect(await userNow(user.id)).toMatchObject({ status: 'INVITED', managedBy: 'WORKSPACE', adopted: false });
  });
});

describe('a POST for somebody who is there', () => {
  it.each(['active', 'invited', 'deactivated'])('is 409 naming the id and that the user is %s', async (state) => {
    const user = await invited();
    const write = (active: boolean) => updateUser(workspace.ctx, user.id, (before) => ({ ...before, active }));
    if (state !== 'invited') await write(false);
    if (state === 'active') await write(true);
    const userName = user.userName.toUpperCase();
    const { status, body } = await scim(workspace, 'POST', '/Users', { body: { schemas: [USER], userName } });
    expect([status, body.scimType]).toEqual([409, 'uniqueness']);
    expect(body.detail).toContain(`(id ${user.id}, ${state})`);
    const found = (await scim(workspace, 'GET', byUserName(userName))).body;
    expect(found).toMatchObject({ totalResults: 1, Resources: [{ id: user.id, active: state !== 'deactivated' }] });
  });
});

describe('a deleted user (§11 case 62)', () => {
  it('is gone for good, and the userName is free', async () => {
    const user = await invited();
    expect((await scim(workspace, 'DELETE', `/Users/${user.id}`)).status).toBe(204);
    for (const method of ['GET', 'DELETE'])
      expect((await scim(workspace, method, `/Users/${user.id}`)).status).toBe(404);
    const again = await scim(workspace, 'POST', '/Users', { body: { schemas: [USER], userName: user.userName } });
    expect(again.status).toBe(201);
    expect(again.body.id).not.toBe(user.id);
  });
});

describe('what an import reads of users whom Okta did not make (contract §3.7)', () => {
  it.each([
    ['invited with an address alone', 'maya.ortiz@acme.example', {}, { givenName: 'maya', familyName: 'ortiz' }],
    ['with one name', 'cher', { displayName: 'Cher' }, { givenName: 'Cher', familyName: 'Cher' }],
    ['with names', 'ada', { name: { givenName: 'Ada', familyName: 'Kim' } }, { givenName: 'Ada', familyName: 'Kim' }],
  ])('is whole for a user %s', async (_who, userName, attributes, name) => {
    const import_ = await rollcall.workspace(`import-${(serial += 1)}`);
    const email = `${userName.split('@')[0]}@acme.example`;
    if (Object.keys(attributes).length === 0) await inviteUser(import_.ctx, { userName, email, role: 'MEMBER' });
    else await import_.user({ userName, emails: [{ value: email, type: 'work', primary: true }], ...attributes });
    const { body } = await scim(import_, 'GET', '/Users?startIndex=1&count=100');
    expect(body).toMatchObject({ totalResults: 1, itemsPerPage: 1 });
    expect(body.Resources[0]).toMatchObject({
      schemas: [USER],
      id: expect.any(String),
      userName,
      active: true,
      name,
      emails: [{ value: email, type: 'work', primary: true }],
      meta: { resourceType: 'User', location: expect.stringContaining('/Users/') },
    });
  });

  it('can be sent back as it is: after the link it reads the same', async () => {
    const user = await invited();
    const { body } = await scim(workspace, 'GET', `/Users/${user.id}`);
    const put = await scim(workspace, 'PUT', `/Users/${user.id}`, { body });
    expect(put.status).toBe(200);
    const { meta: _before, ...sent } = body;
    const { meta: _after, ...kept } = (await scim(workspace, 'GET', `/Users/${user.id}`)).body;
    expect(kept).toEqual(sent);
  });
});
