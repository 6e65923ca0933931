import { readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { requireBuild, rollcall, rollcallJson, temporaryFolder } from './support.ts';

requireBuild();
const folder = temporaryFolder();
const place = { cwd: folder, env: { DATABASE_URL: `sqlite:${folder}/sso.db`, PUBLIC_URL: 'https://rollcall.example' } };
const SECRET = 'a-client-secret-of-the-tests';
const OKTA = ['--issuer', 'https://acme.okta.com', '--client-id', '0oa1b2c3'];

const run = (...args: string[]) => rollcall(['sso', ...args], place);

beforeAll(async () => {
  for (const [slug, plan] of [
    ['acme', 'enterprise'],
    ['small', 'business'],
  ] as const)
    await rollcallJson(['workspace', 'create', '--slug', slug, '--name', slug, '--plan', plan], place);
  writeFileSync(`${folder}/secret`, `${SECRET}\n`);
}, 60_000);

describe('rollcall sso', () => {
  it('sets, shows and removes a connection, and never tells the secret', async () => {
    const told = {
      workspace: 'acme',
      issuer: 'https://acme.okta.com',
      clientId: '0oa1b2c3',
      signInUrl: 'https://rollcall.example/sign-in/acme',
      redirectUri: 'https://rollcall.example/sign-in/acme/callback',
    };
    const set = await run('set', '--workspace', 'acme', ...OKTA, '--client-secret-file', 'secret', '--json');
    expect(set).toMatchObject({ code: 0, json: told });
    const shown = await run('show', '--workspace', 'acme', '--json');
    expect(shown.json).toEqual({ ...told, updatedAt: expect.stringMatching(/Z$/u) });
    expect(set.stdout + shown.stdout).not.toContain(SECRET);
    for (const end of ['', '-wal']) {
      const bytes = readBytes(`${folder}/sso.db${end}`);
      expect(bytes).not.toContain(SECRET);
    }
    expect((await run('remove', '--workspace', 'acme', '--json')).json).toEqual({ workspace: 'acme', removed: true });
    const gone = await run('show', '--workspace', 'acme');
    expect(gone).toMatchObject({ code: 1, stderr: 'acme is not connected. `rollcall sso set` connects it.\n' });
    expect((await run('remove', '--workspace', 'acme')).stdout).toBe('acme was not connected.\n');
  });

  it('refuses a plan without SSO, a secret that cannot be read and an issuer without https', async () => {
    const small = await run('set', '--workspace', 'small', ...OKTA, '--client-secret-file', 'secret');
    expect(small.code).toBe(1);
    expect(small.stderr).toContain('plan that includes SSO');
    const missing = await run('set', '--workspace', 'acme', ...OKTA, '--client-secret-file', 'missing');
    expect(missing).toMatchObject({ code: 2, stderr: expect.stringContaining('"missing" cannot be read') });
    const plain = ['--issuer', 'http://acme.okta.com', '--client-id', 'x', '--client-secret-file', 'secret'];
    const refused = await run('set', '--workspace', 'acme', ...plain);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('does not begin with https://') });
  });
});

function readBytes(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
