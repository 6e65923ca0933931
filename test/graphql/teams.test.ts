import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { changeTeam, createTeam, deleteTeam } from '../../src/domain/team-commands.ts';
import type { Team } from '../../src/domain/team.ts';
import { updateUser } from '../../src/domain/user-commands.ts';
import { globalId } from '../../src/graphql/ids.ts';
import { callOf, directoryOf } from './support/directory.ts';
import { person, startServer, type Tenant, type TestServer } from './support/server.ts';

const TEAM = `id name managedBy roleMapping version createdAt updatedAt
  provisioningLink { externalId adopted linkedAt lastSyncedAt }
  members { totalCount nodes { displayName } } viewerCanEdit { allowed missingPermission brokenRule explanation }`;
const ERRORS = `... on MutationError { code message path remedy { text } } ... on RuleBrokenError { rule }
  ... on InvalidInputError { issues { path message } } ... on AlreadyExistsError { field }
  ... on VersionConflictError { currentVersion }`;

let server: TestServer;
let acme: Tenant;
let tenants = 0;

beforeAll(async () => {
  server = await startServer();
});
beforeEach(async () => {
  tenants += 1;
  acme = await server.tenant(`acme-${tenants}`);
});
afterAll(() => server.close());

/** Runs a mutation that answers a team; only the errors that it can end in are asked for. */
const mutate = async (field: string, input: object, token = acme.tokens.ADMIN) => {
  const type = `${field[0]!.toUpperCase()}${field.slice(1)}`;
  const success = field === 'deleteTeam' ? 'deletedTeamId' : `team { ${TEAM} }`;
  const possible = ERRORS.split('... on ').filter((part) => POSSIBLE[field]!.some((error) => part.startsWith(error)));
  const query = `mutation ($input: ${type}Input!) { ${field}(input: $input) { __typename
    ... on ${type}Success { ${success} } ${possible.map((part) => `... on ${part}`).join(' ')} } }`;
  const { data, errors } = await server.ask(token, query, { input });
  expect(errors).toEqual([]);
  return data[field];
};
const POSSIBLE: Record<string, string[]> = {
  createTeam: ['MutationError', 'InvalidInput', 'AlreadyExists'],
  updateTeam: ['MutationError', 'InvalidInput', 'AlreadyExists', 'RuleBroken', 'VersionConflict'],
  deleteTeam: ['MutationError', 'RuleBroken'],
  addTeamMembers: ['MutationError', 'InvalidInput', 'RuleBroken'],
  removeTeamMembers: ['MutationError', 'InvalidInput', 'RuleBroken'],
  unlinkTeam: ['MutationError'],
};
const ask = async (query: string, variables: object = {}, token = acme.tokens.MEMBER) => {
  const { data, errors } = await server.ask(token, query, variables);
  expect(errors).toEqual([]);
  return data;
};
const idOf = (team: Team) => globalId('Team', team.id);
const userId = (user: { id: string }) => globalId('User', user.id);
const pushed = async (name: string, memberIds: string[] = []) => {
  const ctx = directoryOf(acme.system);
  return createTeam({ ...ctx, call: callOf(ctx) }, { name, externalId: `00g-${name}`, memberIds });
};
const namesOf = (list: { nodes: { name: string }[] }) => list.nodes.map(({ name }) => name);

