import { Router } from 'express';
import { describe, expect, it } from 'vitest';
import { accessLog } from '../../src/http/access-log.ts';
import { health } from '../../src/http/health.ts';
import { problemErrors } from '../../src/http/problem.ts';
import { requestId } from '../../src/http/request-id.ts';
import { createLogger } from '../../src/logging.ts';
import type { LogLevel } from '../../src/config.ts';
import { serve } from './serve.ts';

const KEY = `scim_0123456789_${'aB3'.repeat(16)}x`;

async function logged(level: LogLevel = 'info') {
  let text = '';
  const logger = createLogger({ level, destination: { write: (line: string) => void (text += line) } });
  const scim = Router();
  scim.get('/fail', () => {
    throw new Error(`disk full while reading ${KEY}`);
  });
  scim.get('/busy', (_req, res) => {
    res.status(503).json({});
  });
  scim.all('/{*rest}', (_req, res) => {
    res.status(201).json({});
  });
  const { url } = await serve((app) => {
    app.use(requestId, accessLog(logger), health({ ready: async () => true, draining: () => false }));
    app.use('/scim/:slug/v2', scim);
    app.get('/graphql', (_req, res) => {
      res.locals.workspace = 'globex';
      res.locals.keyId = 'abcdefghij';
      res.json({});
    });
    app.use(problemErrors);
  });
  const lines = async (): Promise<Record<string, unknown>[]> => {
    // The line is written when the answer has left, which may be after the client has it.
    await new Promise((resolve) => setTimeout(resolve, 20));
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));
  };
  return { url, lines, text: () => text };
}

describe('J8 the access log', () => {
  it('has one line for an answer: the request, its id, the workspace, the public id of the key, status and time', async () => {
    const { url, lines } = await logged();
    await fetch(`${url}/scim/acme/v2/Users?filter=userName%20eq%20%22ann%22&count=2`, {
      headers: { Authorization: `Bearer ${KEY}`, 'X-Request-Id': 'request-1', 'User-Agent': 'Okta SCIM Client 1.0.0' },
    });
    expect(await lines()).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/Z$/),
        pid: process.pid,
        requestId: 'request-1',
        req: {
          method: 'GET',
          url: '/scim/acme/v2/Users?filter=[masked]&count=2',
          remoteAddress: '127.0.0.1',
          userAgent: 'Okta SCIM Client 1.0.0',
        },
        status: 201,
        durationMs: expect.any(Number),
        workspace: 'acme',
        keyId: '0123456789',
        msg: 'request completed',
      },
    ]);
  });

  it('B11, A19 holds neither a filter value nor a secret', async () => {
    const { url, text, lines } = await logged('trace');
    await fetch(`${url}/scim/acme/v2/Users?filter=canary&access_token=${KEY}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${KEY}`, Cookie: 'session=canary', 'X-Api-Key': 'canary' },
      body: '{"password":"canary"}',
    });
    await fetch(`${url}/scim/acme/v2/${KEY}`, { headers: { 'User-Agent': KEY } });
    expect(await lines()).toHaveLength(2);
    expect(text()).not.toContain('canary');
    expect(text()).not.toContain(KEY.slice(0, 24));
  });

  it('takes the workspace and the key from the face that knows them', async () => {
    const { url, lines } = await logged();
    await fetch(`${url}/graphql`);
    expect(await lines()).toMatchObject([{ workspace: 'globex', keyId: 'abcdefghij', status: 200 }]);
  });

  it('has the error of a request that failed, once, at level error', async () => {
    const { url, lines, text } = await logged();
    await fetch(`${url}/scim/acme/v2/fail`);
    expect(await lines()).toMatchObject([
      {
        level: 'error',
        status: 500,
        msg: 'request failed',
        err: { message: 'disk full while reading scim_…[redacted]' },
      },
    ]);
    expect(text()).not.toContain(KEY);
  });

  it('makes no error up for a 503 that a face answered', async () => {
    const { url, lines } = await logged();
    await fetch(`${url}/scim/acme/v2/busy`);
    expect(await lines()).toMatchObject([{ level: 'error', status: 503 }]);
    expect((await lines())[0]).not.toHaveProperty('err');
  });

  it('leaves the health routes to level debug', async () => {
    const quiet = await logged('info');
    await fetch(`${quiet.url}/livez`);
    await fetch(`${quiet.url}/readyz?x=1`);
    expect(await quiet.lines()).toEqual([]);
    const loud = await logged('debug');
    await fetch(`${loud.url}/livez`);
    expect(await loud.lines()).toMatchObject([{ level: 'debug', req: { url: '/livez' } }]);
  });

  it('E10 stays one line under hostile headers', async () => {
    const { url, lines } = await logged();
    await fetch(`${url}/scim/acme/v2/x`, {
      headers: { 'User-Agent': `\t",{"level":"x"}${'a'.repeat(5_000)}` },
    });
    const all = await lines();
    expect(all).toHaveLength(1);
    expect(JSON.stringify(all).length).toBeLessThan(1_000);
  });
});
