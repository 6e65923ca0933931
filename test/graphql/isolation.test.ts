import { getNamedType, isInputObjectType, isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateScimCredential } from '../../src/domain/scim-credential-commands.ts';
import { createTeam } from '../../src/domain/team-commands.ts';
import { globalId, NODE_TYPES, type NodeType } from '../../src/graphql/ids.ts';
import { buildRollcallSchema } from '../../src/graphql/schema.ts';
import { callOf, directoryOf } from './support/directory.ts';
import { person, startServer, type Tenant, type TestServer } from './support/server.ts';

let server: TestServer;
let acme: Tenant;
let ourTeam: string;
let ourUser: string;
/** The neighbour's IDs. */
const theirs: Partial<Record<NodeType, string>> = {};

beforeAll(async () => {
  server = await startServer();
  acme = await server.tenant('acme');
  const { workspace, system, tokens } = await server.tenant('canary');
  const { credential } = await generateScimCredential(system, { name: 'canary key' });
  const ctx = directoryOf(system, credential.id);
  const user = await person({ ...ctx, call: callOf(ctx, { credentialId: credential.id }) }, 'canary@canary.example');
  const team = await createTeam({ ...ctx, call: callOf(ctx) }, { name: 'canary team', memberIds: [user.id] });
  ourTeam = globalId('Team', (await createTeam(acme.system, { name: 'ours' })).id);
  ourUser = globalId('User', acme.member.id);
  const { data } = await server.ask(
    tokens.OWNER,
    '{ viewer { accessTokens { id } } workspace { provisioning { events(first: 1) { nodes { id } } } } }',
  );
  Object.assign(theirs, {
    Workspace: globalId('Workspace', workspace.id),
    Provisioning: globalId('Provisioning', workspace.id),
    User: globalId('User', user.id),
    Team: globalId('Team', team.id),
    ScimCredential: globalId('ScimCredential', credential.id),
    AccessToken: data.viewer.accessTokens[0].id,
    ProvisioningEvent: data.workspace.provisioning.events.nodes[0].id,
  });
});
afterAll(() => server.close());

const QUESTIONS: [string, NodeType[], string][] = [
  ['node', [...NODE_TYPES], 'query ($id: ID!) { node(id: $id) { __typename id } }'],
  ['nodes', [...NODE_TYPES], 'query ($id: ID!) { nodes(ids: [$id]) { __typename id } }'],
  [
    'events by credential',
    ['ScimCredential'],
    'query ($id: ID!) { workspace { provisioning { events(filter: { credentialId: $id }) { totalCount nodes { id } } } } }',
  ],
  [
    'events by target',
    ['User', 'Team'],
    'query ($id: ID!) { workspace { provisioning { events(filter: { targetId: $id }) { totalCount nodes { id } } } } }',
  ],
  [
    'members of a team',
    ['Team'],
    'query ($id: ID!) { workspace { members(filter: { teamId: $id }) { totalCount nodes { id } } } }',
  ],
  ...[
    ['rotateScimCredential', 'scimCredentialId: $id'],
    ['renameScimCredential', 'scimCredentialId: $id, name: "mine"'],
    ['revokeScimCredential', 'scimCredentialId: $id'],
  ].map(([field, input]): [string, NodeType[], string] => [
    field!,
    ['ScimCredential'],
    `mutation ($id: ID!) { ${field}(input: { ${input} }) { __typename ... on MutationError { code message path } } }`,
  ]),
  ...[
    ['setDisplayNameOverride', 'userId: $id, displayName: "mine"'],
    ['clearDisplayNameOverride', 'userId: $id'],
    ['unlinkUser', 'userId: $id'],
    ['updateUser', 'userId: $id, expectedVersion: 1, title: "mine"'],
    ['deactivateUser', 'userId: $id'],
    ['reactivateUser', 'userId: $id'],
    ['deleteUser', 'userId: $id'],
    ['addTeamMembers', 'teamId: $team, userIds: [$user, $id]'],
    ['removeTeamMembers', 'teamId: $team, userIds: [$id]'],
  ].map(([field, input]): [string, NodeType[], string] => [field!, ['User'], mutationOf(field!, input!)]),
  ...[
    ['updateTeam', 'teamId: $id, expectedVersion: 1, name: "mine"'],
    ['deleteTeam', 'teamId: $id'],
    ['addTeamMembers', 'teamId: $id, userIds: [$user]'],
    ['removeTeamMembers', 'teamId: $id, userIds: [$user]'],
    ['unlinkTeam', 'teamId: $id'],
  ].map(([field, input]): [string, NodeType[], string] => [field!, ['Team'], mutationOf(field!, input!)]),
  ['revokeAccessToken', ['AccessToken'], mutationOf('revokeAccessToken', 'accessTokenId: $id')],
];

