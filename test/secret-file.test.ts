import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { developmentSecret } from '../src/secret-file.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-secret-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('developmentSecret', () => {
  it('makes a file beside the database that its owner alone can read, with no trace of the making', () => {
    const secret = developmentSecret(join(folder, 'new', 'rollcall.db'));
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect(readdirSync(join(folder, 'new'))).toEqual(['rollcall.secret']);
    expect(statSync(join(folder, 'new', 'rollcall.secret')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder, 'new', 'rollcall.secret'), 'utf8')).toBe(`${secret}\n`);
  });

  it('reads the same secret ever after', () => {
    const path = join(folder, 'rollcall.db');
    expect(developmentSecret(path)).toBe(developmentSecret(path));
  });

  it('makes another one for another folder', () => {
    expect(developmentSecret(join(folder, 'a', 'x.db'))).not.toBe(developmentSecret(join(folder, 'b', 'x.db')));
  });

  it('makes no new one for a database that is there, since its keys were made under another', () => {
    const path = join(folder, 'rollcall.db');
    writeFileSync(path, '');
    expect(() => developmentSecret(path)).toThrow(/set ROLLCALL_SECRET/);
    expect(readdirSync(folder)).toEqual(['rollcall.db']);
  });

  it('takes a secret that a person wrote', () => {
    writeFileSync(join(folder, 'rollcall.secret'), `${'p'.repeat(32)}\r\n`);
    expect(developmentSecret(join(folder, 'rollcall.db'))).toBe('p'.repeat(32));
  });

  it.each(['', '\n', 'p'.repeat(31)])('refuses a file that is too short (%j) and leaves it alone', (content) => {
    const path = join(folder, 'rollcall.secret');
    writeFileSync(path, content);
    expect(() => developmentSecret(join(folder, 'rollcall.db'))).toThrow(
      `The secret file ${path} holds ${content.trim().length} characters and needs at least 32.`,
    );
    expect(readFileSync(path, 'utf8')).toBe(content);
  });

  it('says in a sentence that the file cannot be made', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => developmentSecret(join(folder, 'file', 'rollcall.db'))).toThrow(/^The secret file .* \(ENOTDIR\)\.$/);
  });

  it('is one secret for processes that start at the same moment', async () => {
    const module = new URL('../src/secret-file.ts', import.meta.url).href;
    const script = `const { developmentSecret } = await import(${JSON.stringify(module)});
      while (Date.now() < Number(process.argv[1])) { /* until all have loaded */ }
      process.stdout.write(developmentSecret(process.argv[2]));`;
    const start = String(Date.now() + 1_500);
    const run = promisify(execFile);
    const secrets = await Promise.all(
      Array.from({ length: 6 }, () =>
        run(process.execPath, ['--input-type=module', '-e', script, start, join(folder, 'rollcall.db')]),
      ),
    );
    expect(new Set(secrets.map(({ stdout }) => stdout)).size).toBe(1);
    expect(readdirSync(folder)).toEqual(['rollcall.secret']);
  });
});
