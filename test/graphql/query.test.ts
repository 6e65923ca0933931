import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setDisplayNameOverride } from '../../src/domain/display-name-override.ts';
import { updateUser } from '../../src/domain/user-commands.ts';
import { updateWorkspace } from '../../src/domain/workspace-commands.ts';
import { globalId } from '../../src/graphql/ids.ts';
import { callOf, directoryOf } from './support/directory.ts';
import { person, startServer, type Tenant, type TestServer } from './support/server.ts';

let server: TestServer;
let acme: Tenant;

beforeAll(async () => {
  server = await startServer();
  acme = await server.tenant('acme');
});
afterAll(() => server.close());

describe('Query.server', () => {
  it('answers without sign-in', async () => {
    const { status, data } = await server.ask(undefined, '{ server { version time } }');
    expect(status).toBe(200);
    expect(data).toEqual({ server: { version: '1.2.3', time: '2026-03-01T09:30:00.000Z' } });
  });
});

describe('Query.viewer', () => {
  const VIEWER = '{ viewer { user { id userName role } permissions sessionExpiresAt } }';

  it('is the user of the token with what the role allows', async () => {
    const { data } = await server.ask(acme.tokens.ADMIN, VIEWER);
    expect(data.viewer).toEqual({
      user: { id: globalId('User', acme.admin.id), userName: 'admin@acme.example', role: 'ADMIN' },
      permissions: ['MANAGE_SECURITY_AND_IDENTITY', 'MANAGE_USERS_AND_TEAMS'],
      sessionExpiresAt: null,
    });
  });

  it.each([
    ['nobody', undefined],
    ['a text that is no token', 'nonsense'],
    ['a token with a wrong secret', `pat_0123456789_${'a'.repeat(49)}`],
  ])('is null for %s, without an error', async (_who, token) => {
    const { data, errors } = await server.ask(token, VIEWER);
    expect(data).toEqual({ viewer: null });
    expect(errors).toEqual([]);
  });

  it('is null once the user is deactivated', async () => {
    const { system, tokens, member } = await server.tenant('gone');
    await updateUser(system, member.id, (user) => ({ ...user, active: false }));
    expect((await server.ask(tokens.MEMBER, VIEWER)).data).toEqual({ viewer: null });
  });

  it('is null once the token has expired', async () => {
    const late = await startServer();
    const { tokens } = await late.tenant('late');
    late.world.clock.advance(90 * 24 * 3_600_000 - 1);
    expect((await late.ask(tokens.OWNER, VIEWER)).data.viewer).not.toBeNull();
    late.world.clock.advance(1);
    expect((await late.ask(tokens.OWNER, VIEWER)).data.viewer).toBeNull();
    await late.close();
  });

  it('is active from the first request on', async () => {
    const { tokens } = await server.tenant('active');
    const ACTIVE = '{ viewer { user { lastActiveAt } } }';
    await server.ask(tokens.OWNER, ACTIVE);
    await server.world.store.journal.flush();
    expect((await server.ask(tokens.OWNER, ACTIVE)).data.viewer.user.lastActiveAt).toBe('2026-03-01T09:30:00.000Z');
  });
});

describe('without sign-in', () => {
  it.each([
    '{ workspace { id } }',
    '{ node(id: "x") { id } }',
    '{ nodes(ids: ["x"]) { id } }',
    'mutation { revokeScimCredential(input: { scimCredentialId: "x" }) { __typename } }',
    'mutation { clearDisplayNameOverride(input: { userId: "x" }) { __typename } }',
    'mutation { addTeamMembers(input: { teamId: "x", userIds: [] }) { __typename } }',
    'mutation { updateProvisioningSettings(input: { expectedVersion: 1, paused: true }) { __typename } }',
  ])('%s is UNAUTHENTICATED and null', async (query) => {
    const { status, data, errors } = await server.ask(undefined, query);
    expect(status).toBe(200);
    expect(Object.values(data)).toEqual([null]);
    expect(errors.map((error) => error.extensions)).toEqual([{ code: 'UNAUTHENTICATED' }]);
  });

  it('leaves viewer and server standing beside a refused field', async () => {
    const { data, errors } = await server.ask(
      'wrong',
      '{ viewer { permissions } server { version } workspace { id } }',
    );
    expect(data).toEqual({ viewer: null, server: { version: '1.2.3' }, workspace: null });
    expect(errors).toHaveLength(1);
  });
});

describe('Query.workspace', () => {
  it('is the workspace of the viewer', async () => {
    const { data } = await server.ask(
      acme.tokens.MEMBER,
      '{ workspace { id name slug createdAt subscription { plan sso { included reason upgradeUrl } } } }',
    );
    expect(data.workspace).toEqual({
      id: globalId('Workspace', acme.workspace.id),
      name: 'The acme company',
      slug: 'acme',
      createdAt: '2026-03-01T09:30:00.000Z',
      subscription: { plan: 'ENTERPRISE', sso: { included: true, reason: null, upgradeUrl: null } },
    });
  });

  it('says where to change a plan without SSO', async () => {
    const { tokens } = await server.tenant('small', 'FREE');
    const { data } = await server.ask(
      tokens.MEMBER,
      '{ workspace { subscription { plan sso { included reason upgradeUrl } } } }',
    );
    expect(data.workspace.subscription).toEqual({
      plan: 'FREE',
      sso: {
        included: false,
        reason: expect.stringContaining('does not include SSO'),
        upgradeUrl: 'https://rollcall.test/upgrade',
      },
    });
  });
});