function mutationOf(field: string, input: string): string {
  const variables = ['team', 'user'].filter((name) => input.includes(`$${name}`)).map((name) => `, $${name}: ID!`);
  const issues = field === 'addTeamMembers' ? '... on InvalidInputError { issues { path message } }' : '';
  return `mutation ($id: ID!${variables.join('')}) { ${field}(input: { ${input} }) { __typename ... on MutationError { code message path } ${issues} } }`;
}

describe("a neighbour workspace's ID (D1)", () => {
  const cases = QUESTIONS.flatMap(([name, types, query]) => types.map((type) => [name, type, query] as const));

  it.each(cases)('is to %s of %s as one that does not exist, byte for byte', async (_name, type, query) => {
    for (const token of [acme.tokens.OWNER, acme.tokens.MEMBER]) {
      const [real, unknown] = [theirs[type]!, globalId(type, server.world.ids.next())];
      const neighbour = await server.ask(token, query, { id: real, team: ourTeam, user: ourUser });
      const nobody = await server.ask(token, query, { id: unknown, team: ourTeam, user: ourUser });
      expect(neighbour.text.replaceAll(real, unknown)).toBe(nobody.text);
      expect(neighbour.status).toBe(nobody.status);
      expect(neighbour.text).not.toContain('canary');
    }
  });

  it('is asked of every mutation and every query that takes an ID', () => {
    const asked = QUESTIONS.map(([name, , query]) => `${name} ${query}`).join('\n');
    const missing = idArguments().filter(
      ([field, argument]) => !new RegExp(`${field}[\\s\\S]*${argument}`, 'u').test(asked),
    );
    expect(missing).toEqual([]);
    expect(idArguments().length).toBeGreaterThan(20);
  });

  it('changes nothing there', async () => {
    const { system } = acme;
    const theirsNow = system.store.workspace(Buffer.from(theirs.Workspace!, 'base64url').toString().split(':')[1]!);
    expect((await theirsNow.credentials.all()).map(({ name, revokedAt }) => ({ name, revokedAt }))).toEqual([
      { name: 'canary key', revokedAt: null },
    ]);
    expect((await theirsNow.users.byUserName('canary@canary.example'))?.displayNameOverride).toBeNull();
    const team = (await theirsNow.teams.byName('canary team'))!;
    expect(team).toMatchObject({ version: 1, managedBy: 'DIRECTORY' });
    expect((await theirsNow.teams.members(team.id)).map(({ name }) => name)).toEqual(['canary@canary.example']);
  });

  it('puts nobody of the neighbour into our team, nor us beside them', async () => {
    const { text } = await server.ask(
      acme.tokens.OWNER,
      'query ($id: ID!) { node(id: $id) { ... on Team { members { nodes { userName } } } } }',
      { id: ourTeam },
    );
    expect(JSON.parse(text).data.node.members.nodes).toEqual([]);
  });
});

/** Each place of the schema in which a client gives an ID: the field, or input of a mutation, and the name there. */
function idArguments(): [string, string][] {
  const schema = buildRollcallSchema();
  const takesId = ({ type }: { readonly type: unknown }) => /\bID\b/u.test(String(type));
  const mutations = Object.values(schema.getMutationType()!.getFields()).flatMap((field) => {
    const input = getNamedType(field.args[0]!.type);
    const fields = isInputObjectType(input) ? Object.values(input.getFields()) : [];
    return fields.filter(takesId).map((each): [string, string] => [field.name, each.name]);
  });
  const queries = Object.values(schema.getTypeMap()).flatMap((type) => {
    if (isInputObjectType(type) && type.name.endsWith('Filter'))
      return Object.values(type.getFields())
        .filter(takesId)
        .map((each): [string, string] => ['filter', each.name]);
    if (!isObjectType(type) || type === schema.getMutationType()) return [];
    const fields = Object.values(type.getFields());
    return fields.flatMap((field) =>
      field.args.filter(takesId).map((each): [string, string] => [field.name, each.name]),
    );
  });
  return [...mutations, ...queries];
}

describe('the lists of a workspace (D3)', () => {
  it('hold nothing of a neighbour', async () => {
    const { text } = await server.ask(
      acme.tokens.OWNER,
      `{ viewer { user { id } } workspace { name slug members(first: 10) { totalCount nodes { id userName teams { nodes { name } } } }
        teams { totalCount nodes { id name members { nodes { userName } } } }
        provisioning { baseUrl credentials { nodes { id name } } events { totalCount nodes { id summary } } } } }`,
    );
    expect(text).not.toContain('canary');
    for (const id of Object.values(theirs)) expect(text).not.toContain(id);
  });

  it('do not open to a cursor of a neighbour', async () => {
    const { tokens } = await server.tenant('third');
    const PAGE =
      'query ($after: String) { workspace { members(first: 100, after: $after) { nodes { userName } edges { cursor } } } }';
    const { edges } = (await server.ask(tokens.OWNER, PAGE)).data.workspace.members;
    const { text } = await server.ask(acme.tokens.OWNER, PAGE, { after: edges[0].cursor });
    expect(text).not.toContain('third');
  });
});
