import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { User } from '../src/domain/user.ts';
import { updateWorkspace } from '../src/domain/workspace-commands.ts';
import { globalId } from '../src/graphql/ids.ts';
import { graphql } from './support/graphql-client.ts';
import { startRollcall, type Rollcall, type TestWorkspace } from './support/rollcall.ts';
import { scim, type ScimAnswer } from './support/scim-client.ts';

let rollcall: Rollcall;
let ws: TestWorkspace;
let owner: User;
let token: string;
let serial = 0;

beforeAll(async () => {
  rollcall = await startRollcall();
});
afterAll(() => rollcall.close());
beforeEach(async () => {
  serial += 1;
  ws = await rollcall.workspace(`acme-${serial}`);
  owner = await ws.user({ userName: 'owner@acme.example' }, 'OWNER');
  token = await ws.token(owner);
});

interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly rule?: string;
}

/** What GraphQL answers to a mutation that is refused. */
async function byGraphql(field: string, input: object): Promise<Refusal> {
  const type = `${field[0]!.toUpperCase()}${field.slice(1)}Input`;
  const data = await graphql(
    rollcall.url,
    token,
    `mutation ($input: ${type}!) { ${field}(input: $input) { __typename
      ... on MutationError { code message } ${field === 'createTeam' ? '' : '... on RuleBrokenError { rule }'} } }`,
    { input },
  );
  return data[field];
}

/** What SCIM answers, and the code in the log beside it. */
async function byScim(call: () => Promise<ScimAnswer>): Promise<{ answer: ScimAnswer; code: string | null }> {
  const answer = await call();
  const { items } = await ws.ctx.store.workspace(ws.ctx.workspaceId).events.page({}, { first: 1 });
  return { answer, code: items[0]?.item.errorCode ?? null };
}

const stored = (user: User) => ws.ctx.store.workspace(ws.ctx.workspaceId).users.get(user.id);
const idOf = (user: User) => ({ userId: globalId('User', user.id) });
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const patch = (user: User, value: object, headers: Record<string, string> = {}) =>
  scim(ws, 'PATCH', `/Users/${user.id}`, {
    body: { schemas: [PATCH], Operations: [{ op: 'replace', value }] },
    headers,
  });

describe('a rule that both faces can meet', () => {
  it('LAST_OWNER: the last owner is deactivated by neither', async () => {
    const person = await byGraphql('deactivateUser', idOf(owner));
    const { answer, code } = await byScim(() => patch(owner, { active: false }));
    expect(person).toMatchObject({ rule: 'LAST_OWNER' });
    expect([answer.status, code]).toEqual([403, 'LAST_OWNER']);
    expect(answer.body.detail).toContain(person.message);
    expect(await stored(owner)).toEqual(
      expect.objectContaining({ status: 'ACTIVE', version: 1, managedBy: 'WORKSPACE' }),
    );
  });

  it('LAST_OWNER: the last owner is deleted by neither', async () => {
    const person = await byGraphql('deleteUser', idOf(owner));
    const { answer, code } = await byScim(() => scim(ws, 'DELETE', `/Users/${owner.id}`));
    expect(person).toMatchObject({ rule: 'LAST_OWNER' });
    expect([answer.status, code]).toEqual([403, 'LAST_OWNER']);
    expect(answer.body.detail).toContain(person.message);
    expect(await stored(owner)).toMatchObject({ version: 1 });
  });

  it('SSO_NOT_IN_SUBSCRIPTION: neither makes a key, nor works one', async () => {
    await updateWorkspace(ws.ctx, { plan: 'BUSINESS' });
    const person = await byGraphql('generateScimCredential', { name: 'Okta 2' });
    const { answer, code } = await byScim(() => scim(ws, 'POST', '/Users', { body: { userName: 'x@acme.example' } }));
    expect(person).toMatchObject({ rule: 'SSO_NOT_IN_SUBSCRIPTION' });
    expect([answer.status, code]).toEqual([403, 'SSO_NOT_IN_SUBSCRIPTION']);
    expect(answer.body.detail).toContain(person.message);
    const reader = ws.ctx.store.workspace(ws.ctx.workspaceId);
    expect(await reader.users.count({})).toBe(1);
    expect(await reader.credentials.all()).toHaveLength(1);
  });
});

