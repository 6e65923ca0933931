import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { updateProvisioningSettings } from '../../src/domain/provisioning-settings-commands.ts';
import { generateScimCredential, revokeScimCredential } from '../../src/domain/scim-credential-commands.ts';
import type { Context } from '../../src/domain/ports.ts';
import { createTeam } from '../../src/domain/team-commands.ts';
import { deactivateUser } from '../../src/domain/user-access.ts';
import { updateUser } from '../../src/domain/user-commands.ts';
import { MINUTE } from '../../src/domain/values.ts';
import { callOf, directoryOf, eventOf } from './support/directory.ts';
import { person, startServer, type Tenant, type TestServer } from './support/server.ts';

let server: TestServer;
let acme: Tenant;
let count = 0;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  count += 1;
  acme = await server.tenant(`acme-${count}`);
});

interface Step {
  readonly key: string;
  readonly title: string;
  readonly instructions: string;
  readonly status: string;
  readonly completedAt: string | null;
  readonly remedy: { text: string; audience: string; oktaLocation: string | null } | null;
  readonly oktaLocation: string | null;
}

async function checklist(): Promise<Step[]> {
  const { data, errors } = await server.ask(
    acme.tokens.ADMIN,
    `{ workspace { provisioning { setupChecklist { key title instructions status completedAt oktaLocation
      remedy { text audience oktaLocation } } } } }`,
  );
  expect(errors).toEqual([]);
  return data.workspace.provisioning.setupChecklist;
}

const statuses = async () => Object.fromEntries((await checklist()).map(({ key, status }) => [key, status]));
const stepOf = async (key: string) => (await checklist()).find((step) => step.key === key)!;

/** A call of the directory, counted as the SCIM face counts it. */
async function calls<T>(ctx: Context, work: (ctx: Context) => Promise<T>): Promise<T> {
  const call = callOf(ctx, { credentialId: ctx.actor.kind === 'scimCredential' ? ctx.actor.credentialId : null });
  const done = await work({ ...ctx, call });
  server.world.store.journal.tally(call.written ?? eventOf(ctx, { credentialId: call.credentialId }));
  return done;
}

async function connected(): Promise<Context> {
  const { credential } = await generateScimCredential(acme.system, { name: 'Okta' });
  const ctx = directoryOf(acme.system, credential.id);
  await calls(ctx, async () => undefined);
  const use = { workspaceId: acme.workspace.id, credentialId: credential.id, ipAddress: '192.0.2.1', userAgent: null };
  server.world.store.journal.credentialUsed({ ...use, at: server.world.clock.now() });
  return ctx;
}