describe('createTeam', () => {
  it('makes a team of the workspace, which its creator may edit', async () => {
    const { __typename, team } = await mutate('createTeam', { name: 'Legal', roleMapping: 'ADMIN' });
    expect(__typename).toBe('CreateTeamSuccess');
    expect(team).toEqual({
      id: team.id,
      name: 'Legal',
      managedBy: 'WORKSPACE',
      roleMapping: 'ADMIN',
      version: 1,
      createdAt: '2026-03-01T09:30:00.000Z',
      updatedAt: '2026-03-01T09:30:00.000Z',
      provisioningLink: null,
      members: { totalCount: 0, nodes: [] },
      viewerCanEdit: { allowed: true, missingPermission: null, brokenRule: null, explanation: null },
    });
    const { node } = await ask('query ($id: ID!) { node(id: $id) { __typename id ... on Team { name } } }', {
      id: team.id,
    });
    expect(node).toEqual({ __typename: 'Team', id: team.id, name: 'Legal' });
  });

  it('refuses a name that another team has, in any case', async () => {
    await createTeam(acme.system, { name: 'Sales' });
    expect(await mutate('createTeam', { name: 'SALES' })).toEqual({
      __typename: 'AlreadyExistsError',
      code: 'ALREADY_EXISTS',
      message: 'The name "SALES" is taken already.',
      path: ['name'],
      remedy: { text: expect.any(String) },
      field: 'name',
    });
  });

  it('says all that is wrong with the input at once', async () => {
    const result = await mutate('createTeam', { name: ' ', roleMapping: 'OWNER' });
    expect(result).toMatchObject({ __typename: 'InvalidInputError', code: 'INVALID_INPUT', path: null });
    expect(result.issues.map((issue: { path: string[] }) => issue.path)).toEqual([['name'], ['roleMapping']]);
    for (const name of ['', 'x'.repeat(257), 'a\u202Eb'])
      expect(await mutate('createTeam', { name })).toMatchObject({ code: 'INVALID_INPUT', path: ['name'] });
  });
});

describe('updateTeam', () => {
  it('changes what is given and keeps the rest; null takes the mapping away', async () => {
    const teamId = idOf(await createTeam(acme.system, { name: 'Ops', roleMapping: 'ADMIN' }));
    const update = async (input: object) => (await mutate('updateTeam', { teamId, ...input })).team;
    expect(await update({ expectedVersion: 1, name: 'Operations' })).toMatchObject({
      name: 'Operations',
      roleMapping: 'ADMIN',
      version: 2,
    });
    expect(await update({ expectedVersion: 2, roleMapping: null })).toMatchObject({
      name: 'Operations',
      roleMapping: null,
      version: 3,
    });
    expect(await update({ expectedVersion: 3 })).toMatchObject({ version: 3 });
  });

  it('writes nothing over a change that the caller has not seen', async () => {
    const team = await createTeam(acme.system, { name: 'Ops' });
    await changeTeam(acme.system, team.id, { name: 'Operations' });
    expect(await mutate('updateTeam', { teamId: idOf(team), expectedVersion: 1, name: 'Mine' })).toMatchObject({
      __typename: 'VersionConflictError',
      code: 'VERSION_CONFLICT',
      path: ['expectedVersion'],
      currentVersion: 2,
    });
  });

  it('refuses owners by mapping, a name of another team and a name taken away', async () => {
    await createTeam(acme.system, { name: 'Taken' });
    const teamId = idOf(await createTeam(acme.system, { name: 'Ops' }));
    const refused = (input: object) => mutate('updateTeam', { teamId, expectedVersion: 1, ...input });
    expect(await refused({ roleMapping: 'OWNER' })).toMatchObject({ code: 'INVALID_INPUT', path: ['roleMapping'] });
    expect(await refused({ name: null })).toMatchObject({ code: 'INVALID_INPUT', path: ['name'] });
    expect(await refused({ name: 'tAKEN' })).toMatchObject({ code: 'ALREADY_EXISTS', field: 'name' });
  });

  it('leaves the name of a pushed team to the directory, and gives it a role all the same', async () => {
    const teamId = idOf(await pushed('Pushed', [acme.member.id]));
    expect(await mutate('updateTeam', { teamId, expectedVersion: 1, name: 'Mine' })).toMatchObject({
      __typename: 'RuleBrokenError',
      rule: 'MANAGED_BY_DIRECTORY',
      remedy: { text: expect.stringContaining('directory') },
    });
    const { team } = await mutate('updateTeam', { teamId, expectedVersion: 1, roleMapping: 'ADMIN' });
    expect(team).toMatchObject({ roleMapping: 'ADMIN', managedBy: 'DIRECTORY' });
    const { node } = await ask(
      'query ($id: ID!) { node(id: $id) { ... on User { role roleSource roleTeam { id name } } } }',
      { id: userId(acme.member) },
    );
    expect(node).toEqual({ role: 'ADMIN', roleSource: 'TEAM', roleTeam: { id: teamId, name: 'Pushed' } });
  });
});

