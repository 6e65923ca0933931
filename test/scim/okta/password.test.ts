import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ProvisioningEvent } from '../../../src/domain/provisioning-event.ts';
import { updateProvisioningSettings } from '../../../src/domain/provisioning-settings-commands.ts';
import { signInWithPassword } from '../../../src/domain/sign-in.ts';
import { createUser } from '../../../src/domain/user-commands.ts';
import { ON_POSTGRESQL } from '../../support/database.ts';
import { startRollcall, type Rollcall, type TestWorkspace } from '../../support/rollcall.ts';
import { byUserName, scim, type ScimCall } from '../../support/scim-client.ts';

const SCIM_USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const REDACTED = { path: 'password', before: null, after: null, redacted: true };

/** In every password that these tests send. */
const CANARY = 'cAnArY-7f3a';
const OLD = `old ${CANARY} one`;
const NEW = `new ${CANARY} one`;

let rollcall: Rollcall;
let synced: TestWorkspace;
let plain: TestWorkspace;
let serial = 0;
/** Every answer of the SCIM face. */
const answers: string[] = [];

beforeAll(async () => {
  rollcall = await startRollcall({ LOG_LEVEL: 'debug' });
  synced = await rollcall.workspace('synced');
  plain = await rollcall.workspace('plain');
  await updateProvisioningSettings(synced.ctx, { passwordSync: true }, 1);
});
beforeEach(() => void (serial += 1));
afterAll(() => rollcall.close());

async function call(workspace: TestWorkspace, method: string, path: string, body?: object, more: ScimCall = {}) {
  const answer = await scim(workspace, method, path, { ...more, ...(body === undefined ? {} : { body }) });
  answers.push(answer.text);
  return answer;
}

const userName = () => `Person.${serial}@Acme.example`;
const newcomer = (over: object = {}) => ({
  schemas: [SCIM_USER],
  userName: userName(),
  name: { givenName: 'Person', familyName: `No${serial}` },
  emails: [{ primary: true, value: userName(), type: 'work' }],
  displayName: `Person No${serial}`,
  locale: 'en-US',
  externalId: `00u${serial}`,
  groups: [],
  active: true,
  ...over,
});

async function created(workspace: TestWorkspace, password?: string) {
  const answer = await call(workspace, 'POST', '/Users', newcomer(password === undefined ? {} : { password }));
  expect(answer.status).toBe(201);
  return answer.body;
}

/** How Okta sends a new password: apps made with the wizard PUT the user whom they have just read, others PATCH. */
const DIALECTS = {
  'PUT of the whole user': async (workspace: TestWorkspace, id: string, password: string) => {
    const { body } = await call(workspace, 'GET', `/Users/${id}`);
    return call(workspace, 'PUT', `/Users/${id}`, { ...body, password });
  },
  'PATCH without a path': (workspace: TestWorkspace, id: string, password: string) =>
    patch(workspace, id, { op: 'replace', value: { password } }),
  'PATCH with a path': (workspace: TestWorkspace, id: string, password: string) =>
    patch(workspace, id, { op: 'Replace', path: `${SCIM_USER}:Password`, value: password }),
};
const EACH = Object.entries(DIALECTS);

const patch = (workspace: TestWorkspace, id: string, ...operations: object[]) =>
  call(workspace, 'PATCH', `/Users/${id}`, { schemas: [PATCH_OP], Operations: operations });

const signIn = (workspace: TestWorkspace, password: string) =>
  signInWithPassword(rollcall.world, { slug: workspace.slug, userName: userName().toLowerCase(), password });
const isRefused = (attempt: Promise<unknown>) => expect(attempt).rejects.toThrow('password is wrong');

async function events(workspace: TestWorkspace): Promise<ProvisioningEvent[]> {
  await rollcall.world.store.journal.flush();
  const page = await rollcall.world.store
    .workspace(workspace.ctx.workspaceId)
    .events.page({ operations: ['CREATE_USER', 'UPDATE_USER', 'DEACTIVATE_USER'] }, { first: 100 });
  return page.items.map(({ item }) => item);
}
const lastEvent = async (workspace: TestWorkspace) => (await events(workspace))[0]!;

