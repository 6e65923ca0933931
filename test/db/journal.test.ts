import { describe, expect, it } from 'vitest';
import { unavailable } from '../../src/domain/errors.ts';
import type { Commits } from '../../src/db/commits.ts';
import { StoredJournal } from '../../src/db/journal.ts';
import { SQLITE_WORDS } from '../../src/db/sqlite/words.ts';
import type { Session } from '../../src/db/session.ts';
import { DAY, later, MINUTE } from '../../src/domain/values.ts';
import type { Page } from '../../src/domain/criteria.ts';
import {
  aCredential,
  addedWorkspace,
  addUsers,
  aDomainEvent,
  anAccessToken,
  anEvent,
  aUser,
  NOW,
  refusalOf,
  storeWithWorkspace,
} from './support/fixtures.ts';

describe('the journal', () => {
  it('shows a call to readers as soon as it was recorded', async () => {
    const { store, workspaceId } = await storeWithWorkspace();
    const event = anEvent(workspaceId, {
      operation: 'READ_USERS',
      credentialId: 'k',
      targetType: 'User',
      targetId: 't',
    });
    store.journal.record(event);
    const { events } = store.workspace(workspaceId);
    expect(await events.get(event.id)).toEqual(event);
    expect(await events.many([event.id, 'x'])).toEqual([event]);
    const other = store.workspace(await addedWorkspace(store)).events;
    expect([await other.get(event.id), await other.many([event.id]), await other.count({}, 5)]).toEqual([
      undefined,
      [],
      0,
    ]);
  });

  it('writes many calls in few transactions, in the order they came', async () => {
    const { store, workspaceId } = await storeWithWorkspace();
    const before = store.figures.commits;
    const events = Array.from({ length: 1_200 }, () => anEvent(workspaceId));
    for (const event of events) store.journal.record(event);
    await store.journal.flush();
    expect(store.figures.commits - before).toBeLessThanOrEqual(3);
    const { items } = await store.workspace(workspaceId).events.page({}, { last: 2_000 });
    expect(items.map(({ item }) => item.id).toReversed()).toEqual(events.map(({ id }) => id));
  });

  it('notes the use of a credential once a minute, and its first use for ever', async () => {
    const { store, workspaceId } = await storeWithWorkspace();
    const key = aCredential(workspaceId);
    await store.inWorkspace(workspaceId, (tx) => tx.credentials.add(key));
    const use = { workspaceId, credentialId: key.id, at: NOW, ipAddress: '203.0.113.7', userAgent: 'Okta' };
    const commits = store.figures.commits;
    for (let call = 0; call < 1_000; call += 1) store.journal.credentialUsed({ ...use, at: later(NOW, call) });
    await store.journal.flush();
    const { credentials } = store.workspace(workspaceId);
    expect(await credentials.get(key.id)).toMatchObject({
      firstUsedAt: NOW,
      lastUsedAt: NOW,
      lastUsedIp: '203.0.113.7',
    });
    store.journal.credentialUsed({ ...use, at: later(NOW, MINUTE), userAgent: null });
    await store.journal.flush();
    expect(store.figures.commits - commits).toBe(2);
    const used = await credentials.get(key.id);
    expect(used).toMatchObject({ firstUsedAt: NOW, lastUsedAt: later(NOW, MINUTE), lastUsedUserAgent: null });
  });

  it('notes the use of an access token, and that its user was active', async () => {
    const { store, workspaceId } = await storeWithWorkspace();
    const user = aUser(workspaceId);
    const token = anAccessToken(workspaceId, user.id);
    await addUsers(store, workspaceId, [user]);
    await store.inWorkspace(workspaceId, (tx) => tx.accessTokens.add(token));
    store.journal.accessTokenUsed(workspaceId, token.id, user.id, NOW);
    await store.journal.flush();
    const found = await store.acrossWorkspaces.accessTokenByPublicId(token.publicId);
    expect(found).toEqual({ token: { ...token, lastUsedAt: NOW }, user: { ...user, lastActiveAt: NOW } });
  });

  it('keeps what cannot be written until it can, and drops the oldest when that takes long', async () => {
    let isUp = false;
    const written: string[] = [];
    const session: Session = {
      words: SQLITE_WORDS,
      holds: false,
      rows: async () => [],
      run: async (_sql, values) => written.push(String(values[1])),
    };
    const run: Commits['run'] = async (work) => {
      if (!isUp) throw unavailable();
      return work(session);
    };
    const journal = new StoredJournal({ run });
    const events = Array.from({ length: 20_003 }, () => anEvent('w'));
    for (const event of events.slice(0, 10)) journal.record(event);
    expect(await refusalOf(journal.flush())).toEqual({ kind: 'Unavailable' });
    for (const event of events.slice(10)) journal.record(event);
    isUp = true;
    await journal.close();
    expect(journal.dropped).toBe(3);
    expect(written).toEqual(events.slice(3).map(({ id }) => id));
  });

  it('is written when the store closes', async () => {
    const { store, workspaceId } = await storeWithWorkspace();
    store.journal.record(anEvent(workspaceId));
    const commits = store.figures.commits;
    await store.close();
    expect(store.figures.commits).toBe(commits + 1);
  });
});