describe('deleteTeam', () => {
  it('answers the ID that the team had, and keeps its members', async () => {
    const team = await createTeam(acme.system, { name: 'Ops', memberIds: [acme.member.id], roleMapping: 'ADMIN' });
    expect(await mutate('deleteTeam', { teamId: idOf(team) })).toEqual({
      __typename: 'DeleteTeamSuccess',
      deletedTeamId: idOf(team),
    });
    expect(await mutate('deleteTeam', { teamId: idOf(team) })).toMatchObject({
      code: 'NOT_FOUND',
      message: `There is no team with the ID "${idOf(team)}" in this workspace.`,
      path: ['teamId'],
    });
    const { viewer } = await ask('{ viewer { user { role roleSource roleTeam { id } teams { totalCount } } } }');
    expect(viewer.user).toEqual({
      role: 'MEMBER',
      roleSource: 'ASSIGNED',
      roleTeam: null,
      teams: { totalCount: 0 },
    });
  });

  it('leaves a pushed team to the directory', async () => {
    expect(await mutate('deleteTeam', { teamId: idOf(await pushed('Pushed')) })).toMatchObject({
      rule: 'MANAGED_BY_DIRECTORY',
    });
  });
});

describe('addTeamMembers and removeTeamMembers', () => {
  it('put users into a team and take them out, once each however often they are named', async () => {
    const teamId = idOf(await createTeam(acme.system, { name: 'Ops' }));
    const [owner, member] = [userId(acme.owner), userId(acme.member)];
    const added = await mutate('addTeamMembers', { teamId, userIds: [member, owner, member] });
    expect(added.team.members).toEqual({
      totalCount: 2,
      nodes: [{ displayName: acme.member.userName }, { displayName: acme.owner.userName }],
    });
    expect(added.team.version).toBe(2);
    expect((await mutate('addTeamMembers', { teamId, userIds: [owner] })).team.version).toBe(2);
    const removed = await mutate('removeTeamMembers', { teamId, userIds: [owner, userId(acme.admin), 'nobody'] });
    expect(removed.team.members.nodes).toEqual([{ displayName: acme.member.userName }]);
  });

  it('give and take the role of the team in the same step', async () => {
    const team = await createTeam(acme.system, { name: 'Ops', roleMapping: 'ADMIN' });
    const input = { teamId: idOf(team), userIds: [userId(acme.member)] };
    const ROLE = '{ viewer { user { role roleSource roleTeam { name } } permissions } }';
    await mutate('addTeamMembers', input);
    expect((await ask(ROLE)).viewer).toMatchObject({
      user: { role: 'ADMIN', roleSource: 'TEAM', roleTeam: { name: 'Ops' } },
      permissions: ['MANAGE_SECURITY_AND_IDENTITY', 'MANAGE_USERS_AND_TEAMS'],
    });
    await mutate('removeTeamMembers', input);
    expect((await ask(ROLE)).viewer).toMatchObject({
      user: { role: 'MEMBER', roleSource: 'ASSIGNED', roleTeam: null },
      permissions: [],
    });
  });

  it('name each user that there is not, by its place, and add nobody', async () => {
    const teamId = idOf(await createTeam(acme.system, { name: 'Ops' }));
    const [owner, admin, member] = [acme.owner, acme.admin, acme.member].map(userId);
    const one = await mutate('addTeamMembers', { teamId, userIds: [owner, admin, member, 'nobody'] });
    const message = 'There is no user with the ID "nobody" in this workspace.';
    expect(one).toEqual({
      __typename: 'InvalidInputError',
      code: 'INVALID_INPUT',
      message,
      path: ['userIds', '3'],
      remedy: null,
      issues: [{ path: ['userIds', '3'], message }],
    });
    const stranger = globalId('User', server.world.ids.next());
    const several = await mutate('addTeamMembers', { teamId, userIds: [stranger, owner, teamId] });
    expect(several).toMatchObject({ path: null, message: '2 of the 3 users are not in this workspace.' });
    expect(several.issues.map((issue: { path: string[] }) => issue.path)).toEqual([
      ['userIds', '0'],
      ['userIds', '2'],
    ]);
    const { node } = await ask('query ($id: ID!) { node(id: $id) { ... on Team { members { totalCount } } } }', {
      id: teamId,
    });
    expect(node.members.totalCount).toBe(0);
  });

  it('take 1 to 250 users at a time', async () => {
    const teamId = idOf(await createTeam(acme.system, { name: 'Ops' }));
    const users = (count: number) => Array.from({ length: count }, () => userId(acme.member));
    for (const field of ['addTeamMembers', 'removeTeamMembers']) {
      for (const count of [0, 251])
        expect(await mutate(field, { teamId, userIds: users(count) })).toMatchObject({
          code: 'INVALID_INPUT',
          path: ['userIds'],
        });
      for (const count of [1, 250])
        expect(await mutate(field, { teamId, userIds: users(count) })).toHaveProperty('team');
    }
  });

  it('leave a pushed team to the directory, and find no other', async () => {
    const team = await pushed('Pushed', [acme.member.id]);
    const userIds = [userId(acme.member)];
    for (const field of ['addTeamMembers', 'removeTeamMembers']) {
      expect(await mutate(field, { teamId: idOf(team), userIds })).toMatchObject({ rule: 'MANAGED_BY_DIRECTORY' });
      expect(await mutate(field, { teamId: userIds[0], userIds })).toMatchObject({
        code: 'NOT_FOUND',
        path: ['teamId'],
      });
    }
  });
});

