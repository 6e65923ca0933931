import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store, WorkspaceReader } from '../../src/domain/ports.ts';
import { setDisplayNameOverride } from '../../src/domain/display-name-override.ts';
import { startRollcall, type Rollcall, type TestWorkspace } from '../support/rollcall.ts';
import { scim } from '../support/scim-client.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
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

async function created(over: object = {}, within = workspace) {
  serial += 1;
  const body = { schemas: [USER], userName: `person.${serial}@acme.example`, displayName: `Person ${serial}`, ...over };
  const answer = await scim(within, 'POST', '/Users', { body });
  expect(answer.status).toBe(201);
  return answer.body;
}

const managedBy = (manager: unknown) => ({ [ENTERPRISE]: { manager } });
const read = async (id: string, query = '') => (await scim(workspace, 'GET', `/Users/${id}${query}`)).body;
const patch = (id: string, ...Operations: object[]) =>
  scim(workspace, 'PATCH', `/Users/${id}`, { body: { schemas: [PATCH_OP], Operations } });

/** What is asked of the users while the work is done. */
async function questions(work: () => Promise<unknown>): Promise<string[]> {
  const asked: string[] = [];
  const { store } = rollcall.world;
  const original = store.workspace.bind(store);
  const spied = (reader: WorkspaceReader): WorkspaceReader => ({
    ...reader,
    users: new Proxy(reader.users, {
      get: (users, name) => {
        const value: unknown = Reflect.get(users, name, users);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]) => {
          asked.push(String(name));
          return Reflect.apply(value, users, args) as unknown;
        };
      },
    }),
  });
  (store as { workspace: Store['workspace'] }).workspace = (id) => spied(original(id));
  try {
    await work();
  } finally {
    (store as { workspace: Store['workspace'] }).workspace = original;
  }
  return asked;
}

describe('RFC 7643 §4.3 manager', () => {
  it('of this workspace is told with address and name, in every answer', async () => {
    const boss = await created();
    const manager = { value: boss.id, $ref: boss.meta.location, displayName: boss.displayName };
    const post = await created(managedBy({ value: boss.id }));
    expect(post[ENTERPRISE]).toEqual({ manager });
    expect((await read(post.id))[ENTERPRISE]).toEqual({ manager });
    const viaText = await patch((await created()).id, { op: 'add', path: 'manager', value: boss.id });
    expect(viaText.body[ENTERPRISE]).toEqual({ manager });
    const { body } = await scim(workspace, 'GET', `/Users?filter=${encodeURIComponent(`id eq "${post.id}"`)}`);
    expect(body.Resources[0][ENTERPRISE]).toEqual({ manager });
  });

  it('displayName is the name of now, and what a client sends for it is ignored', async () => {
    const boss = await created();
    const { id } = await created(managedBy({ value: boss.id, displayName: 'Somebody Else' }));
    await setDisplayNameOverride(workspace.ctx, boss.id, 'The Boss');
    expect((await read(id))[ENTERPRISE].manager.displayName).toBe('The Boss');
    const nested = await patch(id, { op: 'replace', path: 'manager', value: { value: boss.id, displayName: 'X' } });
    expect(nested.body[ENTERPRISE].manager.displayName).toBe('The Boss');
    const direct = await patch(id, { op: 'replace', path: `${ENTERPRISE}:manager.displayName`, value: 'X' });
    expect([direct.status, direct.body.scimType]).toEqual([400, 'mutability']);
  });

  it('who is no user here is kept as sent, without a name', async () => {
    const sent = { value: '88', $ref: '../Users/88', displayName: 'Ada Kim' };
    const { id, ...body } = await created(managedBy(sent));
    expect(body[ENTERPRISE].manager).toEqual({ value: '88', $ref: '../Users/88' });
    expect((await read(id))[ENTERPRISE].manager).toEqual({ value: '88', $ref: '../Users/88' });
  });

  it('D2: of another workspace is never told, whoever names them', async () => {
    const other = await rollcall.workspace(`other-${serial}`);
    const stranger = await created({ displayName: 'Secret Stranger' }, other);
    const { id } = await created(managedBy({ value: stranger.id }));
    for (const path of [`/Users/${id}`, '/Users?count=1000']) {
      const { text } = await scim(workspace, 'GET', path);
      expect(text).toContain(`{"value":"${stranger.id}"}`);
      expect(text).not.toContain('Secret Stranger');
      expect(text).not.toContain(`/Users/${stranger.id}`);
    }
  });

  it('who is deleted is no longer told; the value stays', async () => {
    const boss = await created();
    const { id } = await created(managedBy({ value: boss.id }));
    expect((await scim(workspace, 'DELETE', `/Users/${boss.id}`)).status).toBe(204);
    expect((await read(id))[ENTERPRISE].manager).toEqual({ value: boss.id });
  });

  it('sent back as read changes nothing, so that it follows the user whom it names', async () => {
    const boss = await created();
    const { id } = await created(managedBy({ value: boss.id }));
    const before = await read(id);
    const put = await scim(workspace, 'PUT', `/Users/${id}`, { body: before });
    expect(put.body.meta.version).toBe(before.meta.version);
    const { profile } = (await workspace.ctx.store.workspace(workspace.ctx.workspaceId).users.get(id))!;
    expect(profile.enterprise).toEqual({ manager: { value: boss.id } });
  });

  it('of a whole page costs one question, and none where nobody has one or it is not asked for', async () => {
    const boss = await created();
    const list =
      (query = '') =>
      () =>
        scim(workspace, 'GET', `/Users?count=1000${query}`);
    for (let n = 0; n < 5; n += 1) await created(managedBy({ value: n === 0 ? 'unknown' : boss.id }));
    expect(await questions(list())).toEqual(['find', 'many']);
    expect(await questions(list('&attributes=userName'))).toEqual(['find']);
    expect(await questions(list(`&excludedAttributes=${ENTERPRISE}:manager`))).toEqual(['find']);
    expect(await questions(list(`&attributes=${ENTERPRISE}:manager.displayName`))).toEqual(['find', 'many']);
    expect(await questions(list(`&filter=${encodeURIComponent('not (manager pr)')}`))).toEqual(['find']);
  });
});
