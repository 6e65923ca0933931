import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { CLI, requireBuild, rollcallJson, temporaryFolder } from '../cli/support.ts';
import { byUserName, scim } from '../support/scim-client.ts';
import { graphql, runServer, startServer, type ServerProcess } from './support.ts';

requireBuild();
const SECRET = 'a secret of the tests that is long enough';
const PRODUCTION = { PUBLIC_URL: 'https://rollcall.example', ROLLCALL_SECRET: SECRET };
const VIEWER = '{ viewer { user { userName } } }';
const tokenIn = (printed: string) => /Access token +(pat_\w+)/u.exec(printed)?.[1];
const status = async (url: string) => (await fetch(url)).status;

describe('node dist/main.js --dev', () => {
  const cwd = temporaryFolder();
  let firstToken: string | undefined;

  it('greets with the URLs and the owner’s token, shown once, and both work', async () => {
    const server = await startServer({ cwd });
    process.stdout.write(`ready to serve in ${Math.round(server.readyMs)} ms\n`);
    const { url, greeting } = server;
    expect(greeting).toContain(`Admin UI             ${url}/\n`);
    expect(greeting).toContain(`GraphQL and Sandbox  ${url}/graphql`);
    expect(greeting).toContain(`SCIM Base URL        ${url}/scim/acme/v2`);
    expect(greeting.trim().split('\n').length).toBeLessThan(12);
    expect(greeting).toMatch(new RegExp(`Invitation +${url}/sign-in/acme/invitation#token=inv_\\w{60}\n`, 'u'));
    firstToken = tokenIn(greeting);
    expect(server.stdout.match(/pat_/gu)).toHaveLength(1);
    const { body } = await graphql(url, firstToken ?? '', VIEWER);
    expect(body.data.viewer.user.userName).toBe('olivia.bennett@acme.example');
    expect(await status(`${url}/scim/acme/v2/Users`)).toBe(401);
    expect(await server.stop()).toEqual({ code: 0, signal: null });
    expect(server.stderr).toBe('');
  });

  it('makes the database and the secret for their owner alone', () => {
    for (const name of ['rollcall.db', 'rollcall.secret'])
      expect(statSync(join(cwd, 'data', name)).mode & 0o777).toBe(0o600);
  });

  it('a second start reuses the data, seeds nothing and prints no token; the first one’s still works', async () => {
    const server = await startServer({ cwd });
    expect(server.greeting).toContain(`${server.url}/graphql`);
    expect(server.stdout).not.toMatch(/pat_|inv_/u);
    expect((await graphql(server.url, firstToken ?? '', VIEWER)).body.data.viewer.user.userName).toContain('olivia');
    await expect(rollcallJson(['workspace', 'create', '--slug', 'acme', '--name', 'Again'], { cwd })).rejects.toThrow(
      'already exists',
    );
    await server.stop();
  });

  it('prints the greeting alone, unless LOG_LEVEL asks for more', async () => {
    const server = await startServer({ cwd, env: { LOG_LEVEL: '' } });
    expect(await status(`${server.url}/readyz`)).toBe(200);
    await server.stop();
    expect(server.stdout.trim()).toMatch(/^Rollcall is ready\./u);
    expect(server.stdout).not.toContain('{"level"');
  });

  it('seeds nothing where the CLI has made a workspace before the first start', async () => {
    const place = { cwd: temporaryFolder() };
    await rollcallJson(['workspace', 'create', '--slug', 'mine', '--name', 'Mine'], place);
    const server = await startServer(place);
    expect(server.stdout).not.toContain('pat_');
    await server.stop();
  });

  it('answers /livez and /readyz without a key, telling nothing', async () => {
    const server = await startServer({ cwd: temporaryFolder() });
    for (const [path, word] of [
      ['/livez', 'live'],
      ['/readyz', 'ready'],
    ] as const) {
      const answer = await fetch(server.url + path);
      expect(answer.status).toBe(200);
      expect(await answer.json()).toEqual({ status: word });
    }
    await server.stop();
  });

  it('keeps a PUBLIC_URL that was set, whatever the port', async () => {
    const server = await startServer({ cwd: temporaryFolder(), env: { PUBLIC_URL: 'https://dev.example' } });
    expect(server.greeting).toContain('https://dev.example/scim/acme/v2');
    await server.stop();
  });
});

