import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { simulateOkta } from '../../src/simulator/okta.ts';
import { requireBuild, rollcallJson, temporaryFolder } from '../cli/support.ts';
import { scim } from '../support/scim-client.ts';
import { graphql, startServer, type ServerProcess } from './support.ts';

requireBuild();
const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const cwd = temporaryFolder();

let server: ServerProcess;
/** What the greeting shows once. */
let accessToken: string;
let invitation: string;
/** Working keys, by where they came from. */
let keys: { cli: string; graphql: string; pat: string };
let pepper: string;
const passwords: string[] = [];
const forged = `scim_CanaryAAAA_${'Canary'.repeat(9).slice(0, 49)}`;
/** Every answer but those that hand out a secret. */
const answers: string[] = [];
let data: Buffer;

/** A password that is nowhere else. */
function canary(): string {
  const password = `Canary-${passwords.length}-pa55word-${Math.random().toString(36).slice(2)}`;
  passwords.push(password);
  return password;
}

beforeAll(async () => {
  server = await startServer({ cwd, env: { LOG_LEVEL: 'trace' } });
  pepper = readFileSync(join(cwd, 'data/rollcall.secret'), 'utf8').trim();
  accessToken = /pat_\w+/u.exec(server.greeting)![0];
  invitation = /inv_\w+/u.exec(server.greeting)![0];
  keys = await generateKeys();
  await provision();
  await misuse();
  await read();
  data = everyFile(join(cwd, 'data'));
  await server.stop();
  data = Buffer.concat([data, everyFile(join(cwd, 'data'))]);
}, 90_000);

async function generateKeys() {
  const acme = ['--workspace', 'acme', '--name', 'Canary'];
  const { secret: cli } = await rollcallJson(['credential', 'generate', ...acme], { cwd });
  const owner = ['--user-name', 'olivia.bennett@acme.example'];
  const { secret: pat } = await rollcallJson(['token', 'create', ...acme, ...owner], { cwd });
  const { text } = await graphql(
    server.url,
    pat,
    'mutation { generateScimCredential(input: { name: "From GraphQL" }) { __typename ... on GenerateScimCredentialSuccess { secret } } }',
  );
  return { cli, pat, graphql: /scim_\w{60}/u.exec(text)?.[0] ?? `none in ${text}` };
}

function target(key = keys.cli) {
  return { baseUrl: `${server.url}/scim/acme/v2`, key };
}

async function call(method: string, path: string, more: Parameters<typeof scim>[3] = {}, key = keys.cli) {
  const answer = await scim(target(key), method, path, more);
  answers.push(answer.text);
  return answer;
}

/** What Okta sends in the course of its work, with its passwords. */
async function provision(): Promise<void> {
  const { baseUrl, key } = target(keys.graphql);
  const report = await simulateOkta({ baseUrl, token: key, users: 10, concurrency: 4 });
  expect(report.problems).toEqual([]);
  const user = (password: string) => ({ schemas: [USER], userName: 'maya@acme.example', active: true, password });
  const created = await call('POST', '/Users', { body: user(canary()) });
  expect(created.status).toBe(201);
  const path = `/Users/${created.body.id}`;
  expect((await call('PUT', path, { body: user(canary()) })).status).toBe(200);
  const patch = (...Operations: object[]) => call('PATCH', path, { body: { schemas: [PATCH], Operations } });
  await patch({ op: 'replace', path: 'password', value: canary() });
  await patch({ op: 'replace', value: { password: canary(), title: 'Counsel' } });
  await patch({ op: 'add', path: `${USER}:password`, value: canary() });
  await patch({ op: 'Replace', path: 'PassWord', value: canary() });
}

/** What is refused, for every reason there is, with a secret in it. */
async function misuse(): Promise<void> {
  const user = { schemas: [USER], userName: 'zoe@acme.example', active: true };
  const refused = [
    call('POST', '/Users', { body: { ...user, userName: 'MAYA@acme.example', password: canary() } }),
    call('POST', '/Users', { body: { ...user, userName: '', password: canary() } }),
    call('POST', '/Users', { body: { ...user, password: { value: canary() } } }),
    call('POST', '/Users', { body: { ...user, password: [canary()] } }),
    call('POST', '/Users', { raw: `{"userName":"a@acme.example","password":"${canary()}` }),
    call('POST', '/Users', { raw: `{"password":"${canary()}",}` }),
    call('POST', '/Users', { raw: canary() }),
    call('POST', '/Users', { body: { ...user, password: canary() }, headers: { 'Content-Type': 'text/plain' } }),
    call('PUT', '/Users/nobody', { body: { ...user, password: canary() } }),
    call('GET', `/Users?filter=${encodeURIComponent(`password eq "${canary()}"`)}`),
    call('GET', `/Users?filter=${encodeURIComponent(`userName eq "x" and password sw "${canary()}"`)}`),
    call('GET', `/Users?access_token=${keys.cli}`, { authorization: null }),
    call('GET', `/Users?token=${invitation}`, { headers: { Referer: `http://x/#token=${invitation}` } }, invitation),
    call('GET', `/Users?password=${canary()}`),
    call('GET', '/Users', { headers: { 'X-Api-Key': keys.cli } }, forged),
    call('GET', '/Users', {}, `${keys.cli}x`),
    call('GET', '/Users', {}, keys.cli.slice(0, -1)),
    call('GET', '/Users', {}, keys.pat),
    call('GET', '/Users', { authorization: `Basic ${Buffer.from(`okta:${keys.cli}`).toString('base64')}` }),
    call('GET', '/Users', { authorization: keys.cli.slice(5) }),
  ];
  await Promise.all(refused);
}

