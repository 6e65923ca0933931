import { join } from 'node:path';
import Database from 'better-sqlite3';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Criteria } from '../../src/domain/criteria.ts';
import type { UserField } from '../../src/domain/user-fields.ts';
import type { User } from '../../src/domain/user.ts';
import { compareKey } from '../../src/domain/values.ts';
import { answers } from './support/criteria-oracle.ts';
import {
  addUsers,
  addedWorkspace,
  aUser,
  freshStore,
  storeWithWorkspace,
  temporaryFolder,
} from './support/fixtures.ts';
import { ON_POSTGRESQL } from '../support/database.ts';

const ALL = { offset: 0, limit: 100 };
const ADDRESSES = ['ada@acme.example', 'ADA@Acme.example', 'bob@acme.example', 'Émile@acme.example', 'ada'];

const eq = (value: string): Criteria<UserField> => ({ kind: 'compare', field: 'emails.value', operator: 'eq', value });

const questionsOn = (value: string): Criteria<UserField>[] => [
  eq(value),
  { kind: 'not', of: eq(value) },
  { kind: 'or', of: [eq(value), eq('bob@acme.example')] },
  { kind: 'and', of: [eq(value), { kind: 'compare', field: 'active', operator: 'eq', value: true }] },
  {
    kind: 'some',
    list: 'emails',
    where: { kind: 'and', of: [{ kind: 'compare', field: 'emails.type', operator: 'eq', value: 'work' }, eq(value)] },
  },
];

const written = fc.record({
  who: fc.nat(2),
  userName: fc.constantFrom('ada@acme.example', 'bob@acme.example', 'plain'),
  emails: fc.option(
    fc.array(fc.record({ value: fc.constantFrom(...ADDRESSES, ''), type: fc.constantFrom('work', 'home') }), {
      maxLength: 3,
    }),
    { nil: undefined },
  ),
  isRead: fc.boolean(),
});

describe('users by address', () => {
  it('are found as a plain reading finds them, whatever was written before', async () => {
    const { store, workspaceId } = await storeWithWorkspace();
    await fc.assert(
      fc.asyncProperty(fc.array(written, { minLength: 1, maxLength: 8 }), async (writes) => {
        let users: User[] = [0, 1, 2].map((at) => named(aUser(workspaceId), `start-${at}@acme.example`));
        await addUsers(store, workspaceId, users);
        for (const { who, userName, emails, isRead } of writes) {
          const { emails: _emails, ...profile } = users[who]!.profile;
          const next = named(
            { ...users[who]!, profile: { ...profile, ...(emails === undefined ? {} : { emails }) } },
            `${who}.${userName}`,
          );
          await store.inWorkspace(workspaceId, async (tx) => {
            if (isRead) await tx.users.get(next.id);
            await tx.users.save(next);
          });
          users = users.with(who, next);
        }
        const everyAddress = [...ADDRESSES, ...users.map((user) => user.userName), 'nobody@acme.example'];
        for (const question of everyAddress.flatMap(questionsOn)) {
          const found = await store.workspace(workspaceId).users.find(question, ALL);
          const expected = users.filter((user) => answers(user, question)).map(({ id }) => id);
          expect({ question, ids: found.users.map(({ id }) => id), total: found.total }).toEqual({
            question,
            ids: expected,
            total: expected.length,
          });
        }
        await store.inWorkspace(workspaceId, async (tx) => {
          for (const { id } of users) await tx.users.remove(id);
        });
      }),
      { numRuns: 25 },
    );
  }, 60_000);

  it('are found in their own workspace alone', async () => {
    const { store, workspaceId } = await storeWithWorkspace();
    const elsewhere = await addedWorkspace(store);
    const profile = { emails: [{ value: 'shared@acme.example' }] };
    await addUsers(store, elsewhere, [aUser(elsewhere, { profile })]);
    expect((await store.workspace(workspaceId).users.find(eq('shared@acme.example'), ALL)).total).toBe(0);
    expect((await store.workspace(elsewhere).users.find(eq('shared@acme.example'), ALL)).total).toBe(1);
  });

  it('are paged and told by cursor in the order of creation', async () => {
    const { store, workspaceId } = await storeWithWorkspace();
    const profile = { emails: [{ value: 'desk@acme.example' }] };
    const users = Array.from({ length: 5 }, () => aUser(workspaceId, { profile }));
    await addUsers(store, workspaceId, users.toReversed());
    const ids = users.toReversed().map(({ id }) => id);
    const reader = store.workspace(workspaceId).users;
    const page = async (slice: { offset: number; limit: number; after?: number }) =>
      reader.find(eq('DESK@acme.example'), slice);
    for (const offset of [0, 2, 4])
      expect((await page({ offset, limit: 2 })).users.map(({ id }) => id)).toEqual(ids.slice(offset, offset + 2));
    const first = await page({ offset: 0, limit: 3, after: 0 });
    const second = await page({ offset: 0, limit: 3, after: first.next! });
    expect([...first.users, ...second.users].map(({ id }) => id)).toEqual(ids);
  });
});

