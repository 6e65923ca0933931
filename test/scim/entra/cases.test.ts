import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRollcall, type Rollcall, type TestWorkspace } from '../../support/rollcall.ts';
import { scim } from '../../support/scim-client.ts';

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

async function created(over: object = {}) {
  serial += 1;
  const body = { userName: `person${serial}@acme.example`, externalId: `entra-${serial}`, active: true, ...over };
  const answer = await scim(workspace, 'POST', '/Users', { body });
  expect(answer.status, answer.text).toBe(201);
  return answer.body;
}

const patch = (id: string, ...operations: object[]) =>
  scim(workspace, 'PATCH', `/Users/${id}`, { body: { schemas: [PATCH_OP], Operations: operations } });

const find = async (filter: string, more = '') =>
  scim(workspace, 'GET', `/Users?filter=${encodeURIComponent(filter)}${more}`);

describe('contract §12, Entra ID', () => {
  it('§12 case 2: the flag aadOptscim062020 in the Base URL changes nothing', async () => {
    const { userName } = await created();
    const filter = encodeURIComponent(`userName eq "${userName}"`);
    for (const query of [`aadOptscim062020&filter=${filter}`, `filter=${filter}&aadOptscim062020`])
      expect((await scim(workspace, 'GET', `/Users?${query}`)).body.totalResults).toBe(1);
  });

  it.each([
    ['True', true],
    ['False', false],
    ['true', true],
  ])('§12 case 4: POST with active %j is a boolean in the answer', async (text, active) => {
    expect((await created({ active: text })).active).toBe(active);
  });

  it('§12 case 6: Replace active "False" deactivates, "True" reactivates, "banana" is 400 invalidValue', async () => {
    const { id } = await created();
    const set = (value: unknown) => patch(id, { op: 'Replace', path: 'active', value });
    expect((await set('False')).body.active).toBe(false);
    expect((await set('True')).body.active).toBe(true);
    const wrong = await set('banana');
    expect([wrong.status, wrong.body.scimType]).toEqual([400, 'invalidValue']);
    expect(wrong.body.detail).toContain('banana');
  });

  it('§12 case 8: separate Replace operations are all applied', async () => {
    const { id } = await created({ emails: [{ type: 'work', value: 'old@acme.example', primary: true }] });
    const { status, body } = await patch(
      id,
      { op: 'Replace', path: 'displayName', value: 'D' },
      { op: 'Replace', path: 'emails[type eq "work"].value', value: 'new@acme.example' },
      { op: 'Replace', path: 'name.givenName', value: 'G' },
      { op: 'Replace', path: 'name.familyName', value: 'F' },
      { op: 'Replace', path: 'externalId', value: 'entra-new' },
      { op: 'Replace', path: `${ENTERPRISE}:employeeNumber`, value: '7' },
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({
      displayName: 'D',
      emails: [{ type: 'work', value: 'new@acme.example', primary: true }],
      name: { givenName: 'G', familyName: 'F' },
      externalId: 'entra-new',
      [ENTERPRISE]: { employeeNumber: '7' },
    });
  });

  it('§12 case 10: Replace of a work email that is not there creates it and leaves primary where it was', async () => {
    const { id } = await created({ emails: [{ type: 'home', value: 'home@acme.example', primary: true }] });
    const { body } = await patch(
      id,
      { op: 'Replace', path: 'emails[type eq "work"].value', value: 'work@acme.example' },
      { op: 'Replace', path: 'name.familyName', value: 'F' },
    );
    expect(body.name.familyName).toBe('F');
    expect(body.emails).toEqual([
      { type: 'home', value: 'home@acme.example', primary: true },
      { type: 'work', value: 'work@acme.example' },
    ]);
  });

  it('§12 case 12: Replace of a part of an address that is not there creates it', async () => {
    const { id } = await created();
    const { body } = await patch(id, { op: 'Replace', path: 'addresses[type eq "work"].postalCode', value: '10115' });
    expect(body.addresses).toEqual([{ type: 'work', postalCode: '10115' }]);
  });

  it('§12 case 14: an app role as JSON inside a string is read, kept and given back, without effect on the role here', async () => {
    const { id } = await created();
    const value = [{ value: JSON.stringify({ id: 'x', value: 'Admin', displayName: 'Administrator' }) }];
    const { body } = await patch(id, { op: 'Add', path: 'roles', value });
    expect(body.roles).toEqual([{ value: 'Admin', display: 'Administrator' }]);
    const user = await workspace.ctx.store.workspace(workspace.ctx.workspaceId).users.get(id);
    expect(user?.role).toBe('MEMBER');
  });

  it('§12 case 16: a manager is taken as text, by URN, as a list of one and in POST, and given back as an object', async () => {
    const { id } = await created();
    const viaUrn = await patch(id, { op: 'Add', path: `${ENTERPRISE}:manager`, value: 'm1' });
    expect(viaUrn.body[ENTERPRISE].manager).toEqual({ value: 'm1' });
    const asList = await patch(id, { op: 'Replace', path: 'manager', value: [{ $ref: 'x', value: 'm2' }] });
    expect(asList.body[ENTERPRISE].manager.value).toBe('m2');
    expect((await created({ manager: 'm3' }))[ENTERPRISE].manager).toEqual({ value: 'm3' });
    const cleared = await patch(id, { op: 'Replace', path: 'manager', value: '' });
    expect(cleared.body[ENTERPRISE]?.manager).toBeUndefined();
  });

  it('§12 case 18: a filter by id and manager with attributes=id finds the one and shows just its id', async () => {
    const { id } = await created({ manager: 'boss' });
    const { body } = await find(`id eq "${id}" and manager eq "boss"`, '&attributes=id');
    expect(body.Resources).toEqual([{ schemas: expect.any(Array), id }]);
    expect((await find(`id eq "${id}" and manager eq "other"`, '&attributes=id')).body.totalResults).toBe(0);
  });

  it('§12 case 20: a filter encoded twice or without quotes is found or 400, never a crash or the whole list', async () => {
    const { userName } = await created();
    const twice = encodeURIComponent(encodeURIComponent(`userName eq "${userName}"`));
    for (const filter of [twice, encodeURIComponent(`userName eq ${userName}`), 'userName', '']) {
      const { status, body } = await scim(workspace, 'GET', `/Users?filter=${filter}`);
      if (status !== 400) expect([status, body.totalResults]).toEqual([200, 1]);
      else expect(body.scimType).toBe('invalidFilter');
    }
    const value = encodeURIComponent(encodeURIComponent(userName));
    const { status, body } = await scim(workspace, 'GET', `/Users?filter=userName+eq+%22${value}%22`);
    expect([status, body.totalResults]).toEqual([200, 0]);
  });

  it('§12 case 22: a lower-case operations key and an extra key in an operation are taken', async () => {
    const { id } = await created();
    const body = { operations: [{ op: 'replace', name: 'x', path: 'title', value: 'T' }] };
    const answer = await scim(workspace, 'PATCH', `/Users/${id}`, { body });
    expect([answer.status, answer.body.title]).toEqual([200, 'T']);
  });

  it('§12 case 24: PATCH userName keeps the id, and one that is taken is 409', async () => {
    const [one, other] = [await created(), await created()];
    const renamed = await patch(one.id, { op: 'Replace', path: 'userName', value: 'renamed@acme.example' });
    expect([renamed.status, renamed.body.id, renamed.body.userName]).toEqual([200, one.id, 'renamed@acme.example']);
    const taken = await patch(one.id, { op: 'Replace', path: 'userName', value: other.userName.toUpperCase() });
    expect([taken.status, taken.body.scimType]).toEqual([409, 'uniqueness']);
  });

  it('§12 case 32: an unknown op is 400 invalidSyntax, Remove without a path 400 noTarget', async () => {
    const { id } = await created();
    expect((await patch(id, { op: 'Move', path: 'title', value: 'x' })).body.scimType).toBe('invalidSyntax');
    expect((await patch(id, { op: 'Remove' })).body.scimType).toBe('noTarget');
  });

  it('§12 case 34: a user who is still active can be deleted', async () => {
    const { id } = await created();
    expect((await scim(workspace, 'DELETE', `/Users/${id}`)).status).toBe(204);
  });

  it('§12 case 36: values come back exactly as they were sent (E17)', async () => {
    const phoneNumbers = [
      { value: '+1 (555) 0100', type: 'work' },
      { value: ' 0049\u00a030 ', type: 'MOBILE' },
    ];
    const user = await created({ phoneNumbers, title: '  Héad of “Legal” \u{1F600} ', locale: 'en_US' });
    const { body } = await scim(workspace, 'GET', `/Users/${user.id}`);
    expect(body).toMatchObject({ phoneNumbers, title: '  Héad of “Legal” \u{1F600} ', locale: 'en_US' });
  });

  it('takes the nulls of a POST, and meta and roles that say nothing (7.2)', async () => {
    const user = await created({
      addresses: null,
      phoneNumbers: null,
      title: null,
      manager: null,
      roles: [],
      meta: { resourceType: 'User' },
    });
    for (const name of ['addresses', 'phoneNumbers', 'title', 'roles', ENTERPRISE]) expect(user[name]).toBeUndefined();
  });

  it('takes several attributes in one path-less replace whose keys are dotted paths and URNs (7.2)', async () => {
    const { id } = await created();
    const value = {
      displayName: 'D',
      'name.givenName': 'G',
      [`${ENTERPRISE}:department`]: 'Legal',
      'emails[type eq "work"].value': 'w@acme.example',
    };
    const { body } = await patch(id, { op: 'replace', value });
    expect(body).toMatchObject({ displayName: 'D', name: { givenName: 'G' }, [ENTERPRISE]: { department: 'Legal' } });
    expect(body.emails).toContainEqual(expect.objectContaining({ value: 'w@acme.example', type: 'work' }));
  });

  it('answers the Test Connection of a workspace with an empty list (7.2)', async () => {
    const { status, body } = await find('userName eq "7f2c0c1e-dead-4bad-8bad-0123456789ab"');
    expect([status, body.totalResults]).toEqual([200, 0]);
  });

  it('refuses a second identity provider that creates the same userName, with a user that can be found (§12 case 50)', async () => {
    const { userName, id } = await created();
    const again = await scim(workspace, 'POST', '/Users', { body: { userName, externalId: 'okta-1' } });
    expect(again.status).toBe(409);
    expect((await find(`userName eq "${userName}"`)).body.Resources[0].id).toBe(id);
  });
});

describe('contract §12, others', () => {
  it('§12 case 40: a OneLogin PUT with old schemas, null id and neither active nor emails keeps status, email and roles', async () => {
    const before = await created({
      active: false,
      roles: [{ value: 'a' }],
      emails: [{ value: 'x@acme.example', type: 'work' }],
    });
    const body = { schemas: ['urn:scim:schemas:core:2.0'], id: null, userName: before.userName, displayName: 'New' };
    const { status, body: after } = await scim(workspace, 'PUT', `/Users/${before.id}?`, { body });
    expect(status).toBe(200);
    expect(after).toMatchObject({ active: false, roles: before.roles, emails: before.emails, displayName: 'New' });
  });

  it('§12 case 46: a Ping POST of a disabled user is 201, and an update keeps them disabled', async () => {
    const user = await created({ active: false });
    const { body } = await patch(user.id, { op: 'replace', value: { title: 'T' } });
    expect([user.active, body.active, body.title]).toEqual([false, false, 'T']);
  });
});
