import { describe, expect, it } from 'vitest';
import type { UserListFilter } from '../../src/domain/user-repository.ts';
import type { User } from '../../src/domain/user.ts';
import { compareKey, later } from '../../src/domain/values.ts';
import { addUsers, aUser, NOW, storeWithWorkspace } from './support/fixtures.ts';

describe('a save', () => {
  const CHANGES: readonly (readonly [string, Partial<User>, UserListFilter])[] = [
    [
      'the user name',
      { userName: 'new@acme.example', userNameKey: compareKey('new@acme.example') },
      { search: 'new@' },
    ],
    ['the display name', { profile: { displayName: 'Zoë' } }, { search: 'zoe' }],
    ['the override of the name', { displayNameOverride: 'Überall' }, { search: 'uberall' }],
    ['the address', { profile: { emails: [{ value: 'desk@acme.example' }] } }, { search: 'desk@' }],
    ['the status', { status: 'DEACTIVATED' }, { statuses: ['DEACTIVATED'] }],
    ['who manages the user', { managedBy: 'WORKSPACE' }, { managedBy: 'WORKSPACE' }],
  ];

  it.each(CHANGES)('that changes %s changes what the user is found by', async (_what, changes, filter) => {
    const { store, workspaceId } = await storeWithWorkspace();
    const user = aUser(workspaceId);
    await addUsers(store, workspaceId, [user, aUser(workspaceId)]);
    const { users } = store.workspace(workspaceId);
    const found = async () =>
      (await users.page(filter, 'DISPLAY_NAME_ASC', { first: 5 })).items.map(({ item }) => item);
    expect(await found()).toEqual([]);
    await store.inWorkspace(workspaceId, async (tx) =>
      tx.users.save({ ...(await tx.users.get(user.id))!, ...changes }),
    );
    expect(await found()).toEqual([{ ...user, ...changes }]);
  });

  it('that changes nothing a user is found by keeps all, and writes no column of an index but when it was synced', async () => {
    const { store, workspaceId } = await storeWithWorkspace();
    const user = aUser(workspaceId, { lastActiveAt: NOW });
    await addUsers(store, workspaceId, [user]);
    const changes = {
      profile: { ...user.profile, title: 'Judge' },
      lastSyncedAt: later(NOW, 5_000),
      ownRole: 'ADMIN',
      ownRoleSource: 'ASSIGNED',
      version: 2,
    } as const;
    const read = await store.inWorkspace(workspaceId, async (tx) => {
      await tx.users.save({ ...(await tx.users.get(user.id))!, ...changes });
      return tx.users.get(user.id);
    });
    expect(read).toEqual({ ...user, ...changes, role: 'ADMIN', roleSource: 'ASSIGNED' });
    const writes = store.figures.prepared.filter((text) => text.startsWith('update users set user_name'));
    expect(writes).toHaveLength(1);
    expect(writes[0]).not.toMatch(
      /user_name_key|external_id|status|managed_by|display_name_key|search_text|last_active/u,
    );
    const { users } = store.workspace(workspaceId);
    const [synced] = (await users.page({ search: 'ada' }, 'LAST_SYNCED_AT_DESC', { first: 1 })).items;
    expect(synced?.position[0]).toBe(later(NOW, 5_000));
  });
});
