import { performance } from 'node:perf_hooks';
import Database from 'better-sqlite3';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Criteria } from '../../src/domain/criteria.ts';
import type { FieldOrder } from '../../src/domain/criteria.ts';
import type { TeamListFilter } from '../../src/domain/team-repository.ts';
import { TEAM_FIELDS, type TeamField } from '../../src/domain/team-fields.ts';
import type { MemberChange, Team } from '../../src/domain/team.ts';
import { USER_FIELDS, type UserField } from '../../src/domain/user-fields.ts';
import { displayNameOf } from '../../src/domain/user-profile.ts';
import { ownRoleOf, type User } from '../../src/domain/user.ts';
import { compareCodePoints, compareKey, later } from '../../src/domain/values.ts';
import { conditionOf } from '../../src/db/criteria.ts';
import { SQLITE_WORDS } from '../../src/db/sqlite/words.ts';
import { openDatabase } from '../../src/db/orm.ts';
import { openStore, type DatabaseStore } from '../../src/db/store.ts';
import { TEAM_PLACES } from '../../src/db/team-rows.ts';
import {
  addedWorkspace,
  addUsers,
  aTeam,
  aUser,
  clock,
  freshStore,
  nextId,
  NOW,
  refusalOf,
  storeWithWorkspace,
  temporaryFolder,
} from './support/fixtures.ts';
import { ON_POSTGRESQL } from '../support/database.ts';

const SITE = { places: TEAM_PLACES, words: SQLITE_WORDS, workspaceId: 'w' };

const LATER = later(NOW, 60_000);

interface Scene {
  readonly store: DatabaseStore;
  readonly workspaceId: string;
  readonly users: readonly User[];
  readonly teams: readonly Team[];
}

/** A workspace with as many users and teams, and nobody in a team. */
async function scene(userCount: number, teams: readonly Partial<Team>[]): Promise<Scene> {
  const { store, workspaceId } = await storeWithWorkspace();
  const users = Array.from({ length: userCount }, () => aUser(workspaceId));
  await addUsers(store, workspaceId, users);
  const made = teams.map((changes) => aTeam(workspaceId, changes));
  await addTeams(store, workspaceId, made);
  return { store, workspaceId, users, teams: made };
}

async function addTeams(store: DatabaseStore, workspaceId: string, teams: readonly Team[]): Promise<void> {
  await store.inWorkspace(workspaceId, async (tx) => {
    for (const team of teams) await tx.teams.add(team);
  });
}

function change({ store, workspaceId }: Scene, team: Team, kind: MemberChange['kind'], users: readonly User[]) {
  return store.inWorkspace(workspaceId, async (tx) => {
    const changed = await tx.teams.changeMembers(team.id, { kind, userIds: idsOf(users) }, NOW);
    await tx.teams.applyRoles([...changed.added, ...changed.removed], LATER);
    return changed;
  });
}

function idsOf(things: readonly { readonly id: string }[]): string[] {
  return things.map(({ id }) => id);
}

async function memberIds({ store, workspaceId }: Scene, team: Team): Promise<string[]> {
  return (await store.workspace(workspaceId).teams.members(team.id)).map(({ userId }) => userId);
}

async function roleOf({ store, workspaceId }: Scene, user: User) {
  const now = (await store.workspace(workspaceId).users.get(user.id))!;
  return [now.role, now.roleSource, now.roleTeamId, now.version] as const;
}

const EVERYTHING = { offset: 0, limit: 1_000 };

