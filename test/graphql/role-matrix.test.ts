import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAccessToken } from '../../src/domain/access-token-commands.ts';
import { ROLES, permissionsOf, type Permission, type Role } from '../../src/domain/actor.ts';
import { generateScimCredential } from '../../src/domain/scim-credential-commands.ts';
import { createTeam } from '../../src/domain/team-commands.ts';
import type { User } from '../../src/domain/user.ts';
import { globalId } from '../../src/graphql/ids.ts';
import { buildRollcallSchema } from '../../src/graphql/schema.ts';
import { person, startServer, type Tenant, type TestServer } from './support/server.ts';

let server: TestServer;
let acme: Tenant;
let serial = 0;

beforeAll(async () => {
  server = await startServer();
  acme = await server.tenant('acme');
});
afterAll(() => server.close());

const next = (word: string) => `${word} ${(serial += 1)}`;
const user = ({ id }: User) => ({ userId: globalId('User', id) });

async function teamId(): Promise<string> {
  return globalId('Team', (await createTeam(acme.system, { name: next('team') })).id);
}

async function scimCredentialId(): Promise<string> {
  const tenant = await server.world.store.workspace(acme.workspace.id).credentials.all();
  const active = tenant.find(({ revokedAt, successorId }) => revokedAt === null && successorId === null);
  const { id } = active ?? (await generateScimCredential(acme.system, { name: next('key') })).credential;
  return globalId('ScimCredential', id);
}

/** An input that each mutation takes; the target is whom it is done to, where it is done to someone. */
const INPUTS: Readonly<Record<string, (target: User) => object | Promise<object>>> = {
  generateScimCredential: () => ({ name: next('key') }),
  rotateScimCredential: async () => ({ scimCredentialId: await scimCredentialId() }),
  renameScimCredential: async () => ({ scimCredentialId: await scimCredentialId(), name: next('key') }),
  revokeScimCredential: async () => ({ scimCredentialId: await scimCredentialId() }),
  updateProvisioningSettings: () => ({ expectedVersion: 999 }),
  rehearseImport: () => ({ pageSize: 1, includeTeams: false }),
  inviteUser: () => ({ userName: next('invited'), email: 'invited@acme.example' }),
  updateUser: (target) => ({ ...user(target), expectedVersion: target.version, title: next('title') }),
  setDisplayNameOverride: (target) => ({ ...user(target), displayName: next('name') }),
  clearDisplayNameOverride: user,
  deactivateUser: user,
  reactivateUser: user,
  deleteUser: user,
  unlinkUser: user,
  createTeam: () => ({ name: next('team') }),
  updateTeam: async () => ({ teamId: await teamId(), expectedVersion: 1, name: next('team') }),
  deleteTeam: async () => ({ teamId: await teamId() }),
  addTeamMembers: async (target) => ({ teamId: await teamId(), userIds: [globalId('User', target.id)] }),
  removeTeamMembers: async (target) => ({ teamId: await teamId(), userIds: [globalId('User', target.id)] }),
  unlinkTeam: async () => ({ teamId: await teamId() }),
  createAccessToken: () => ({ name: next('token') }),
  revokeAccessToken: () => ({ accessTokenId: globalId('AccessToken', server.world.ids.next()) }),
};

/** Those that ask who is there, not what they may. */
const OF_SIGN_IN = ['acceptInvitation', 'signInWithPassword', 'signOut'];

const mutations = Object.values(buildRollcallSchema().getMutationType()!.getFields()).filter(
  ({ name }) => !OF_SIGN_IN.includes(name),
);
const TARGETS = ['oneself', 'another', 'an owner'] as const;
type Target = (typeof TARGETS)[number];

/** What the description of a mutation says who needs. */
function needed(description: string, role: Role, target: Target): Permission | undefined {
  const isOfOwner = target === 'an owner' || (target === 'oneself' && role === 'OWNER');
  if (description.includes('except for oneself') && target === 'oneself') return undefined;
  const [permission] = (/Needs `(\w+)`/u.exec(description) ?? []).slice(1) as Permission[];
  if (permission !== undefined && !permissionsOf(role).includes(permission)) return permission;
  if (!description.includes('for owners `MANAGE_OWNERS`') || !isOfOwner) return undefined;
  return permissionsOf(role).includes('MANAGE_OWNERS') ? undefined : 'MANAGE_OWNERS';
}

const MATRIX = mutations.flatMap(({ name, description }) =>
  ROLES.flatMap((role) =>
    TARGETS.map((target) => ({ name, role, target, missing: needed(description ?? '', role, target) })),
  ),
);

describe('the role matrix (D9)', () => {
  it('has every mutation, each role and each kind of target', () => {
    expect(mutations.map(({ name }) => name).filter((name) => INPUTS[name] === undefined)).toEqual([]);
    expect(MATRIX).toHaveLength(mutations.length * 9);
    expect(MATRIX.filter(({ missing }) => missing !== undefined).length).toBeGreaterThan(50);
  });

  it.each(MATRIX)('$name by $role to $target lacks $missing', async ({ name, role, target, missing }) => {
    const actor = await person(acme.system, next('actor'), role);
    const token = (await createAccessToken(acme.system, { userId: actor.id, name: 'matrix' })).secret;
    const roleOf = { another: 'MEMBER', 'an owner': 'OWNER' } as const;
    const whom = target === 'oneself' ? actor : await person(acme.system, next('target'), roleOf[target]);
    const type = `${name[0]!.toUpperCase()}${name.slice(1)}`;
    const { data, errors } = await server.ask(
      token,
      `mutation ($input: ${type}Input!) { ${name}(input: $input) { __typename } }`,
      { input: await INPUTS[name]!(whom) },
    );
    const told = errors.map(({ extensions }) => extensions['permission'] ?? extensions['code']);
    if (missing !== undefined) {
      expect(told).toEqual([missing]);
      expect(data[name]).toBeNull();
    } else if (name === 'createAccessToken') expect(told).toEqual(['UNAUTHENTICATED']);
    else expect(told).toEqual([]);
    if (missing !== undefined && target !== 'oneself')
      expect(await server.world.store.workspace(acme.workspace.id).users.get(whom.id)).toEqual(whom);
  });
});
