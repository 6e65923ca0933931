import { beforeEach, describe, expect, it } from 'vitest';
import { cspReports } from '../../src/http/csp-reports.ts';
import { createLogger } from '../../src/logging.ts';
import { startRollcall } from '../support/rollcall.ts';
import { describeInBrowser, launch, PATIENCE } from '../web/support/browser.ts';
import { serve } from './serve.ts';

const SECRET = `inv_0123456789_${'aB3'.repeat(16)}x`;

let log: string[];
let url: string;
beforeEach(async () => {
  log = [];
  const logger = createLogger({ level: 'warn', destination: { write: (line: string) => void log.push(line) } });
  ({ url } = await serve((app) => app.use(cspReports(logger))));
});

/** What a browser sends for `report-uri`. */
const report = (more: object = {}) => ({
  'csp-report': {
    'document-uri': 'https://rollcall.example/members?search=canary',
    referrer: 'https://rollcall.example/canary',
    'violated-directive': 'script-src-elem',
    'effective-directive': 'script-src-elem',
    'original-policy': "default-src 'none'; report-uri /csp-reports",
    disposition: 'enforce',
    'blocked-uri': 'https://evil.example/canary.js?canary',
    'status-code': 200,
    'script-sample': 'canary',
    ...more,
  },
});

/** What a browser sends for `report-to`. */
const modern = (body: object = {}) => ({
  age: 10,
  type: 'csp-violation',
  url: 'https://rollcall.example/teams?canary',
  user_agent: 'canary',
  body: {
    documentURL: 'https://rollcall.example/teams?canary',
    blockedURL: 'inline',
    effectiveDirective: 'style-src-attr',
    sample: 'canary',
    ...body,
  },
});

async function send(body: unknown, type = 'application/csp-report'): Promise<number> {
  const response = await fetch(`${url}/csp-reports`, {
    method: 'POST',
    headers: { 'Content-Type': type, Cookie: '__Host-rollcall=canary' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  expect(await response.text()).toBe('');
  return response.status;
}

/** What was logged, without what every line has. */
const logged = () =>
  log.map((line) => {
    const { time: _time, pid: _pid, ...rest } = JSON.parse(line) as Record<string, unknown>;
    return rest;
  });

const line = (fields: object) => ({ level: 'warn', msg: 'the policy of a page kept it from something', ...fields });

describe('POST /csp-reports (C11)', () => {
  it('logs directive, blocked host and the path of the page, and nothing else', async () => {
    expect(await send(report())).toBe(204);
    expect(logged()).toEqual([line({ directive: 'script-src-elem', blocked: 'evil.example', document: '/members' })]);
  });

  it('takes the reports of the Reporting API, and leaves out those of another type', async () => {
    const reports = [modern(), { ...modern(), type: 'deprecation', body: null }, 7, modern({ blockedURL: 'eval' })];
    expect(await send(reports, 'application/reports+json; charset=utf-8')).toBe(204);
    expect(logged()).toEqual([
      line({ directive: 'style-src-attr', blocked: 'inline', document: '/teams' }),
      line({ directive: 'style-src-attr', blocked: 'eval', document: '/teams' }),
    ]);
  });

  it.each([
    [{ 'violated-directive': "img-src 'self'" }, { directive: 'img-src' }],
    [{ 'violated-directive': '\u001b[31m' }, { directive: 'unknown' }],
    [{ 'violated-directive': 7 }, { directive: 'unknown' }],
    [{ 'blocked-uri': 'wss://me:canary@evil.example:8443/canary' }, { blocked: 'evil.example:8443' }],
    [{ 'blocked-uri': 'data:text/html,canary' }, { blocked: 'data:' }],
    [{ 'blocked-uri': 'Canary here' }, { blocked: 'unknown' }],
    [
      { 'document-uri': `https://rollcall.example/sign-in/acme/invitation/canary/x#${SECRET}` },
      { document: '/sign-in/acme/invitation/[masked]' },
    ],
    [{ 'document-uri': `https://rollcall.example/${SECRET}` }, { document: '/inv_…[redacted]' }],
    [{ 'document-uri': 'about' }, { document: 'unknown' }],
    [{ 'document-uri': `https://rollcall.example/${'x'.repeat(5_000)}` }, { document: `/${'x'.repeat(255)}` }],
  ])('logs of %j no more than %j', async (more, fields) => {
    expect(await send(report(more))).toBe(204);
    expect(logged()).toMatchObject([fields]);
    expect(log.join('')).not.toMatch(/canary|aB3/iu);
  });

  it.each([
    ['no JSON', '{"csp-report": canary', undefined],
    ['another object', { canary: 1 }, undefined],
    ['null', 'null', undefined],
    ['nothing', '', undefined],
    ['another media type', report(), 'application/json'],
    ['a form', 'canary=1', 'application/x-www-form-urlencoded'],
    ['more than 8 KiB', report({ referrer: 'x'.repeat(8 * 1024) }), undefined],
  ])('answers %s alike and logs nothing', async (_what, body, type) => {
    expect(await send(body, type)).toBe(204);
    expect(log).toEqual([]);
  });

  it('takes 8 KiB to the byte', async () => {
    const rest = 8 * 1024 - JSON.stringify(report({ referrer: '' })).length;
    expect(await send(report({ referrer: 'x'.repeat(rest) }))).toBe(204);
    expect(await send(report({ referrer: 'x'.repeat(rest + 1) }))).toBe(204);
    expect(logged()).toHaveLength(1);
  });

  it('logs at most 60 a minute and answers the rest alike', async () => {
    const statuses = await Promise.all(Array.from({ length: 100 }, () => send(report())));
    expect(
      await send(
        Array.from({ length: 25 }, () => modern()),
        'application/reports+json',
      ),
    ).toBe(204);
    expect(new Set(statuses)).toEqual(new Set([204]));
    expect(log.length).toBeGreaterThanOrEqual(30);
    expect(log.length).toBeLessThanOrEqual(60);
  });

  it('is there without a session, at level debug in the access log, and nothing to read', async () => {
    const rollcall = await startRollcall({ LOG_LEVEL: 'info' });
    ({ url } = rollcall);
    expect(await send(report())).toBe(204);
    const page = await fetch(`${url}/csp-reports`, { headers: { Accept: 'text/html' } });
    expect(page.status).toBe(404);
    expect(await page.text()).not.toContain('<div id="root">');
    await rollcall.close();
    expect(rollcall.log).toHaveLength(1);
    expect(rollcall.log[0]).toContain('evil.example');
  });
});

describeInBrowser('a browser that a page is kept from something in (C11)', () => {
  it('reports it', PATIENCE, async () => {
    const rollcall = await startRollcall();
    const browser = await launch();
    const page = await browser.newPage();
    await page.goto(`${rollcall.url}/sign-in?for=canary`);
    await page.evaluate(`document.body.append(Object.assign(new Image(), { src: 'https://evil.example/canary.png' }))`);
    const ours = () => rollcall.log.filter((each) => each.includes('the policy of a page'));
    await expect.poll(ours, { timeout: 60_000 }).toHaveLength(1);
    expect(JSON.parse(ours()[0]!)).toMatchObject({
      directive: 'img-src',
      blocked: 'evil.example',
      document: '/sign-in',
    });
    expect(ours()[0]).not.toContain('canary');
    await browser.close();
    await rollcall.close();
  });
});
