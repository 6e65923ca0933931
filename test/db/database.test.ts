import { statSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/db/orm.ts';
import { checkPragmas, openFile, STATEMENT_LIMIT } from '../../src/db/sqlite/database.ts';
import { lockForServing } from '../../src/db/sqlite/serving-lock.ts';
import { openStore } from '../../src/db/store.ts';
import {
  addedWorkspace,
  addUsers,
  aUser,
  clock,
  freshStore,
  storeWithWorkspace,
  temporaryFolder,
} from './support/fixtures.ts';

describe('migrations', () => {
  it('run once, and leave nothing between the tables and the mapping', async () => {
    const url = `sqlite:${temporaryFolder()}/rollcall.db`;
    const store = await openStore(url, { clock });
    expect(await store.pendingMigrations()).toEqual([
      '0001-first-tables',
      '0002-teams',
      '0003-passwords',
      '0004-invitations',
      '0005-sign-in',
      '0006-user-emails',
      '0007-user-lists',
    ]);
    expect(await store.migrate()).toEqual([
      '0001-first-tables',
      '0002-teams',
      '0003-passwords',
      '0004-invitations',
      '0005-sign-in',
      '0006-user-emails',
      '0007-user-lists',
    ]);
    expect(await store.migrate()).toEqual([]);
    expect(await store.pendingMigrations()).toEqual([]);
    await store.close();
    const open = await openDatabase(url);
    expect(await open.orm.schema.getUpdateSchemaSQL()).toBe('');
    await open.close();
  });
});

describe('a database file', () => {
  it('is made with its folder, for its owner alone', () => {
    const path = `${temporaryFolder()}/deep/er/rollcall.db`;
    openFile(path).close();
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('is opened so that what was answered is on disk and what is damaged is seen', () => {
    const database = openFile(`${temporaryFolder()}/rollcall.db`);
    const read = (name: string) => database.native.pragma(name, { simple: true });
    expect(
      ['journal_mode', 'synchronous', 'foreign_keys', 'busy_timeout', 'trusted_schema', 'cell_size_check'].map(read),
    ).toEqual(['wal', 2, 1, 5_000, 0, 1]);
    database.close();
  });

  it('is not used where a pragma does not hold', () => {
    const memory = new Database(':memory:');
    expect(() => checkPragmas(memory, 'x.db')).toThrow(
      /x\.db does not accept journal_mode = WAL, .*Rollcall does not start/u,
    );
    memory.close();
    expect(() => openFile(temporaryFolder())).toThrow('EISDIR');
  });
});

describe('prepared statements', () => {
  it('are kept by their text, at most five hundred', () => {
    const database = openFile(`${temporaryFolder()}/rollcall.db`);
    const kept = database.prepare('select 1');
    for (let index = 0; index < STATEMENT_LIMIT - 1; index += 1) database.prepare(`select ${index} as n`);
    expect(database.prepare('select 1')).toBe(kept);
    database.prepare('select 2');
    expect(database.prepare('select 1')).toBe(kept);
    expect(database.prepared).toHaveLength(STATEMENT_LIMIT);
    database.close();
  });

  it('are the same for any value asked for', async () => {
    const { store, workspaceId } = await storeWithWorkspace();
    const { users } = store.workspace(workspaceId);
    const ask = (value: string) =>
      users.find({ kind: 'compare', field: 'emails.value', operator: 'co', value }, { offset: 0, limit: 5 });
    await ask('x');
    const before = store.figures.prepared.length;
    for (let index = 0; index < 50; index += 1) await ask(`zebra-${index}'--`);
    expect(store.figures.prepared).toHaveLength(before);
    expect(store.figures.prepared.join('\n')).not.toContain('zebra');
  });
});

describe('the lock of a server', () => {
  it('ends with a process that is killed, and stands beside commands that write', async () => {
    const path = `${temporaryFolder()}/rollcall.db`;
    const store = await freshStore(`sqlite:${path}`);
    const code = `
      import { lockForServing } from '${new URL('../../src/db/sqlite/serving-lock.ts', import.meta.url).href}';
      try { lockForServing(process.argv[1]); process.stdout.write('locked'); } catch (error) { process.stdout.write(error.message); }
      process.kill(process.pid, 'SIGKILL');`;
    const other = () => spawnSync(process.execPath, ['--input-type=module', '-e', code, path], { encoding: 'utf8' });
    expect(other().stdout).toBe('locked');
    const lock = lockForServing(path);
    expect(other().stdout).toContain(`Another Rollcall server is using ${path}`);
    await addUsers(store, await addedWorkspace(store), []);
    const workspaceId = await addedWorkspace(store);
    await addUsers(store, workspaceId, [aUser(workspaceId)]);
    lock.release();
    expect(other().stdout).toBe('locked');
  });
});