describe('password sync, on', () => {
  it('keeps the password of a POST, and tells it as withheld', async () => {
    const user = await created(synced, OLD);
    expect(user).not.toHaveProperty('password');
    expect((await signIn(synced, OLD)).user.id).toBe(user.id);
    await isRefused(signIn(synced, NEW));
    const event = await lastEvent(synced);
    expect(event).toMatchObject({ operation: 'CREATE_USER', outcome: 'SUCCEEDED', tolerated: [] });
    expect(event.changes).toContainEqual(REDACTED);
  });

  it.each([
    ['short7', 'The password is too short. Choose one of 8 to 256 characters.'],
    [CANARY.repeat(40), 'The password is too long. Choose one of 8 to 256 characters.'],
    ['userName', 'The password is the userName. Choose another password.'],
  ])('discards one of a POST that breaks a rule, and says which', async (sent, fault) => {
    const password = sent === 'userName' ? userName().toUpperCase() : sent;
    await created(synced, password);
    await isRefused(signIn(synced, password));
    const event = await lastEvent(synced);
    expect(event.tolerated).toEqual([`Created the user without the password that was sent. ${fault}`]);
    expect(event.changes.map(({ path }) => path)).not.toContain('password');
  });

  it.each(EACH)('C9301, C9302: a new password by %s works, the old one does not, and sessions end', async (_, push) => {
    const user = await created(synced, OLD);
    await signIn(synced, OLD);
    const answer = await push(synced, user.id, NEW);
    expect([answer.status, answer.body.meta.version]).toEqual([200, 'W/"2"']);
    expect(answer.body).not.toHaveProperty('password');
    const { store, workspaceId } = synced.ctx;
    expect(await store.inWorkspace(workspaceId, (tx) => tx.sessions.ofUser(user.id))).toEqual([]);
    expect((await signIn(synced, NEW)).user.id).toBe(user.id);
    await isRefused(signIn(synced, OLD));
    expect(await lastEvent(synced)).toMatchObject({
      operation: 'UPDATE_USER',
      outcome: 'SUCCEEDED',
      changes: [REDACTED],
    });
  });

  it.each(EACH)('a first password by %s works', async (_, push) => {
    const user = await created(synced);
    expect((await push(synced, user.id, NEW)).status).toBe(200);
    expect((await signIn(synced, NEW)).user.id).toBe(user.id);
  });

  it.each(EACH)('the same password again by %s changes nothing, and ends no session', async (_, push) => {
    const user = await created(synced, OLD);
    await signIn(synced, OLD);
    const answer = await push(synced, user.id, OLD);
    expect([answer.status, answer.body.meta.version]).toEqual([200, user.meta.version]);
    expect(await lastEvent(synced)).toMatchObject({ outcome: 'UNCHANGED', changes: [] });
    const { store, workspaceId } = synced.ctx;
    expect(await store.inWorkspace(workspaceId, (tx) => tx.sessions.ofUser(user.id))).toHaveLength(1);
  });

  it.each(
    EACH.flatMap(([dialect, push]) => [
      { dialect, push, sent: 'short7', fault: 'The password is too short. Choose one of 8 to 256 characters.' },
      { dialect, push, sent: CANARY.repeat(40), fault: 'The password is too long. Choose one of 8 to 256 characters.' },
      { dialect, push, sent: 'userName', fault: 'The password is the userName. Choose another password.' },
    ]),
  )('a $dialect that breaks a rule is 400 and says which: $fault', async ({ push, sent, fault }) => {
    const user = await created(synced, OLD);
    const answer = await push(synced, user.id, sent === 'userName' ? userName().toUpperCase() : sent);
    expect([answer.status, answer.body.scimType, answer.body.detail]).toEqual([400, 'invalidValue', fault]);
    expect((await signIn(synced, OLD)).user.version).toBe(1);
    expect(await lastEvent(synced)).toMatchObject({ outcome: 'REFUSED', detail: fault });
  });

  it.each(EACH)('one by %s is not an owner’s: whoever holds a key would sign in as one', async (_, push) => {
    const owner = await createUser(synced.ctx, { userName: userName(), active: true }, 'OWNER', OLD);
    expect((await push(synced, owner.id, NEW)).status).toBe(200);
    await isRefused(signIn(synced, NEW));
    expect((await signIn(synced, OLD)).user).toMatchObject({ id: owner.id, role: 'OWNER' });
    const event = await lastEvent(synced);
    expect(event.tolerated).toContain('Discarded the password: the directory sets none for an owner of the workspace.');
    expect(event.changes).not.toContainEqual(REDACTED);
  });

  it('judges the password by the userName that the same PATCH gives', async () => {
    const user = await created(synced, OLD);
    const name = `Other.${serial}@acme.example`;
    const refused = await patch(synced, user.id, { op: 'replace', value: { userName: name, password: name } });
    expect(refused.body.detail).toBe('The password is the userName. Choose another password.');
    const renamed = await patch(synced, user.id, { op: 'replace', value: { userName: name, password: userName() } });
    expect([renamed.status, renamed.body.userName]).toEqual([200, name]);
  });

  it('stays where a PUT or PATCH does not tell it, or the change fails', async () => {
    const user = await created(synced, OLD);
    await call(synced, 'PUT', `/Users/${user.id}`, { ...user, title: 'Counsel' });
    await patch(synced, user.id, { op: 'replace', value: { nickName: 'P' } });
    const outdated = { headers: { 'If-Match': 'W/"1"' } };
    const stale = await call(synced, 'PUT', `/Users/${user.id}`, { ...user, password: NEW }, outdated);
    expect(stale.status).toBe(412);
    const bad = await patch(
      synced,
      user.id,
      { op: 'replace', value: { password: NEW } },
      { op: 'replace', path: 'active', value: 'perhaps' },
    );
    expect(bad.status).toBe(400);
    expect((await signIn(synced, OLD)).user.version).toBe(3);
    expect((await DIALECTS['PATCH without a path'](synced, 'nobody', NEW)).status).toBe(404);
  });

  it('ends sessions with deactivation, and lets the same password in after reactivation', async () => {
    const user = await created(synced, OLD);
    await signIn(synced, OLD);
    await patch(synced, user.id, { op: 'replace', value: { active: false } });
    await isRefused(signIn(synced, OLD));
    await patch(synced, user.id, { op: 'replace', value: { active: true } });
    expect((await signIn(synced, OLD)).user.id).toBe(user.id);
  });

  it('forgets it with the user', async () => {
    const user = await created(synced, OLD);
    expect((await call(synced, 'DELETE', `/Users/${user.id}`)).status).toBe(204);
    await isRefused(signIn(synced, OLD));
    await created(synced);
    await isRefused(signIn(synced, OLD));
  });
});