describe('a team', () => {
  it('comes back as it was made and saved, whatever is in it, by id, name and external id', async () => {
    const { store, workspaceId } = await storeWithWorkspace();
    const team = aTeam(workspaceId, {
      name: 'Ünï ✨ "Team"',
      externalId: '00gABC',
      managedBy: 'WORKSPACE',
      adopted: true,
      linkedAt: null,
      lastSyncedAt: null,
      roleMapping: 'ADMIN',
      version: 3,
    });
    await addTeams(store, workspaceId, [team]);
    const { teams } = store.workspace(workspaceId);
    expect(await teams.get(team.id)).toEqual(team);
    expect(await teams.byExternalId('00gABC')).toEqual(team);
    expect(await teams.byExternalId('00gabc')).toBeUndefined();
    const renamed = { ...team, name: 'Légal', nameKey: 'légal', version: 4, roleMapping: null };
    await store.inWorkspace(workspaceId, async (tx) => {
      expect(await tx.teams.get(team.id)).toEqual(team);
      await tx.teams.save(renamed);
      await tx.teams.touchSynced(team.id, LATER);
    });
    expect(await teams.byName('LE\u0301GAL')).toEqual({ ...renamed, lastSyncedAt: LATER });
    expect(await teams.many([team.id, 'no-uuid', team.id])).toEqual([{ ...renamed, lastSyncedAt: LATER }]);
    expect(await teams.get("x' or 1")).toBeUndefined();
  });

  it('tells who left in one order, in whichever they came and are named', async () => {
    const { store, workspaceId, users } = await scene(9, []);
    const ids = idsOf(users);
    const team = aTeam(workspaceId);
    const removedBy = (kind: 'remove' | 'replace', userIds: string[]) =>
      store.inWorkspace(workspaceId, async (tx) => {
        for (const id of ids.toReversed()) await tx.teams.changeMembers(team.id, { kind: 'add', userIds: [id] }, NOW);
        return (await tx.teams.changeMembers(team.id, { kind, userIds }, NOW)).removed;
      });
    await addTeams(store, workspaceId, [team]);
    expect(await removedBy('remove', ids.toReversed())).toEqual(ids);
    expect(await removedBy('replace', [])).toEqual(ids);
  });

  it('clashes on the name where both the name and the external id are taken', async () => {
    const { store, workspaceId } = await scene(0, [
      { name: 'Legal', externalId: 'A' },
      { name: 'Sales', externalId: 'B' },
    ]);
    const added = store.inWorkspace(workspaceId, (tx) =>
      tx.teams.add(aTeam(workspaceId, { name: 'LEGAL', externalId: 'B' })),
    );
    expect(await refusalOf(added)).toEqual({ kind: 'AlreadyExists', type: 'Team', field: 'name', value: 'LEGAL' });
  });

  it('clashes with another of the same name in other case, and of the same external id', async () => {
    const { store, workspaceId } = await scene(0, [{ name: 'Légal', externalId: 'A' }]);
    const [a, none] = [aTeam(workspaceId, { externalId: 'a' }), aTeam(workspaceId)];
    await addTeams(store, workspaceId, [a, none, aTeam(workspaceId)]);
    const named = addTeams(store, workspaceId, [aTeam(workspaceId, { name: 'LE\u0301GAL' })]);
    expect(await refusalOf(named)).toEqual({
      kind: 'AlreadyExists',
      type: 'Team',
      field: 'name',
      value: 'LE\u0301GAL',
    });
    const saved = store.inWorkspace(workspaceId, (tx) => tx.teams.save({ ...a, externalId: 'A' }));
    expect(await refusalOf(saved)).toEqual({ kind: 'AlreadyExists', type: 'Team', field: 'externalId', value: 'A' });
    expect(await store.workspace(workspaceId).teams.count({})).toBe(4);
  });

  it('frees its name when it is removed, and leaves its members as users', async () => {
    const setting = await scene(2, [{ name: 'Legal', externalId: 'A' }]);
    const { store, workspaceId, users, teams } = setting;
    await change(setting, teams[0]!, 'add', users);
    await store.inWorkspace(workspaceId, async (tx) => {
      await tx.teams.remove(teams[0]!.id, NOW);
      await tx.teams.remove(teams[0]!.id, NOW);
      await tx.teams.add(aTeam(workspaceId, { name: 'LEGAL', externalId: 'A' }));
    });
    const reader = store.workspace(workspaceId);
    expect(await reader.teams.count({})).toBe(1);
    expect(await reader.users.count({})).toBe(2);
    expect(await reader.teams.ofUsers(idsOf(users))).toEqual([]);
    expect(await reader.teams.members(teams[0]!.id)).toEqual([]);
  });
});