describe('unlinkTeam', () => {
  it('gives a pushed team into the hands of the workspace, its members and mapping with it', async () => {
    const team = await pushed('Pushed', [acme.member.id]);
    await changeTeam(acme.system, team.id, { roleMapping: 'ADMIN' });
    const before = await ask(
      `query ($id: ID!) { node(id: $id) { ... on Team { ${TEAM} } } }`,
      { id: idOf(team) },
      acme.tokens.OWNER,
    );
    expect(before.node).toMatchObject({
      managedBy: 'DIRECTORY',
      provisioningLink: { externalId: '00g-Pushed', adopted: false, linkedAt: '2026-03-01T09:30:00.000Z' },
      viewerCanEdit: { allowed: false, missingPermission: null, brokenRule: 'MANAGED_BY_DIRECTORY' },
    });
    const unlinked = await mutate('unlinkTeam', { teamId: idOf(team) });
    expect(unlinked.team).toMatchObject({
      managedBy: 'WORKSPACE',
      provisioningLink: null,
      roleMapping: 'ADMIN',
      members: { totalCount: 1 },
      viewerCanEdit: { allowed: true },
    });
    expect((await mutate('unlinkTeam', { teamId: idOf(team) })).team.version).toBe(unlinked.team.version);
    expect(await mutate('deleteTeam', { teamId: idOf(team) })).toHaveProperty('deletedTeamId');
  });

  it('finds no team that there is not', async () => {
    expect(await mutate('unlinkTeam', { teamId: 'nothing' })).toMatchObject({ code: 'NOT_FOUND', path: ['teamId'] });
  });
});

