import { beforeEach, describe, expect, it } from 'vitest';
import { later } from '../../src/domain/values.ts';
import { openDatabase } from '../../src/db/orm.ts';
import type { DatabaseStore } from '../../src/db/store.ts';
import type { Team } from '../../src/domain/team.ts';
import type { User } from '../../src/domain/user.ts';
import { ON_POSTGRESQL } from '../support/database.ts';
import { addedWorkspace, addUsers, aTeam, aUser, databaseUrl, freshStore, NOW } from './support/fixtures.ts';

// Two stores on one database, as two processes have it.
let url: string;
let stores: readonly [DatabaseStore, DatabaseStore];
let workspaceId: string;

beforeEach(async () => {
  url = await databaseUrl();
  stores = [await freshStore(url), await freshStore(url)];
  workspaceId = await addedWorkspace(stores[0]);
});

const ROUNDS = 40;

async function teamWith(users: readonly User[]): Promise<Team> {
  const team = aTeam(workspaceId);
  await stores[0].inWorkspace(workspaceId, async (tx) => {
    await tx.teams.add(team);
    await tx.teams.changeMembers(team.id, { kind: 'add', userIds: users.map(({ id }) => id) }, NOW);
  });
  return team;
}

describe('two processes', () => {
  it('G1: give one name to exactly one of many who want it at once', async () => {
    const names = ['ada', 'ADA', 'Ａda'];
    for (let round = 0; round < 10; round += 1) {
      const results = await Promise.allSettled(
        Array.from({ length: 20 }, (_, at) =>
          addUsers(stores[at % 2]!, workspaceId, [aUser(workspaceId, { userName: `${round}${names[at % 3]}` })]),
        ),
      );
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const result of results)
        if (result.status === 'rejected')
          expect(result.reason).toMatchObject({ refusal: { kind: 'AlreadyExists', field: 'userName' } });
    }
    expect(await stores[1].workspace(workspaceId).users.count({})).toBe(10);
  });

  it('G3: never let the last two owners both go', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const owners = [0, 1].map(() => aUser(workspaceId, { role: 'OWNER', ownRole: 'OWNER' }));
      await addUsers(stores[0], workspaceId, owners);
      const leave = (store: DatabaseStore, id: string) =>
        store.inWorkspace(workspaceId, async (tx) => {
          const user = (await tx.users.get(id))!;
          if (!(await tx.users.hasOtherActiveOwner(id))) return false;
          if (round % 2 === 0) await tx.users.remove(id);
          else await tx.users.save({ ...user, status: 'DEACTIVATED', version: 2 });
          return true;
        });
      const left = await Promise.all(owners.map(({ id }, at) => leave(stores[at]!, id)));
      expect(left.filter(Boolean)).toHaveLength(1);
      const { items } = await stores[0]
        .workspace(workspaceId)
        .users.page({ roles: ['OWNER'], statuses: ['ACTIVE'] }, 'CREATED_AT_DESC', { first: 10 });
      expect(items).toHaveLength(1);
      for (const { item } of items)
        await stores[0].inWorkspace(workspaceId, (tx) => tx.users.save({ ...item, status: 'DEACTIVATED' }));
    }
  });

  it('G4: of a join and a deletion of the same user at once, one comes first, and nobody who is gone is in a team', async () => {
    const team = await teamWith([]);
    for (let round = 0; round < ROUNDS; round += 1) {
      const user = aUser(workspaceId);
      await addUsers(stores[0], workspaceId, [user]);
      const [joined] = await Promise.all([
        stores[0].inWorkspace(workspaceId, async (tx) => {
          await tx.teams.get(team.id);
          return tx.teams.changeMembers(team.id, { kind: 'add', userIds: [user.id] }, NOW);
        }),
        stores[1].inWorkspace(workspaceId, async (tx) => {
          await tx.users.get(user.id);
          await tx.users.remove(user.id);
        }),
      ]);
      expect([[user.id], []]).toContainEqual(joined.added);
      expect(joined.unknown).toEqual(joined.added.length === 1 ? [] : [user.id]);
    }
    expect(await stores[0].workspace(workspaceId).teams.members(team.id)).toEqual([]);
  });

  it('G5: changes of one team at once end as one after the other', async () => {
    const users = Array.from({ length: 6 }, () => aUser(workspaceId));
    await addUsers(stores[0], workspaceId, users);
    const ids = users.map(({ id }) => id);
    for (let round = 0; round < ROUNDS; round += 1) {
      const team = await teamWith(users.slice(0, 3));
      const change = (store: DatabaseStore, kind: 'add' | 'remove' | 'replace', userIds: string[]) =>
        store.inWorkspace(workspaceId, async (tx) => {
          const before = (await tx.teams.get(team.id))!;
          await tx.teams.changeMembers(team.id, { kind, userIds }, NOW);
          await tx.teams.save({ ...before, version: before.version + 1 });
        });
      await Promise.all([
        change(stores[0], 'replace', ids.slice(2, 5)),
        change(stores[1], 'add', [ids[5]!]),
        change(stores[0], 'remove', [ids[3]!]),
      ]);
      const reader = stores[1].workspace(workspaceId).teams;
      expect((await reader.get(team.id))!.version).toBe(4);
      const members = (await reader.members(team.id)).map(({ userId }) => ids.indexOf(userId));
      // Whichever order: 2 and 4 are in; 3 and 5 by who came after the replacement.
      expect(members.filter((at) => at !== 3 && at !== 5)).toSatisfy(
        (kept: number[]) => kept.length === 2 && kept.includes(2) && kept.includes(4),
      );
    }
  });

  it('G7: of changes to the settings at once none is lost', async () => {
    const raise = (store: DatabaseStore) =>
      store.inWorkspace(workspaceId, async (tx) => {
        const workspace = (await tx.workspace())!;
        await tx.saveWorkspace({ ...workspace, provisioningVersion: workspace.provisioningVersion + 1 });
      });
    const results = await Promise.allSettled(Array.from({ length: 20 }, (_, at) => raise(stores[at % 2]!)));
    const done = results.filter(({ status }) => status === 'fulfilled').length;
    for (const result of results)
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ refusal: { kind: 'Unavailable' } });
    expect((await stores[0].workspace(workspaceId).workspace())!.provisioningVersion).toBe(1 + done);
    expect(done).toBeGreaterThan(0);
  });

  it('work out a role by what both have written', async () => {
    const user = aUser(workspaceId);
    await addUsers(stores[0], workspaceId, [user]);
    for (let round = 0; round < ROUNDS; round += 1) {
      const team = await teamWith([]);
      await Promise.all([
        stores[0].inWorkspace(workspaceId, async (tx) => {
          await tx.teams.get(team.id);
          await tx.teams.changeMembers(team.id, { kind: 'add', userIds: [user.id] }, NOW);
          await tx.teams.applyRoles([user.id], later(NOW, 1));
        }),
        stores[1].inWorkspace(workspaceId, async (tx) => {
          const before = (await tx.teams.get(team.id))!;
          await tx.teams.save({ ...before, roleMapping: 'ADMIN', version: 2 });
          await tx.teams.applyRolesOfTeam(team.id, later(NOW, 2));
        }),
      ]);
      expect((await stores[0].workspace(workspaceId).users.get(user.id))!.role).toBe('ADMIN');
      await stores[0].inWorkspace(workspaceId, (tx) => tx.teams.remove(team.id, NOW));
      expect((await stores[0].workspace(workspaceId).users.get(user.id))!.role).toBe('MEMBER');
    }
  });
});

