import { fc, test } from '@fast-check/vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateScimCredential, revokeScimCredential } from '../../src/domain/scim-credential-commands.ts';
import { createTeam } from '../../src/domain/team-commands.ts';
import { globalId } from '../../src/graphql/ids.ts';
import { buildRollcallSchema } from '../../src/graphql/schema.ts';
import { eventOf } from './support/directory.ts';
import { person, startServer, type Tenant, type TestServer } from './support/server.ts';

let server: TestServer;
let acme: Tenant;
let serial = 0;
const home = { userId: '', teamId: '' };

const ORDERS = [
  'DISPLAY_NAME_ASC',
  'DISPLAY_NAME_DESC',
  'CREATED_AT_DESC',
  'LAST_ACTIVE_AT_DESC',
  'LAST_SYNCED_AT_DESC',
];
const WINDOW = 'first: $first, after: $after, last: $last, before: $before';
const PAGE = 'edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';

interface List {
  /** The connection's field, as the schema names it. */
  readonly field: string;
  readonly query: string;
  readonly insert: () => Promise<unknown>;
}

const name = (n: number) => String.fromCodePoint(97 + ((n * 7) % 26)).repeat(3);
const addUser = () => person(acme.system, `${name((serial += 1))} ${serial}@acme.example`);
const addTeam = () => createTeam(acme.system, { name: `${name((serial += 1))} ${serial}` });

const LISTS: Record<string, List> = {
  ...Object.fromEntries(
    ORDERS.map((order) => [
      `members by ${order}`,
      {
        field: 'Workspace.members',
        query: `workspace { list: members(${WINDOW}, orderBy: ${order}) { ${PAGE} } }`,
        insert: addUser,
      },
    ]),
  ),
  teams: { field: 'Workspace.teams', query: `workspace { list: teams(${WINDOW}) { ${PAGE} } }`, insert: addTeam },
  'members of a team': {
    field: 'Team.members',
    query: `node(id: $teamId) { ... on Team { list: members(${WINDOW}) { ${PAGE} } } }`,
    insert: async () => {
      const ctx = acme.system;
      const { changeTeam } = await import('../../src/domain/team-commands.ts');
      const id = Buffer.from(home.teamId, 'base64url').toString().split(':')[1]!;
      await changeTeam(ctx, id, { members: [{ kind: 'add', userIds: [(await addUser()).id] }] });
    },
  },
  'teams of a user': {
    field: 'User.teams',
    query: `node(id: $userId) { ... on User { list: teams(${WINDOW}) { ${PAGE} } } }`,
    insert: () => createTeam(acme.system, { name: `${name((serial += 1))} ${serial}`, memberIds: [acme.member.id] }),
  },
  credentials: {
    field: 'Provisioning.credentials',
    query: `workspace { provisioning { list: credentials(${WINDOW}) { ${PAGE} } } }`,
    insert: async () => {
      const { credential } = await generateScimCredential(acme.system, { name: `key ${(serial += 1)}` });
      await revokeScimCredential(acme.system, credential.id);
    },
  },
  events: {
    field: 'Provisioning.events',
    query: `workspace { provisioning { list: events(${WINDOW}) { ${PAGE} } } }`,
    insert: async () => server.world.store.journal.record(eventOf(acme.system)),
  },
};

beforeAll(async () => {
  server = await startServer();
  acme = await server.tenant('acme');
  home.userId = globalId('User', acme.member.id);
  home.teamId = globalId('Team', (await createTeam(acme.system, { name: 'home' })).id);
  for (const { insert } of Object.values(LISTS)) for (let n = 0; n < 3; n += 1) await insert();
});
afterAll(() => server.close());

interface PageRead {
  readonly ids: string[];
  readonly pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  };
}

async function page({ query }: List, window: object): Promise<PageRead> {
  const declared = '$first: Int, $after: String, $last: Int, $before: String';
  const node = query.startsWith('node') ? (query.includes('$teamId') ? ', $teamId: ID!' : ', $userId: ID!') : '';
  const { data, errors } = await server.ask(acme.tokens.OWNER, `query (${declared}${node}) { ${query} }`, {
    ...window,
    ...home,
  });
  expect(errors).toEqual([]);
  const list = (data.node ?? data.workspace.provisioning ?? data.workspace).list;
  return { ids: list.edges.map((edge: { node: { id: string } }) => edge.node.id), pageInfo: list.pageInfo };
}

/** Walks a list to its end in pages of these sizes, with something inserted after some of them. */
async function walk(list: List, steps: readonly Step[], backward: boolean): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  for (let step = 0; step < 400; step += 1) {
    const { size, inserts } = steps[step % steps.length]!;
    const { ids: found, pageInfo } = await page(
      list,
      backward ? { last: size, before: cursor } : { first: size, after: cursor },
    );
    ids.splice(backward ? 0 : ids.length, 0, ...found);
    cursor = backward ? pageInfo.startCursor : pageInfo.endCursor;
    if (!(backward ? pageInfo.hasPreviousPage : pageInfo.hasNextPage)) return ids;
    if (inserts && step < 3) await list.insert();
  }
  throw new Error('The walk does not end.');
}

interface Step {
  readonly size: number;
  readonly inserts: boolean;
}

const steps = fc.array(fc.record({ size: fc.integer({ min: 1, max: 9 }), inserts: fc.boolean() }), {
  minLength: 1,
  maxLength: 5,
});

describe('the paging law', () => {
  it('is tried on every connection of the schema', () => {
    const connections = Object.values(buildRollcallSchema().getTypeMap()).flatMap((type) =>
      'getFields' in type
        ? Object.values(type.getFields())
            .filter((field) => String(field.type).endsWith('Connection!'))
            .map((field) => `${type.name}.${field.name}`)
        : [],
    );
    expect(connections.toSorted()).toEqual([...new Set(Object.values(LISTS).map(({ field }) => field))].toSorted());
  });

  for (const [title, list] of Object.entries(LISTS))
    test.prop([steps, fc.boolean()], { numRuns: 4 })(
      `holds for ${title}: each item once, in order, under inserts`,
      async (sizes, backward) => {
        const before = (await page(list, { first: 100 })).ids;
        const walked = await walk(list, sizes, backward);
        const after = (await page(list, { first: 100 })).ids;
        expect(after.length).toBeLessThan(100);
        // Nothing twice; all that was there all the time; and no order but that of the list.
        expect(new Set(walked).size).toBe(walked.length);
        expect(before.filter((id) => !walked.includes(id))).toEqual([]);
        expect(walked).toEqual(after.filter((id) => walked.includes(id)));
      },
    );
});