describe('the members of a team', () => {
  it('stand in the order in which they came, with the names they have now', async () => {
    const setting = await scene(4, [{}]);
    const { store, workspaceId, users, teams } = setting;
    const [a, b, c, d] = users as [User, User, User, User];
    expect((await change(setting, teams[0]!, 'add', [d, b, d])).added.toSorted()).toEqual(idsOf([b, d]));
    await change(setting, teams[0]!, 'add', [c, b, a]);
    expect(await memberIds(setting, teams[0]!)).toEqual(idsOf([d, b, c, a]));
    await store.inWorkspace(workspaceId, (tx) => tx.users.save({ ...b, displayNameOverride: 'Bee' }));
    expect((await store.workspace(workspaceId).teams.members(teams[0]!.id))[1]).toEqual({ userId: b.id, name: 'Bee' });
    expect(await store.workspace(workspaceId).teams.countMembers(teams[0]!.id, 3)).toBe(3);
  });

  it('change by what is really new and really gone', async () => {
    const setting = await scene(3, [{}]);
    const [team] = setting.teams as [Team];
    const [a, b, c] = setting.users as [User, User, User];
    expect(await change(setting, team, 'add', [a, b])).toEqual({ added: idsOf([a, b]), removed: [], unknown: [] });
    expect(await change(setting, team, 'add', [b])).toEqual({ added: [], removed: [], unknown: [] });
    expect(await change(setting, team, 'replace', [b, c])).toEqual({ added: [c.id], removed: [a.id], unknown: [] });
    const stranger = aUser(setting.workspaceId);
    expect(await change(setting, team, 'remove', [a, b, stranger])).toEqual({
      added: [],
      removed: [b.id],
      unknown: [],
    });
    expect(await change(setting, team, 'replace', [])).toEqual({ added: [], removed: [c.id], unknown: [] });
  });

  it('stay as they are where one to add is no user of the workspace', async () => {
    const setting = await scene(2, [{}]);
    const otherId = await addedWorkspace(setting.store);
    const foreign = aUser(otherId);
    await addUsers(setting.store, otherId, [foreign]);
    const [team] = setting.teams as [Team];
    const [a, b] = setting.users as [User, User];
    await change(setting, team, 'add', [a]);
    for (const kind of ['add', 'replace'] as const) {
      const odd = [foreign, b, { ...b, id: 'x\u0000"y' }, foreign];
      const { unknown, ...rest } = await change(setting, team, kind, odd);
      expect({ unknown: unknown.slice(0, 2), ...rest }).toEqual({
        added: [],
        removed: [],
        unknown: [foreign.id, 'x\u0000"y'],
      });
    }
    expect(await memberIds(setting, team)).toEqual([a.id]);
  });

  it('lose a user who is removed, which is a change of each of their teams', async () => {
    const setting = await scene(2, [{}, {}, {}]);
    const { store, workspaceId, users } = setting;
    const [one, two, three] = setting.teams as [Team, Team, Team];
    for (const team of [one, two]) await change(setting, team, 'add', users);
    await change(setting, three, 'add', [users[1]!]);
    const reader = store.workspace(workspaceId);
    const hasUser = compare('members.value', 'eq', users[0]!.id);
    expect((await reader.teams.find(hasUser, EVERYTHING)).total).toBe(2);
    await store.inWorkspace(workspaceId, (tx) => tx.users.remove(users[0]!.id));
    expect((await reader.teams.find(hasUser, EVERYTHING)).total).toBe(0);
    const versions = await Promise.all([one, two, three].map(async ({ id }) => (await reader.teams.get(id))!.version));
    expect(versions).toEqual([2, 2, 1]);
    for (const team of [one, two, three]) expect(await memberIds(setting, team)).toEqual([users[1]!.id]);
  });

  it('and the teams of a user say the same at all times', async () => {
    const setting = await scene(5, [{ name: 'b' }, { name: 'A' }, { name: 'c' }]);
    const { store, workspaceId, users, teams } = setting;
    const model = new Map(teams.map(({ id }) => [id, [] as string[]]));
    const step = fc.record({
      team: fc.constantFrom(...teams),
      kind: fc.constantFrom('add' as const, 'remove' as const, 'replace' as const),
      who: fc.array(fc.constantFrom(...users), { maxLength: 5 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
        for (const { team, kind, who } of steps) {
          await change(setting, team, kind, who);
          model.set(team.id, applied(model.get(team.id)!, kind, idsOf(who)));
        }
        const reader = store.workspace(workspaceId).teams;
        const members = await reader.membersOf(idsOf(teams));
        const ofUsers = await reader.ofUsers(idsOf(users));
        const pairs = (list: readonly (readonly [string, string])[]) => list.map((pair) => pair.join(' ')).toSorted();
        const byTeam = [...members].flatMap(([team, list]) => list.map(({ userId }) => [team, userId] as const));
        expect(pairs(byTeam)).toEqual(pairs(ofUsers.map(({ teamId, userId }) => [teamId, userId] as const)));
        for (const [id, list] of members) expect(list.map(({ userId }) => userId)).toEqual(model.get(id));
        const names = ofUsers.filter(({ userId }) => userId === users[0]!.id).map(({ name }) => name.toLowerCase());
        expect(names).toEqual(names.toSorted());
      }),
      { numRuns: 60 },
    );
  });

  it.skipIf(ON_POSTGRESQL)(
    'may be a hundred thousand, changed at once',
    async () => {
      const path = `${temporaryFolder()}/rollcall.db`;
      const store = await freshStore(`sqlite:${path}`);
      const workspaceId = await addedWorkspace(store);
      const team = aTeam(workspaceId, { roleMapping: 'ADMIN' });
      await addTeams(store, workspaceId, [team]);
      const ids = await cloneUsers({ store, workspaceId, path }, 100_000);
      const shuffled = ids.toSorted((a, b) => compareCodePoints(a.slice(-2), b.slice(-2)));
      const put = (kind: MemberChange['kind'], userIds: readonly string[]) =>
        store.inWorkspace(workspaceId, (tx) => tx.teams.changeMembers(team.id, { kind, userIds }, NOW));
      const reader = store.workspace(workspaceId);
      const figures: Record<string, number> = {};
      const timed = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
        const from = performance.now();
        const value = await work();
        figures[name] = Math.round((performance.now() - from) * 10) / 10;
        return value;
      };
      expect((await timed('add 100,000', () => put('add', shuffled))).added).toHaveLength(100_000);
      expect((await timed('remove one', () => put('remove', [ids[5]!]))).removed).toHaveLength(1);
      expect((await timed('add one', () => put('add', [ids[5]!]))).added).toHaveLength(1);
      expect(await timed('read all', () => reader.teams.members(team.id))).toHaveLength(100_000);
      const roles = (at: string) => store.inWorkspace(workspaceId, (tx) => tx.teams.applyRolesOfTeam(team.id, at));
      await timed('roles of all', () => roles(LATER));
      await timed('roles of all again', () => roles(LATER));
      expect(await reader.users.count({ roles: ['ADMIN'] })).toBe(100_000);
      expect((await timed('first page of members', () => page(reader, team))).items).toHaveLength(50);
      expect(await timed('count of members', () => reader.users.count({ teamId: team.id }))).toBe(100_000);
      const half = await timed('replace by half', () => put('replace', shuffled.slice(50_000)));
      expect(half.removed).toHaveLength(50_000);
      await timed('remove the team', () => store.inWorkspace(workspaceId, (tx) => tx.teams.remove(team.id, LATER)));
      expect(await reader.users.count({ roles: ['ADMIN'] })).toBe(0);
      process.stdout.write(`100,000 members, in ms: ${JSON.stringify(figures)}\n`);
    },
    120_000,
  );
});

