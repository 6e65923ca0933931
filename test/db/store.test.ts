import { describe, expect, it } from 'vitest';
import type { User } from '../../src/domain/user.ts';
import { later } from '../../src/domain/values.ts';
import { openStore } from '../../src/db/store.ts';
import {
  aCredential,
  addedWorkspace,
  addUsers,
  anAccessToken,
  aUser,
  aWorkspace,
  clock,
  databaseUrl,
  freshStore,
  NOW,
  refusalOf,
  storeWithWorkspace,
} from './support/fixtures.ts';
import { ON_POSTGRESQL } from '../support/database.ts';

/** The file that a URL names. */
const pathOf = (url: string) => url.slice('sqlite:'.length);

describe('a user in the store', () => {
  it('comes back as it was saved', async () => {
    const { store, workspaceId } = await storeWithWorkspace();
    const full: User = aUser(workspaceId, {
      userName: 'Ünï ✨ "quoted"',
      externalId: null,
      status: 'DEACTIVATED',
      role: 'ADMIN',
      roleSource: 'ASSIGNED',
      managedBy: 'WORKSPACE',
      adopted: true,
      displayNameOverride: 'Countess',
      deactivatedAt: NOW,
      deactivatedBy: 'DIRECTORY',
      lastActiveAt: NOW,
      linkedAt: null,
      lastSyncedAt: null,
      version: 7,
      profile: { emails: [{ value: 'a@b.example', primary: true }], x509Certificates: [{ value: 'MII' }] },
    });
    await addUsers(store, workspaceId, [full]);
    const { users } = store.workspace(workspaceId);
    expect(await users.get(full.id)).toEqual(full);
    const changed = { ...full, userName: 'ada', userNameKey: 'ada', version: 8, profile: {} };
    await store.inWorkspace(workspaceId, async (tx) => {
      expect(await tx.users.get(full.id)).toEqual(full);
      await tx.users.save(changed);
    });
    expect(await users.byUserName('ADA')).toEqual(changed);
    expect(await users.many([full.id, 'no-uuid', full.id])).toEqual([changed]);
    expect(await users.get("x' or 1")).toBeUndefined();
  });

  it('is found by external id, and its sync is noted without another change', async () => {
    const { store, workspaceId } = await storeWithWorkspace();
    const user = aUser(workspaceId, { externalId: '00uABC' });
    await addUsers(store, workspaceId, [user]);
    await store.inWorkspace(workspaceId, (tx) => tx.users.touchSynced(user.id, later(NOW, 5)));
    const { users } = store.workspace(workspaceId);
    expect(await users.byExternalId('00uABC')).toEqual({ ...user, lastSyncedAt: later(NOW, 5) });
    expect(await users.byExternalId('00uabc')).toBeUndefined();
  });

  it('frees its names when it is removed, and takes its tokens along', async () => {
    const { store, workspaceId } = await storeWithWorkspace();
    const user = aUser(workspaceId, { userName: 'ada' });
    await addUsers(store, workspaceId, [user]);
    await store.inWorkspace(workspaceId, async (tx) => {
      await tx.accessTokens.add(anAccessToken(workspaceId, user.id));
      await tx.users.remove(user.id);
      await tx.users.remove(user.id);
      expect(await tx.accessTokens.ofUser(user.id)).toEqual([]);
    });
    await addUsers(store, workspaceId, [aUser(workspaceId, { userName: 'ada', externalId: user.externalId })]);
    expect(await store.workspace(workspaceId).users.count({})).toBe(1);
  });

  it('clashes with a user of the same name in other case or form', async () => {
    const { store, workspaceId } = await storeWithWorkspace();
    const held = aUser(workspaceId, { userName: 'Émile', status: 'DEACTIVATED' });
    await addUsers(store, workspaceId, [held]);
    const added = addUsers(store, workspaceId, [aUser(workspaceId, { userName: 'E\u0301MILE' })]);
    expect(await refusalOf(added)).toEqual({
      kind: 'AlreadyExists',
      type: 'User',
      field: 'userName',
      value: 'E\u0301MILE',
    });
  });

  it('clashes on the name where both the name and the external id are taken', async () => {
    const { store, workspaceId } = await storeWithWorkspace();
    const users = [aUser(workspaceId), aUser(workspaceId), aUser(workspaceId)] as const;
    await addUsers(store, workspaceId, users);
    const taken = { userName: users[0].userName, userNameKey: users[0].userNameKey, externalId: users[1].externalId };
    const refusal = { kind: 'AlreadyExists', type: 'User', field: 'userName', value: users[0].userName };
    expect(await refusalOf(addUsers(store, workspaceId, [aUser(workspaceId, taken)]))).toEqual(refusal);
    const saved = store.inWorkspace(workspaceId, (tx) => tx.users.save({ ...users[2], ...taken }));
    expect(await refusalOf(saved)).toEqual(refusal);
    const own = store.inWorkspace(workspaceId, (tx) => tx.users.save({ ...users[2], externalId: taken.externalId }));
    expect(await refusalOf(own)).toMatchObject({ field: 'externalId' });
  });

  it('clashes on the external id, case counting, on saving too; having none clashes with nobody', async () => {
    const { store, workspaceId } = await storeWithWorkspace();
    const [a, b, c] = ['A', 'a', null].map((externalId) => aUser(workspaceId, { externalId }));
    await addUsers(store, workspaceId, [a!, b!, c!, aUser(workspaceId, { externalId: null })]);
    const saved = store.inWorkspace(workspaceId, (tx) => tx.users.save({ ...c!, externalId: 'A' }));
    expect(await refusalOf(saved)).toEqual({ kind: 'AlreadyExists', type: 'User', field: 'externalId', value: 'A' });
  });

  it('counts as another active owner only while it is one', async () => {
    const { store, workspaceId } = await storeWithWorkspace();
    const owner = aUser(workspaceId, { role: 'OWNER' });
    const former = aUser(workspaceId, { role: 'OWNER', status: 'DEACTIVATED' });
    await addUsers(store, workspaceId, [owner, former]);
    const { users } = store.workspace(workspaceId);
    expect(await users.hasOtherActiveOwner(former.id)).toBe(true);
    expect(await users.hasOtherActiveOwner(owner.id)).toBe(false);
    await store.inWorkspace(workspaceId, async (tx) =>
      expect(await tx.users.hasOtherActiveOwner(owner.id)).toBe(false),
    );
  });
});

