import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAccessToken } from '../../src/domain/access-token-commands.ts';
import { updateProvisioningSettings } from '../../src/domain/provisioning-settings-commands.ts';
import { createTeam } from '../../src/domain/team-commands.ts';
import { createUser } from '../../src/domain/user-commands.ts';
import type { Context } from '../../src/domain/ports.ts';
import type { User } from '../../src/domain/user.ts';
import { globalId } from '../../src/graphql/ids.ts';
import { Browser } from './support/browser.ts';
import { callOf, directoryOf } from './support/directory.ts';
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

const ERRORS = `... on MutationError { code message path remedy { text } } ... on RuleBrokenError { rule }`;
const UPDATE_ERRORS = `... on InvalidInputError { issues { path message } } ... on VersionConflictError { currentVersion }
  ... on AlreadyExistsError { field }`;
const USER = `userName displayName email role roleSource status version deactivatedAt deactivatedBy
  profile { displayName { value source } givenName { value source } familyName { value source } email { value source locked }
    title { value } department { value } locale { value } }`;

const idOf = (user: User) => globalId('User', user.id);
const directory = (): Context => {
  const ctx = directoryOf(acme.system);
  return { ...ctx, call: callOf(ctx) };
};

async function mutate(field: string, input: object, token = acme.tokens.OWNER) {
  const type = `${field[0]!.toUpperCase()}${field.slice(1)}Input`;
  const success = field === 'deleteUser' ? 'deletedUserId' : `user { ${USER} }`;
  const { data, errors } = await server.ask(
    token,
    `mutation ($input: ${type}!) { ${field}(input: $input) { __typename
      ... on ${field[0]!.toUpperCase()}${field.slice(1)}Success { ${success} } ${ERRORS} ${field === 'updateUser' ? UPDATE_ERRORS : ''} } }`,
    { input },
  );
  return errors.length > 0 ? { errors } : data[field];
}

const update = (user: User, change: object, token?: string) =>
  mutate('updateUser', { userId: idOf(user), expectedVersion: user.version, ...change }, token);

const stored = (user: User) => acme.system.store.workspace(acme.workspace.id).users.get(user.id);

