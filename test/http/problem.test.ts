import express from 'express';
import { describe, expect, it } from 'vitest';
import { problemErrors, problemNotFound } from '../../src/http/problem.ts';
import { requestId } from '../../src/http/request-id.ts';
import { serve } from './serve.ts';

const failing = () =>
  serve((app) => {
    app.use(requestId, express.json({ limit: 100 }));
    app.get('/fail', () => {
      throw Object.assign(new Error('SQLITE_IOERR at /srv/rollcall.db'), { status: 599 });
    });
    app.get('/odd', () => {
      // What a careless library may throw.
      throw 'a secret string';
    });
    app.get('/late', (_req, res) => {
      res.write('half');
      throw new Error('too late');
    });
    app.get('/param/:name', (_req, res) => {
      res.json({});
    });
    app.use(problemNotFound, problemErrors);
  });

describe('RFC 9457, M5 a problem', () => {
  it.each([
    ['GET', '/nowhere', undefined, 404, 'Not Found'],
    ['DELETE', '/', undefined, 404, 'Not Found'],
    ['GET', '/param/%E0%A4%A', undefined, 400, 'Bad Request'],
    ['POST', '/nowhere', '{"password": "canary"', 400, 'Bad Request'],
    ['POST', '/nowhere', `"${'x'.repeat(200)}"`, 413, 'Payload Too Large'],
    ['GET', '/fail', undefined, 500, 'Internal Server Error'],
    ['GET', '/odd', undefined, 500, 'Internal Server Error'],
  ])('answers %s %s (%s) with %i', async (method, path, body, status, title) => {
    const { url } = await failing();
    const answer = await fetch(url + path, {
      method,
      headers: { 'Content-Type': 'application/json', 'X-Request-Id': 'request-1' },
      ...(body === undefined ? {} : { body }),
    });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    const text = await answer.text();
    expect(JSON.parse(text)).toEqual({
      type: 'about:blank',
      title,
      status,
      detail: expect.stringMatching(/\.$/),
      requestId: 'request-1',
    });
    expect(text).not.toMatch(/SQLITE|\/srv|secret string|canary|JSON at position|\.ts/);
  });

  it('hangs up when the answer has already begun', async () => {
    const { url } = await failing();
    await expect(fetch(`${url}/late`).then((answer) => answer.text())).rejects.toThrow('terminated');
  });
});