describe('unlinkUser', () => {
  const UNLINK = `mutation ($input: UnlinkUserInput!) { unlinkUser(input: $input) { __typename
    ... on UnlinkUserSuccess { user { displayName managedBy provisioningLink { externalId } version status role
      profile { givenName { value source directoryValue locked } } teams { nodes { name } } } }
    ... on MutationError { code message path } } }`;

  it('gives a user into the hands of the workspace, as they are otherwise', async () => {
    const ctx = directoryOf(acme.system);
    const profile = { externalId: '00u1', displayName: 'Ada L.', name: { givenName: 'Ada' } };
    const ada = await person({ ...ctx, call: callOf(ctx) }, 'ada@people.example', undefined, profile);
    await pushed('Pushed', [ada.id]);
    const input = { userId: userId(ada) };
    const { unlinkUser } = await ask(UNLINK, { input }, acme.tokens.ADMIN);
    expect(unlinkUser).toEqual({
      __typename: 'UnlinkUserSuccess',
      user: {
        displayName: 'Ada L.',
        managedBy: 'WORKSPACE',
        provisioningLink: null,
        version: 2,
        status: 'ACTIVE',
        role: 'MEMBER',
        profile: { givenName: { value: 'Ada', source: 'WORKSPACE', directoryValue: null, locked: false } },
        teams: { nodes: [{ name: 'Pushed' }] },
      },
    });
    expect((await ask(UNLINK, { input }, acme.tokens.ADMIN)).unlinkUser.user.version).toBe(2);
    const reader = acme.system.store.workspace(acme.workspace.id);
    expect(await reader.users.get(ada.id)).toMatchObject({ externalId: null, linkedAt: null, lastSyncedAt: null });
    expect(await reader.users.byExternalId('00u1')).toBeUndefined();
  });

  it('lets the directory take them back by its next write', async () => {
    const ctx = directoryOf(acme.system);
    const ada = await person({ ...ctx, call: callOf(ctx) }, 'ada@people.example');
    await ask(UNLINK, { input: { userId: userId(ada) } }, acme.tokens.ADMIN);
    const linked = await updateUser(ctx, ada.id, (user) => user);
    expect(linked).toMatchObject({ managedBy: 'DIRECTORY', adopted: true });
  });

  it('finds no user that there is not, and is FORBIDDEN to a member', async () => {
    expect((await ask(UNLINK, { input: { userId: 'nobody' } }, acme.tokens.ADMIN)).unlinkUser).toMatchObject({
      code: 'NOT_FOUND',
      path: ['userId'],
    });
    const { data, errors } = await server.ask(acme.tokens.MEMBER, UNLINK, { input: { userId: userId(acme.member) } });
    expect(data).toEqual({ unlinkUser: null });
    expect(errors[0]?.extensions).toEqual({ code: 'FORBIDDEN', permission: 'MANAGE_SECURITY_AND_IDENTITY' });
  });
});

describe('a member', () => {
  it.each([
    ['createTeam', { name: '', roleMapping: 'OWNER' }],
    ['updateTeam', { teamId: 'x', expectedVersion: 1, name: null }],
    ['deleteTeam', { teamId: 'x' }],
    ['addTeamMembers', { teamId: 'x', userIds: [] }],
    ['removeTeamMembers', { teamId: 'x', userIds: [] }],
    ['unlinkTeam', { teamId: 'x' }],
  ])('is FORBIDDEN %s, whatever is asked', async (field, input) => {
    const type = `${field[0]!.toUpperCase()}${field.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { ${field}(input: $input) { __typename } }`;
    const { data, errors } = await server.ask(acme.tokens.MEMBER, query, { input });
    expect(data).toEqual({ [field]: null });
    const permission = field === 'unlinkTeam' ? 'MANAGE_SECURITY_AND_IDENTITY' : 'MANAGE_USERS_AND_TEAMS';
    expect(errors[0]?.extensions).toEqual({ code: 'FORBIDDEN', permission });
  });

  it('sees teams, and why they cannot be edited', async () => {
    await createTeam(acme.system, { name: 'Ops' });
    const { workspace } = await ask(
      '{ workspace { teams { nodes { name viewerCanEdit { allowed missingPermission brokenRule } } } } }',
    );
    expect(workspace.teams.nodes).toEqual([
      {
        name: 'Ops',
        viewerCanEdit: { allowed: false, missingPermission: 'MANAGE_USERS_AND_TEAMS', brokenRule: null },
      },
    ]);
  });
});

