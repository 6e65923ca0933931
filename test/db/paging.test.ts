import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Criteria, Page, PageOf } from '../../src/domain/criteria.ts';
import type { UserOrder } from '../../src/domain/user-repository.ts';
import type { UserField } from '../../src/domain/user-fields.ts';
import type { User } from '../../src/domain/user.ts';
import { later } from '../../src/domain/values.ts';
import type { DatabaseStore } from '../../src/db/store.ts';
import type { Session } from '../../src/db/session.ts';
import { openDatabase } from '../../src/db/orm.ts';
import { SliceMemory } from '../../src/db/slices.ts';
import { StoredUsers } from '../../src/db/user-reader.ts';
import {
  addUsers,
  addedWorkspace,
  aUser,
  databaseUrl,
  freshStore,
  NOW,
  refusalOf,
  storeWithWorkspace,
} from './support/fixtures.ts';

const ORDERS: UserOrder[] = [
  'DISPLAY_NAME_ASC',
  'DISPLAY_NAME_DESC',
  'CREATED_AT_DESC',
  'LAST_ACTIVE_AT_DESC',
  'LAST_SYNCED_AT_DESC',
];

async function walk<T>(read: (page: Page) => Promise<PageOf<T>>, size: number, backward: boolean): Promise<T[]> {
  const seen: T[] = [];
  let edge: Page = {};
  for (;;) {
    const { items, hasNextPage, hasPreviousPage } = await read({
      ...(backward ? { last: size } : { first: size }),
      ...edge,
    });
    const found = items.map(({ item }) => item);
    if (backward) seen.unshift(...found);
    else seen.push(...found);
    const isFirst = seen.length === found.length;
    expect(backward ? hasNextPage : hasPreviousPage).toBe(!isFirst);
    if (!(backward ? hasPreviousPage : hasNextPage)) return seen;
    edge = backward ? { before: items[0]!.position } : { after: items.at(-1)!.position };
  }
}

async function someUsers(store: DatabaseStore, workspaceId: string): Promise<User[]> {
  const users = Array.from({ length: 23 }, (_, index) =>
    aUser(workspaceId, {
      profile: { displayName: ['Ángel', 'angel', 'Zoë', 'Bo'][index % 4]! },
      lastActiveAt: index % 3 === 0 ? null : later(NOW, (index % 5) * 1_000),
      lastSyncedAt: index % 2 === 0 ? null : later(NOW, index),
      status: index % 4 === 1 ? 'INVITED' : 'ACTIVE',
      role: index === 0 ? 'OWNER' : 'MEMBER',
      managedBy: index % 2 === 0 ? 'WORKSPACE' : 'DIRECTORY',
    }),
  );
  await addUsers(store, workspaceId, users);
  return users;
}

