import { globalId } from '../../../src/graphql/ids.ts';
import type { Chance } from './chance.ts';
import type { Command, Memory } from './memory.ts';
import { anyOf, TEAM_NAMES } from './scim-commands.ts';

const USER = `user { id version userName displayName displayNameOverride email status role roleSource roleTeam { id name }
  managedBy createdAt updatedAt deactivatedAt deactivatedBy provisioningLink { externalId adopted linkedAt lastSyncedAt }
  viewerCanChangeRole { allowed brokenRule } viewerCanDelete { allowed explanation } }`;
const TEAM = `team { id version name roleMapping managedBy updatedAt
  members(first: 50) { totalCount nodes { id role roleSource } } viewerCanEdit { allowed explanation } }`;
const ERRORS = '... on MutationError { __typename code message path remedy { text } }';
const SETTINGS = `provisioning { version paused settings {
  defaultRole passwordSync groupPush displayNameOverrideAllowed maxCredentialLifetimeDays } }`;

/** The mutations of a history, each with what is asked of its success. */
const MUTATIONS = {
  updateUser: USER,
  deactivateUser: USER,
  reactivateUser: USER,
  deleteUser: 'deletedUserId',
  unlinkUser: USER,
  inviteUser: USER,
  setDisplayNameOverride: USER,
  clearDisplayNameOverride: USER,
  createTeam: TEAM,
  updateTeam: TEAM,
  deleteTeam: 'deletedTeamId',
  unlinkTeam: TEAM,
  addTeamMembers: TEAM,
  removeTeamMembers: TEAM,
  updateProvisioningSettings: SETTINGS,
} as const;

const MEMBERS = `query ($filter: UserFilter, $orderBy: UserOrder!, $first: Int, $last: Int) { workspace {
  members(filter: $filter, orderBy: $orderBy, first: $first, last: $last) { totalCount
    pageInfo { hasNextPage hasPreviousPage } nodes { id userName displayName email role status version } } } }`;
const TEAMS = `{ workspace { teams(first: 50) { totalCount nodes { id name version members(first: 5) { totalCount
  nodes { displayName } } } } } }`;
const EVENTS = `query ($filter: ProvisioningEventFilter) { workspace { provisioning { status events(first: 20, filter: $filter) {
  nodes { requestId operation outcome summary httpMethod path httpStatus error { code detail } tolerated
    changes { path before after } } } } } }`;

const ORDERS = ['CREATED_AT_DESC', 'DISPLAY_NAME_ASC', 'DISPLAY_NAME_DESC', 'LAST_SYNCED_AT_DESC'] as const;
const ROLES = ['MEMBER', 'ADMIN'] as const;

/** A request from the workspace's own people. `ownerId` is the one owner there is, who cannot go. */
export function graphqlCommand(chance: Chance, memory: Memory, ownerId: string): Command {
  const by = chance.weighted([
    [6, 'owner'],
    [3, 'admin'],
    [1, 'member'],
  ] as const);
  const asked = chance.is(0.25) ? question(chance, memory) : mutation(chance, memory, ownerId);
  return { face: 'graphql', method: 'POST', path: '/graphql', by, body: asked };
}

/** A change of the settings; it ends a pause soon. */
export function settingsCommand(chance: Chance, { settings }: Memory): Command {
  const input = {
    expectedVersion: chance.is(0.9) ? settings.version : settings.version - 1,
    paused: !settings.paused && chance.is(0.15),
    groupPush: !settings.settings.groupPush || chance.is(0.85),
    ...(chance.is(0.3) ? { defaultRole: chance.one(['MEMBER', 'ADMIN', 'OWNER']) } : {}),
    ...(chance.is(0.3) ? { displayNameOverrideAllowed: chance.is(0.7) } : {}),
    ...(chance.is(0.2) ? { maxCredentialLifetimeDays: chance.one([null, 0, 30, 800]) } : {}),
  };
  const body = asked('updateProvisioningSettings', input);
  return { face: 'graphql', method: 'POST', path: '/graphql', by: 'owner', body };
}

