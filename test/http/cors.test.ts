import { describe, expect, it } from 'vitest';
import { cors } from '../../src/http/cors.ts';
import { serve } from './serve.ts';

const ALLOWED = ['https://app.acme.example', 'http://localhost:5173'];

const graphql = (origins: readonly string[] = ALLOWED) =>
  serve((app) => {
    app.use('/graphql', cors(origins));
    app.all(['/graphql', '/other'], (_req, res) => {
      res.json({});
    });
  });

const PREFLIGHT = { 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'authorization' };

describe('C10 CORS', () => {
  it.each(ALLOWED)('lets a page of %s read the answer', async (origin) => {
    const { url } = await graphql();
    const { headers } = await fetch(`${url}/graphql`, { method: 'POST', headers: { Origin: origin } });
    expect(headers.get('access-control-allow-origin')).toBe(origin);
    expect(headers.get('access-control-allow-credentials')).toBe('true');
    expect(headers.get('access-control-expose-headers')).toBe('X-Request-Id, Retry-After');
    expect(headers.get('vary')).toMatch(/Origin/);
  });

  it('answers the preflight of an allowed origin with 204', async () => {
    const { url } = await graphql();
    const answer = await fetch(`${url}/graphql`, { method: 'OPTIONS', headers: { Origin: ALLOWED[0]!, ...PREFLIGHT } });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-origin')).toBe(ALLOWED[0]);
    expect(answer.headers.get('access-control-allow-methods')).toBe('GET, POST');
    expect(answer.headers.get('access-control-allow-headers')).toMatch(/Authorization, Content-Type/);
    expect(answer.headers.get('vary')).toMatch(/Origin/);
  });

  it.each([
    'null',
    '*',
    'https://evil.example',
    'http://app.acme.example',
    'https://app.acme.example:8443',
    'https://app.acme.example.evil.example',
    'https://evil-app.acme.example',
    'https://x.app.acme.example',
    'https://acme.example',
    'https://APP.acme.example',
    'https://app.acme.example/',
    'https://app.acme.example.',
    'https://app_acme.example',
    'https://app.acme.example@evil.example',
    'https://app.acme.example%00.evil.example',
    'https://app.acme.example, https://evil.example',
    'http://localhost',
    'http://localhost:51730',
    'http://127.0.0.1:5173',
    'file://',
    'chrome-extension://abcdefghijklmnop',
  ])('gives the origin %s nothing', async (origin) => {
    const { url } = await graphql();
    for (const init of [{ method: 'POST' }, { method: 'OPTIONS', headers: PREFLIGHT }]) {
      const { headers, status } = await fetch(`${url}/graphql`, {
        method: init.method,
        headers: { ...init.headers, Origin: origin },
      });
      expect(status).toBe(init.method === 'OPTIONS' ? 204 : 200);
      expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
      expect(headers.get('vary')).toMatch(/Origin/);
    }
  });

  it('refuses null even when a list names it', async () => {
    const { url } = await graphql(['null', '*']);
    const { headers } = await fetch(`${url}/graphql`, { headers: { Origin: 'null' } });
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  it('is on /graphql alone', async () => {
    const { url } = await graphql();
    const { headers } = await fetch(`${url}/other`, { headers: { Origin: ALLOWED[0]! } });
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  it('leaves an OPTIONS request that is no preflight to the routes', async () => {
    const { url } = await graphql();
    expect((await fetch(`${url}/graphql`, { method: 'OPTIONS' })).status).toBe(200);
  });
});