describe('the setup checklist', () => {
  it('begins with the credential where SSO is included', async () => {
    expect(await checklist()).toMatchObject([
      { key: 'GET_SSO', status: 'DONE', completedAt: acme.workspace.createdAt, remedy: null },
      { key: 'GENERATE_CREDENTIAL', status: 'TO_DO', completedAt: null, remedy: null, oktaLocation: null },
      { key: 'CONNECT_OKTA', status: 'BLOCKED', remedy: { audience: 'WORKSPACE_ADMIN' } },
      { key: 'PROVISION_FIRST_USER', status: 'BLOCKED' },
      { key: 'DEPROVISION_FIRST_USER', status: 'BLOCKED' },
      { key: 'PUSH_FIRST_GROUP', status: 'BLOCKED' },
    ]);
  });

  it('is blocked as a whole where SSO is not included', async () => {
    acme = await server.tenant(`free-${count}`, 'FREE');
    const [first, ...others] = await checklist();
    expect(first).toMatchObject({ key: 'GET_SSO', status: 'TO_DO', completedAt: null, remedy: null });
    expect(others.every(({ status, remedy }) => status === 'BLOCKED' && remedy!.text.includes('SSO'))).toBe(true);
  });

  it('goes on step by step as the directory calls, with the time of each', async () => {
    const began = server.world.clock.now();
    const ctx = await connected();
    expect(await statuses()).toMatchObject({
      GENERATE_CREDENTIAL: 'DONE',
      CONNECT_OKTA: 'DONE',
      PROVISION_FIRST_USER: 'TO_DO',
      DEPROVISION_FIRST_USER: 'BLOCKED',
      PUSH_FIRST_GROUP: 'TO_DO',
    });
    expect(await stepOf('CONNECT_OKTA')).toMatchObject({ completedAt: began });
    server.world.clock.advance(3 * MINUTE);
    const maya = await calls(ctx, (each) => person(each, 'maya@acme.example'));
    expect(await stepOf('PROVISION_FIRST_USER')).toMatchObject({ status: 'DONE', completedAt: maya.createdAt });
    expect(await stepOf('DEPROVISION_FIRST_USER')).toMatchObject({ status: 'TO_DO', completedAt: null });
    server.world.clock.advance(MINUTE);
    await calls(ctx, (each) => updateUser(each, maya.id, (user) => ({ ...user, active: false })));
    // It is known to the hour, and never before the step that it needs.
    expect(await stepOf('DEPROVISION_FIRST_USER')).toMatchObject({ status: 'DONE', completedAt: maya.createdAt });
    const team = await calls(ctx, (each) => createTeam(each, { name: 'Legal' }));
    expect(await stepOf('PUSH_FIRST_GROUP')).toMatchObject({ status: 'DONE', completedAt: team.createdAt });
  });

  it('counts a user or team that the directory took over', async () => {
    const ctx = await connected();
    await calls(ctx, (each) => updateUser(each, acme.member.id, (user) => ({ ...user, externalId: '00u1' })));
    expect((await stepOf('PROVISION_FIRST_USER')).status).toBe('DONE');
  });

  it('does not count what people do here', async () => {
    await connected();
    await deactivateUser(acme.system, acme.member.id);
    await createTeam(acme.system, { name: 'ours' });
    expect(await statuses()).toMatchObject({
      PROVISION_FIRST_USER: 'TO_DO',
      DEPROVISION_FIRST_USER: 'BLOCKED',
      PUSH_FIRST_GROUP: 'TO_DO',
    });
  });

  it('asks for a credential again once the last has ended', async () => {
    const { credential } = await generateScimCredential(acme.system, { name: 'Okta' });
    await revokeScimCredential(acme.system, credential.id);
    expect((await stepOf('GENERATE_CREDENTIAL')).status).toBe('TO_DO');
  });

  it('waits while provisioning is paused, and leaves groups out while group push is off', async () => {
    await generateScimCredential(acme.system, { name: 'Okta' });
    await updateProvisioningSettings(acme.system, { paused: true, groupPush: false }, 1);
    expect(await stepOf('CONNECT_OKTA')).toMatchObject({ status: 'BLOCKED', remedy: { audience: 'WORKSPACE_ADMIN' } });
    expect(await stepOf('PUSH_FIRST_GROUP')).toMatchObject({
      status: 'NOT_APPLICABLE',
      completedAt: null,
      remedy: null,
    });
  });

  it('names the screens and labels as Okta does', async () => {
    const steps = await checklist();
    const instructions = (key: string) => steps.find((step) => step.key === key)!.instructions;
    for (const label of ['Base URL', 'API Token', 'Enable API Integration', 'Test API Credentials'])
      expect(instructions('CONNECT_OKTA')).toContain(`**${label}**`);
    for (const label of ['Create Users', 'Update User Attributes', 'Deactivate Users'])
      expect(instructions('PROVISION_FIRST_USER')).toContain(`**${label}**`);
    expect(instructions('PUSH_FIRST_GROUP')).toContain('**Push Groups**');
    expect(steps.map(({ oktaLocation }) => oktaLocation?.split(' → ').at(-1) ?? null)).toEqual([
      null,
      null,
      'Integration',
      'To App',
      'Assignments',
      'Push Groups',
    ]);
  });
});