describe('tallies', () => {
  it('count calls of whole hours with a recognisable key, by outcome and by credential', async () => {
    const { store, workspaceId } = await storeWithWorkspace();
    const { tallies } = store.workspace(workspaceId);
    expect(await tallies.hasAccepted()).toBe(false);
    const call = (changes: Parameters<typeof anEvent>[1]) =>
      store.journal.tally(anEvent(workspaceId, { credentialId: 'k', ...changes }));
    call({ outcome: 'REFUSED', errorCode: 'NOT_FOUND', occurredAt: '2026-03-01T09:00:00.000Z' });
    call({ credentialId: null, outcome: 'UNAUTHENTICATED', errorCode: 'CREDENTIAL_INVALID' });
    expect(await tallies.hasAccepted()).toBe(false);
    call({ durationMs: 5_000 });
    await store.journal.flush();
    call({ credentialId: 'l', occurredAt: '2026-03-01T08:59:59.999Z' });
    call({});
    expect(await tallies.byOutcome(NOW)).toEqual([
      { outcome: 'REFUSED', count: 1 },
      { outcome: 'SUCCEEDED', count: 2 },
    ]);
    expect(await tallies.byCredential(['k', 'l'], NOW)).toEqual(new Map([['k', 3]]));
    expect(await tallies.byCredential(['l'], later(NOW, -60 * MINUTE))).toEqual(new Map([['l', 1]]));
    expect(await tallies.hasAccepted()).toBe(true);
    const other = store.workspace(await addedWorkspace(store)).tallies;
    expect([await other.byOutcome(NOW), await other.byCredential(['k'], NOW), await other.hasAccepted()]).toEqual([
      [],
      new Map(),
      false,
    ]);
  });
});

