import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, describe, it } from 'vitest';
import { requireBuild, rollcall, rollcallJson, temporaryFolder } from './support.ts';

requireBuild();

describe('the command on a fresh machine, without any setting', () => {
  const cwd = temporaryFolder();

  it('makes ./data/rollcall.db and the secret beside it, both for their owner alone', async () => {
    await rollcallJson(['workspace', 'create', '--slug', 'acme', '--name', 'Acme', '--plan', 'enterprise'], { cwd });
    for (const name of ['rollcall.db', 'rollcall.secret'])
      expect(statSync(join(cwd, 'data', name)).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(cwd, 'data/rollcall.secret'), 'utf8').trim()).toHaveLength(43);
  });

  it('keeps the secret it made', async () => {
    const before = readFileSync(join(cwd, 'data/rollcall.secret'), 'utf8');
    const generate = ['credential', 'generate', '--workspace', 'acme', '--name', 'Okta'];
    expect((await rollcallJson(generate, { cwd })).baseUrl).toBe('http://localhost:4000/scim/acme/v2');
    expect(readFileSync(join(cwd, 'data/rollcall.secret'), 'utf8')).toBe(before);
  });

  it('leaves nothing else behind', () => {
    expect(readdirSync(join(cwd, 'data')).sort()).toEqual(['rollcall.db', 'rollcall.secret']);
  });

  it('refuses to make another secret for a database that has one elsewhere', async () => {
    const place = { cwd: temporaryFolder() };
    const env = { ROLLCALL_SECRET: 'a secret of the tests that is long enough' };
    await rollcallJson(['migrate'], { ...place, env });
    const { code, stderr } = await rollcall(['migrate'], place);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^The database .*rollcall\.db is there, but not its secret: set ROLLCALL_SECRET/u);
    expect(readdirSync(join(place.cwd, 'data'))).toEqual(['rollcall.db']);
  });

  it('commands that start at the same moment all work, with one secret', async () => {
    const place = { cwd: temporaryFolder() };
    const names = ['one', 'two', 'three', 'four', 'five', 'six'];
    const create = (name: string) => rollcall(['workspace', 'create', '--slug', name, '--name', name], place);
    const results = await Promise.all(names.map(create));
    expect(results.map(({ code, stderr }) => ({ code, stderr }))).toEqual(names.map(() => ({ code: 0, stderr: '' })));
    expect(existsSync(join(place.cwd, 'data/rollcall.secret'))).toBe(true);
  });
});
