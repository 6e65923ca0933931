import { describe, expect, it } from 'vitest';
import { problemNotFound } from '../../src/http/problem.ts';
import { SANDBOX_POLICY, sandboxHeaders, securityHeaders, setPagePolicy } from '../../src/http/security-headers.ts';
import { serve } from './serve.ts';

const answering = (publicUrl: string) =>
  serve((app) => {
    app.use(securityHeaders({ publicUrl }));
    app.use('/graphql', sandboxHeaders);
    app.all(['/', '/graphql'], (_req, res) => {
      res.json({});
    });
    app.use(problemNotFound);
  });

const CLOSED = "default-src 'none';frame-ancestors 'none'";

describe('B16 the security headers', () => {
  it.each(['/', '/nowhere', '/graphql'])('stand on every answer (%s)', async (path) => {
    const { url } = await answering('https://rollcall.example');
    const { headers } = await fetch(url + path);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('content-security-policy')).toBe(CLOSED);
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('server')).toBeNull();
  });

  it('have no HSTS where the outside uses plain http', async () => {
    const { url } = await answering('http://localhost:4000');
    expect((await fetch(url)).headers.get('strict-transport-security')).toBeNull();
  });
});

describe('C11 the policy of a page', () => {
  it.each([
    ['https://rollcall.example', "default-src 'none'; report-uri /csp-reports; report-to csp", 'csp="/csp-reports"'],
    // Chromium would send nothing at all: it takes no endpoints from plain http, and report-to goes before report-uri.
    ['http://localhost:4000', "default-src 'none'; report-uri /csp-reports", null],
  ])('says at %s where to report', async (publicUrl, policy, endpoints) => {
    const { url } = await serve((app) => {
      app.use(securityHeaders({ publicUrl }));
      app.get('/', (_req, res) => {
        setPagePolicy(res, ["default-src 'none'"]);
        res.end();
      });
    });
    const { headers } = await fetch(url);
    expect(headers.get('content-security-policy')).toBe(policy);
    expect(headers.get('reporting-endpoints')).toBe(endpoints);
  });
});

describe('C11 the policy of Apollo Sandbox', () => {
  it('holds for a page view of GET /graphql', async () => {
    const { url } = await answering('http://localhost:4000');
    const { headers } = await fetch(`${url}/graphql`, { headers: { Accept: 'text/html,*/*;q=0.8' } });
    expect(headers.get('content-security-policy')).toBe(SANDBOX_POLICY);
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it.each([
    ['a query by GET', '/graphql', { headers: { Accept: 'application/json' } }],
    ['a query by POST', '/graphql', { method: 'POST', headers: { Accept: 'text/html' } }],
    ['any other page', '/', { headers: { Accept: 'text/html' } }],
  ])('does not hold for %s', async (_what, path, init) => {
    const { url } = await answering('http://localhost:4000');
    expect((await fetch(url + path, init)).headers.get('content-security-policy')).toBe(CLOSED);
  });

  it('names Apollo alone, is never framed and has no base, object or form', () => {
    const hosts = [...SANDBOX_POLICY.matchAll(/https:\/\/([\w.-]+)/g)].map((match) => match[1]);
    expect(hosts.filter((host) => !/\.apollographql\.com$|^fonts\./.test(host ?? ''))).toEqual([]);
    for (const name of ['default-src', 'object-src', 'base-uri', 'form-action', 'frame-ancestors']) {
      expect(SANDBOX_POLICY).toContain(`${name} 'none'`);
    }
    expect(SANDBOX_POLICY).not.toContain('unsafe-eval');
  });
});
