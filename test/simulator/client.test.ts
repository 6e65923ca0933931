import type { Server } from 'node:http';
import { deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { DirectoryClient, type CallRecord, type DirectoryClientOptions } from '../../src/simulator/client.ts';
import { headersOf } from '../../src/simulator/okta/transport.ts';
import { close, recording } from './support/http-answers.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((end) => end()));
});

async function answering(answer: Parameters<typeof recording>[0]) {
  const listening = await recording(answer);
  closing.push(() => close(listening.server));
  return listening;
}

function client(baseUrl: string, options: Partial<DirectoryClientOptions> = {}): DirectoryClient {
  const made = new DirectoryClient({
    baseUrl,
    token: 't0k',
    headers: headersOf,
    concurrency: 2,
    maxConnectionErrors: 3,
    ...options,
  });
  closing.push(async () => made.close());
  return made;
}

const READ = { kind: 'read', method: 'GET', path: '/Users/1' } as const;
const WRITE = { kind: 'create', method: 'POST', path: '/Users', body: { userName: 'Zoë' } } as const;

/** A port nobody listens on any more. */
async function deadAddress(): Promise<string> {
  const { server, url }: { server: Server; url: string } = await recording(() => undefined);
  await close(server);
  return url;
}

describe('Okta’s headers', () => {
  it('are exactly Okta’s, in its spelling, with Content-Type only beside a body', async () => {
    const { seen, url } = await answering((response) => response.end('{}'));
    await client(`${url}/scim/`).call(READ);
    await client(`${url}/scim`).call(WRITE);
    const common = ['Accept', 'application/scim+json', 'Accept-Charset', 'utf-8', 'Accept-Encoding', 'gzip,deflate'];
    const sender = ['Authorization', 'Bearer t0k', 'Connection', 'Keep-Alive'];
    const body = ['Content-Type', 'application/scim+json; charset=utf-8', 'Content-Length', '19'];
    const tail = ['User-Agent', 'Okta SCIM Client 1.0.0', 'Host', url.replace('http://', '')];
    expect(seen[0]).toMatchObject({ url: '/scim/Users/1', rawHeaders: [...common, ...sender, ...tail] });
    expect(seen[1]).toMatchObject({ url: '/scim/Users', rawHeaders: [...common, ...sender, ...body, ...tail] });
    expect(seen[1]?.body).toBe('{"userName":"Zoë"}');
  });

  it('promise to read gzip and deflate, and the client does', async () => {
    const encodings = { gzip: gzipSync, deflate: deflateSync };
    const { url } = await answering((response, index) => {
      const encoding = index === 0 ? 'gzip' : 'deflate';
      response.setHeader('Content-Encoding', encoding);
      response.end(encodings[encoding]('{"a":"Łukasz"}'));
    });
    for (let time = 0; time < 2; time++) expect((await client(url).call(READ)).text).toBe('{"a":"Łukasz"}');
  });

  it('keep the connection open from call to call', async () => {
    const { server, url } = await answering((response) => response.end('{}'));
    let connections = 0;
    server.on('connection', () => connections++);
    const okta = client(url);
    for (let time = 0; time < 5; time++) await okta.call(READ);
    expect(connections).toBe(1);
  });
});

/** Answers 429 `times` times: how long Okta waits (seconds), and what it ends with. */
async function waitsFor(retryAfter: string | undefined, times: number) {
  const { url, seen } = await answering((response, index) => {
    response.statusCode = index < times ? 429 : 200;
    if (index < times && retryAfter !== undefined) response.setHeader('Retry-After', retryAfter);
    response.end('{}');
  });
  const waits: number[] = [];
  const wait = async (milliseconds: number) => void waits.push(milliseconds / 1000);
  const { status } = await client(url, { wait }).call(WRITE);
  return { waits, status, attempts: seen.length };
}

describe('a 429', () => {
  it('with an integer Retry-After is waited out exactly', async () => {
    expect(await waitsFor('7', 1)).toEqual({ waits: [7], status: 200, attempts: 2 });
  });

  it.each([undefined, 'Wed, 21 Oct 2026 07:28:00 GMT', '1.5'])(
    'with Retry-After %j costs five minutes',
    async (value) => {
      expect((await waitsFor(value, 1)).waits).toEqual([300]);
    },
  );

  it('that repeats doubles the wait, and the tenth is final', async () => {
    const { waits, status, attempts } = await waitsFor('1', 99);
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256]);
    expect([status, attempts]).toEqual([429, 10]);
  });
});

describe('a server that does not answer', () => {
  it('is given up after the timeout, in a clear sentence', async () => {
    const { url } = await answering(() => undefined);
    const calls: CallRecord[] = [];
    const okta = client(url, { timeoutMilliseconds: 50, onCall: (call) => calls.push(call) });
    await expect(okta.call(READ)).rejects.toThrow(`No answer from ${url} to GET /Users/1 within 0.05 seconds.`);
    expect(calls).toMatchObject([{ kind: 'read', method: 'GET', status: 'no answer' }]);
  });

  it('is given up when its body stalls', async () => {
    const { url } = await answering((response) => response.write('{'));
    await expect(client(url, { timeoutMilliseconds: 50 }).call(READ)).rejects.toThrow('No answer from');
  });

  it('is named when it refuses the connection', async () => {
    const url = await deadAddress();
    await expect(client(url).call(READ)).rejects.toThrow(`Connection refused by ${url}: nothing listens there`);
  });

  it('stops the client after the allowed number of failures in a row', async () => {
    const okta = client(await deadAddress());
    for (let time = 0; time < 3; time++) await okta.call(READ).catch(() => undefined);
    expect(okta.stopReason).toContain('Stopped after 3 connection failures in a row. Connection refused');
    await expect(okta.call(READ)).rejects.toThrow('Stopped after 3');
  });

  it('does not keep a caller who loses patience first', async () => {
    const { url } = await answering(() => setTimeout(() => impatience.abort(), 10));
    const impatience = new AbortController();
    const call = client(url, { signal: impatience.signal }).call(READ);
    await expect(call).rejects.toThrow('The simulation was interrupted before its end.');
  });
});
