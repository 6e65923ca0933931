import { Agent, createServer, get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createHttpServer, drain, listen } from '../../src/http/server.ts';
import { exchange, serve } from './serve.ts';

const answering = () =>
  serve((app) => {
    app.get('/slow', async (_req, res) => {
      await sleep(400);
      res.json({ slow: true });
    });
    app.get('/stuck', () => undefined);
    app.get('/begun', async (_req, res) => {
      res.write('first ');
      await sleep(300);
      res.end('last');
    });
    app.get('/large', (_req, res) => {
      res.end(Buffer.alloc(20_000_000, 'a'));
    });
    app.use((_req, res) => {
      res.json({});
    });
  });

const requestWith = (headers: number) =>
  `GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${'X-A: 1\r\n'.repeat(headers - 2)}\r\n`;

describe('B9, F11 the limits of the server', () => {
  it('are the written ones', () => {
    const server = createHttpServer(() => undefined);
    expect(server).toMatchObject({ headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 65_000 });
    server.close();
  });

  it('take 15 KiB of headers and refuse 17 KiB with 431', async () => {
    const { url } = await answering();
    expect((await fetch(url, { headers: { 'X-Long': 'a'.repeat(15 * 1024) } })).status).toBe(200);
    expect((await fetch(url, { headers: { 'X-Long': 'a'.repeat(17 * 1024) } })).status).toBe(431);
  });

  it('take 100 headers and refuse 101 with 431', async () => {
    const { port } = await answering();
    expect(await exchange(port, requestWith(100))).toMatch(/^HTTP\/1\.1 200 /);
    expect(await exchange(port, requestWith(101))).toMatch(/^HTTP\/1\.1 431 /);
    expect(await exchange(port, requestWith(500))).toMatch(/^HTTP\/1\.1 431 /);
  });

  it('take a URL of 8 KiB and refuse one of 9 KiB with 414', async () => {
    const { url } = await answering();
    expect((await fetch(`${url}/${'a'.repeat(8 * 1024 - 1)}`)).status).toBe(200);
    const refused = await fetch(`${url}/${'a'.repeat(9 * 1024)}`);
    expect(refused.status).toBe(414);
    expect(refused.headers.get('connection')).toBe('close');
  });

  it('cut a client off that is late with its headers, within a second of the limit', async () => {
    const { port, server } = await answering();
    server.headersTimeout = 300;
    const start = Date.now();
    expect(await exchange(port, 'GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ')).toMatch(/^HTTP\/1\.1 408 /);
    expect(Date.now() - start).toBeGreaterThanOrEqual(290);
    expect(Date.now() - start).toBeLessThan(3_000);
  });
});

describe('listen', () => {
  it('says at which URL', async () => {
    const { url } = await answering();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it('rejects with a sentence when the port is taken', async () => {
    const { port } = await answering();
    await expect(listen(createServer(), port, '127.0.0.1')).rejects.toThrow(
      `Cannot listen on 127.0.0.1 port ${port}: another process has it; stop that one or set PORT to another.`,
    );
  });
});

describe('I1 drain', () => {
  it('ends at once when nobody is connected', async () => {
    const { server } = await answering();
    expect(await drain(server, 5_000)).toBe(true);
  });

  it('answers what is under way with Connection: close, and takes nothing new', async () => {
    const { server, url } = await answering();
    const slow = fetch(`${url}/slow`);
    await sleep(100);
    const drained = drain(server, 5_000);
    await expect(fetch(`${url}/`)).rejects.toThrow('fetch failed');
    const answer = await slow;
    expect(answer.headers.get('connection')).toBe('close');
    expect(await answer.json()).toEqual({ slow: true });
    expect(await drained).toBe(true);
  });

  it('answers the last request of an idle client, and hangs up on the others', async () => {
    const { server, port } = await answering();
    const idle = exchange(port, 'GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const ask = () => new Promise<IncomingMessage>((resolve) => get({ port, agent }, (res) => resolve(res.resume())));
    expect((await ask()).headers.connection).toBe('keep-alive');
    const drained = drain(server, 5_000);
    expect((await ask()).headers.connection).toBe('close');
    expect(await drained).toBe(true);
    expect(await idle).toMatch(/200 OK/);
    agent.destroy();
  });

  it('lets an answer that has begun end, and then hangs up', async () => {
    const { server, port } = await answering();
    const begun = exchange(port, 'GET /begun HTTP/1.1\r\nHost: a\r\n\r\n');
    await sleep(100);
    expect(await drain(server, 5_000)).toBe(true);
    expect(await begun).toContain('last');
  });

  it('does not cut an answer short that a slow client is still reading', async () => {
    const { server, port } = await answering();
    let received = 0;
    const socket = connect(port, '127.0.0.1', () => socket.write('GET /large HTTP/1.1\r\nHost: a\r\n\r\n'));
    socket.pause();
    await sleep(100);
    const drained = drain(server, 5_000);
    await sleep(400);
    socket.on('data', (chunk) => (received += chunk.length)).resume();
    expect(await drained).toBe(true);
    await sleep(50);
    expect(received).toBeGreaterThan(20_000_000);
  });

  it('gives up after the grace', async () => {
    const { server, port } = await answering();
    const stuck = exchange(port, 'GET /stuck HTTP/1.1\r\nHost: a\r\n\r\n');
    await sleep(50);
    const start = Date.now();
    expect(await drain(server, 300)).toBe(false);
    expect(Date.now() - start).toBeLessThan(1_000);
    expect(await stuck).toBe('');
  });

  it('loses no answer to clients that keep asking', async () => {
    const { server, port } = await answering();
    const agent = new Agent({ keepAlive: true, maxSockets: 8 });
    const tally = { answered: 0, refused: 0, lost: 0 };
    const ask = () =>
      new Promise<boolean>((resolve) => {
        get({ port, agent }, (res) => {
          tally.answered += 1;
          res.resume().on('end', () => resolve(true));
        }).on('error', (error: NodeJS.ErrnoException) => {
          tally[error.code === 'ECONNREFUSED' ? 'refused' : 'lost'] += 1;
          resolve(false);
        });
      });
    const clients = Array.from({ length: 8 }, async () => {
      while (await ask()) await sleep(5);
    });
    await sleep(200);
    expect(await drain(server, 5_000)).toBe(true);
    await Promise.all(clients);
    expect(tally).toMatchObject({ lost: 0, refused: 8 });
    expect(tally.answered).toBeGreaterThan(50);
    agent.destroy();
  });
});