function page(reader: ReturnType<DatabaseStore['workspace']>, team: Team) {
  return reader.users.page({ teamId: team.id }, 'DISPLAY_NAME_ASC', { first: 50 });
}

function applied(held: readonly string[], kind: MemberChange['kind'], ids: readonly string[]): string[] {
  const left = held.filter((id) => kind === 'add' || ids.includes(id) === (kind === 'replace'));
  return kind === 'remove' ? left : [...new Set([...left, ...ids])];
}

/** Copies of one user, written by SQL alone. */
async function cloneUsers(
  { store, workspaceId, path }: { store: DatabaseStore; workspaceId: string; path: string },
  count: number,
): Promise<string[]> {
  await addUsers(store, workspaceId, [aUser(workspaceId)]);
  const database = new Database(path);
  const names = (database.pragma('table_info(users)') as { name: string }[]).map(({ name }) => name);
  const made: Record<string, string> = {
    id: "'019cb000-0000-7000-8000-' || printf('%012x', n)",
    seq: 'n + 1',
    user_name: "'user-' || n",
    user_name_key: "'user-' || n",
    external_id: "'00u' || n",
  };
  const values = names.map((name) => made[name] ?? `users.${name}`);
  database.exec(`with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < ${count})
    insert into users (${names.join(', ')}) select ${values.join(', ')} from numbers, users;
    update workspace_counters set user_count = ${count + 1}, last_user_seq = ${count + 1}`);
  const ids = database.prepare("select id from users where user_name like 'user-%' and seq > 1").pluck().all();
  database.close();
  return ids as string[];
}

describe('the role that teams give', () => {
  it('is the highest of them and the user’s own, which wins between equals', async () => {
    const setting = await scene(1, [{ roleMapping: 'MEMBER' }, { roleMapping: 'ADMIN' }, { roleMapping: 'ADMIN' }]);
    const { store, workspaceId, users } = setting;
    const [member, admin, second] = setting.teams as [Team, Team, Team];
    const owner = aUser(workspaceId, ownRoleOf('OWNER', 'ASSIGNED'));
    const manager = aUser(workspaceId, ownRoleOf('ADMIN', 'ASSIGNED'));
    await addUsers(store, workspaceId, [owner, manager]);
    const everyone = [...users, owner, manager];
    await change(setting, member, 'add', everyone);
    expect(await roleOf(setting, users[0]!)).toEqual(['MEMBER', 'DEFAULT', null, 1]);
    await change(setting, second, 'add', everyone);
    expect(await roleOf(setting, users[0]!)).toEqual(['ADMIN', 'TEAM', second.id, 2]);
    await change(setting, admin, 'add', everyone);
    expect(await roleOf(setting, users[0]!)).toEqual(['ADMIN', 'TEAM', admin.id, 3]);
    expect(await roleOf(setting, owner)).toEqual(['OWNER', 'ASSIGNED', null, 1]);
    expect(await roleOf(setting, manager)).toEqual(['ADMIN', 'ASSIGNED', null, 1]);
    expect((await store.workspace(workspaceId).users.get(users[0]!.id))!.updatedAt).toBe(LATER);
    await change(setting, admin, 'remove', everyone);
    expect(await roleOf(setting, users[0]!)).toEqual(['ADMIN', 'TEAM', second.id, 4]);
    await change(setting, second, 'replace', []);
    expect(await roleOf(setting, users[0]!)).toEqual(['MEMBER', 'DEFAULT', null, 5]);
  });

  it('follows the mapping of the team, and goes with the team', async () => {
    const setting = await scene(2, [{}]);
    const { store, workspaceId, users, teams } = setting;
    const team = teams[0]!;
    await change(setting, team, 'add', [users[0]!]);
    await store.inWorkspace(workspaceId, async (tx) => {
      await tx.teams.save({ ...team, roleMapping: 'ADMIN' });
      await tx.teams.applyRolesOfTeam(team.id, LATER);
      await tx.teams.applyRolesOfTeam(team.id, LATER);
    });
    expect(await roleOf(setting, users[0]!)).toEqual(['ADMIN', 'TEAM', team.id, 2]);
    expect(await roleOf(setting, users[1]!)).toEqual(['MEMBER', 'DEFAULT', null, 1]);
    const admins = compareUsers('id', 'ne', 'x');
    expect((await store.workspace(workspaceId).users.find(admins, EVERYTHING)).users[0]!.role).toBe('ADMIN');
    await store.inWorkspace(workspaceId, (tx) => tx.teams.remove(team.id, LATER));
    expect(await roleOf(setting, users[0]!)).toEqual(['MEMBER', 'DEFAULT', null, 3]);
  });

  it('is kept when the user’s own role is saved, which comes back without the team', async () => {
    const setting = await scene(1, [{ roleMapping: 'ADMIN' }]);
    const { store, workspaceId, users, teams } = setting;
    const [user, team] = [users[0]!, teams[0]!];
    await change(setting, team, 'add', users);
    const save = (saved: User) => store.inWorkspace(workspaceId, (tx) => tx.users.save(saved));
    await save({ ...user, ...ownRoleOf('MEMBER', 'ASSIGNED'), version: 3 });
    expect(await roleOf(setting, user)).toEqual(['ADMIN', 'TEAM', team.id, 3]);
    await save({ ...user, ...ownRoleOf('OWNER', 'ASSIGNED'), version: 4 });
    expect(await roleOf(setting, user)).toEqual(['OWNER', 'ASSIGNED', null, 4]);
    await store.inWorkspace(workspaceId, async (tx) => {
      const read = (await tx.users.get(user.id))!;
      await tx.users.save({ ...read, ...ownRoleOf('MEMBER', 'ASSIGNED'), version: 4 });
      await tx.users.save({ ...read, ...ownRoleOf('MEMBER', 'ASSIGNED'), version: 5 });
    });
    expect(await roleOf(setting, user)).toEqual(['ADMIN', 'TEAM', team.id, 5]);
    await change(setting, team, 'remove', users);
    expect(await roleOf(setting, user)).toEqual(['MEMBER', 'ASSIGNED', null, 6]);
  });
});

