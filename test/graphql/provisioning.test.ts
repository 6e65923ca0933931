import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateScimCredential } from '../../src/domain/scim-credential-commands.ts';
import { REMEDIES, type ProvisioningEvent } from '../../src/domain/provisioning-event.ts';
import { deleteUser, updateUser } from '../../src/domain/user-commands.ts';
import { globalId } from '../../src/graphql/ids.ts';
import { callOf, directoryOf, eventOf } from './support/directory.ts';
import { person, startServer, type Tenant, type TestServer } from './support/server.ts';

const EVENTS = `query ($filter: ProvisioningEventFilter, $first: Int, $last: Int, $before: String, $after: String) {
  workspace { provisioning { events(filter: $filter, first: $first, last: $last, before: $before, after: $after) {
    totalCount pageInfo { startCursor endCursor hasNextPage hasPreviousPage }
    nodes { id occurredAt durationMs requestId httpMethod path httpStatus ipAddress userAgent operation outcome summary
      error { code scimType detail remedy { text audience oktaLocation } } changes { path before after redacted } tolerated
      credential { id name } target { ... on User { id userName } } targetName }
  } } }
}`;

let server: TestServer;
let acme: Tenant;

beforeAll(async () => {
  server = await startServer();
  acme = await server.tenant('acme');
});
afterAll(() => server.close());

const events = async (variables: object = {}, tenant = acme) => {
  const { data, errors } = await server.ask(tenant.tokens.OWNER, EVENTS, variables);
  expect(errors).toEqual([]);
  return data.workspace.provisioning.events;
};
const record = (tenant: Tenant, changes: Partial<ProvisioningEvent>) => {
  const event = eventOf(tenant.system, changes);
  server.world.store.journal.record(event);
  server.world.store.journal.tally(event);
  return event;
};

describe('Workspace.provisioning', () => {
  const ALL = `{ workspace { name provisioning { id status paused baseUrl version oktaFields { label value }
    settings { defaultRole passwordSync groupPush displayNameOverrideAllowed maxCredentialLifetimeDays }
    viewerCanGenerateCredential { allowed missingPermission brokenRule explanation } } } }`;

  it('tells an admin where provisioning stands and what to enter in Okta', async () => {
    const { data } = await server.ask(acme.tokens.ADMIN, ALL);
    expect(data.workspace.provisioning).toEqual({
      id: globalId('Provisioning', acme.workspace.id),
      status: 'NO_CREDENTIAL',
      paused: false,
      baseUrl: 'https://rollcall.test/scim/acme/v2',
      version: 1,
      oktaFields: [
        { label: 'Base URL', value: 'https://rollcall.test/scim/acme/v2' },
        { label: 'Unique identifier field for users', value: 'userName' },
        {
          label: 'Supported provisioning actions',
          value:
            'Import New Users and Profile Updates, Push New Users, Push Profile Updates, Push Groups, Import Groups',
        },
        { label: 'Authentication Mode', value: 'HTTP Header' },
      ],
      settings: {
        defaultRole: 'MEMBER',
        passwordSync: false,
        groupPush: true,
        displayNameOverrideAllowed: true,
        maxCredentialLifetimeDays: null,
      },
      viewerCanGenerateCredential: { allowed: true, missingPermission: null, brokenRule: null, explanation: null },
    });
  });

  it('is FORBIDDEN to a member, who still gets the fields beside it', async () => {
    const { status, data, errors } = await server.ask(acme.tokens.MEMBER, ALL);
    expect(status).toBe(200);
    expect(data).toEqual({ workspace: { name: 'The acme company', provisioning: null } });
    expect(errors).toMatchObject([
      {
        path: ['workspace', 'provisioning'],
        message: expect.stringContaining('MANAGE_SECURITY_AND_IDENTITY'),
        extensions: { code: 'FORBIDDEN', permission: 'MANAGE_SECURITY_AND_IDENTITY' },
      },
    ]);
  });

  it('goes through its states as credentials and calls come', async () => {
    const tenant = await server.tenant('states');
    const status = async () =>
      (await server.ask(tenant.tokens.OWNER, '{ workspace { provisioning { status } } }')).data.workspace.provisioning
        .status;
    const { credential } = await generateScimCredential(tenant.system, { name: 'Okta' });
    expect(await status()).toBe('AWAITING_FIRST_CALL');
    record(tenant, { credentialId: credential.id });
    expect(await status()).toBe('HEALTHY');
    record(tenant, { credentialId: credential.id, outcome: 'REFUSED', errorCode: 'NOT_FOUND', httpStatus: 404 });
    expect(await status()).toBe('DEGRADED');
  });
});