describe('events', () => {
  it('are narrowed by each condition and by all together', async () => {
    const { store, workspaceId } = await storeWithWorkspace();
    const wanted = anEvent(workspaceId, {
      outcome: 'REFUSED',
      operation: 'UPDATE_USER',
      errorCode: 'NOT_FOUND',
      credentialId: 'k',
      targetType: 'User',
      targetId: 't',
      requestId: 'r',
      occurredAt: later(NOW, 10),
    });
    await store.inWorkspace(workspaceId, async (tx) => {
      await tx.recordProvisioningEvent(anEvent(workspaceId));
      await tx.recordProvisioningEvent(wanted);
      await tx.recordProvisioningEvent(anEvent(workspaceId, { occurredAt: later(NOW, 20) }));
      await tx.recordDomainEvent(aDomainEvent(workspaceId));
    });
    const { events } = store.workspace(workspaceId);
    const conditions = [
      { outcomes: ['REFUSED', 'FAILED'] },
      { operations: ['UPDATE_USER'] },
      { errorCodes: ['NOT_FOUND'] },
      { credentialId: 'k' },
      { targetId: 't' },
      { requestId: 'r' },
      { occurredFrom: later(NOW, 10), occurredBefore: later(NOW, 20) },
    ] as const;
    for (const filter of [...conditions, Object.assign({}, ...conditions) as (typeof conditions)[0]]) {
      const { items } = await events.page(filter, { first: 10 });
      expect(items.map(({ item }) => item)).toEqual([wanted]);
      expect(await events.count(filter, 10)).toBe(1);
    }
    expect(await events.count({ outcomes: ['REFUSED', 'SUCCEEDED'] }, 10)).toBe(3);
    expect(await events.count({}, 1)).toBe(2);
  });

  it('are kept as long as they should be: successful reads 7 days, other calls 90', async () => {
    const { store, workspaceId } = await storeWithWorkspace();
    const aged = (days: number, changes = {}) =>
      anEvent(workspaceId, { occurredAt: later(NOW, -days * DAY - 1), ...changes });
    const read = { operation: 'READ_USERS' };
    const gone = [aged(91), aged(7, read), aged(90, { outcome: 'REFUSED' })];
    const kept = [aged(89), aged(6, read), aged(8, { ...read, outcome: 'REFUSED' }), aged(0)];
    const bulk = Array.from({ length: 1_100 }, () => aged(100));
    await store.inWorkspace(workspaceId, async (tx) => {
      for (const event of [...bulk, ...gone, ...kept]) await tx.recordProvisioningEvent(event);
      await tx.recordDomainEvent(aDomainEvent(workspaceId, { occurredAt: later(NOW, -401 * DAY) }));
      await tx.recordDomainEvent(aDomainEvent(workspaceId, { occurredAt: later(NOW, -399 * DAY) }));
    });
    expect(await store.purge(NOW)).toBe(1_104);
    const { items } = await store.workspace(workspaceId).events.page({}, { last: 100 });
    expect(items.map(({ item }) => item.id).toReversed()).toEqual(kept.map(({ id }) => id));
    expect(await store.purge(NOW)).toBe(0);
  });
});

const at = (seconds: number) => later(NOW, seconds * 1_000);

describe('credentials', () => {
  it('come back as they were saved, newest first, and are paged and counted by where they stand', async () => {
    const { store, workspaceId } = await storeWithWorkspace();
    const keys = {
      active: aCredential(workspaceId, { createdAt: at(1), expiresAt: at(9_999) }),
      retiring: aCredential(workspaceId, { createdAt: at(2), overlapEndsAt: at(10), successorId: 's' }),
      expired: aCredential(workspaceId, { createdAt: at(3), expiresAt: NOW }),
      overlapped: aCredential(workspaceId, { createdAt: at(4), expiresAt: at(99), overlapEndsAt: NOW }),
      revoked: aCredential(workspaceId, { createdAt: at(5), expiresAt: NOW, revokedAt: NOW, revokedById: 'u' }),
    };
    const all = Object.values(keys);
    await store.inWorkspace(workspaceId, async (tx) => {
      for (const key of all) await tx.credentials.add({ ...key, name: 'first' });
      for (const key of all) await tx.credentials.save(key);
      expect(await tx.credentials.all()).toEqual([...all].toReversed());
    });
    const { credentials } = store.workspace(workspaceId);
    expect(await credentials.all()).toEqual([...all].toReversed());
    expect(await credentials.many([keys.active.id, 'x'])).toEqual([keys.active]);
    const named = async (statuses: Parameters<typeof credentials.page>[0], page: Page = { first: 10 }) =>
      (await credentials.page(statuses, NOW, page)).items.map(({ item }) => item);
    expect(await named(['ACTIVE'])).toEqual([keys.active]);
    expect(await named(['RETIRING'])).toEqual([keys.retiring]);
    expect(await named(['EXPIRED'])).toEqual([keys.overlapped, keys.expired]);
    expect(await named(['REVOKED', 'ACTIVE'])).toEqual([keys.revoked, keys.active]);
    expect(await named(undefined, { last: 2 })).toEqual([keys.retiring, keys.active]);
    expect(await credentials.count(undefined, NOW)).toBe(5);
    expect(await credentials.count(['EXPIRED', 'RETIRING'], NOW)).toBe(3);
  });
});
