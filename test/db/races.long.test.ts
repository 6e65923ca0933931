import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore, type DatabaseStore } from '../../src/db/store.ts';
import type { Context } from '../../src/domain/ports.ts';
import { changeTeam } from '../../src/domain/team-commands.ts';
import type { Team } from '../../src/domain/team.ts';
import { deleteUser, updateUser } from '../../src/domain/user-commands.ts';
import type { User } from '../../src/domain/user.ts';
import { uuidV7Ids } from '../../src/ids.ts';
import { createPasswords } from '../../src/passwords.ts';
import { createSecrets } from '../../src/secrets.ts';
import { directoryOf } from '../graphql/support/directory.ts';
import { freshDatabase } from '../support/database.ts';
import { IS_LONG } from '../support/long.ts';
import { addUsers, aTeam, aUser, aWorkspace, clock, NOW } from './support/fixtures.ts';

const ROUNDS_A_PAIR = IS_LONG ? 400 : 3;
const ROUNDS = IS_LONG ? 1_000 : 40;
const PATIENCE_MS = IS_LONG ? 30 * 60_000 : 60_000;

const world = {
  clock,
  ids: uuidV7Ids(),
  secrets: createSecrets('a server secret of the tests, 32 characters'),
  passwords: createPasswords(),
};

// Two stores on one database, as two processes have it.
let stores: readonly [DatabaseStore, DatabaseStore];
let closing: () => Promise<void>;

beforeAll(async () => {
  const database = await freshDatabase();
  stores = [await openStore(database.url, { clock }), await openStore(database.url, { clock })];
  await stores[0].migrate();
  closing = async () => {
    await Promise.all(stores.map((store) => store.close()));
    await database.drop();
  };
});
afterAll(() => closing());

const operator = (store: DatabaseStore, workspaceId: string): Context => ({
  ...world,
  store,
  workspaceId,
  actor: { kind: 'system' },
});

const OWNER = {
  role: 'OWNER',
  ownRole: 'OWNER',
  managedBy: 'WORKSPACE',
  externalId: null,
  linkedAt: null,
  lastSyncedAt: null,
} as const;

/** A workspace whose owners are all in a team that gives them a role. */
async function workspaceWith(ownerCount: number): Promise<{ owners: User[]; team: Team; workspaceId: string }> {
  const workspace = aWorkspace();
  const team = aTeam(workspace.id, { roleMapping: 'ADMIN' });
  const owners = Array.from({ length: ownerCount }, () => aUser(workspace.id, OWNER));
  await stores[0].acrossWorkspaces.createWorkspace(workspace, async (tx) => {
    for (const owner of owners) await tx.users.add(owner);
    await tx.teams.add(team);
    await tx.teams.changeMembers(team.id, { kind: 'add', userIds: owners.map(({ id }) => id) }, NOW);
  });
  return { owners, team, workspaceId: workspace.id };
}

/** What can happen to an owner; `leaves` where there is an owner less if it succeeds. */
interface Act {
  readonly name: string;
  readonly leaves: boolean;
  run(ctx: Context, owner: User, team: Team): Promise<unknown>;
}

const ACTS: readonly Act[] = [
  {
    name: 'demoted',
    leaves: true,
    run: (ctx, { id }) => updateUser(ctx, id, (user) => user, { role: 'ADMIN' }),
  },
  {
    name: 'deactivated by a person',
    leaves: true,
    run: (ctx, { id }) => updateUser(ctx, id, (user) => ({ ...user, active: false })),
  },
  {
    name: 'deactivated by the directory',
    leaves: true,
    run: (ctx, { id }) => updateUser(directoryOf(ctx), id, (user) => ({ ...user, active: false })),
  },
  { name: 'deleted by the directory', leaves: true, run: (ctx, { id }) => deleteUser(directoryOf(ctx), id) },
  {
    name: 'without the role of their team',
    leaves: false,
    run: (ctx, _owner, { id }) => changeTeam(ctx, id, { roleMapping: null }),
  },
];

const PAIRS = ACTS.flatMap((first, at) => ACTS.slice(at).map((second) => [first, second] as const));

/** Runs two acts at once on a workspace where one owner too few could be left. */
async function race(acts: readonly [Act, Act]): Promise<void> {
  const leaving = acts.filter(({ leaves }) => leaves).length;
  const { owners, team, workspaceId } = await workspaceWith(Math.max(1, leaving));
  const results = await Promise.allSettled(
    acts.map((act, at) => act.run(operator(stores[at]!, workspaceId), owners[at] ?? owners[0]!, team)),
  );
  const refused = results.flatMap((result, at) => (result.status === 'rejected' ? [{ at, why: result.reason }] : []));
  expect(refused).toHaveLength(Math.min(1, leaving));
  for (const { at, why } of refused) {
    expect(acts[at]!.leaves).toBe(true);
    expect(why).toMatchObject({ refusal: { kind: 'RuleBroken', rule: 'LAST_OWNER' } });
  }
  const { items } = await stores[0]
    .workspace(workspaceId)
    .users.page({ roles: ['OWNER'], statuses: ['ACTIVE'] }, 'CREATED_AT_DESC', { first: 10 });
  expect(items).toHaveLength(1);
}

describe(`G3: an owner stays, ${ROUNDS_A_PAIR} times each`, () => {
  for (const [first, second] of PAIRS)
    it(
      `where one is ${first.name} while one is ${second.name}`,
      async () => {
        for (let round = 0; round < ROUNDS_A_PAIR; round += 1)
          await race(round % 2 === 0 ? [first, second] : [second, first]);
      },
      PATIENCE_MS,
    );
});

describe('G4: the directory adds a user to a group and deletes them at once', () => {
  it(
    `ends as one after the other, ${ROUNDS.toLocaleString('en')} times`,
    async () => {
      const { team, workspaceId } = await workspaceWith(1);
      const [adding, deleting] = stores.map((store) => directoryOf(operator(store, workspaceId)));
      const before = await stores[0].workspace(workspaceId).teams.members(team.id);
      const seen = { added: 0, refused: 0 };
      for (let round = 0; round < ROUNDS; round += 1) {
        const user = aUser(workspaceId);
        await addUsers(stores[0], workspaceId, [user]);
        // Neither is always first: each begins a moment before or after the other.
        const lead = Math.random() * 12 - 6;
        const [added, deleted] = await Promise.allSettled([
          pause(Math.max(0, lead)).then(() =>
            changeTeam(adding!, team.id, { members: [{ kind: 'add', userIds: [user.id] }] }),
          ),
          pause(Math.max(0, -lead)).then(() => deleteUser(deleting!, user.id)),
        ]);
        expect(deleted).toMatchObject({ status: 'fulfilled' });
        seen[added.status === 'fulfilled' ? 'added' : 'refused'] += 1;
        if (added.status === 'rejected')
          expect(added.reason).toMatchObject({ refusal: { kind: 'InvalidInput', issues: [{ path: ['members'] }] } });
        expect(await stores[1].workspace(workspaceId).teams.members(team.id)).toEqual(before);
      }
      process.stdout.write(`G4: ${JSON.stringify(seen)}\n`);
    },
    PATIENCE_MS,
  );
});