describe('a workspace', () => {
  it('comes back as it was made and saved, by id and by slug', async () => {
    const store = await freshStore();
    expect(await store.acrossWorkspaces.isEmpty()).toBe(true);
    const workspace = aWorkspace({ slug: 'acme' });
    const answer = await store.acrossWorkspaces.createWorkspace(workspace, async (tx) => tx.workspace());
    expect(answer).toEqual(workspace);
    expect(await store.acrossWorkspaces.workspaceBySlug('acme')).toEqual(workspace);
    const paused = { ...workspace, paused: true, provisioningVersion: 2, name: 'Acme', plan: 'FREE' as const };
    await store.inWorkspace(workspace.id, (tx) => tx.saveWorkspace(paused));
    expect(await store.workspace(workspace.id).workspace()).toEqual(paused);
    expect(await store.acrossWorkspaces.isEmpty()).toBe(false);
  });

  it('is not made with a slug that is taken, nor when its work fails', async () => {
    const store = await freshStore();
    await store.acrossWorkspaces.createWorkspace(aWorkspace({ slug: 'acme' }), async () => {});
    const again = store.acrossWorkspaces.createWorkspace(aWorkspace({ slug: 'acme' }), async () => {});
    expect(await refusalOf(again)).toEqual({ kind: 'AlreadyExists', type: 'Workspace', field: 'slug', value: 'acme' });
    const failing = store.acrossWorkspaces.createWorkspace(aWorkspace({ slug: 'other' }), () =>
      Promise.reject(new Error('no')),
    );
    await expect(failing).rejects.toThrow('no');
    expect(await store.acrossWorkspaces.workspaceBySlug('other')).toBeUndefined();
  });

  it('shows and changes nothing of another', async () => {
    const { store, workspaceId } = await storeWithWorkspace();
    const otherId = await addedWorkspace(store);
    const user = aUser(workspaceId, { userName: 'ada', externalId: 'x', role: 'OWNER' });
    const key = aCredential(workspaceId);
    await addUsers(store, workspaceId, [user]);
    await store.inWorkspace(workspaceId, async (tx) => {
      await tx.credentials.add(key);
      await tx.accessTokens.add(anAccessToken(workspaceId, user.id));
    });
    await store.inWorkspace(otherId, async (tx) => {
      expect(await tx.users.get(user.id)).toBeUndefined();
      expect(await tx.credentials.get(key.id)).toBeUndefined();
      expect(await tx.credentials.all()).toEqual([]);
      expect(await tx.accessTokens.ofUser(user.id)).toEqual([]);
      await tx.users.remove(user.id);
      await tx.users.save({ ...user, role: 'MEMBER' });
      await tx.users.touchSynced(user.id, later(NOW, 9));
      await tx.credentials.save({ ...key, name: 'taken' });
      await tx.accessTokens.removeOfUser(user.id);
      await tx.users.add(aUser(otherId, { userName: 'ada', externalId: 'x' }));
    });
    const other = store.workspace(otherId);
    expect(await other.users.get(user.id)).toBeUndefined();
    expect(await other.users.many([user.id])).toEqual([]);
    expect((await other.users.byUserName('ada'))?.workspaceId).toBe(otherId);
    expect((await other.users.byExternalId('x'))?.workspaceId).toBe(otherId);
    expect(await other.users.hasOtherActiveOwner('nobody')).toBe(false);
    expect((await other.users.find(undefined, { offset: 0, limit: 10 })).total).toBe(1);
    const byId = { kind: 'compare', field: 'id', operator: 'eq', value: user.id } as const;
    expect((await other.users.find(byId, { offset: 0, limit: 10 })).total).toBe(0);
    expect(await other.credentials.get(key.id)).toBeUndefined();
    expect(await other.credentials.many([key.id])).toEqual([]);
    expect(await other.credentials.count(undefined, NOW)).toBe(0);
    const mine = store.workspace(workspaceId);
    expect(await mine.users.get(user.id)).toEqual(user);
    expect(await mine.credentials.get(key.id)).toEqual(key);
    await store.inWorkspace(workspaceId, async (tx) => expect(await tx.accessTokens.ofUser(user.id)).toHaveLength(1));
  });
});

