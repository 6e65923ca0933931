import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requireBuild, rollcallJson, temporaryFolder } from '../cli/support.ts';
import { startServer, type ServerProcess } from '../process/support.ts';
import { emptyDatabase, type TestDatabase } from '../support/database.ts';
import { IS_LONG } from '../support/long.ts';
import { Load } from './load.ts';

requireBuild();

const PER_SECOND = IS_LONG ? 200 : 80;
const RESTARTS = IS_LONG ? 10 : 2;
let database: TestDatabase;
let env: Record<string, string>;
let servers: [ServerProcess, ServerProcess];

beforeAll(async () => {
  database = await emptyDatabase();
  env = {
    DATABASE_URL: database.url,
    ROLLCALL_SECRET: 'a server secret of the tests, 32 characters',
    DATABASE_POOL_MAX: '8',
    // A slow machine has more of them under way, and is not to refuse them.
    SCIM_RATE_PER_SECOND: '0',
    SCIM_MAX_CONCURRENT: '0',
    DRAIN_DELAY_MS: '2000',
  };
  servers = [await start(), await start()];
  await rollcallJson(['workspace', 'create', '--slug', 'two', '--name', 'Two', '--plan', 'enterprise'], { env });
}, 60_000);
afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  await database.drop();
});

const start = () =>
  startServer({ cwd: temporaryFolder(), args: [], env: { ...env, PUBLIC_URL: 'https://rollcall.test' } });

/** How many users there are whom the load created. */
async function stored(key: string): Promise<number> {
  const answer = await fetch(`${servers[0].url}/scim/two/v2/Users?filter=userName%20sw%20%22load-%22&count=1`, {
    headers: { Authorization: `Bearer ${key}` },
  });
  return ((await answer.json()) as { totalResults: number }).totalResults;
}

describe('I9: two servers on one PostgreSQL', () => {
  it(`are restarted by turns, ${RESTARTS} times, under ${PER_SECOND} requests a second, and none fails`, async () => {
    const args = ['credential', 'generate', '--workspace', 'two', '--name', 'Load'];
    const { secret } = (await rollcallJson(args, { env })) as { secret: string };
    const load = new Load(secret, servers, PER_SECOND);
    const running = load.run();
    await pause(500);
    for (let restart = 0; restart < RESTARTS; restart += 1) {
      const at = restart % 2 === 0 ? 0 : 1;
      expect(await servers[at].stop()).toEqual({ code: 0, signal: null });
      servers[at] = await start();
      load.replace(at, servers[at]);
      await load.balanced();
    }
    load.isOver = true;
    await running;
    expect(load.failures).toEqual([]);
    expect(load.statuses.get(201)).toBeGreaterThan(50);
    expect(await stored(secret)).toBe(load.statuses.get(201));
    process.stdout.write(`I9: ${JSON.stringify([...load.statuses])}, ${Math.round(load.rate)} requests/s\n`);
  }, 600_000);
});