describe('Workspace.teams', () => {
  const TEAMS = `query ($after: String, $before: String, $filter: TeamFilter, $first: Int, $last: Int) { workspace {
    teams(after: $after, before: $before, filter: $filter, first: $first, last: $last) { totalCount nodes { name }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`;
  const teams = async (variables: object = {}) => (await ask(TEAMS, variables)).workspace.teams;

  it('walks over all teams by name, forward and backward', async () => {
    for (const name of ['Zebra', 'ángel', 'Beta', 'Angela', 'alpha']) await createTeam(acme.system, { name });
    const sorted = ['alpha', 'ángel', 'Angela', 'Beta', 'Zebra'];
    const first = await teams({ first: 3 });
    expect(first).toMatchObject({ totalCount: 5, pageInfo: { hasNextPage: true, hasPreviousPage: false } });
    const rest = await teams({ first: 3, after: first.pageInfo.endCursor });
    expect(rest.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    expect([...namesOf(first), ...namesOf(rest)]).toEqual(sorted);
    expect(namesOf(await teams({ last: 2, before: rest.pageInfo.startCursor }))).toEqual(['ángel', 'Angela']);
  });

  it('narrows by text in the name and by who manages them; null narrows nothing', async () => {
    await createTeam(acme.system, { name: 'Équipe rouge' });
    await pushed('Equipe bleue');
    expect(namesOf(await teams({ filter: { search: 'EQUIPE' } }))).toEqual(['Equipe bleue', 'Équipe rouge']);
    expect(namesOf(await teams({ filter: { search: 'roug', managedBy: 'WORKSPACE' } }))).toEqual(['Équipe rouge']);
    expect(await teams({ filter: { managedBy: 'DIRECTORY' } })).toMatchObject({ totalCount: 1 });
    expect(await teams({ filter: { search: '%' } })).toMatchObject({ totalCount: 0, nodes: [] });
    expect(await teams({ filter: { search: null, managedBy: null } })).toMatchObject({ totalCount: 2 });
  });

  it('refuses a search of more than 100 characters, and a cursor of another list', async () => {
    await teams({ filter: { search: 'x'.repeat(100) } });
    await createTeam(acme.system, { name: 'Ops', memberIds: [acme.member.id] });
    const OTHERS =
      '{ workspace { members { pageInfo { endCursor } } } viewer { user { teams { pageInfo { endCursor } } } } }';
    const { workspace, viewer } = await ask(OTHERS);
    const cursors = [workspace.members, viewer.user.teams].map(({ pageInfo }) => pageInfo.endCursor);
    for (const variables of [{ filter: { search: 'x'.repeat(101) } }, ...cursors.map((after) => ({ after }))]) {
      const { errors } = await server.ask(acme.tokens.MEMBER, TEAMS, variables);
      expect(errors[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT' });
    }
  });
});

describe('User.teams', () => {
  const TEAMS = `query ($after: String, $before: String, $first: Int, $last: Int) { viewer { user {
    teams(after: $after, before: $before, first: $first, last: $last) { totalCount nodes { name }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } } }`;
  const teams = async (variables: object = {}) => (await ask(TEAMS, variables)).viewer.user.teams;
  const NAMES = ['alpha', 'ángel', 'Angela', 'Beta', 'Zebra'];

  beforeEach(async () => {
    for (const name of NAMES.toReversed()) await createTeam(acme.system, { name, memberIds: [acme.member.id] });
    await createTeam(acme.system, { name: 'Others', memberIds: [acme.owner.id] });
  });

  it('walks over the teams of the user by name, forward and backward', async () => {
    const seen: string[] = [];
    let after: string | null = null;
    for (let more = true; more;) {
      const page = await teams({ first: 2, after });
      expect(page).toMatchObject({ totalCount: 5, pageInfo: { hasPreviousPage: after !== null } });
      seen.push(...namesOf(page));
      ({ endCursor: after, hasNextPage: more } = page.pageInfo);
    }
    expect(seen).toEqual(NAMES);
    const back: string[] = [];
    let before: string | null = null;
    for (let more = true; more;) {
      const page = await teams({ last: 2, before });
      expect(page.pageInfo.hasNextPage).toBe(before !== null);
      back.unshift(...namesOf(page));
      ({ startCursor: before, hasPreviousPage: more } = page.pageInfo);
    }
    expect(back).toEqual(NAMES);
  });

  it('goes on from a cursor whose team is gone', async () => {
    const { pageInfo } = await teams({ first: 2 });
    const reader = acme.system.store.workspace(acme.workspace.id);
    await deleteTeam(acme.system, (await reader.teams.byName('ángel'))!.id);
    expect(namesOf(await teams({ first: 2, after: pageInfo.endCursor }))).toEqual(['Angela', 'Beta']);
    expect(await teams({ after: pageInfo.startCursor, before: pageInfo.startCursor })).toMatchObject({
      nodes: [],
      pageInfo: { startCursor: null },
    });
  });

  it('refuses a cursor that it did not give', async () => {
    const forged = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    for (const after of ['x', forged(['Team of a user', 'one']), forged(['Team of a user', 1, null])]) {
      const { errors } = await server.ask(acme.tokens.MEMBER, TEAMS, { after });
      expect(errors[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT' });
    }
  });
});

describe('UserFilter.teamId and Team.members', () => {
  it('are the users of a team by display name, deactivated ones included', async () => {
    const people = await Promise.all(
      ['Zoë', 'Ángel', 'Bea'].map((displayName, n) =>
        person(acme.system, `person${n}@people.example`, 'MEMBER', { displayName }),
      ),
    );
    await updateUser(acme.system, people[2]!.id, (user) => ({ ...user, active: false }));
    const team = await createTeam(acme.system, { name: 'Ops', memberIds: people.map(({ id }) => id) });
    const QUERY = `query ($id: ID!, $after: String) { workspace { members(filter: { teamId: $id }) { totalCount nodes { displayName } } }
      node(id: $id) { ... on Team { members(first: 2, after: $after) { totalCount nodes { displayName } pageInfo { endCursor hasNextPage } } } } }`;
    const { workspace, node } = await ask(QUERY, { id: idOf(team) });
    const names = (list: { nodes: { displayName: string }[] }) => list.nodes.map(({ displayName }) => displayName);
    expect(names(workspace.members)).toEqual(['Ángel', 'Bea', 'Zoë']);
    expect(workspace.members.totalCount).toBe(3);
    expect(names(node.members)).toEqual(['Ángel', 'Bea']);
    expect(node.members).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true } });
    const next = await ask(QUERY, { id: idOf(team), after: node.members.pageInfo.endCursor });
    expect(names(next.node.members)).toEqual(['Zoë']);
  });

  it('match nothing where the ID is unknown', async () => {
    for (const id of ['nonsense', globalId('Team', server.world.ids.next()), userId(acme.member)]) {
      const { workspace } = await ask(
        'query ($id: ID!) { workspace { members(filter: { teamId: $id }) { totalCount nodes { id } } } }',
        { id },
      );
      expect(workspace.members).toEqual({ totalCount: 0, nodes: [] });
    }
  });
});

describe('ProvisioningEvent.target', () => {
  it('is the team that was written, and finds its events', async () => {
    const team = await pushed('Pushed');
    const QUERY = `query ($filter: ProvisioningEventFilter) { workspace { provisioning { events(filter: $filter) { nodes {
      operation targetName target { __typename ... on Team { id name } } } } } } }`;
    const events = async () =>
      (await ask(QUERY, { filter: { targetId: idOf(team) } }, acme.tokens.ADMIN)).workspace.provisioning.events.nodes;
    expect(await events()).toEqual([
      {
        operation: 'CREATE_TEAM',
        targetName: 'Pushed',
        target: { __typename: 'Team', id: idOf(team), name: 'Pushed' },
      },
    ]);
    await deleteTeam(directoryOf(acme.system), team.id);
    expect((await events()).map(({ target }: { target: unknown }) => target)).toEqual([null]);
  });
});