describe('password sync, off as it is by default', () => {
  const DISCARDED = 'Discarded the password unread: Sync Password is off.';

  it('discards the placeholder of a POST unread', async () => {
    for (const password of [OLD, 'short7', userName()]) {
      serial += 1;
      await created(plain, password);
      await isRefused(signIn(plain, password));
      const event = await lastEvent(plain);
      expect(event).toMatchObject({ outcome: 'SUCCEEDED', tolerated: [DISCARDED] });
      expect(event.changes.map(({ path }) => path)).not.toContain('password');
    }
  });

  it.each(EACH)('discards one of a %s unread, whatever it is', async (_, push) => {
    const user = await created(plain);
    for (const password of [NEW, 'short7', userName()]) {
      const answer = await push(plain, user.id, password);
      expect([answer.status, answer.body.meta.version]).toEqual([200, user.meta.version]);
      await isRefused(signIn(plain, password));
      const event = await lastEvent(plain);
      expect(event).toMatchObject({ outcome: 'UNCHANGED', changes: [] });
      expect(event.tolerated).toContain(DISCARDED);
    }
  });
});

describe('J7: a password', () => {
  it('is never filtered by, sorted by or asked for', async () => {
    const user = await created(synced, OLD);
    for (const filter of [`password eq "${OLD}"`, 'password pr', `${SCIM_USER}:password sw "o"`, 'not (password pr)']) {
      const answer = await call(synced, 'GET', `/Users?filter=${encodeURIComponent(filter)}`);
      expect([answer.status, answer.body.scimType], filter).toEqual([400, 'invalidFilter']);
    }
    for (const path of [`/Users/${user.id}?attributes=password`, `/Users?attributes=userName,password`]) {
      const answer = await call(synced, 'GET', path);
      expect(answer.status).toBe(200);
      expect(answer.text).not.toContain('password');
    }
    expect((await call(synced, 'GET', byUserName(userName()))).text).not.toContain('password');
  });

  it('stands in no answer, no log line, no event and nowhere in the database', async () => {
    const user = await created(synced, OLD);
    await patch(synced, user.id, { op: 'replace', value: { password: { value: NEW } } });
    await patch(synced, user.id, { op: 'replace', path: 'password', value: [NEW, OLD] });
    await call(synced, 'POST', '/Users', undefined, { raw: `{"password": "${NEW}",` });
    expect(answers.length).toBeGreaterThan(50);
    expect(answers.filter((text) => text.includes(CANARY) || text.includes('$argon2'))).toEqual([]);
    const told = JSON.stringify([...(await events(synced)), ...(await events(plain))]);
    expect(told).not.toContain(CANARY);
    expect(told).not.toContain('$argon2');
    expect(rollcall.log.length).toBeGreaterThan(50);
    expect(rollcall.log.filter((line) => line.includes(CANARY) || line.includes('$argon2'))).toEqual([]);
    // What PostgreSQL stores it writes elsewhere; the values are the same.
    if (ON_POSTGRESQL) return;
    const folder = dirname(rollcall.databaseFile);
    const files = readdirSync(folder).filter((name) => name.startsWith(basename(rollcall.databaseFile)));
    const stored = Buffer.concat(files.map((name) => readFileSync(join(folder, name)))).toString('latin1');
    expect(files.length).toBeGreaterThan(1);
    expect(stored).toContain('$argon2id$v=19$m=19456,t=2,p=1$');
    expect(stored).not.toContain(CANARY);
  });
});