describe('node dist/main.js without --dev', () => {
  it('refuses to start without PUBLIC_URL and ROLLCALL_SECRET, and leaves nothing behind', async () => {
    const cwd = temporaryFolder();
    const { code, stdout, stderr } = await runServer({ cwd, args: [] });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('PUBLIC_URL is required without --dev.');
    expect(stderr).toContain('ROLLCALL_SECRET is required without --dev.');
    expect(readdirSync(cwd)).toEqual([]);
  });

  it('refuses a public URL of plain http, whatever NODE_ENV says', async () => {
    const env = { ...PRODUCTION, PUBLIC_URL: 'http://rollcall.example', NODE_ENV: 'development' };
    const { code, stderr } = await runServer({ cwd: temporaryFolder(), args: [], env });
    expect(code).toBe(2);
    expect(stderr).toContain('PUBLIC_URL must begin with https://');
  });

  it('seeds nothing, greets nobody, writes no secret and opens no Sandbox', async () => {
    const cwd = temporaryFolder();
    const server = await startServer({ cwd, args: [], env: PRODUCTION });
    expect(server.greeting.trim()).toBe('');
    expect(existsSync(join(cwd, 'data/rollcall.secret'))).toBe(false);
    const page = await fetch(`${server.url}/graphql`, { headers: { Accept: 'text/html' } });
    expect(await page.text()).not.toMatch(/sandbox/iu);
    expect(await server.stop()).toEqual({ code: 0, signal: null });
    expect(server.stdout + server.stderr).not.toContain(SECRET);
  });

  it('shares ROLLCALL_SECRET with the CLI where both are given it', async () => {
    const cwd = temporaryFolder();
    const server = await startServer({ cwd, args: [], env: PRODUCTION });
    const place = { cwd, env: PRODUCTION };
    await rollcallJson(['workspace', 'create', '--slug', 'acme', '--name', 'Acme', '--plan', 'enterprise'], place);
    const made = await rollcallJson(['credential', 'generate', '--workspace', 'acme', '--name', 'Okta'], place);
    expect(made.baseUrl).toBe('https://rollcall.example/scim/acme/v2');
    const answer = await scim({ baseUrl: `${server.url}/scim/acme/v2`, key: made.secret }, 'GET', '/Users');
    expect(answer.status).toBe(200);
    await server.stop();
  });
});

describe('a server that cannot start', () => {
  it('I4: tells all faults in its settings at once, by name and never with a value, and exits 2', async () => {
    const env = {
      PORT: 'canary-port',
      DATABASE_URL: 'mysql://rollcall:canary-password@db/rollcall',
      ROLLCALL_SECRET: 'canary-secret',
      LOG_LEVEL: 'canary-level',
      SCIM_RATE_BURST: '-1',
      CORS_ORIGINS: 'https://canary.example/path',
    };
    const { code, stdout, stderr } = await runServer({ cwd: temporaryFolder(), env });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    for (const name of Object.keys(env)) expect(stderr).toContain(`  ${name} `);
    expect(stderr).not.toContain('canary');
    expect(stderr).not.toContain('    at ');
  });

  it('names an option that it does not know, and exits 2', async () => {
    const { code, stderr } = await runServer({ cwd: temporaryFolder(), args: ['--develop'] });
    expect(code).toBe(2);
    expect(stderr).toContain("'--develop'");
    expect(stderr).not.toContain('    at ');
  });

  it('H7: says that another server has the database, exits 1, and leaves that one alone', async () => {
    const cwd = temporaryFolder();
    const first = await startServer({ cwd });
    const { code, stderr } = await runServer({ cwd });
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^Another Rollcall server is using .*rollcall\.db\. Stop it first, or give this one a database/u,
    );
    expect(stderr).not.toContain('    at ');
    expect(await status(`${first.url}/readyz`)).toBe(200);
    await first.kill();
    const next = await startServer({ cwd });
    await next.stop();
  });

  it('says that the port is taken, exits 1, and keeps the first start’s token for the start that works', async () => {
    const cwd = temporaryFolder();
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
    const { port } = holder.address() as AddressInfo;
    const { code, stdout, stderr } = await runServer({ cwd, env: { PORT: String(port) } });
    holder.close();
    expect({ code, stdout }).toMatchObject({ code: 1 });
    expect(stderr).toBe(
      `Cannot listen on 127.0.0.1 port ${port}: another process has it; stop that one or set PORT to another.\n`,
    );
    expect(stdout).not.toContain('pat_');
    const server = await startServer({ cwd });
    expect(tokenIn(server.greeting)).toBeDefined();
    await server.stop();
  });

  it('says that the file is no database, and exits 1', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'letter.txt'), 'Dear Maya, this is no database. '.repeat(100));
    const env = { DATABASE_URL: 'sqlite:./letter.txt', ROLLCALL_SECRET: SECRET };
    const { code, stderr } = await runServer({ cwd, env });
    expect(code).toBe(1);
    expect(stderr).toContain('not a database');
    expect(stderr).not.toContain('    at ');
  });

  it('says that the secret of the database is missing, and exits 1 rather than make another', async () => {
    const cwd = temporaryFolder();
    await (await startServer({ cwd })).stop();
    rmSync(join(cwd, 'data/rollcall.secret'));
    const { code, stderr } = await runServer({ cwd });
    expect(code).toBe(1);
    expect(stderr).toMatch(/rollcall\.db is there, but not its secret: set ROLLCALL_SECRET/u);
    expect(existsSync(join(cwd, 'data/rollcall.secret'))).toBe(false);
  });
});