function asked(name: keyof typeof MUTATIONS, input: object) {
  const success = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const query = `mutation ($input: ${success}Input!) { ${name}(input: $input) { __typename
    ... on ${success}Success { ${MUTATIONS[name]} } ${ERRORS} } }`;
  return { query, variables: { input } };
}

function mutation(chance: Chance, memory: Memory, ownerId: string): object {
  const user = chance.is(0.06) ? { id: ownerId, version: 1 } : anyOf(chance, memory.users, memory.gone);
  const team = anyOf(chance, memory.teams, memory.gone);
  const userId = globalId('User', user.id);
  const teamId = globalId('Team', team.id);
  const expectedVersion = (version: number) => (chance.is(0.8) ? version : version + 1);
  const userIds = Array.from({ length: 1 + chance.below(3) }, () =>
    globalId('User', anyOf(chance, memory.users, memory.gone).id),
  );
  const edit = () => ({
    ...(chance.is(0.5) ? { role: chance.one(ROLES) } : {}),
    ...(chance.is(0.4) ? { title: chance.one(['Judge', '', null]) } : {}),
    ...(chance.is(0.2) ? { userName: `edited-${chance.below(30)}@acme.example` } : {}),
    ...(chance.is(0.2) ? { email: chance.one(['edited@acme.example', null]) } : {}),
  });
  const roleMapping = chance.one([null, 'MEMBER', 'ADMIN', 'OWNER']);
  const name = chance.one(TEAM_NAMES);
  return chance.weighted<() => object>([
    [8, () => asked('updateUser', { userId, expectedVersion: expectedVersion(user.version), ...edit() })],
    [4, () => asked('deactivateUser', { userId })],
    [4, () => asked('reactivateUser', { userId })],
    [2, () => asked('deleteUser', { userId })],
    [3, () => asked('unlinkUser', { userId })],
    [3, () => asked('inviteUser', invited(chance))],
    [5, () => asked('setDisplayNameOverride', { userId, displayName: chance.one(['The Boss', 'Ådel', '']) })],
    [3, () => asked('clearDisplayNameOverride', { userId })],
    [2, () => asked('createTeam', { name, roleMapping })],
    [6, () => asked('updateTeam', { teamId, expectedVersion: expectedVersion(team.version), roleMapping })],
    [2, () => asked('updateTeam', { teamId, expectedVersion: expectedVersion(team.version), name })],
    [1, () => asked('deleteTeam', { teamId })],
    [2, () => asked('unlinkTeam', { teamId })],
    [4, () => asked('addTeamMembers', { teamId, userIds })],
    [3, () => asked('removeTeamMembers', { teamId, userIds })],
  ])();
}

function invited(chance: Chance): object {
  const number = chance.below(40);
  return {
    userName: `invited-${number}@acme.example`,
    email: `invited-${number}@acme.example`,
    role: chance.one(ROLES),
    givenName: chance.one(['Ivy', 'İpek', null]),
  };
}

function question(chance: Chance, memory: Memory): object {
  const teamId = globalId('Team', anyOf(chance, memory.teams, memory.gone).id);
  const filter = {
    ...(chance.is(0.4) ? { search: chance.one(['person-1', 'ADA', 'émile', '_', 'acme.example']) } : {}),
    ...(chance.is(0.3) ? { statuses: [chance.one(['ACTIVE', 'DEACTIVATED', 'INVITED'])] } : {}),
    ...(chance.is(0.2) ? { roles: [chance.one(['MEMBER', 'ADMIN', 'OWNER'])] } : {}),
    ...(chance.is(0.2) ? { managedBy: chance.one(['DIRECTORY', 'WORKSPACE']) } : {}),
    ...(chance.is(0.2) ? { teamId } : {}),
  };
  const page = chance.is(0.8) ? { first: 20 } : { last: 10 };
  const failed = chance.is(0.5) ? { filter: { outcomes: ['REFUSED'] } } : {};
  return chance.weighted<() => object>([
    [5, () => ({ query: MEMBERS, variables: { filter, orderBy: chance.one(ORDERS), ...page } })],
    [2, () => ({ query: TEAMS })],
    [2, () => ({ query: EVENTS, variables: failed })],
  ])();
}