describe.skipIf(ON_POSTGRESQL)('the table of addresses in SQLite', () => {
  it('is what a filter on an address reads, and not everyone', async () => {
    const path = join(temporaryFolder(), 'rollcall.db');
    const store = await freshStore(`sqlite:${path}`);
    const workspaceId = await addedWorkspace(store);
    await addUsers(store, workspaceId, [
      aUser(workspaceId, { profile: { emails: [{ value: 'a@acme.example', type: 'work' }] } }),
    ]);
    for (const question of [eq('a@acme.example'), questionsOn('a@acme.example')[3]!, questionsOn('a@acme.example')[4]!])
      await store.workspace(workspaceId).users.find(question, { offset: 0, limit: 1 });
    const texts = store.figures.prepared.filter((text) => /^select .*from user_emails/su.test(text));
    expect(texts).toHaveLength(6);
    const native = new Database(path, { readonly: true });
    for (const text of texts) {
      const parameters = Array.from(text.matchAll(/\?/gu), () => 1);
      const plan = native.prepare(`explain query plan ${text}`).all(parameters) as { detail: string }[];
      const details = plan.map(({ detail }) => detail).join('\n');
      expect(details).toMatch(/SEARCH users USING INDEX sqlite_autoindex_users_1 \(workspace_id=\? AND id=\?\)/u);
      expect(details).toMatch(/SEARCH user_emails USING PRIMARY KEY \(workspace_id=\? AND email_key=\?\)/u);
      expect(details).not.toMatch(/SCAN users|users_seq/u);
    }
    native.close();
  });

  it('is filled by its migration with the addresses that are there', async () => {
    const path = join(temporaryFolder(), 'rollcall.db');
    const before = await freshStore(`sqlite:${path}`);
    const workspaceId = await addedWorkspace(before);
    const users = [
      aUser(workspaceId, { profile: { emails: [{ value: 'Two@acme.example' }, { value: 'É@acme.example' }] } }),
      named(aUser(workspaceId, { profile: {} }), 'Derived@acme.example'),
      named(aUser(workspaceId, { profile: { emails: [{ type: 'work' }] } }), 'plain'),
    ];
    await addUsers(before, workspaceId, users);
    const native = new Database(path);
    const kept = native.prepare('select * from user_emails order by email_key').all();
    expect(kept).toHaveLength(2);
    native.exec("drop table user_emails; delete from mikro_orm_migrations where name = '0006-user-emails'");
    native.close();
    const store = await freshStore(`sqlite:${path}`);
    const reopened = new Database(path, { readonly: true });
    expect(reopened.prepare('select * from user_emails order by email_key').all()).toEqual(kept);
    reopened.close();
    const totalOf = async (value: string) => (await store.workspace(workspaceId).users.find(eq(value), ALL)).total;
    expect([await totalOf('é@acme.example'), await totalOf('derived@acme.example'), await totalOf('plain')]).toEqual([
      1, 1, 0,
    ]);
  });
});

function named(user: User, userName: string): User {
  return { ...user, userName, userNameKey: compareKey(userName) };
}
