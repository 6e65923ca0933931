import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN_UI_FOLDER, ADMIN_UI_MISSING, adminUi, adminUiMissing } from '../../src/http/admin-ui.ts';
import { startRollcall, type Rollcall } from '../support/rollcall.ts';
import { serve } from './serve.ts';

const PAGE = { headers: { Accept: 'text/html' } };

describe('the admin UI, as it is served', () => {
  let rollcall: Rollcall;
  beforeAll(async () => {
    rollcall = await startRollcall();
  });
  afterAll(() => rollcall.close());

  const assetsOf = (html: string) => [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/gu)].map(([, path]) => path!);

  it.each(['/', '/members', '/security/provisioning?x=1', '/sign-in', '/nowhere'])(
    'is one page at %s',
    async (path) => {
      const response = await fetch(rollcall.url + path, PAGE);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(await response.text()).toContain('<div id="root"></div>');
    },
  );

  it('has a policy with a nonce that no other answer has', async () => {
    const answers = await Promise.all([1, 2].map(() => fetch(`${rollcall.url}/`, PAGE)));
    const policies = answers.map(({ headers }) => headers.get('content-security-policy') ?? '');
    const nonces = policies.map((policy) => /'nonce-(?<nonce>[\w-]{22})'/u.exec(policy)?.groups?.['nonce']);
    expect(policies[0]).toBe(
      `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonces[0]}'; connect-src 'self'; ` +
        "img-src 'self' data:; font-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; form-action 'self'; " +
        'report-uri /csp-reports',
    );
    expect(nonces[0]).not.toBe(nonces[1]);
    expect(await answers[0]!.text()).toContain(`nonce="${nonces[0]}"`);
  });

  it('has assets that are compressed and kept for a year, since another content has another name', async () => {
    const paths = assetsOf(await (await fetch(`${rollcall.url}/`, PAGE)).text());
    expect(paths.length).toBeGreaterThan(2);
    for (const path of paths) {
      const response = await fetch(rollcall.url + path, { headers: { 'Accept-Encoding': 'gzip' } });
      expect(response.status).toBe(200);
      expect(path).toMatch(/-[\w-]{8}\.(?:js|css|svg)$/u);
      expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(response.headers.get('vary')).toContain('Accept-Encoding');
      const isLarge = (await response.arrayBuffer()).byteLength > 1_024;
      expect(response.headers.get('content-encoding')).toBe(isLarge ? 'gzip' : null);
    }
  });

  it('loads less than 250 kB of JavaScript, compressed by gzip, before the first page', async () => {
    const paths = assetsOf(await (await fetch(`${rollcall.url}/`, PAGE)).text()).filter((path) => path.endsWith('.js'));
    const sizes = paths.map((path) => gzipSync(readFileSync(join(ADMIN_UI_FOLDER, path)), { level: 9 }).length);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(250_000);
  });

  it.each([
    ['/graphql/nowhere', 404],
    ['/scim/acme/v2/Users', 401],
    ['/livez', 200],
    ['/assets/none.js', 404],
    ['/assets/..%2findex.html', 404],
  ])('is not what answers at %s', async (path, status) => {
    const response = await fetch(rollcall.url + path, PAGE);
    expect(response.status).toBe(status);
    expect(await response.text()).not.toContain('<div id="root">');
  });

  it('is not what answers a program that asks for no page', async () => {
    const response = await fetch(`${rollcall.url}/members`, { headers: { Accept: 'application/json' } });
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  });

  it('says how to build it where it is not built', async () => {
    expect(adminUi('/nowhere')).toBeUndefined();
    const { url } = await serve((app) => app.use(adminUiMissing));
    const response = await fetch(url, PAGE);
    expect(response.status).toBe(503);
    expect(await response.text()).toBe(`${ADMIN_UI_MISSING}\n`);
  });
});