describe('lists of teams', () => {
  const names = ['Ángel', 'angelina', 'Zoë', 'Bo', '10 % off'];

  it('are searched, narrowed and paged by name', async () => {
    const setting = await scene(
      2,
      names.map((name, index) => ({ name, managedBy: index % 2 === 0 ? 'DIRECTORY' : 'WORKSPACE' })),
    );
    const { store, workspaceId, users, teams } = setting;
    await change(setting, teams[2]!, 'add', users);
    await change(setting, teams[3]!, 'add', [users[0]!]);
    const reader = store.workspace(workspaceId).teams;
    const list = async (filter: TeamListFilter) => {
      const { items } = await reader.page(filter, { first: 10 });
      expect(await reader.count(filter)).toBe(items.length);
      return items.map(({ item }) => item.name);
    };
    expect(await list({})).toEqual(['10 % off', 'Ángel', 'angelina', 'Bo', 'Zoë']);
    expect(await list({ search: 'ANGE' })).toEqual(['Ángel', 'angelina']);
    expect(await list({ search: '%', managedBy: 'DIRECTORY' })).toEqual(['10 % off']);
    expect(await list({ memberId: users[0]!.id })).toEqual(['Bo', 'Zoë']);
    expect(await list({ memberId: users[1]!.id, managedBy: 'WORKSPACE' })).toEqual([]);
    const first = await reader.page({}, { first: 2 });
    expect(first.hasNextPage).toBe(true);
    const rest = await reader.page({}, { first: 9, after: first.items[1]!.position });
    expect(rest.items.map(({ item }) => item.name)).toEqual(['angelina', 'Bo', 'Zoë']);
  });

  it('of users are narrowed to a team', async () => {
    const setting = await scene(3, [{}, {}]);
    const { store, workspaceId, users, teams } = setting;
    await change(setting, teams[0]!, 'add', [users[2]!, users[0]!]);
    const reader = store.workspace(workspaceId).users;
    const { items } = await reader.page({ teamId: teams[0]!.id, roles: ['MEMBER'] }, 'CREATED_AT_DESC', { first: 5 });
    expect(idsOf(items.map(({ item }) => item))).toEqual(idsOf([users[2]!, users[0]!]));
    expect(await reader.count({ teamId: teams[0]!.id })).toBe(2);
    expect(await reader.count({ teamId: teams[1]!.id })).toBe(0);
  });

  it('answer a question as a plain reading in memory does', async () => {
    const setting = await scene(
      4,
      names.map((name, index) => ({ name, externalId: index < 2 ? null : `0${index}`, createdAt: later(NOW, -index) })),
    );
    const { store, workspaceId, users, teams } = setting;
    await change(setting, teams[0]!, 'add', users);
    await change(setting, teams[1]!, 'add', users.slice(1, 3));
    await change(setting, teams[4]!, 'add', [users[3]!]);
    const members = await store.workspace(workspaceId).teams.membersOf(idsOf(teams));
    await fc.assert(
      fc.asyncProperty(teamQuestions([...names, ...idsOf(users), ...idsOf(teams)]), async (question) => {
        const found = await store.workspace(workspaceId).teams.find(question, EVERYTHING);
        const expected = teams.filter((team) =>
          holds(
            plain(
              team,
              members.get(team.id)!.map((m) => m.userId),
            ),
            question,
          ),
        );
        expect({ question, ids: idsOf(found.teams), total: found.total }).toEqual({
          question,
          ids: idsOf(expected),
          total: expected.length,
        });
      }),
      { numRuns: 500 },
    );
  });

  it('are found through an index by id, name and external id, and by nothing that is no field', () => {
    for (const field of ['id', 'name', 'externalId'] as const)
      expect(conditionOf(compare(field, 'eq', 'x'), SITE).unique).toBe(true);
    expect(conditionOf(compare('members.value', 'eq', 'x'), SITE).unique).toBe(false);
    const question = { kind: 'present', field: 'userName' } as unknown as Criteria<TeamField>;
    expect(() => conditionOf(question, SITE)).toThrow(TypeError);
    const order = { field: 'toString', descending: false } as unknown as FieldOrder<TeamField>;
    return scene(0, []).then(({ store, workspaceId }) =>
      expect(store.workspace(workspaceId).teams.find(undefined, EVERYTHING, order)).rejects.toThrow(TypeError),
    );
  });

  it('are read in slices while they change', async () => {
    const { store, workspaceId, teams } = await scene(
      0,
      Array.from({ length: 7 }, () => ({})),
    );
    const read = async (offset: number) => idsOf((await slice(offset)).teams);
    const slice = (offset: number) => store.workspace(workspaceId).teams.find(undefined, { offset, limit: 3 });
    expect([await read(0), await read(3)]).toEqual([idsOf(teams.slice(0, 3)), idsOf(teams.slice(3, 6))]);
    await store.inWorkspace(workspaceId, (tx) => tx.teams.remove(teams[1]!.id, NOW));
    expect(await read(3)).toEqual(idsOf(teams.slice(4)));
    expect(await slice(9)).toEqual({ teams: [], total: 6 });
  });
});