describe('a refusal that both faces know', () => {
  it('of a user name that is taken, without regard to case', async () => {
    const maya = await ws.user({ userName: 'maya@acme.example' });
    const person = await byGraphql('updateUser', { ...idOf(maya), expectedVersion: 1, userName: 'OWNER@acme.example' });
    const { answer, code } = await byScim(() => patch(maya, { userName: 'OWNER@acme.example' }));
    expect(person.code).toBe('ALREADY_EXISTS');
    expect([answer.status, answer.body.scimType, code]).toEqual([409, 'uniqueness', 'ALREADY_EXISTS']);
    for (const text of [person.message, answer.body.detail]) expect(text).toContain('"OWNER@acme.example"');
    expect(await stored(maya)).toMatchObject({ userName: 'maya@acme.example', version: 1 });
  });

  it('of an older version', async () => {
    const maya = await ws.user({ userName: 'maya@acme.example' });
    const person = await byGraphql('updateUser', { ...idOf(maya), expectedVersion: 7, title: 'Counsel' });
    const { answer, code } = await byScim(() => patch(maya, { title: 'Counsel' }, { 'If-Match': 'W/"7"' }));
    expect(person.code).toBe('VERSION_CONFLICT');
    expect([answer.status, code]).toEqual([412, 'VERSION_CONFLICT']);
    expect(answer.body.detail).toContain(person.message);
    expect(await stored(maya)).toMatchObject({ version: 1, profile: {} });
  });

  it('of one who is not there', async () => {
    const nobody = { ...owner, id: ws.ctx.ids.next() };
    const person = await byGraphql('deleteUser', idOf(nobody));
    const { answer, code } = await byScim(() => scim(ws, 'DELETE', `/Users/${nobody.id}`));
    expect(person.code).toBe('NOT_FOUND');
    expect([answer.status, code]).toEqual([404, 'NOT_FOUND']);
    for (const text of [person.message, answer.body.detail])
      expect(text).toMatch(/^There is no user ".+" in this workspace\.|^There is no user with the ID/u);
  });

  it.each([
    ['userName', ' maya', 'begins or ends with a space'],
    ['displayName', 'Maya\u202eOrtiz', 'U+202E'],
    ['displayName', 'x'.repeat(257), '257 characters'],
  ])('of a %s that cannot be taken: %j', async (field, value, fault) => {
    const maya = await ws.user({ userName: 'maya@acme.example' });
    const person = await byGraphql('updateUser', { ...idOf(maya), expectedVersion: 1, [field]: value });
    const { answer, code } = await byScim(() => patch(maya, { [field]: value }));
    expect(person.code).toBe('INVALID_INPUT');
    expect([answer.status, answer.body.scimType, code]).toEqual([400, 'invalidValue', 'INVALID_REQUEST']);
    for (const text of [person.message, answer.body.detail]) expect(text).toContain(fault);
    expect(await stored(maya)).toMatchObject({ version: 1, profile: {} });
  });

  it('of the name of a team that is taken', async () => {
    await byGraphql('createTeam', { name: 'Legal' });
    const person = await byGraphql('createTeam', { name: 'LEGAL' });
    const { answer, code } = await byScim(() => scim(ws, 'POST', '/Groups', { body: { displayName: 'LEGAL' } }));
    expect(person.code).toBe('ALREADY_EXISTS');
    expect([answer.status, answer.body.scimType, code]).toEqual([409, 'uniqueness', 'ALREADY_EXISTS']);
    expect(await ws.ctx.store.workspace(ws.ctx.workspaceId).teams.count({})).toBe(1);
  });
});

describe('every rule of the domain', () => {
  /** Who can meet each rule: a rule that is added has to be placed here, and tested above where both can. */
  const FACES: Readonly<Record<string, 'both' | 'people' | 'directory'>> = {
    ACCESS_TOKEN_LIMIT: 'people',
    CREDENTIAL_LIMIT: 'people',
    CREDENTIAL_NOT_USABLE: 'people',
    GROUP_PUSH_OFF: 'directory',
    INVITATION_NOT_USABLE: 'people',
    LAST_OWNER: 'both',
    MANAGED_BY_DIRECTORY: 'people',
    OVERRIDE_NOT_ALLOWED: 'people',
    PROVISIONING_PAUSED: 'directory',
    ROLE_GIVEN_BY_TEAM: 'people',
    SIGN_IN_REFUSED: 'people',
    SSO_NOT_IN_SUBSCRIPTION: 'both',
  };

  it('is placed with the face or faces that can meet it', () => {
    const text = readFileSync(new URL('../src/domain/errors.ts', import.meta.url), 'utf8');
    const union = /export type Rule =(?<rules>[^;]*);/u.exec(text)!.groups!['rules']!;
    const rules = [...union.matchAll(/'(\w+)'/gu)].map(([, rule]) => rule!);
    expect(rules.toSorted()).toEqual(Object.keys(FACES).toSorted());
  });

  it('that both can meet has a test of its own', () => {
    const tests = readFileSync(new URL(import.meta.url), 'utf8');
    const shared = Object.keys(FACES).filter((rule) => FACES[rule] === 'both');
    expect(shared.filter((rule) => !tests.includes(`it('${rule}: `))).toEqual([]);
  });
});