describe('a transaction', () => {
  it.skipIf(ON_POSTGRESQL)('shares its commit with the commands that wait at the same moment', async () => {
    const { store, workspaceId } = await storeWithWorkspace();
    const before = store.figures.commits;
    await Promise.all(Array.from({ length: 100 }, () => addUsers(store, workspaceId, [aUser(workspaceId)])));
    expect(store.figures.commits - before).toBe(2);
    expect(await store.workspace(workspaceId).users.count({})).toBe(100);
  });

  it('fails alone, and leaves nothing behind', async () => {
    const { store, workspaceId } = await storeWithWorkspace();
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) =>
        store.inWorkspace(workspaceId, async (tx) => {
          await tx.users.add(aUser(workspaceId, { userName: `user-${index}` }));
          if (index % 5 === 0) throw new Error(`command ${index}`);
          return index;
        }),
      ),
    );
    expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(4);
    expect(results[0]).toMatchObject({ reason: { message: 'command 0' } });
    expect(results[19]).toEqual({ status: 'fulfilled', value: 19 });
    const { users, total } = await store.workspace(workspaceId).users.find(undefined, { offset: 0, limit: 50 });
    expect([users.length, total]).toEqual([16, 16]);
  });

  it('gives one name to exactly one of a hundred who want it at once', async () => {
    const { store, workspaceId } = await storeWithWorkspace();
    const names = ['ada', 'ADA', 'Ａda'];
    const results = await Promise.allSettled(
      Array.from({ length: 100 }, (_, index) =>
        addUsers(store, workspaceId, [aUser(workspaceId, { userName: names[index % 3]! })]),
      ),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await store.workspace(workspaceId).users.count({})).toBe(1);
  });

  it('lets nobody wait who reads: until it is committed they see what was, and then what it made', async () => {
    const { store, workspaceId } = await storeWithWorkspace();
    const user = aUser(workspaceId);
    const { users } = store.workspace(workspaceId);
    const begun = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<void>();
    const writing = store.inWorkspace(workspaceId, async (tx) => {
      await tx.users.add(user);
      begun.resolve();
      await gate.promise;
    });
    await begun.promise;
    expect(await users.get(user.id)).toBeUndefined();
    gate.resolve();
    await writing;
    expect(await users.get(user.id)).toEqual(user);
  });

  it('refuses to be opened, or read past, from within another, which would wait for ever', async () => {
    const { store, workspaceId } = await storeWithWorkspace();
    const nested = store.inWorkspace(workspaceId, () => store.inWorkspace(workspaceId, async () => {}));
    await expect(nested).rejects.toThrow('through its transaction alone');
    const read = store.inWorkspace(workspaceId, () => store.workspace(workspaceId).users.get('x'));
    await expect(read).rejects.toThrow('through its transaction alone');
  });

  it('cannot be used after its end', async () => {
    const { store, workspaceId } = await storeWithWorkspace();
    const tx = await store.inWorkspace(workspaceId, async (given) => given);
    await expect(tx.users.remove('x')).rejects.toThrow('This transaction is over');
  });

  it.skipIf(ON_POSTGRESQL)(
    'is answered as unavailable, like all that share it, when it cannot be committed',
    async () => {
      const url = await databaseUrl();
      const store = await freshStore(url);
      const workspaceId = await addedWorkspace(store);
      const full = await import('better-sqlite3').then(({ default: Database }) => new Database(pathOf(url)));
      try {
        full.exec('begin immediate');
        const results = await Promise.all(
          [1, 2].map(() => refusalOf(addUsers(store, workspaceId, [aUser(workspaceId)]))),
        );
        expect(results).toEqual([{ kind: 'Unavailable' }, { kind: 'Unavailable' }]);
      } finally {
        full.close();
      }
      await addUsers(store, workspaceId, [aUser(workspaceId)]);
      expect(await store.workspace(workspaceId).users.count({})).toBe(1);
    },
  );
});

