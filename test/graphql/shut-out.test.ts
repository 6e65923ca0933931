import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { updateProvisioningSettings } from '../../src/domain/provisioning-settings-commands.ts';
import { signInWithPassword } from '../../src/domain/sign-in.ts';
import { createUser, updateUser } from '../../src/domain/user-commands.ts';
import type { User } from '../../src/domain/user.ts';
import { ON_POSTGRESQL } from '../support/database.ts';
import { startRollcall, type Rollcall, type TestWorkspace } from '../support/rollcall.ts';
import { scim } from '../support/scim-client.ts';

const PASSWORD = 'correct horse battery';

let rollcall: Rollcall;
let acme: TestWorkspace;
let serial = 0;

beforeAll(async () => {
  rollcall = await startRollcall();
  acme = await rollcall.workspace('acme');
  await updateProvisioningSettings(acme.ctx, { passwordSync: true }, 1);
});
afterAll(() => rollcall.close());

/** A user with so many sessions and access tokens, as the headers that each is presented in. */
async function someone(sessions: number, tokens: number): Promise<{ user: User; ways: Record<string, string>[] }> {
  serial += 1;
  const user = await createUser(acme.ctx, { userName: `person.${serial}`, active: true }, 'ADMIN', PASSWORD);
  const signIn = () =>
    signInWithPassword(rollcall.world, { slug: 'acme', userName: user.userName, password: PASSWORD });
  const ways: Record<string, string>[] = [];
  for (let n = 0; n < sessions; n += 1) ways.push({ cookie: `__Host-rollcall=${(await signIn()).secret}` });
  for (let n = 0; n < tokens; n += 1) ways.push({ authorization: `Bearer ${await acme.token(user)}` });
  return { user, ways };
}

async function isLetIn(headers: Record<string, string>): Promise<boolean> {
  const response = await fetch(`${rollcall.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: '{"query": "{ workspace { id } }"}',
  });
  const { data, errors } = (await response.json()) as {
    data: { workspace: object | null };
    errors?: { extensions: object }[];
  };
  if (data.workspace !== null) return true;
  expect(errors?.map(({ extensions }) => extensions)).toEqual([{ code: 'UNAUTHENTICATED' }]);
  return false;
}

describe('deactivation (C5)', () => {
  it('over SCIM refuses the very next request of 50 sessions and 10 access tokens', async () => {
    const { user, ways } = await someone(50, 10);
    expect(ways).toHaveLength(60);
    for (const way of ways) expect(await isLetIn(way)).toBe(true);
    const { status } = await scim(acme, 'PATCH', `/Users/${user.id}`, {
      body: {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
        Operations: [{ op: 'replace', value: { active: false } }],
      },
    });
    expect(status).toBe(200);
    const letIn = await Promise.all(ways.map(isLetIn));
    expect(letIn.filter(Boolean)).toEqual([]);
    const left = await rollcall.world.store.inWorkspace(user.workspaceId, async (tx) => [
      ...(await tx.sessions.ofUser(user.id)),
      ...(await tx.accessTokens.ofUser(user.id)),
    ]);
    expect(left).toEqual([]);
  });

  it.each([
    ['by an admin', (user: User) => updateUser(acme.ctx, user.id, (now) => ({ ...now, active: false }))],
    [
      'by SCIM PUT',
      (user: User) => scim(acme, 'PUT', `/Users/${user.id}`, { body: { userName: user.userName, active: false } }),
    ],
    ['by deletion over SCIM', (user: User) => scim(acme, 'DELETE', `/Users/${user.id}`)],
  ])('%s does too', async (_by, shutOut) => {
    const { user, ways } = await someone(2, 2);
    await shutOut(user);
    expect(await Promise.all(ways.map(isLetIn))).toEqual([false, false, false, false]);
  });
});

describe('the secret of a session', () => {
  it('stands in no file of the database and no line of the log (C2)', async () => {
    const { ways } = await someone(3, 0);
    for (const way of ways) await isLetIn(way);
    // What PostgreSQL stores it writes elsewhere; the values are the same.
    const ends = ON_POSTGRESQL ? [] : ['', '-wal'];
    const files = ends.map((end) => readFileSync(`${rollcall.databaseFile}${end}`).toString('latin1'));
    for (const { cookie } of ways) {
      const random = cookie!.split('_').at(-1)!;
      for (const text of [...files, rollcall.log.join('')]) expect(text).not.toContain(random.slice(0, 20));
    }
  });
});