describe('updateUser', () => {
  it('changes every field of a user of the workspace, and leaves alone what is left out', async () => {
    const changed = await update(acme.member, {
      userName: 'maya',
      displayName: 'Our Counsel',
      givenName: 'Maya',
      familyName: 'Ortiz',
      email: 'maya@acme.example',
      title: 'Counsel',
      department: 'Legal',
      locale: 'es-ES',
      role: 'ADMIN',
    });
    expect(changed.user).toMatchObject({
      userName: 'maya',
      displayName: 'Our Counsel',
      email: 'maya@acme.example',
      role: 'ADMIN',
      roleSource: 'ASSIGNED',
      version: 2,
      profile: {
        givenName: { value: 'Maya', source: 'WORKSPACE' },
        familyName: { value: 'Ortiz', source: 'WORKSPACE' },
        email: { source: 'WORKSPACE', locked: false },
        title: { value: 'Counsel' },
        department: { value: 'Legal' },
        locale: { value: 'es-ES' },
      },
    });
    const again = await mutate('updateUser', { userId: idOf(acme.member), expectedVersion: 2, title: 'Partner' });
    expect(again.user).toMatchObject({ displayName: 'Our Counsel', profile: { title: { value: 'Partner' } } });
  });

  it('clears with null what may be absent, and goes back to what is derived', async () => {
    const maya = await person(acme.system, 'maya.ortiz@acme.example', 'MEMBER', {
      displayName: 'M. Ortiz',
      title: 'Counsel',
      emails: [{ value: 'm@acme.example', primary: true }],
    });
    const { user } = await update(maya, { displayName: null, title: null, email: null });
    expect(user.profile).toMatchObject({
      displayName: { source: 'DERIVED' },
      title: { value: null },
      email: { value: 'maya.ortiz@acme.example', source: 'DERIVED' },
    });
  });

  it('stores nothing that was only derived', async () => {
    const { user } = await update(acme.member, { displayName: 'Maya Ortiz' });
    expect(user.profile.givenName).toEqual({ value: 'Maya', source: 'DERIVED' });
    expect((await stored(acme.member))?.profile).toEqual({ displayName: 'Maya Ortiz' });
  });

  it('forgets a whole name that was written once, with its parts', async () => {
    const maya = await person(acme.system, 'maya', 'MEMBER', {
      name: { formatted: 'Dr. Maya Ortiz', givenName: 'Maya' },
    });
    expect((await update(maya, { givenName: 'Mia', familyName: 'Ruiz' })).user.displayName).toBe('Mia Ruiz');
  });

  it('says all that is wrong at once, in the order of the fields', async () => {
    const fault = await update(acme.member, {
      userName: null,
      displayName: '',
      role: null,
      locale: 'not a tag',
      title: 'a\u0000b',
    });
    expect(fault).toMatchObject({ code: 'INVALID_INPUT', path: null });
    expect(fault.issues.map((issue: { path: string[] }) => issue.path)).toEqual([
      ['role'],
      ['userName'],
      ['displayName'],
      ['title'],
      ['locale'],
    ]);
    expect((await stored(acme.member))?.version).toBe(1);
  });

  it('refuses what is no email address before anything is run', async () => {
    const { errors } = await update(acme.member, { email: 'maya at acme' });
    expect(errors[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
  });

  it('refuses a version that is not the one there is', async () => {
    await update(acme.member, { title: 'Counsel' });
    expect(await update(acme.member, { title: 'Partner' })).toMatchObject({
      code: 'VERSION_CONFLICT',
      path: ['expectedVersion'],
      currentVersion: 2,
    });
  });

  it('refuses a user name that is taken, in any case', async () => {
    expect(await update(acme.member, { userName: acme.admin.userName.toUpperCase() })).toMatchObject({
      code: 'ALREADY_EXISTS',
      field: 'userName',
      path: ['userName'],
    });
  });

  it('changes nothing, and grows no version, where all stays as it was', async () => {
    const { user } = await update(acme.member, { userName: acme.member.userName, role: 'MEMBER' });
    expect(user.version).toBe(1);
  });

  it('gives a user of the directory a role, and leaves the rest to the directory', async () => {
    const maya = await person(directory(), 'maya@acme.example', undefined, { displayName: 'Maya' });
    expect(await update(maya, { title: 'Counsel' })).toMatchObject({
      rule: 'MANAGED_BY_DIRECTORY',
      path: ['title'],
    });
    expect(await update(maya, { givenName: 'Mia', title: 'Counsel' })).toMatchObject({
      rule: 'MANAGED_BY_DIRECTORY',
      path: null,
    });
    const { user } = await update(maya, { role: 'ADMIN', displayName: 'Maya' });
    expect(user).toMatchObject({ role: 'ADMIN', roleSource: 'ASSIGNED', version: 2 });
  });

  it('keeps a role from falling below what a team gives', async () => {
    const team = await createTeam(acme.system, { name: 'Admins', roleMapping: 'ADMIN', memberIds: [acme.member.id] });
    const member = (await stored(acme.member))!;
    expect(member.roleSource).toBe('TEAM');
    const raised = await update(member, { role: 'ADMIN' });
    expect(raised.user).toMatchObject({ role: 'ADMIN', roleSource: 'ASSIGNED' });
    const refused = await mutate('updateUser', {
      userId: idOf(member),
      expectedVersion: raised.user.version,
      role: 'MEMBER',
    });
    expect(refused).toMatchObject({ rule: 'ROLE_GIVEN_BY_TEAM', path: ['role'] });
    expect(refused.message).toContain(team.name);
  });

  it('keeps the last active owner', async () => {
    expect(await update(acme.owner, { role: 'ADMIN' })).toMatchObject({ rule: 'LAST_OWNER', path: ['role'] });
    await update(acme.admin, { role: 'OWNER' });
    expect((await update(acme.owner, { role: 'ADMIN' })).user.role).toBe('ADMIN');
  });

  it('leaves owners to owners', async () => {
    const forbidden = { errors: [{ extensions: { code: 'FORBIDDEN', permission: 'MANAGE_OWNERS' } }] };
    expect(await update(acme.owner, { title: 'Chief' }, acme.tokens.ADMIN)).toMatchObject(forbidden);
    expect(await update(acme.member, { role: 'OWNER' }, acme.tokens.ADMIN)).toMatchObject(forbidden);
    expect(await update(acme.member, { title: 'x' }, acme.tokens.MEMBER)).toMatchObject({
      errors: [{ extensions: { code: 'FORBIDDEN', permission: 'MANAGE_USERS_AND_TEAMS' } }],
    });
  });
});

describe('deactivateUser and reactivateUser', () => {
  it('end access at once and give it back, with role and version', async () => {
    const { user } = await mutate('deactivateUser', { userId: idOf(acme.admin) });
    expect(user).toMatchObject({ status: 'DEACTIVATED', deactivatedBy: 'WORKSPACE', role: 'ADMIN', version: 2 });
    const asked = await server.ask(acme.tokens.ADMIN, '{ viewer { user { id } } workspace { id } }');
    expect(asked.data.viewer).toBeNull();
    expect(asked.errors[0]!.extensions['code']).toBe('UNAUTHENTICATED');
    expect((await mutate('reactivateUser', { userId: idOf(acme.admin) })).user).toMatchObject({
      status: 'ACTIVE',
      deactivatedAt: null,
      role: 'ADMIN',
    });
    // The tokens are gone for good.
    expect((await server.ask(acme.tokens.ADMIN, '{ viewer { user { id } } }')).data.viewer).toBeNull();
  });

  it('succeed unchanged where there is nothing to do', async () => {
    await mutate('deactivateUser', { userId: idOf(acme.member) });
    expect((await mutate('deactivateUser', { userId: idOf(acme.member) })).user.version).toBe(2);
    expect((await mutate('reactivateUser', { userId: idOf(acme.admin) })).user.version).toBe(1);
  });

  it('are refused for users of the directory, for the last owner, and to those who may not', async () => {
    const maya = await person(directory(), 'maya@acme.example');
    expect(await mutate('deactivateUser', { userId: idOf(maya) })).toMatchObject({ rule: 'MANAGED_BY_DIRECTORY' });
    expect(await mutate('deactivateUser', { userId: idOf(acme.owner) })).toMatchObject({ rule: 'LAST_OWNER' });
    expect(await mutate('deactivateUser', { userId: idOf(acme.owner) }, acme.tokens.ADMIN)).toMatchObject({
      errors: [{ extensions: { permission: 'MANAGE_OWNERS' } }],
    });
    const gone = await person(directory(), 'gone@acme.example', undefined, { active: false });
    expect(await mutate('reactivateUser', { userId: idOf(gone) })).toMatchObject({ rule: 'MANAGED_BY_DIRECTORY' });
  });
});

describe('deleteUser', () => {
  it('removes a user for good and frees the name', async () => {
    expect(await mutate('deleteUser', { userId: idOf(acme.member) })).toEqual({
      __typename: 'DeleteUserSuccess',
      deletedUserId: idOf(acme.member),
    });
    expect(await mutate('deleteUser', { userId: idOf(acme.member) })).toMatchObject({
      code: 'NOT_FOUND',
      path: ['userId'],
    });
    await person(acme.system, acme.member.userName);
  });

  it('is refused for users of the directory and for the last owner', async () => {
    const maya = await person(directory(), 'maya@acme.example');
    expect(await mutate('deleteUser', { userId: idOf(maya) })).toMatchObject({ rule: 'MANAGED_BY_DIRECTORY' });
    expect(await mutate('deleteUser', { userId: idOf(acme.owner) })).toMatchObject({ rule: 'LAST_OWNER' });
  });
});

describe('a fault in one mutation', () => {
  it('leaves those beside it, each a transaction of its own', async () => {
    const { data, errors } = await server.ask(
      acme.tokens.ADMIN,
      `mutation ($member: ID!, $owner: ID!) {
        first: deactivateUser(input: { userId: $member }) { __typename }
        refused: deactivateUser(input: { userId: $owner }) { __typename }
        unknown: deleteUser(input: { userId: "nobody" }) { __typename }
        last: createTeam(input: { name: "Legal" }) { __typename }
      }`,
      { member: idOf(acme.member), owner: idOf(acme.owner) },
    );
    expect(data).toEqual({
      first: { __typename: 'DeactivateUserSuccess' },
      refused: null,
      unknown: { __typename: 'NotFoundError' },
      last: { __typename: 'CreateTeamSuccess' },
    });
    expect(errors).toMatchObject([{ path: ['refused'], extensions: { code: 'FORBIDDEN' } }]);
  });
});

describe('what the viewer may do to a user', () => {
  const ABILITIES = ['viewerCanChangeRole', 'viewerCanDeactivate', 'viewerCanReactivate', 'viewerCanDelete'] as const;
  const abilitiesTo = async (user: User, token: string) => {
    const asked = ABILITIES.map((name) => `${name} { allowed missingPermission brokenRule explanation }`).join(' ');
    const { data } = await server.ask(token, `query ($id: ID!) { node(id: $id) { ... on User { ${asked} } } }`, {
      id: idOf(user),
    });
    return data.node as Record<(typeof ABILITIES)[number], { allowed: boolean; brokenRule: string | null }>;
  };

  it('is told with the reason', async () => {
    const maya = await person(directory(), 'maya@acme.example');
    expect(await abilitiesTo(maya, acme.tokens.ADMIN)).toMatchObject({
      viewerCanChangeRole: { allowed: true, missingPermission: null, brokenRule: null, explanation: null },
      viewerCanDeactivate: { allowed: false, brokenRule: 'MANAGED_BY_DIRECTORY' },
      viewerCanReactivate: { allowed: true },
      viewerCanDelete: { allowed: false, brokenRule: 'MANAGED_BY_DIRECTORY' },
    });
    const toOwner = { allowed: false, missingPermission: 'MANAGE_OWNERS', brokenRule: null };
    expect(await abilitiesTo(acme.owner, acme.tokens.ADMIN)).toMatchObject({
      viewerCanChangeRole: toOwner,
      viewerCanDelete: toOwner,
    });
    expect(await abilitiesTo(acme.owner, acme.tokens.OWNER)).toMatchObject({
      viewerCanChangeRole: { allowed: false, brokenRule: 'LAST_OWNER' },
      viewerCanDeactivate: { allowed: false, brokenRule: 'LAST_OWNER' },
      viewerCanDelete: { allowed: false, brokenRule: 'LAST_OWNER' },
    });
    expect(await abilitiesTo(acme.admin, acme.tokens.MEMBER)).toMatchObject({
      viewerCanDeactivate: { allowed: false, missingPermission: 'MANAGE_USERS_AND_TEAMS' },
    });
  });

  it('tells an admin that a team gives the role they could take away', async () => {
    await createTeam(acme.system, { name: 'Admins', roleMapping: 'ADMIN', memberIds: [acme.member.id] });
    const member = (await stored(acme.member))!;
    expect(await abilitiesTo(member, acme.tokens.ADMIN)).toMatchObject({
      viewerCanChangeRole: { allowed: false, brokenRule: 'ROLE_GIVEN_BY_TEAM' },
    });
    expect(await abilitiesTo(member, acme.tokens.OWNER)).toMatchObject({ viewerCanChangeRole: { allowed: true } });
  });

  it('is what the mutation then does', async () => {
    const synced = await person(directory(), 'synced@acme.example');
    const gone = await person(acme.system, 'gone@acme.example', 'MEMBER', { active: false });
    const DOES = {
      viewerCanDeactivate: 'deactivateUser',
      viewerCanReactivate: 'reactivateUser',
      viewerCanDelete: 'deleteUser',
    };
    for (const token of [acme.tokens.MEMBER, acme.tokens.ADMIN, acme.tokens.OWNER])
      for (const target of [synced, gone, acme.owner])
        for (const [ability, field] of Object.entries(DOES)) {
          const told = (await abilitiesTo(target, token))[ability as keyof typeof DOES];
          if (told.allowed) continue;
          const done = await mutate(field, { userId: idOf(target) }, token);
          expect(done.rule ?? null).toBe(told.brokenRule);
          expect(done.rule !== undefined || done.errors !== undefined).toBe(true);
        }
  });
});

describe('personal access tokens', () => {
  const TOKENS = '{ viewer { accessTokens { id name prefix lastUsedAt expiresAt createdAt } } }';

  it('are listed to their user alone, newest first', async () => {
    server.world.clock.advance(60_000);
    await createAccessToken(acme.system, { userId: acme.owner.id, name: 'second' });
    const { data } = await server.ask(acme.tokens.OWNER, TOKENS);
    const tokens = data.viewer.accessTokens;
    expect(tokens.map((token: { name: string }) => token.name)).toEqual(['second', 'test']);
    expect(tokens[0].prefix).toMatch(/^pat_[A-Za-z0-9]{10}$/u);
    const NODE = 'query ($id: ID!) { node(id: $id) { ... on AccessToken { name } } }';
    expect((await server.ask(acme.tokens.OWNER, NODE, { id: tokens[0].id })).data.node).toEqual({ name: 'second' });
    expect((await server.ask(acme.tokens.ADMIN, NODE, { id: tokens[0].id })).data.node).toBeNull();
  });

  it('are revoked by their user alone, and refused from then on', async () => {
    const { token, secret } = await createAccessToken(acme.system, { userId: acme.owner.id, name: 'lost' });
    const input = { accessTokenId: globalId('AccessToken', token.id) };
    const REVOKE = `mutation ($input: RevokeAccessTokenInput!) { revokeAccessToken(input: $input) { __typename
      ... on RevokeAccessTokenSuccess { revokedAccessTokenId } ... on MutationError { code path } } }`;
    const byAnother = await server.ask(acme.tokens.ADMIN, REVOKE, { input });
    expect(byAnother.data.revokeAccessToken).toEqual({
      __typename: 'NotFoundError',
      code: 'NOT_FOUND',
      path: ['accessTokenId'],
    });
    const { data } = await server.ask(secret, REVOKE, { input });
    expect(data.revokeAccessToken.revokedAccessTokenId).toBe(input.accessTokenId);
    expect((await server.ask(secret, '{ viewer { user { id } } }')).data.viewer).toBeNull();
  });

  it('make no others', async () => {
    const CREATE = 'mutation { createAccessToken(input: { name: "more" }) { __typename } }';
    const { data, errors } = await server.ask(acme.tokens.OWNER, CREATE);
    expect(data.createAccessToken).toBeNull();
    expect(errors[0]).toMatchObject({ extensions: { code: 'UNAUTHENTICATED' } });
    expect(errors[0]!.message).toContain('session');
  });

  it('are made in a session, and told this once', async () => {
    await updateProvisioningSettings(acme.system, { passwordSync: true }, 1);
    const password = 'correct horse battery';
    const maya = await createUser(acme.system, { userName: 'maya', active: true }, undefined, password);
    const browser = new Browser(server);
    await browser.signIn(acme.workspace.slug, maya.userName, password);
    const { data } = await browser.ask(
      `mutation { createAccessToken(input: { name: "script" }) { ... on CreateAccessTokenSuccess { secret
        accessToken { name prefix } } } }`,
    );
    const { secret, accessToken } = data.createAccessToken;
    expect(secret).toContain(accessToken.prefix);
    const asked = await server.ask(secret, '{ viewer { user { userName } accessTokens { name } } }');
    expect(asked.data.viewer).toEqual({ user: { userName: 'maya' }, accessTokens: [{ name: 'script' }] });
    expect(asked.text).not.toContain(secret);
  });

  it('live 1 to 365 days, 90 unless told otherwise, and are at most 20', async () => {
    const actor = { kind: 'user', userId: acme.admin.id, role: 'ADMIN' } as const;
    const inSession: Context = { ...acme.system, actor };
    const now = Date.parse(server.world.clock.now());
    const after = (days: number) => new Date(now + days * 86_400_000).toISOString();
    const create = (input: object) => createAccessToken(inSession, { userId: acme.admin.id, name: 'x', ...input });
    expect((await create({})).token.expiresAt).toBe(after(90));
    expect((await create({ expiresAt: after(1) })).token.expiresAt).toBe(after(1));
    await create({ expiresAt: after(365) });
    await expect(create({ expiresAt: after(0.99) })).rejects.toThrow(/1 to 365 days/u);
    await expect(create({ expiresAt: after(365.01) })).rejects.toThrow(/1 to 365 days/u);
    for (let n = 4; n < 20; n += 1) await create({});
    await expect(create({})).rejects.toMatchObject({ refusal: { rule: 'ACCESS_TOKEN_LIMIT' } });
    await expect(createAccessToken(inSession, { userId: acme.owner.id, name: 'theirs' })).rejects.toMatchObject({
      refusal: { kind: 'Forbidden' },
    });
  });
});