describe('an order by a field (RFC 7644 §3.4.2.3)', () => {
  const orders: FieldOrder<UserField>[] = (
    ['userName', 'externalId', 'title', 'emails.value', 'active', 'id'] as const
  ).flatMap((field) => [true, false].map((descending) => ({ field, descending })));

  it.each(orders)(
    'sorts users by $field (descending: $descending), who have none at the end or first',
    async (order) => {
      const { store, workspaceId } = await storeWithWorkspace();
      const users = Array.from({ length: 12 }, (_, index) =>
        aUser(workspaceId, {
          userName: `${'bAcÉ'[index % 4]}${(index * 7) % 12}`,
          externalId: index % 3 === 0 ? null : `0${(index * 5) % 12}`,
          status: index % 2 === 0 ? 'ACTIVE' : 'DEACTIVATED',
          profile: {
            ...(index % 4 === 0 ? {} : { title: 'aBÉc'[index % 3]! }),
            ...(index % 5 === 0
              ? {}
              : { emails: [{ value: `${(index * 3) % 7}@x` }, { value: `${index % 3}@x`, primary: index % 2 === 0 }] }),
          },
        }),
      );
      await addUsers(store, workspaceId, users);
      const expected = users.toSorted((a, b) => compareBy(sortValue(a, order.field), sortValue(b, order.field), order));
      const reader = store.workspace(workspaceId).users;
      const found = await reader.find(undefined, { offset: 0, limit: 100 }, order);
      expect(idsOf(found.users)).toEqual(idsOf(expected));
      const everyone = compareUsers('id', 'ne', 'x');
      const middle = await reader.find(everyone, { offset: 4, limit: 5 }, order);
      expect([idsOf(middle.users), middle.total]).toEqual([idsOf(expected.slice(4, 9)), 12]);
    },
  );

  it('sorts teams by name and by external id', async () => {
    const { store, workspaceId, teams } = await scene(0, [
      { name: 'b', externalId: '2' },
      { name: 'A', externalId: null },
      { name: 'C', externalId: '1' },
    ]);
    const [b, a, c] = teams as [Team, Team, Team];
    const read = async (field: TeamField, descending: boolean) =>
      idsOf((await store.workspace(workspaceId).teams.find(undefined, EVERYTHING, { field, descending })).teams);
    expect(await read('name', false)).toEqual(idsOf([a, b, c]));
    expect(await read('name', true)).toEqual(idsOf([c, b, a]));
    expect(await read('externalId', false)).toEqual(idsOf([c, b, a]));
    expect(await read('externalId', true)).toEqual(idsOf([a, b, c]));
    expect(await read('members.value', false)).toEqual(idsOf([b, a, c]));
    await expect(read('members', false)).rejects.toThrow('order by one of them');
  });
});

