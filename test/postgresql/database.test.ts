import { describe, expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../../src/db/orm.ts';
import { migrations as sqliteMigrations } from '../../src/db/migrations/sqlite/list.ts';
import { openStore } from '../../src/db/store.ts';
import { addedWorkspace, addUsers, aUser, clock, storeWithWorkspace } from '../db/support/fixtures.ts';
import { emptyDatabase } from '../support/database.ts';

const MIGRATIONS = ['0003-first-tables', '0004-invitations', '0005-sign-in', '0006-user-emails', '0007-user-lists'];

async function emptyUrl(): Promise<string> {
  const database = await emptyDatabase();
  onTestFinished(() => database.drop());
  return database.url;
}

describe('migrations', () => {
  it('run once, and leave nothing between the tables and the mapping but the keys that it does not say', async () => {
    const url = await emptyUrl();
    const store = await openStore(url, { clock });
    expect(await store.pendingMigrations()).toEqual(MIGRATIONS);
    expect(await store.migrate()).toEqual(MIGRATIONS);
    expect(await store.migrate()).toEqual([]);
    await store.close();
    const open = await openDatabase(url);
    const left = (await open.orm.schema.getUpdateSchemaSQL({ wrap: false })).split('\n').filter((line) => line !== '');
    expect(left.filter((line) => !/^alter table "\w+" drop constraint "\w+_foreign";$/u.test(line))).toEqual([]);
    await open.close();
  });

  it('run one after the other where two processes start at the same moment', async () => {
    const url = await emptyUrl();
    const stores = await Promise.all([1, 2, 3].map(() => openStore(url, { clock })));
    const ran = await Promise.all(stores.map((store) => store.migrate()));
    expect(ran.filter((names) => names.length > 0)).toEqual([MIGRATIONS]);
    await Promise.all(stores.map((store) => store.close()));
  });

  it('go with those of SQLite, number by number, from the third on', () => {
    const names = sqliteMigrations.map((Migration) => new Migration({} as never, {} as never).name);
    expect(MIGRATIONS.map((name) => name.slice(0, 4))).toEqual(names.map((name) => name.slice(0, 4)).slice(2));
  });
});

describe('a PostgreSQL database', () => {
  it('is used with durable commits and statements that end', async () => {
    const open = await openDatabase(await emptyUrl(), { most: 3, statementTimeoutMs: 1_234 });
    const [row] = await open.session.rows<Record<string, string>>(
      `select current_setting('synchronous_commit') as durable, current_setting('statement_timeout') as ends`,
      [],
    );
    expect(row).toEqual({ durable: 'on', ends: '1234ms' });
    await open.close();
  });

  it('answers Unavailable where a statement takes too long', async () => {
    const open = await openDatabase(await emptyUrl(), { most: 2, statementTimeoutMs: 100 });
    await expect(open.session.rows('select pg_sleep(5)', [])).rejects.toThrow('cannot save this right now');
    await open.close();
  });

  it('is not opened where there is none, nor by a URL that says something unknown', async () => {
    await expect(openDatabase('postgresql://nobody@127.0.0.1:1/none')).rejects.toThrow('ECONNREFUSED');
    await expect(openDatabase('postgresql://u@h/d?sslmode=prefer')).rejects.toThrow('needs one of disable, require');
    await expect(openDatabase('postgresql://u@h/d?pool=5')).rejects.toThrow('has options that are not known');
  });
});

describe('counters', () => {
  it('stay exact while many write at once, before and after they are added up', async () => {
    const { store, workspaceId } = await storeWithWorkspace();
    const other = await addedWorkspace(store);
    await Promise.all(
      Array.from({ length: 40 }, (_, at) => {
        const id = at % 4 === 0 ? other : workspaceId;
        return addUsers(store, id, [aUser(id)]);
      }),
    );
    expect(await store.workspace(workspaceId).users.count({})).toBe(30);
    await store.settleCounters();
    expect(await store.workspace(workspaceId).users.count({})).toBe(30);
    expect(await store.workspace(other).users.count({})).toBe(10);
  });
});
