import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requireBuild, rollcallJson, temporaryFolder } from '../cli/support.ts';
import { startServer, type ServerProcess } from '../process/support.ts';
import { emptyDatabase, type TestDatabase } from '../support/database.ts';

requireBuild();

const SECRET = 'a server secret of the tests, 32 characters';
let database: TestDatabase;
let env: Record<string, string>;
let servers: [ServerProcess, ServerProcess];

beforeAll(async () => {
  database = await emptyDatabase();
  env = {
    DATABASE_URL: database.url,
    ROLLCALL_SECRET: SECRET,
    DATABASE_POOL_MAX: '8',
    SCIM_RATE_PER_SECOND: '0',
    DRAIN_DELAY_MS: '0',
  };
  // Both find an empty database, and one of them makes its tables.
  servers = await Promise.all([start(), start()]);
  await rollcallJson(['workspace', 'create', '--slug', 'two', '--name', 'Two', '--plan', 'enterprise'], { env });
}, 60_000);
afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  await database.drop();
});

const start = () =>
  startServer({ cwd: temporaryFolder(), args: [], env: { ...env, PUBLIC_URL: 'https://rollcall.test' } });

const generate = async (name: string) =>
  (await rollcallJson(['credential', 'generate', '--workspace', 'two', '--name', name], { env })) as {
    id: string;
    secret: string;
  };

async function call(server: ServerProcess, key: string, method: string, path: string, body?: object) {
  const answer = await fetch(`${server.url}/scim/two/v2${path}`, {
    method,
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/scim+json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  // What is in it is what the tests are about.
  // oxlint-disable-next-line typescript/no-explicit-any
  return { status: answer.status, body: (await answer.json().catch(() => undefined)) as any };
}

async function viewer(server: ServerProcess, token: string) {
  const answer = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ query: '{ viewer { user { userName } } }' }),
  });
  // oxlint-disable-next-line typescript/no-explicit-any
  return ((await answer.json()) as any).data?.viewer?.user?.userName as string | undefined;
}

describe('two servers on one PostgreSQL', () => {
  it('each see at once what the other was answered', async () => {
    const { secret } = await generate('Okta');
    const made = await call(servers[0], secret, 'POST', '/Users', { userName: 'maya@two.example' });
    expect(made.status).toBe(201);
    expect((await call(servers[1], secret, 'GET', `/Users/${made.body.id}`)).body.userName).toBe('maya@two.example');
    const again = await call(servers[1], secret, 'POST', '/Users', { userName: 'MAYA@two.example' });
    expect(again.status).toBe(409);
    const found = await call(servers[1], secret, 'GET', '/Users?filter=userName%20eq%20%22maya@two.example%22');
    expect(found.body.totalResults).toBe(1);
    for (let at = 0; at < 6; at += 1)
      await call(servers[at % 2]!, secret, 'POST', '/Users', { userName: `person-${at}@two.example` });
    for (const server of servers)
      expect((await call(server, secret, 'GET', '/Users?startIndex=1&count=3')).body.totalResults).toBe(7);
  });

  it('A12: both refuse a key from its revocation on', async () => {
    const { id, secret } = await generate('Old');
    for (const server of servers) expect((await call(server, secret, 'GET', '/Users?count=1')).status).toBe(200);
    await rollcallJson(['credential', 'revoke', '--workspace', 'two', '--id', id], { env });
    for (const server of servers) expect((await call(server, secret, 'GET', '/Users?count=1')).status).toBe(401);
  });

  it('C5: shut a person out of both when the directory deactivates them at one', async () => {
    const { secret } = await generate('Directory');
    const user = await call(servers[0], secret, 'POST', '/Users', { userName: 'gone@two.example' });
    const args = ['--workspace', 'two', '--user-name', 'gone@two.example', '--name', 'laptop'];
    const { secret: token } = (await rollcallJson(['token', 'create', ...args], { env })) as { secret: string };
    for (const server of servers) expect(await viewer(server, token)).toBe('gone@two.example');
    const Operations = [{ op: 'replace', value: { active: false } }];
    await call(servers[0], secret, 'PATCH', `/Users/${user.body.id}`, { Operations });
    for (const server of servers) expect(await viewer(server, token)).toBeUndefined();
  });
});
