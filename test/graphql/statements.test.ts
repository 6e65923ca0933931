import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  generateScimCredential,
  revokeScimCredential,
  rotateScimCredential,
} from '../../src/domain/scim-credential-commands.ts';
import type { Context, Store, WorkspaceReader } from '../../src/domain/ports.ts';
import { createTeam } from '../../src/domain/team-commands.ts';
import { globalId } from '../../src/graphql/ids.ts';
import { callOf, directoryOf } from './support/directory.ts';
import { person, startServer, type Tenant, type TestServer } from './support/server.ts';

let server: TestServer;
let acme: Tenant;
const reads: string[] = [];

beforeAll(async () => {
  server = await startServer();
  acme = await server.tenant('acme');
  const owner: Context = { ...acme.system, actor: { kind: 'user', userId: acme.owner.id, role: 'OWNER' } };
  const admin: Context = { ...acme.system, actor: { kind: 'user', userId: acme.admin.id, role: 'ADMIN' } };
  for (let n = 0; n < 12; n += 1) {
    const actor = n % 2 === 0 ? owner : admin;
    const { credential } = await generateScimCredential(actor, { name: `key ${n}` });
    const ctx = directoryOf(acme.system, credential.id);
    const call = () => callOf(ctx, { credentialId: credential.id });
    const user = await person({ ...ctx, call: call() }, `user${n}@acme.example`);
    await createTeam({ ...ctx, call: call() }, { name: `team ${n}`, memberIds: [user.id] });
    const rotated = await rotateScimCredential(actor, { credentialId: credential.id, overlapHours: 1 });
    await revokeScimCredential(n % 2 === 0 ? admin : owner, rotated.credential.id);
  }
  await server.world.store.journal.flush();
  spyOnReaders(server.world.store);
});
afterAll(() => server.close());

/** Notes each call of a reader, each of which is a fixed number of statements. */
function spyOnReaders(store: Store): void {
  const workspace = store.workspace.bind(store);
  store.workspace = (id) => spied(workspace(id), '') as WorkspaceReader;
}

function spied(target: object, path: string): object {
  return new Proxy(target, {
    get(object, name) {
      const value: unknown = Reflect.get(object, name, object);
      const here = `${path}${String(name)}`;
      if (typeof value === 'object' && value !== null) return spied(value, `${here}.`);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        reads.push(here);
        return Reflect.apply(value, object, args) as unknown;
      };
    },
  });
}

const readsOf = async (query: string, variables: object) => {
  reads.length = 0;
  const { errors } = await server.ask(acme.tokens.OWNER, query, variables);
  expect(errors).toEqual([]);
  return [...reads].sort();
};

describe('the number of statements', () => {
  const LISTS = {
    members: `query ($n: Int!) { workspace { members(first: $n) { totalCount nodes { displayName
      profile { email { value } } viewerCanOverrideDisplayName { allowed }
      viewerCanChangeRole { allowed } viewerCanDeactivate { allowed } viewerCanReactivate { allowed } viewerCanDelete { allowed } } } } }`,
    credentials: `query ($n: Int!) { workspace { provisioning { credentials(first: $n) { totalCount nodes { name status
      createdBy { displayName } revokedBy { displayName } predecessor { name } successor { name } successorUsedAt
      requestCountLast24Hours viewerCanRotate { allowed } } } } } }`,
    events: `query ($n: Int!) { workspace { provisioning { events(first: $n) { totalCount nodes { summary
      credential { name createdBy { displayName } requestCountLast24Hours } target { ... on User { displayName } ... on Team { name } } } } } } }`,
    teams: `query ($n: Int!) { workspace { teams(first: $n) { totalCount nodes { name viewerCanEdit { allowed } } } } }`,
    'sizes of teams': `query ($n: Int!) { workspace { teams(first: $n) { nodes { name members { totalCount } } } } }`,
    'what may be done to members': `query ($n: Int!) { workspace { members(first: $n) { nodes { role roleTeam { name }
      viewerCanChangeRole { allowed explanation } viewerCanDelete { allowed } } } } }`,
    'teams of members': `query ($n: Int!) { workspace { members(first: $n, orderBy: CREATED_AT_DESC) { nodes { userName
      teams { totalCount nodes { name } } roleTeam { name } } } } }`,
  };

  it.each(Object.entries(LISTS))('does not grow with the page of %s', async (_name, query) => {
    // Three, so that the owner, who costs a look at the other owners, is on both pages.
    const one = await readsOf(query, { n: 3 });
    const many = await readsOf(query, { n: 12 });
    expect(many).toEqual(one);
    expect(many.length).toBeLessThanOrEqual(8);
  });

  it('is one for each team whose members are listed, which the limit of cost keeps to 100', async () => {
    const query = `query ($n: Int!) { workspace { teams(first: $n) { nodes { members(first: 3) { totalCount nodes { id } } } } } }`;
    const read = await readsOf(query, { n: 12 });
    expect(read.filter((name) => name === 'users.page')).toHaveLength(12);
    expect(read.filter((name) => name !== 'users.page')).toEqual(['teams.memberCounts', 'teams.page', 'workspace']);
  });

  it.each(['LAST_HOUR', 'LAST_30_DAYS'])('is fixed for the health and the checklist over %s', async (window) => {
    const query = `query ($window: HealthWindow) { workspace { provisioning { status health(window: $window) { requestCount
      topErrors { code } buckets { start } } setupChecklist { key status } } } }`;
    expect((await readsOf(query, { window })).length).toBeLessThanOrEqual(11);
  });

  it('does not grow with the IDs asked of nodes', async () => {
    const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on User { userName } } }';
    const { users } = await acme.system.store
      .workspace(acme.workspace.id)
      .users.find(undefined, { offset: 0, limit: 50 });
    const ids = users.map((user) => globalId('User', user.id));
    expect(await readsOf(query, { ids: ids.slice(0, 1) })).toEqual(['users.many']);
    expect(await readsOf(query, { ids })).toEqual(['users.many']);
  });

  it('is none for a part of a list that nobody asked for', async () => {
    expect(await readsOf('{ workspace { members { totalCount } } }', {})).toEqual(['users.count', 'workspace']);
    expect(await readsOf('{ workspace { members { pageInfo { hasNextPage } } } }', {})).toEqual([
      'users.page',
      'workspace',
    ]);
  });
});
