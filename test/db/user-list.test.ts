import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { UserListFilter, UserOrder } from '../../src/domain/user-repository.ts';
import type { Session, SqlValue } from '../../src/db/session.ts';
import { openDatabase } from '../../src/db/orm.ts';
import { SliceMemory } from '../../src/db/slices.ts';
import { StoredUsers } from '../../src/db/user-reader.ts';
import { later } from '../../src/domain/values.ts';
import { ON_POSTGRESQL } from '../support/database.ts';
import {
  addedWorkspace,
  addUsers,
  aUser,
  freshStore,
  NOW,
  storeWithWorkspace,
  temporaryFolder,
} from './support/fixtures.ts';

const INDEXES: readonly (readonly [UserOrder, string, RegExp])[] = [
  ['DISPLAY_NAME_ASC', 'users_by_name', /\(display_name_key,id\)[<>]/u],
  ['DISPLAY_NAME_DESC', 'users_by_name', /\(display_name_key,id\)[<>]/u],
  ['CREATED_AT_DESC', 'users_by_creation', /seq[<>]/u],
  ['LAST_ACTIVE_AT_DESC', 'users_by_activity', /<expr>[<>]/u],
  ['LAST_SYNCED_AT_DESC', 'users_by_sync', /<expr>[<>]/u],
];
const FILTERS: readonly UserListFilter[] = [
  {},
  { roles: ['OWNER'] },
  { statuses: ['INVITED', 'DEACTIVATED'] },
  { roles: ['ADMIN', 'MEMBER'], statuses: ['ACTIVE'], managedBy: 'DIRECTORY' },
];

/** Users of a file, and the plans of what was asked of them since they were last looked at. */
async function watchedUsers() {
  const path = join(temporaryFolder(), 'rollcall.db');
  const store = await freshStore(`sqlite:${path}`);
  const workspaceId = await addedWorkspace(store);
  await addUsers(store, workspaceId, [aUser(workspaceId), aUser(workspaceId), aUser(workspaceId)]);
  const open = await openDatabase(`sqlite:${path}`);
  const native = new Database(path, { readonly: true });
  let plans: string[] = [];
  const rows: Session['rows'] = (sql: string, values: readonly SqlValue[]) => {
    const steps = native.prepare(`explain query plan ${sql}`).all(...values) as { detail: string }[];
    plans.push(steps.map(({ detail }) => detail).join('\n'));
    return open.session.rows(sql, values);
  };
  const users = new StoredUsers({ ...open.session, rows }, workspaceId, new SliceMemory());
  const taken = () => {
    const all = plans;
    plans = [];
    return all;
  };
  const close = async () => {
    native.close();
    await open.close();
  };
  return { users, taken, close };
}

describe.skipIf(ON_POSTGRESQL)('the list of users in SQLite', () => {
  it.each(INDEXES)('is read by %s from %s alone, at its beginning and far into it', async (order, index, bound) => {
    const { users, taken, close } = await watchedUsers();
    for (const filter of FILTERS) {
      const { items } = await users.page({}, order, { first: 1 });
      taken();
      await users.page(filter, order, { first: 50 });
      await users.page(filter, order, { last: 50 });
      const starts = taken();
      await users.page(filter, order, { first: 50, after: items[0]!.position });
      await users.page(filter, order, { last: 50, before: items[0]!.position });
      const deep = taken();
      expect(starts).toHaveLength(2);
      expect(deep).toHaveLength(4);
      for (const plan of [...starts, ...deep]) {
        expect(plan).toMatch(new RegExp(`^SEARCH users USING (?:COVERING )?INDEX ${index} `, 'u'));
        expect(plan).not.toMatch(/TEMP B-TREE|SCAN/u);
      }
      for (const plan of deep) expect(plan).toMatch(bound);
    }
    await close();
  });

  it('is searched by the index of names in every order', async () => {
    const { users, taken, close } = await watchedUsers();
    for (const [order, index] of INDEXES) {
      const { items } = await users.page({ search: 'ADA' }, order, { first: 2 });
      const rest = await users.page({ search: 'ada' }, order, { first: 2, after: items[1]!.position });
      expect(new Set([...items, ...rest.items].map(({ item }) => item.id)).size).toBe(3);
      expect((await users.page({ search: 'bea' }, order, { first: 2 })).items).toEqual([]);
      for (const plan of taken()) {
        expect(plan).toMatch(/USING (?:COVERING )?INDEX users_by_name/u);
        expect(plan).not.toMatch(/TEMP B-TREE|SCAN/u);
        if (order !== 'CREATED_AT_DESC') expect(plan).toContain(index);
      }
    }
    await close();
  });

  it('is counted, and its first linked found, without reading those who do not answer', async () => {
    const { users, taken, close } = await watchedUsers();
    for (const filter of FILTERS.slice(1)) await users.count(filter);
    for (const plan of taken()) expect(plan).toMatch(/^SEARCH users USING COVERING INDEX users_by_creation/u);
    await users.count({ search: 'ada' });
    expect(taken().join()).toMatch(/^SEARCH users USING COVERING INDEX users_by_name/u);
    expect(await users.firstLinkedAt()).toBe(NOW);
    expect(taken()).toEqual([
      expect.stringMatching(/^SEARCH users USING INDEX users_by_creation \(workspace_id=\?\)$/u),
    ]);
    await close();
  });
});

describe('the list of users', () => {
  it('takes a value twice, and none at all', async () => {
    const { store, workspaceId } = await storeWithWorkspace();
    await addUsers(store, workspaceId, [aUser(workspaceId, { role: 'OWNER' }), aUser(workspaceId)]);
    const { users } = store.workspace(workspaceId);
    expect(await users.count({ roles: ['OWNER', 'OWNER'] })).toBe(1);
    expect(await users.count({ roles: [] })).toBe(0);
    expect((await users.page({ statuses: [] }, 'CREATED_AT_DESC', { first: 5 })).items).toEqual([]);
  });

  it('is walked to its end by instants that nobody has', async () => {
    const { store, workspaceId } = await storeWithWorkspace();
    const all = Array.from({ length: 7 }, (_, at) =>
      aUser(workspaceId, { lastActiveAt: at < 5 ? null : NOW, lastSyncedAt: null }),
    );
    await addUsers(store, workspaceId, all);
    const { users } = store.workspace(workspaceId);
    for (const order of ['LAST_ACTIVE_AT_DESC', 'LAST_SYNCED_AT_DESC'] as const) {
      const first = await users.page({}, order, { first: 4 });
      const rest = await users.page({}, order, { first: 4, after: first.items[3]!.position });
      const ids = [...first.items, ...rest.items].map(({ item }) => item.id);
      expect(ids).toEqual(all.map(({ id }) => id).toReversed());
    }
  });

  it('begins with when the first of those whom the directory manages was linked', async () => {
    const { store, workspaceId } = await storeWithWorkspace();
    const { users } = store.workspace(workspaceId);
    await addUsers(store, workspaceId, [aUser(workspaceId, { managedBy: 'WORKSPACE', linkedAt: null })]);
    expect(await users.firstLinkedAt()).toBeNull();
    const linked = [9_000, 1_000].map((ms) => aUser(workspaceId, { linkedAt: later(NOW, ms) }));
    await addUsers(store, workspaceId, linked);
    expect(await users.firstLinkedAt()).toBe(later(NOW, 9_000));
  });
});