describe.skipIf(!ON_POSTGRESQL)('work that was in the way of other work', () => {
  it('G13: is run again, at most five times, and then answered Unavailable', async () => {
    const open = await openDatabase(url);
    const failing = (code: string, times: number) => {
      let runs = 0;
      const done = open.commits.run(async (session) => {
        runs += 1;
        if (runs <= times) await session.run(`do $do$ begin raise exception sqlstate '${code}'; end $do$`, []);
        return runs;
      });
      return { done, runs: () => runs };
    };
    for (const code of ['40001', '40P01', '23503']) {
      expect(await failing(code, 5).done).toBe(6);
      const hopeless = failing(code, 99);
      await expect(hopeless.done).rejects.toMatchObject({ refusal: { kind: 'Unavailable' } });
      expect(hopeless.runs()).toBe(6);
    }
    const wrong = failing('22012', 99);
    await expect(wrong.done).rejects.toMatchObject({ code: '22012' });
    expect(wrong.runs()).toBe(1);
    await open.close();
  });

  it('is answered in the end where two wait for each other in a circle', async () => {
    const users = [aUser(workspaceId), aUser(workspaceId)];
    await addUsers(stores[0], workspaceId, users);
    const both = (store: DatabaseStore, order: readonly User[]) =>
      store.inWorkspace(workspaceId, async (tx) => {
        for (const { id } of order) {
          const user = (await tx.users.get(id))!;
          await tx.users.save({ ...user, version: user.version + 1 });
        }
      });
    await Promise.all([both(stores[0], users), both(stores[1], users.toReversed())]);
    const after = await stores[0].workspace(workspaceId).users.many(users.map(({ id }) => id));
    expect(after.map(({ version }) => version)).toEqual([3, 3]);
  });
});