const oldNode = ['/usr/bin/node', '/usr/local/bin/node'].find((path) => {
  if (!existsSync(path)) return false;
  const version = spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout.trim();
  return Number(/^v(\d+)/u.exec(version)?.[1] ?? 99) < 24;
});

describe('an old Node', () => {
  it.skipIf(oldNode === undefined).each(['main.js', 'cli.js'])('ends %s with one sentence and exit code 1', (name) => {
    const { status: code, stdout, stderr } = spawnSync(oldNode!, [join(dirname(CLI), name)], { encoding: 'utf8' });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^Rollcall needs Node 24 or newer, and this is Node [\d.]+\. .*\n$/u);
  });
});

describe('the end of a server', () => {
  it('I1: SIGTERM lets requests under way be answered, with Connection: close, and exits 0 in 10 s', async () => {
    const cwd = temporaryFolder();
    const server = await startServer({ cwd });
    const { secret } = await rollcallJson(['credential', 'generate', '--workspace', 'acme', '--name', 'Okta'], { cwd });
    const names = Array.from({ length: 10 }, (_, index) => `in-flight-${index}@acme.example`);
    const calls = names.map((userName) => halfSent(server, secret, userName));
    await Promise.all(calls.map(({ sent }) => sent));
    const told = performance.now();
    server.signal('SIGTERM');
    await until(() => server.stdout.includes('"msg":"draining"'));
    await expect(fetch(`${server.url}/livez`)).rejects.toThrow('fetch failed');
    const answers = await Promise.all(calls.map(({ finish }) => finish()));
    expect(await server.ended).toEqual({ code: 0, signal: null });
    expect(performance.now() - told).toBeLessThan(10_000);
    for (const answer of answers) {
      expect(answer).toMatch(/^HTTP\/1\.1 201 /u);
      expect(answer).toMatch(/\r\nConnection: close\r\n/iu);
    }
    expect(server.log.at(-1)).toMatchObject({ msg: 'ended', isWhole: true });
    const next = await startServer({ cwd });
    const workspace = { baseUrl: `${next.url}/scim/acme/v2`, key: secret };
    for (const name of names) expect((await scim(workspace, 'GET', byUserName(name))).body.totalResults).toBe(1);
    await next.stop();
  });

  it('SIGINT ends it as well, and leaves one whole file without a log beside it', async () => {
    const cwd = temporaryFolder();
    const server = await startServer({ cwd });
    server.signal('SIGINT');
    expect(await server.ended).toEqual({ code: 0, signal: null });
    expect(readdirSync(join(cwd, 'data')).filter((name) => /-(?:wal|shm)$/u.test(name))).toEqual([]);
  });

  it.each([
    ['an uncaught exception', 'throw new Error("injected")', 'uncaughtException'],
    ['an unhandled rejection', 'Promise.reject(new Error("injected"))', 'unhandledRejection'],
  ])('I7: %s is logged, the server drains and exits 1', async (_, fault, name) => {
    const code = `process.on("SIGUSR2", () => { ${fault} })`;
    const nodeArgs = ['--import', `data:text/javascript,${encodeURIComponent(code)}`];
    const server = await startServer({ cwd: temporaryFolder(), nodeArgs });
    server.signal('SIGUSR2');
    expect(await server.ended).toEqual({ code: 1, signal: null });
    const fatal = server.log.find(({ level }) => level === 'fatal');
    expect(fatal).toMatchObject({ err: { message: 'injected' }, msg: expect.stringContaining(name) });
    expect(server.log.at(-1)).toMatchObject({ msg: 'ended' });
  });
});

/** A create whose body stops half-way until `finish`, which sends the rest and reads the answer. */
function halfSent(server: ServerProcess, key: string, userName: string) {
  const body = JSON.stringify({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName, active: true });
  const head = [
    'POST /scim/acme/v2/Users HTTP/1.1',
    'Host: 127.0.0.1',
    `Authorization: Bearer ${key}`,
    'Content-Type: application/scim+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  const socket: Socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  const answer = text(socket);
  const half = `${head.join('\r\n')}\r\n\r\n${body.slice(0, 20)}`;
  // Without an answer there is no sign that the head was read; a moment is enough for it on one machine.
  const sent = new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.write(half, () => setTimeout(resolve, 150));
  });
  const finish = () => {
    socket.write(body.slice(20));
    return answer;
  };
  return { sent, finish };
}

async function until(condition: () => boolean): Promise<void> {
  for (let turn = 0; turn < 500 && !condition(); turn += 1) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(condition()).toBe(true);
}
