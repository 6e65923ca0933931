import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRollcall, type Rollcall, type TestWorkspace } from '../../support/rollcall.ts';
import { byUserName, scim } from '../../support/scim-client.ts';

const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const email = 'Maya.Ortiz@Acme.example';

interface Dialect {
  update(workspace: TestWorkspace, id: string, changes: object): Promise<number>;
}

/** Wizard apps read, change and put back; catalog apps patch without a path (contract §3.4, §3.5). */
const DIALECTS: Record<string, Dialect> = {
  PUT: {
    async update(workspace, id, changes) {
      const { body } = await scim(workspace, 'GET', `/Users/${id}`);
      return (await scim(workspace, 'PUT', `/Users/${id}`, { body: { ...body, ...changes } })).status;
    },
  },
  PATCH: {
    async update(workspace, id, changes) {
      const body = { schemas: [PATCH_OP], Operations: [{ op: 'replace', value: changes }] };
      return (await scim(workspace, 'PATCH', `/Users/${id}`, { body })).status;
    },
  },
};

/** What Okta's CRUD suite sees of a server while an admin works in Okta (contract §6.2). */
describe.each(Object.entries(DIALECTS))("§11 case 92: Okta's CRUD suite with %s", (_name, dialect) => {
  let rollcall: Rollcall;
  let workspace: TestWorkspace;
  let id: string;
  const found = async () => (await scim(workspace, 'GET', byUserName(email))).body.Resources[0];
  const read = async () => scim(workspace, 'GET', `/Users/${id}`);

  beforeAll(async () => {
    rollcall = await startRollcall();
    workspace = await rollcall.workspace('acme');
  });
  afterAll(() => rollcall.close());

  it('creates and assigns: the filter finds the user with the mixed-case address and the names', async () => {
    const none = await scim(workspace, 'GET', byUserName(email));
    expect(none.body.totalResults).toBe(0);
    const { status, body } = await scim(workspace, 'POST', '/Users', { body: oktaUser() });
    expect(status).toBe(201);
    id = body.id;
    expect(await found()).toMatchObject({
      id,
      userName: email,
      emails: [{ value: email }],
      name: { givenName: 'Maya', familyName: 'Ortiz' },
      active: true,
    });
  });

  it('changes the first name', async () => {
    const changes = { name: { givenName: 'Maia', familyName: 'Ortiz' }, displayName: 'Maia Ortiz' };
    expect(await dialect.update(workspace, id, changes)).toBe(200);
    expect((await read()).body.name.givenName).toBe('Maia');
  });

  it('deactivates, and the user can still be read', async () => {
    expect(await dialect.update(workspace, id, { active: false })).toBe(200);
    const { status, body } = await read();
    expect(status).toBe(200);
    expect(body.active).toBe(false);
  });

  it('activates and assigns again: same id, same attributes (C9293)', async () => {
    const again = await found();
    expect(again.id).toBe(id);
    expect(await dialect.update(workspace, id, { active: true })).toBe(200);
    expect(await dialect.update(workspace, id, { active: true })).toBe(200);
    expect((await read()).body).toMatchObject({ id, active: true, userName: email, name: { givenName: 'Maia' } });
  });

  it('unassigns', async () => {
    expect(await dialect.update(workspace, id, { active: false })).toBe(200);
    expect((await read()).body.active).toBe(false);
  });

  it('tells the story in the log, one event a write', async () => {
    const page = await workspace.ctx.store
      .workspace(workspace.ctx.workspaceId)
      .events.page({ targetId: id }, { last: 100 });
    const story = page.items.map(({ item }) => item).filter(({ operation }) => operation !== 'READ_USERS');
    const told = story.toReversed().map(({ operation, outcome }) => `${operation} ${outcome}`);
    const expected = [
      'CREATE_USER SUCCEEDED',
      'UPDATE_USER SUCCEEDED',
      'DEACTIVATE_USER SUCCEEDED',
      'REACTIVATE_USER SUCCEEDED',
      'UPDATE_USER UNCHANGED',
      'DEACTIVATE_USER SUCCEEDED',
    ];
    expect([told, told.toReversed()]).toContainEqual(expected);
  });
});

function oktaUser() {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    userName: email,
    name: { givenName: 'Maya', familyName: 'Ortiz' },
    emails: [{ primary: true, value: email, type: 'work' }],
    displayName: 'Maya Ortiz',
    locale: 'en-US',
    externalId: '00u9xk3example5d7',
    groups: [],
    password: 'q7ZkP02x',
    active: true,
  };
}