describe('pages of users', () => {
  it('give each user once and in one order, whatever their size and direction', async () => {
    const { store, workspaceId } = await storeWithWorkspace();
    const all = await someUsers(store, workspaceId);
    const { users } = store.workspace(workspaceId);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...ORDERS),
        fc.integer({ min: 1, max: 25 }),
        fc.boolean(),
        async (order, size, backward) => {
          const read = (page: Page) => users.page({}, order, page);
          const whole = (await read({ first: 100 })).items.map(({ item }) => item.id);
          expect(new Set(whole)).toEqual(new Set(all.map(({ id }) => id)));
          const walked = await walk(read, size, backward);
          expect(walked.map(({ id }) => id)).toEqual(whole);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('are in the order they say, those without an instant last', async () => {
    const { store, workspaceId } = await storeWithWorkspace();
    const all = await someUsers(store, workspaceId);
    const { users } = store.workspace(workspaceId);
    const read = async (order: UserOrder) =>
      (await users.page({}, order, { first: 100 })).items.map(({ item }) => item);
    expect((await read('CREATED_AT_DESC')).map(({ id }) => id)).toEqual(all.map(({ id }) => id).toReversed());
    const active = (await read('LAST_ACTIVE_AT_DESC')).map(({ lastActiveAt }) => lastActiveAt ?? '');
    expect(active).toEqual([...active].sort().toReversed());
    const names = (await read('DISPLAY_NAME_ASC')).map(({ profile }) => profile.displayName);
    expect([names[0], names[12], names.at(-1)]).toEqual([expect.stringMatching(/ngel/), 'Bo', 'Zoë']);
    const descending = (await read('DISPLAY_NAME_DESC')).map(({ id }) => id);
    expect(descending).toEqual((await read('DISPLAY_NAME_ASC')).map(({ id }) => id).toReversed());
  });

  it('are narrowed by all conditions together, as the count is', async () => {
    const { store, workspaceId } = await storeWithWorkspace();
    const all = await someUsers(store, workspaceId);
    const { users } = store.workspace(workspaceId);
    const filter = {
      search: 'ANGEL',
      statuses: ['INVITED', 'DEACTIVATED'] as const,
      roles: ['MEMBER'] as const,
      managedBy: 'DIRECTORY' as const,
    };
    const expected = all
      .filter((user) => user.status === 'INVITED' && user.managedBy === 'DIRECTORY')
      .map(({ id }) => id);
    const { items } = await users.page(filter, 'CREATED_AT_DESC', { last: 100 });
    expect(items.map(({ item }) => item.id).toReversed()).toEqual(expected);
    expect(await users.count(filter)).toBe(expected.length);
    expect(await users.count({ search: '%' })).toBe(0);
    expect(await users.count({ search: '_' })).toBe(0);
    expect(await users.count({ statuses: [] })).toBe(0);
    expect(await users.count({ search: '' })).toBe(23);
  });

  it('know their neighbours when they are empty, and between two positions', async () => {
    const { store, workspaceId } = await storeWithWorkspace();
    await someUsers(store, workspaceId);
    const { users } = store.workspace(workspaceId);
    const { items } = await users.page({}, 'CREATED_AT_DESC', { first: 100 });
    const at = (index: number) => items.at(index)!.position;
    const sides = async (page: Page) => {
      const found = await users.page({}, 'CREATED_AT_DESC', page);
      return [found.items.length, found.hasPreviousPage, found.hasNextPage];
    };
    expect(await sides({ first: 5, after: at(-1) })).toEqual([0, true, false]);
    expect(await sides({ last: 5, before: at(0) })).toEqual([0, false, true]);
    expect(await sides({ first: 0 })).toEqual([0, false, true]);
    expect(await sides({ first: 9, after: at(2), before: at(5) })).toEqual([2, true, true]);
    expect(await sides({ last: 9, after: at(2), before: at(5) })).toEqual([2, true, true]);
    expect(await sides({ last: 1, after: at(2), before: at(5) })).toEqual([1, true, true]);
    expect(await refusalOf(users.page({}, 'DISPLAY_NAME_ASC', { first: 1, after: at(0) }))).toMatchObject({
      kind: 'InvalidInput',
    });
    expect(await refusalOf(users.page({}, 'DISPLAY_NAME_ASC', {}))).toMatchObject({ kind: 'InvalidInput' });
  });
});

function named(value: string): Criteria<UserField> {
  return { kind: 'compare', field: 'displayName', operator: 'co', value };
}

describe('slices of users', () => {
  it('give the same users by any way of walking, while users come, change and go', async () => {
    const { store, workspaceId } = await storeWithWorkspace();
    let everyone: User[] = [];
    const { users } = store.workspace(workspaceId);
    const steps = fc.array(
      fc.record({
        act: fc.constantFrom('add', 'add', 'remove', 'rename', 'read'),
        at: fc.nat(40),
        size: fc.integer({ min: 1, max: 7 }),
      }),
      { maxLength: 25 },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (drawn) => {
        for (const { act, at, size } of drawn) {
          const target = everyone[at % Math.max(everyone.length, 1)];
          if (act === 'add') {
            const made = aUser(workspaceId, { profile: { displayName: at % 2 === 0 ? 'even' : 'odd' } });
            await addUsers(store, workspaceId, [made]);
            everyone.push(made);
          } else if (act === 'remove' && target !== undefined) {
            await store.inWorkspace(workspaceId, (tx) => tx.users.remove(target.id));
            everyone = everyone.filter((user) => user !== target);
          } else if (act === 'rename' && target !== undefined) {
            const changed = { ...target, profile: { displayName: 'even' } };
            await store.inWorkspace(workspaceId, (tx) => tx.users.save(changed));
            everyone = everyone.map((user) => (user === target ? changed : user));
          }
          for (const criteria of [undefined, named('EVEN')]) {
            const expected =
              criteria === undefined ? everyone : everyone.filter((user) => user.profile.displayName === 'even');
            const seen: User[] = [];
            for (let offset = 0; offset <= expected.length; offset += size) {
              const found = await users.find(criteria, { offset, limit: size });
              expect(found.total).toBe(expected.length);
              seen.push(...found.users);
            }
            expect(seen).toEqual(expected);
          }
        }
      }),
      { numRuns: 15 },
    );
  }, 60_000);

  it('are counted without being read, and read beyond their end', async () => {
    const { store, workspaceId } = await storeWithWorkspace();
    await addUsers(store, workspaceId, [aUser(workspaceId, { userName: 'ada' }), aUser(workspaceId)]);
    const { users } = store.workspace(workspaceId);
    const ada: Criteria<UserField> = { kind: 'compare', field: 'userName', operator: 'eq', value: 'Ada' };
    for (const [criteria, total] of [
      [undefined, 2],
      [named('ada'), 2],
      [ada, 1],
    ] as const) {
      expect(await users.find(criteria, { offset: 0, limit: 0 })).toEqual({ users: [], total });
      expect(await users.find(criteria, { offset: 9, limit: 5 })).toEqual({ users: [], total });
    }
  });

  it('begin where the one before ended, without walking there again', async () => {
    const url = await databaseUrl();
    const store = await freshStore(url);
    const workspaceId = await addedWorkspace(store);
    await addUsers(
      store,
      workspaceId,
      Array.from({ length: 30 }, () => aUser(workspaceId)),
    );
    const open = await openDatabase(url);
    const inner = open.session;
    const asked: { sql: string; values: readonly unknown[] }[] = [];
    const rows: Session['rows'] = (sql, values) => {
      asked.push({ sql, values });
      return inner.rows(sql, values);
    };
    const users = new StoredUsers({ ...inner, rows }, workspaceId, new SliceMemory());
    for (const offset of [0, 10, 20, 15]) await users.find(undefined, { offset, limit: 10 });
    const slices = asked.filter(({ sql }) => sql.includes('offset'));
    // after, limit, offset
    expect(slices.map(({ values }) => values.slice(1))).toEqual([
      [0, 10, 0],
      [10, 10, 0],
      [20, 10, 0],
      [0, 10, 15],
    ]);
    expect(new Set(slices.map(({ sql }) => sql)).size).toBe(1);
    await open.close();
  });
});