describe('Query.node', () => {
  const NODE = 'query ($id: ID!) { node(id: $id) { __typename id } }';

  it('finds each type by its ID', async () => {
    const ids = [
      globalId('Workspace', acme.workspace.id),
      globalId('Provisioning', acme.workspace.id),
      globalId('User', acme.member.id),
    ];
    for (const id of ids) {
      const { data } = await server.ask(acme.tokens.OWNER, NODE, { id });
      expect(data.node.id).toBe(id);
    }
  });

  it.each(['', 'x', 'VXNlcjox', '💥', 'A'.repeat(5_000), Buffer.from('User:\u0000').toString('base64url')])(
    'is null for %j, which is no ID',
    async (id) => {
      const { data, errors } = await server.ask(acme.tokens.OWNER, NODE, { id });
      expect(data).toEqual({ node: null });
      expect(errors).toEqual([]);
    },
  );

  it.each(['Provisioning', 'ScimCredential', 'ProvisioningEvent'] as const)(
    'refuses a member a %s before it looks for it',
    async (type) => {
      for (const id of [acme.workspace.id, server.world.ids.next()]) {
        const { data, errors } = await server.ask(acme.tokens.MEMBER, NODE, { id: globalId(type, id) });
        expect(data).toEqual({ node: null });
        expect(errors[0]?.extensions).toEqual({ code: 'FORBIDDEN', permission: 'MANAGE_SECURITY_AND_IDENTITY' });
      }
    },
  );
});

describe('Query.nodes', () => {
  const NODES = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';

  it('answers in the order asked for, with null for what there is not', async () => {
    const [first, second] = [globalId('User', acme.owner.id), globalId('User', acme.member.id)];
    const { data } = await server.ask(acme.tokens.MEMBER, NODES, { ids: [second, 'x', first, second] });
    expect(data.nodes).toEqual([{ id: second }, null, { id: first }, { id: second }]);
  });

  it('takes 100 IDs and refuses 101', async () => {
    const ids = Array.from({ length: 100 }, () => globalId('User', acme.owner.id));
    expect((await server.ask(acme.tokens.OWNER, NODES, { ids })).data.nodes).toHaveLength(100);
    const { data, errors } = await server.ask(acme.tokens.OWNER, NODES, { ids: [...ids, 'x'] });
    expect(data).toEqual({ nodes: null });
    expect(errors[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT' });
  });
});

describe('User', () => {
  const USER = `query ($id: ID!) { node(id: $id) { ... on User {
    userName displayName email displayNameOverride status deactivatedAt deactivatedBy role roleSource managedBy version
    provisioningLink { externalId adopted linkedAt lastSyncedAt }
    profile { displayName { ...f } givenName { ...f } familyName { ...f } email { ...f } title { ...f } }
    viewerCanOverrideDisplayName { allowed missingPermission brokenRule explanation }
  } } }
  fragment f on ProfileField { value source directoryValue locked }`;

  it('says of each field of the profile where it comes from', async () => {
    const directory = directoryOf(acme.system);
    const ada = await person({ ...directory, call: callOf(acme.system) }, 'ada@acme.example', undefined, {
      displayName: 'Ada Lovelace',
      externalId: '00u1',
      name: { givenName: 'Ada' },
    });
    await setDisplayNameOverride(acme.system, ada.id, 'The Countess');
    const { data } = await server.ask(acme.tokens.OWNER, USER, { id: globalId('User', ada.id) });
    expect(data.node).toMatchObject({
      userName: 'ada@acme.example',
      displayName: 'The Countess',
      displayNameOverride: 'The Countess',
      email: 'ada@acme.example',
      status: 'ACTIVE',
      role: 'MEMBER',
      roleSource: 'DEFAULT',
      managedBy: 'DIRECTORY',
      version: 2,
      provisioningLink: { externalId: '00u1', adopted: false, linkedAt: '2026-03-01T09:30:00.000Z' },
      profile: {
        displayName: { value: 'The Countess', source: 'OVERRIDE', directoryValue: 'Ada Lovelace', locked: true },
        givenName: { value: 'Ada', source: 'DIRECTORY', directoryValue: 'Ada', locked: true },
        familyName: { value: null, source: null, directoryValue: null, locked: true },
        email: { value: 'ada@acme.example', source: 'DERIVED', directoryValue: null, locked: true },
      },
      viewerCanOverrideDisplayName: { allowed: true, missingPermission: null, brokenRule: null, explanation: null },
    });
  });

  it('tells who deactivated whom', async () => {
    const bob = await person(acme.system, 'bob@acme.example', 'MEMBER');
    await updateUser(acme.system, bob.id, (user) => ({ ...user, active: false }));
    const { data } = await server.ask(acme.tokens.OWNER, USER, { id: globalId('User', bob.id) });
    expect(data.node).toMatchObject({
      status: 'DEACTIVATED',
      deactivatedBy: 'WORKSPACE',
      deactivatedAt: '2026-03-01T09:30:00.000Z',
      provisioningLink: null,
    });
  });

  it('tells a member that the name of another is not theirs to change, and their own is', async () => {
    const ability = async (id: string) =>
      (await server.ask(acme.tokens.MEMBER, USER, { id: globalId('User', id) })).data.node.viewerCanOverrideDisplayName;
    expect(await ability(acme.owner.id)).toMatchObject({
      allowed: false,
      missingPermission: 'MANAGE_USERS_AND_TEAMS',
      explanation: expect.stringContaining('MANAGE_USERS_AND_TEAMS'),
    });
    expect(await ability(acme.member.id)).toMatchObject({ allowed: true });
  });
});

describe('a changed plan', () => {
  it('shows in the next request', async () => {
    const { system, tokens } = await server.tenant('changing', 'FREE');
    await updateWorkspace(system, { plan: 'ENTERPRISE' });
    const { data } = await server.ask(tokens.OWNER, '{ workspace { subscription { plan } } }');
    expect(data.workspace.subscription.plan).toBe('ENTERPRISE');
  });
});