describe('a workspace', () => {
  it('shows and changes nothing of the teams of another', async () => {
    const setting = await scene(1, [{ name: 'Legal', externalId: 'A', roleMapping: 'ADMIN' }]);
    const { store, workspaceId, users, teams } = setting;
    const [user, team] = [users[0]!, teams[0]!];
    await change(setting, team, 'add', users);
    const otherId = await addedWorkspace(store);
    const stranger = aUser(otherId);
    await addUsers(store, otherId, [stranger]);
    await store.inWorkspace(otherId, async (tx) => {
      expect(await tx.teams.get(team.id)).toBeUndefined();
      await tx.teams.save({ ...team, name: 'taken' });
      await tx.teams.touchSynced(team.id, LATER);
      await tx.teams.remove(team.id, LATER);
      const removal = await tx.teams.changeMembers(team.id, { kind: 'replace', userIds: [] }, NOW);
      expect(removal.removed).toEqual([]);
      const named = await tx.teams.changeMembers(team.id, { kind: 'add', userIds: [user.id] }, NOW);
      expect(named.unknown).toEqual([user.id]);
      await tx.teams.applyRoles([user.id], LATER);
      await tx.teams.applyRolesOfTeam(team.id, LATER);
      await tx.users.remove(user.id);
    });
    const joining = store.inWorkspace(otherId, (tx) =>
      tx.teams.changeMembers(team.id, { kind: 'add', userIds: [stranger.id] }, NOW),
    );
    await expect(joining).rejects.toThrow(ON_POSTGRESQL ? 'cannot save this right now' : 'FOREIGN KEY');
    await addTeams(store, otherId, [aTeam(otherId, { name: 'legal', externalId: 'A' })]);
    const other = store.workspace(otherId).teams;
    expect(await other.get(team.id)).toBeUndefined();
    expect(await other.many([team.id])).toEqual([]);
    expect((await other.byName('Legal'))?.workspaceId).toBe(otherId);
    expect((await other.byExternalId('A'))?.workspaceId).toBe(otherId);
    expect(await other.members(team.id)).toEqual([]);
    expect(await other.countMembers(team.id, 10)).toBe(0);
    expect(await other.ofUsers([user.id])).toEqual([]);
    expect(await other.count({ memberId: user.id })).toBe(0);
    expect(await store.workspace(otherId).users.count({ teamId: team.id })).toBe(0);
    expect((await other.find(compare('members.value', 'eq', user.id), EVERYTHING)).total).toBe(0);
    expect(await store.workspace(workspaceId).teams.get(team.id)).toEqual(team);
    expect(await memberIds(setting, team)).toEqual([user.id]);
    expect((await roleOf(setting, user))[0]).toBe('ADMIN');
  });
});

describe.skipIf(ON_POSTGRESQL)('the migration 0002-teams', () => {
  it('keeps the users of an older file, their roles as their own', async () => {
    const url = `sqlite:${temporaryFolder()}/rollcall.db`;
    const open = await openDatabase(url);
    await open.orm.migrator.up({ to: '0001-first-tables' });
    const database = new Database(url.slice('sqlite:'.length));
    const workspaceId = nextId();
    const users = [
      aUser(workspaceId, { ...ownRoleOf('OWNER', 'ASSIGNED'), displayNameOverride: 'Countess' }),
      aUser(workspaceId, { profile: { name: { givenName: 'Ada', familyName: 'Byron' } } }),
      aUser(workspaceId, { profile: { name: { familyName: 'Byron' } } }),
      aUser(workspaceId, { profile: { name: { formatted: 'A. Byron', familyName: 'Byron' } } }),
      aUser(workspaceId, { profile: {}, ...ownRoleOf('ADMIN', 'DEFAULT') }),
    ];
    database
      .prepare("insert into workspaces values (?, 'acme', 'Acme', 'ENTERPRISE', 0, '{}', 1, ?)")
      .run(workspaceId, NOW);
    database.prepare('insert into workspace_counters values (?, ?, ?, 0, 9)').run(workspaceId, 5, 5);
    users.forEach((user, index) => {
      database.prepare(OLD_USER).run(oldRow(user, index + 1));
    });
    database.close();
    await open.close();
    const store = await openStore(url, { clock });
    expect(await store.migrate()).toEqual([
      '0002-teams',
      '0003-passwords',
      '0004-invitations',
      '0005-sign-in',
      '0006-user-emails',
      '0007-user-lists',
    ]);
    const reader = store.workspace(workspaceId);
    expect((await reader.users.find(undefined, EVERYTHING)).users).toEqual(users);
    const team = aTeam(workspaceId);
    await store.inWorkspace(workspaceId, async (tx) => {
      await tx.teams.add(team);
      await tx.teams.changeMembers(team.id, { kind: 'add', userIds: idsOf(users) }, NOW);
      await tx.teams.applyRolesOfTeam(team.id, NOW);
    });
    expect(await reader.teams.members(team.id)).toEqual(
      users.map((user) => ({ userId: user.id, name: displayNameOf(user) })),
    );
    expect((await reader.users.find(undefined, EVERYTHING)).users).toEqual(users);
    await store.close();
  });
});