describe('two stores on one database', () => {
  it('write beside each other, and each sees what the other was answered', async () => {
    const url = await databaseUrl();
    const [server, command] = [await freshStore(url), await freshStore(url)];
    const workspaceId = await addedWorkspace(server);
    for (let round = 0; round < 20; round += 1) {
      await Promise.all([server, command].map((store) => addUsers(store, workspaceId, [aUser(workspaceId)])));
    }
    const found = await command.workspace(workspaceId).users.find(undefined, { offset: 0, limit: 100 });
    expect([found.users.length, found.total]).toEqual([40, 40]);
    expect(await server.workspace(workspaceId).users.count({})).toBe(40);
  });

  it('find a credential as it is after the last write of either, over a network within a second', async () => {
    const url = await databaseUrl();
    const [server, command] = [await freshStore(url), await freshStore(url)];
    const workspaceId = await addedWorkspace(server);
    const credential = aCredential(workspaceId);
    await server.inWorkspace(workspaceId, (tx) => tx.credentials.add(credential));
    const { publicId, secretHash } = credential;
    const found = async () =>
      (await server.acrossWorkspaces.credentialByKey(publicId, secretHash))?.credential.revokedAt;
    for (const [index, store] of [command, server, command].entries()) {
      const revokedAt = later(NOW, index);
      await store.inWorkspace(workspaceId, (tx) => tx.credentials.save({ ...credential, revokedAt }));
      const isSeenLater = ON_POSTGRESQL && store === command;
      if (isSeenLater) await expect.poll(found, { timeout: 5_000 }).toBe(revokedAt);
      expect([await found(), await found()]).toEqual([revokedAt, revokedAt]);
    }
  });

  it.skipIf(ON_POSTGRESQL)('cannot both serve it', async () => {
    const url = await databaseUrl();
    const [one, two] = [await freshStore(url), await freshStore(url)];
    one.lockForServing();
    one.lockForServing();
    expect(() => two.lockForServing()).toThrow(`Another Rollcall server is using ${pathOf(url)}.`);
    await one.close();
    two.lockForServing();
  });
});

describe('a store', () => {
  it('is ready until it is closed, and keeps what was written', async () => {
    const url = await databaseUrl();
    const store = await freshStore(url);
    const workspaceId = await addedWorkspace(store);
    expect(await store.isReady()).toBe(true);
    await store.close();
    expect(await store.isReady()).toBe(false);
    const again = await freshStore(url);
    expect((await again.workspace(workspaceId).workspace())?.id).toBe(workspaceId);
  });

  it('is not opened by a URL that names no file', async () => {
    await expect(openStore('mysql://x', { clock })).rejects.toThrow('names no database');
  });
});

describe('across workspaces', () => {
  it('a credential is found with its workspace, and an access token with its user', async () => {
    const store = await freshStore();
    const workspace = aWorkspace();
    const user = aUser(workspace.id);
    const [credential, token] = [aCredential(workspace.id), anAccessToken(workspace.id, user.id)];
    await store.acrossWorkspaces.createWorkspace(workspace, async (tx) => {
      await tx.users.add(user);
      await tx.credentials.add(credential);
      await tx.accessTokens.add(token);
      expect(await tx.accessTokens.ofUser(user.id)).toEqual([token]);
    });
    expect(await store.acrossWorkspaces.credentialByKey(credential.publicId, credential.secretHash)).toEqual({
      credential,
      workspace,
    });
    expect(await store.acrossWorkspaces.accessTokenByPublicId(token.publicId)).toEqual({ token, user });
    expect(await store.acrossWorkspaces.credentialByKey('none', '')).toBeUndefined();
    expect(await store.acrossWorkspaces.accessTokenByPublicId('none')).toBeUndefined();
    await store.inWorkspace(workspace.id, (tx) => tx.accessTokens.removeOfUser(user.id));
    expect(await store.acrossWorkspaces.accessTokenByPublicId(token.publicId)).toBeUndefined();
  });
});