/** All that can be read of it afterwards. */
async function read(): Promise<void> {
  await call('GET', '/Users?count=200');
  await call('GET', '/Users?attributes=password,userName');
  const wrongly = 'query { viewer { user { userName } } workspace(password: "hunter2") { name } }';
  for (const key of [keys.pat, keys.cli, forged]) answers.push((await graphql(server.url, key, wrongly)).text);
  const fields = 'summary path userAgent error { message } changes { path before after }';
  for (const query of [
    '{ workspace { provisioning { credentials { name } } } }',
    `{ workspace { provisioning { events(first: 100) { nodes { ${fields} } } } } }`,
    '{ workspace { provisioning { events(first: 100) { nodes { summary path userAgent } } } } }',
  ])
    answers.push((await graphql(server.url, keys.pat, query)).text);
  answers.push(JSON.stringify(await rollcallJson(['credential', 'list', '--workspace', 'acme'], { cwd })));
}

/** The bytes of a folder, apart from the secret, which is what the others are guarded by. */
function everyFile(folder: string): Buffer {
  const names = readdirSync(folder).filter((name) => name !== 'rollcall.secret');
  expect(names).toContain('rollcall.db');
  return Buffer.concat(names.map((name) => readFileSync(join(folder, name))));
}

const allKeys = () => [accessToken, invitation, keys.cli, keys.graphql, keys.pat];
/** The part of a key that opens a door, without its public beginning. */
const secretPart = (key: string) => key.split('_')[2]!;
const findIn = (haystack: string | Buffer, needles: readonly string[]) =>
  needles.filter((one) => haystack.includes(one));

describe('J6: secrets of a server that has been used and misused', () => {
  it('were all in play', () => {
    for (const key of allKeys()) expect(key).toMatch(/^(?:scim|pat|inv)_\w{10}_\w{49}$/u);
    expect(passwords.length).toBeGreaterThan(12);
    expect(server.log.length).toBeGreaterThan(50);
    expect(data.includes('maya@acme.example')).toBe(true);
    expect(answers.join('')).toContain('maya@acme.example');
  });

  it('A5: keys stand in no file of the database, neither plain nor as a bare hash', () => {
    const hashes = allKeys().flatMap((key) => {
      const digest = createHash('sha256').update(key).digest();
      return [digest.toString('hex'), digest.toString('base64'), digest.toString('base64url')];
    });
    expect(findIn(data, allKeys().map(secretPart))).toEqual([]);
    expect(findIn(data, hashes)).toEqual([]);
  });

  it('J7: passwords stand in no file of the database', () => {
    expect(findIn(data, passwords)).toEqual([]);
  });

  it('the server’s own secret stands neither in the database nor in the log', () => {
    expect(data.includes(pepper)).toBe(false);
    expect(server.stdout + server.stderr).not.toContain(pepper);
  });

  it('no line of the log holds a key, a forged one or a password', () => {
    const log = server.log.map((line) => JSON.stringify(line)).join('\n') + server.stderr;
    expect(findIn(log, [...allKeys(), forged].map(secretPart))).toEqual([]);
    expect(findIn(log, passwords)).toEqual([]);
    expect(log).not.toContain('maya@acme.example');
  });

  it('A9: stdout holds the first token once, in the greeting, and no other key', () => {
    expect(server.stdout.split(accessToken)).toHaveLength(2);
    expect(server.greeting).toContain(accessToken);
    expect(findIn(server.stdout, [keys.cli, keys.graphql, keys.pat].map(secretPart))).toEqual([]);
  });

  it('J7, A9: no answer holds a password, or a key after the one that made it', () => {
    const all = answers.join('\n');
    expect(findIn(all, passwords)).toEqual([]);
    expect(findIn(all, [...allKeys(), forged].map(secretPart))).toEqual([]);
  });
});

describe('a key in a place where no client puts it', () => {
  const place = { cwd: temporaryFolder() };

  async function storedAfter(send: (target: { baseUrl: string; key: string }) => Promise<unknown>) {
    const other = await startServer(place);
    const acme = ['--workspace', 'acme', '--name', `Key ${Math.random()}`];
    const { secret } = await rollcallJson(['credential', 'generate', ...acme], place);
    await send({ baseUrl: `${other.url}/scim/acme/v2`, key: secret });
    await other.stop();
    return findIn(everyFile(join(place.cwd, 'data')), [secretPart(secret)]);
  }

  it('is not stored from the query', async () => {
    const send = (to: { baseUrl: string; key: string }) => scim(to, 'GET', `/Users?token=${to.key}`);
    expect(await storedAfter(send)).toEqual([]);
  });

  // Known faults, reported: these two say so until the log of SCIM calls masks keys wherever they stand.
  it('is not stored from the path', async () => {
    const send = (to: { baseUrl: string; key: string }) => scim(to, 'GET', `/Users/${to.key}`);
    expect(await storedAfter(send)).toEqual([]);
  });

  it('is not stored from the User-Agent', async () => {
    const send = (to: { baseUrl: string; key: string }) =>
      scim(to, 'GET', '/Users', { headers: { 'User-Agent': to.key } });
    expect(await storedAfter(send)).toEqual([]);
  });
});