const OLD_COLUMNS = `workspace_id id seq user_name user_name_key external_id status role role_source managed_by adopted
  linked_at last_synced_at display_name_override version created_at updated_at display_name_key search_text profile
  comparable`.split(/\s+/u);
const OLD_USER = `insert into users (${OLD_COLUMNS.join(', ')}) values (${OLD_COLUMNS.map((name) => `@${name}`).join(', ')})`;

function oldRow(user: User, seq: number): Record<string, unknown> {
  const derived = { seq, adopted: 0, display_name_key: '', search_text: '', comparable: '{}' };
  const held = Object.entries(user).map(([name, value]) => [
    name.replace(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`),
    typeof value === 'object' && value !== null ? JSON.stringify(value) : (value as unknown),
  ]);
  return { ...(Object.fromEntries(held) as object), ...derived };
}

function compare(field: TeamField, operator: 'eq' | 'ne', value: string): Criteria<TeamField> {
  return { kind: 'compare', field, operator, value };
}

function compareUsers(field: UserField, operator: 'eq' | 'ne', value: string): Criteria<UserField> {
  return { kind: 'compare', field, operator, value };
}

type Comparable = string | number | undefined;

/** What the value of a user's field sorts by, read from the attributes. */
function sortValue(user: User, field: UserField): Comparable {
  if (field === 'emails.value') return primaryEmail(user);
  if (field === 'active') return user.status === 'DEACTIVATED' ? 0 : 1;
  const value = { ...user, ...user.profile }[field as 'userName' | 'title' | 'externalId' | 'id'] ?? undefined;
  return value === undefined || USER_FIELDS[field].caseExact ? value : compareKey(value);
}

function primaryEmail({ profile: { emails } }: User): string | undefined {
  return (emails?.find(({ primary }) => primary) ?? emails?.[0])?.value;
}

function compareBy(a: Comparable, b: Comparable, { descending }: { descending: boolean }): number {
  if (a === b) return 0;
  const ascending = a === undefined ? 1 : b === undefined ? -1 : compareCodePoints(String(a), String(b));
  return descending ? -ascending : ascending;
}

type PlainTeam = Record<string, unknown>;

function plain({ id, name, externalId, createdAt, updatedAt }: Team, members: readonly string[]): PlainTeam {
  return { id, name, externalId: externalId ?? undefined, createdAt, updatedAt, members };
}

/** A second reading of questions about teams, straight from their definition. */
function holds(team: PlainTeam, question: Criteria<TeamField>): boolean {
  switch (question.kind) {
    case 'and':
      return question.of.every((part) => holds(team, part));
    case 'or':
      return question.of.some((part) => holds(team, part));
    case 'not':
      return !holds(team, question.of);
    case 'some':
      return (team['members'] as string[]).some((id) => holds({ members: [id] }, question.where));
    case 'present':
      return valuesOf(team, question.field).length > 0;
    case 'compare': {
      const values = valuesOf(team, question.field);
      if (question.operator === 'ne' && values.length === 0) return true;
      const fold = TEAM_FIELDS[question.field].caseExact ? (text: string) => text : compareKey;
      return values.some((value) => passes(fold(value), question.operator, fold(String(question.value))));
    }
  }
}

function valuesOf(team: PlainTeam, field: TeamField): string[] {
  const held = team[field.startsWith('members') ? 'members' : field];
  return held === undefined ? [] : [held as string | string[]].flat();
}

function passes(left: string, operator: string, right: string): boolean {
  const order = compareCodePoints(left, right);
  return {
    eq: order === 0,
    ne: order !== 0,
    co: left.includes(right),
    sw: left.startsWith(right),
    ew: left.endsWith(right),
    gt: order > 0,
    ge: order >= 0,
    lt: order < 0,
    le: order <= 0,
  }[operator]!;
}

function teamQuestions(words: readonly string[]): fc.Arbitrary<Criteria<TeamField>> {
  const fields = Object.keys(TEAM_FIELDS) as TeamField[];
  const on = (names: readonly TeamField[]) =>
    fc.record({
      kind: fc.constant('compare' as const),
      field: fc.constantFrom(...names),
      operator: fc.constantFrom('eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le' as const),
      value: fc.constantFrom(...words, 'ANGEL', 'zoë', '02', '', '%', "'", NOW),
    });
  const present = fc.record({ kind: fc.constant('present' as const), field: fc.constantFrom(...fields) });
  const tree = (leaf: fc.Arbitrary<Criteria<TeamField>>) =>
    fc.letrec<{ tree: Criteria<TeamField> }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        leaf,
        fc.record({
          kind: fc.constantFrom('and' as const, 'or' as const),
          of: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }),
        }),
        fc.record({ kind: fc.constant('not' as const), of: tie('tree') }),
      ),
    })).tree;
  const some = fc.record({
    kind: fc.constant('some' as const),
    list: fc.constant('members' as const),
    where: tree(on(['members.value'])),
  });
  return tree(fc.oneof(on(fields.filter((name) => name !== 'members')), present, some));
}
