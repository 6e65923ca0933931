import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRollcall, type Rollcall, type TestWorkspace } from '../../support/rollcall.ts';
import { scim } from '../../support/scim-client.ts';

const CORE_GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const MICROSOFT_GROUP = 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group';
const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

let rollcall: Rollcall;
let workspace: TestWorkspace;
let users: string[];
let serial = 0;

beforeAll(async () => {
  rollcall = await startRollcall();
  workspace = await rollcall.workspace('acme');
  users = [];
  for (const name of ['u1', 'u2', 'u3']) users.push((await workspace.user({ userName: `${name}@acme.example` })).id);
});
afterAll(() => rollcall.close());

async function pushed(members: readonly string[] = []) {
  serial += 1;
  const { status, body, text } = await scim(workspace, 'POST', '/Groups', {
    body: {
      schemas: [CORE_GROUP, MICROSOFT_GROUP],
      externalId: `8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159-${serial}`,
      displayName: `Entra ${serial}`,
      meta: { resourceType: 'Group' },
      ...(members.length === 0 ? {} : { members: members.map((value) => ({ value })) }),
    },
  });
  expect(status, text).toBe(201);
  return body;
}

const patch = (id: string, ...Operations: object[]) =>
  scim(workspace, 'PATCH', `/Groups/${id}`, { body: { schemas: [PATCH_OP], Operations } });

const refs = (...ids: string[]) => ids.map((value) => ({ $ref: null, value }));
const members = ({ body }: { body: { members: { value: string }[] } }) =>
  body.members.map(({ value }) => value).toSorted();

describe('contract §12, groups of Entra ID', () => {
  it('§12 case 26: a group with Microsoft’s schema URN and without members is made, empty, with its externalId', async () => {
    const body = await pushed();
    expect(body).toMatchObject({ schemas: [CORE_GROUP], externalId: expect.stringContaining('8aa1a0c0'), members: [] });
    const filter = encodeURIComponent(`displayName eq "${body.displayName}"`);
    const found = await scim(workspace, 'GET', `/Groups?excludedAttributes=members&filter=${filter}`);
    const { members: _members, ...rest } = body;
    expect(found.body.Resources).toEqual([rest]);
    expect((await scim(workspace, 'GET', `/Groups/${body.id}?excludedAttributes=members`)).body).toEqual(rest);
  });

  it('§12 case 28: Add members with $ref null adds one, and several', async () => {
    const { id } = await pushed();
    const one = await patch(id, { op: 'Add', path: 'members', value: refs(users[0]!) });
    expect([one.status, members(one)]).toEqual([200, [users[0]]]);
    const more = await patch(id, { op: 'Add', path: 'members', value: refs(...users) });
    expect(members(more)).toEqual(users.toSorted());
  });

  it('§12 case 30: remove members[value eq …] takes that one alone', async () => {
    const { id } = await pushed(users);
    const left = await patch(id, { op: 'remove', path: `members[value eq "${users[0]}"]` });
    expect(members(left)).toEqual(users.slice(1).toSorted());
  });

  it('§12 case 30: Remove members with a list of values takes those alone', async () => {
    const { id } = await pushed(users);
    const left = await patch(id, { op: 'Remove', path: 'members', value: refs(users[0]!, users[2]!) });
    expect(members(left)).toEqual([users[1]]);
  });

  it('§12 case 30: remove members without a value takes all', async () => {
    const { id } = await pushed(users);
    expect(members(await patch(id, { op: 'remove', path: 'members' }))).toEqual([]);
  });

  it('renames and changes externalId by separate operations', async () => {
    const { id } = await pushed(users);
    const { body } = await patch(
      id,
      { op: 'Replace', path: 'displayName', value: 'Renamed by Entra' },
      { op: 'Replace', path: 'externalId', value: 'object-id' },
    );
    expect(body).toMatchObject({ displayName: 'Renamed by Entra', externalId: 'object-id' });
    expect(members({ body })).toEqual(users.toSorted());
  });

  it('§12 case 32: an unknown op is 400 invalidSyntax, a Remove without a path 400 noTarget', async () => {
    const { id } = await pushed(users);
    const move = await patch(id, { op: 'Move', path: 'members', value: refs(users[0]!) });
    expect([move.status, move.body.scimType]).toEqual([400, 'invalidSyntax']);
    const remove = await patch(id, { op: 'Remove' });
    expect([remove.status, remove.body.scimType]).toEqual([400, 'noTarget']);
  });

  it('an empty list of operations changes nothing', async () => {
    const group = await pushed(users);
    const { status, body } = await patch(group.id);
    expect([status, body]).toEqual([200, group]);
  });
});