describe('Provisioning.events', () => {
  it('tells the story of a write: what changed, with which credential, to whom', async () => {
    const { credential } = await generateScimCredential(acme.system, { name: 'Okta' });
    const ctx = directoryOf(acme.system, credential.id);
    const call = callOf(ctx, { credentialId: credential.id, tolerated: ['`groups` was ignored.'] });
    const ada = await person({ ...ctx, call }, 'ada@acme.example', undefined, { displayName: 'Ada Lovelace' });
    const filter = { targetId: globalId('User', ada.id) };
    const { totalCount, nodes } = await events({ filter });
    expect(totalCount).toBe(1);
    expect(nodes[0]).toMatchObject({
      occurredAt: '2026-03-01T09:30:00.000Z',
      durationMs: 1.5,
      requestId: call.requestId,
      httpMethod: 'POST',
      path: '/Users',
      httpStatus: 201,
      ipAddress: '192.0.2.1',
      userAgent: 'Okta SCIM Client 1.0.0',
      operation: 'CREATE_USER',
      outcome: 'SUCCEEDED',
      summary: 'Created Ada Lovelace',
      error: null,
      tolerated: ['`groups` was ignored.'],
      credential: { id: globalId('ScimCredential', credential.id), name: 'Okta' },
      target: { id: globalId('User', ada.id), userName: 'ada@acme.example' },
      targetName: 'Ada Lovelace',
    });
    expect(nodes[0].changes).toContainEqual({
      path: 'displayName',
      before: null,
      after: '"Ada Lovelace"',
      redacted: false,
    });
    const byNode = await server.ask(
      acme.tokens.OWNER,
      'query ($id: ID!) { node(id: $id) { ... on ProvisioningEvent { summary } } }',
      {
        id: nodes[0].id,
      },
    );
    expect(byNode.data.node.summary).toBe('Created Ada Lovelace');
  });

  it('keeps the name of a target that is deleted', async () => {
    const ctx = directoryOf(acme.system);
    const bob = await person({ ...ctx, call: callOf(ctx) }, 'bob@acme.example');
    const change = (user: object) => ({ ...user, userName: 'bob@acme.example', active: true, title: 'Clerk' });
    await updateUser({ ...ctx, call: callOf(ctx) }, bob.id, change);
    const filter = { targetId: globalId('User', bob.id) };
    expect((await events({ filter })).nodes.map((node: { operation: string }) => node.operation)).toEqual([
      'UPDATE_USER',
      'CREATE_USER',
    ]);
    await deleteUser({ ...ctx, call: callOf(ctx) }, bob.id);
    for (const node of (await events({ filter })).nodes)
      expect(node).toMatchObject({ target: null, targetName: 'bob@acme.example' });
  });

  it('says what to do about an error', async () => {
    const detail = 'There is no user 42.';
    record(acme, { errorCode: 'NOT_FOUND', outcome: 'REFUSED', httpStatus: 404, detail, requestId: 'refused-1' });
    const { nodes } = await events({ filter: { requestId: 'refused-1' } });
    expect(nodes[0].error).toEqual({ code: 'NOT_FOUND', scimType: null, detail, remedy: REMEDIES.NOT_FOUND });
  });

  it('narrows by outcome, operation, error, credential, target, time and request; an unknown ID matches nothing', async () => {
    const tenant = await server.tenant('filters');
    const credentialId = tenant.system.ids.next();
    const [targetId, targetType] = [tenant.member.id, 'User'] as const;
    const old = record(tenant, { occurredAt: '2026-02-01T00:00:00.000Z', credentialId, targetId, targetType });
    const late = record(tenant, { outcome: 'REFUSED', errorCode: 'PAUSED', operation: 'OTHER', httpStatus: 403 });
    const found = async (filter: object) =>
      (await events({ filter }, tenant)).nodes.map((node: { requestId: string }) => node.requestId);
    expect(await found({})).toEqual([late.requestId, old.requestId]);
    expect(await found({ outcomes: ['REFUSED', 'FAILED'] })).toEqual([late.requestId]);
    expect(await found({ operations: ['READ_USERS'] })).toEqual([old.requestId]);
    expect(await found({ errorCodes: ['PAUSED'] })).toEqual([late.requestId]);
    expect(await found({ credentialId: globalId('ScimCredential', credentialId) })).toEqual([old.requestId]);
    expect(await found({ occurredFrom: '2026-02-01T01:00:00+01:00' })).toHaveLength(2);
    expect(await found({ occurredBefore: '2026-02-01T00:00:00.001Z' })).toEqual([old.requestId]);
    expect(await found({ outcomes: null, credentialId: null, requestId: null })).toHaveLength(2);
    for (const id of ['nonsense', credentialId, globalId('User', credentialId)])
      expect(await found({ credentialId: id })).toEqual([]);
    expect(await found({ targetId: 'nonsense' })).toEqual([]);
    expect(await found({ targetId: globalId('User', targetId) })).toEqual([old.requestId]);
    expect(await found({ requestId: late.requestId })).toEqual([late.requestId]);
    // Conditions are joined by AND.
    expect(await found({ requestId: late.requestId, targetId: globalId('User', targetId) })).toEqual([]);
    expect(await found({ outcomes: [] })).toEqual([]);
  });

  it('can be polled for what is newer than the newest cursor seen', async () => {
    const tenant = await server.tenant('polled');
    record(tenant, { summary: 'one' });
    record(tenant, { summary: 'two' });
    const { startCursor } = (await events({ first: 1 }, tenant)).pageInfo;
    expect((await events({ last: 100, before: startCursor }, tenant)).nodes).toEqual([]);
    record(tenant, { summary: 'three' });
    const { nodes, pageInfo } = await events({ last: 100, before: startCursor }, tenant);
    expect(nodes.map((node: { summary: string }) => node.summary)).toEqual(['three']);
    expect(pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
  });

  it('counts 10,000 exactly and no further', async () => {
    const tenant = await server.tenant('many');
    await server.world.store.inWorkspace(tenant.workspace.id, async (tx) => {
      for (let n = 0; n < 10_000; n += 1) await tx.recordProvisioningEvent(eventOf(tenant.system));
    });
    expect((await events({ first: 1 }, tenant)).totalCount).toBe(10_000);
    record(tenant, {});
    expect((await events({ first: 1 }, tenant)).totalCount).toBeNull();
  });
});
