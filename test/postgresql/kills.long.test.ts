import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requireBuild, rollcallJson, temporaryFolder } from '../cli/support.ts';
import { startServer, type ServerProcess } from '../process/support.ts';
import { newDatabase } from '../support/database.ts';
import { IS_LONG } from '../support/long.ts';
import { startCluster, type Cluster } from '../support/postgresql-cluster.ts';
import { Writers, type Acknowledged } from './writers.ts';

requireBuild();

const KILLS = IS_LONG ? 50 : 2;
const CLIENTS = 8;
let cluster: Cluster;
let env: Record<string, string>;
let server: ServerProcess;
const restarts: number[] = [];

beforeAll(async () => {
  cluster = await startCluster({ durable: true });
  const { url } = await newDatabase(cluster.url, 'template0');
  env = {
    DATABASE_URL: url,
    ROLLCALL_SECRET: 'a server secret of the tests, 32 characters',
    SCIM_RATE_PER_SECOND: '0',
    PUBLIC_URL: 'https://rollcall.test',
    DRAIN_DELAY_MS: '0',
  };
  server = await start();
  await rollcallJson(['workspace', 'create', '--slug', 'acme', '--name', 'Acme', '--plan', 'enterprise'], { env });
}, 60_000);
afterAll(async () => {
  await server.kill();
  await cluster.stop();
});

const start = () => startServer({ cwd: temporaryFolder(), args: [], env });

const killServer = async () => {
  expect(await server.kill()).toEqual({ code: null, signal: 'SIGKILL' });
  server = await start();
  restarts.push(Math.round(server.readyMs));
};
const killDatabase = async () => {
  cluster.crash();
  await cluster.restart();
};

const USERS = `select user_name as "userName", status from users where managed_by = 'DIRECTORY'`;
/** Of each user, there now or not, how many lines of the audit log tell of the creation, and how many SCIM events. */
const TOLD = `select u.user_name as "userName" from users u
  left join (select target_id, count(*) as told from domain_events where name = 'UserCreated' group by 1) d
    on d.target_id = u.id
  left join (select target_id, count(*) as told from provisioning_events where operation = 'CREATE_USER'
    and outcome = 'SUCCEEDED' group by 1) e on e.target_id = u.id
  where u.managed_by = 'DIRECTORY' and (coalesce(d.told, 0) <> 1 or coalesce(e.told, 0) <> 1)`;

/** Reads beside the server what is stored. */
async function stored() {
  const client = new Client({ connectionString: env['DATABASE_URL'] });
  await client.connect();
  try {
    const { rows } = await client.query<{ userName: string; status: string }>(USERS);
    const wronglyTold = (await client.query(TOLD)).rows;
    return {
      statuses: new Map(rows.map(({ userName, status }) => [userName, status])),
      count: rows.length,
      wronglyTold,
    };
  } finally {
    await client.end();
  }
}

/** The answered writes that are not there. */
function lost({ created, deactivated, deleted, maybeDeleted }: Acknowledged, statuses: ReadonlyMap<string, string>) {
  return {
    created: [...created].filter((name) => !statuses.has(name) && !maybeDeleted.has(name)),
    deactivated: [...deactivated].filter((name) => statuses.has(name) && statuses.get(name) !== 'DEACTIVATED'),
    deleted: [...deleted].filter((name) => statuses.has(name)),
  };
}

describe('H14: kill -9 of the server and of PostgreSQL by turns, under writes', () => {
  it(
    `loses no answered write in ${KILLS} kills, and the server outlives its database`,
    async () => {
      const args = ['credential', 'generate', '--workspace', 'acme', '--name', 'Load'];
      const { secret: key } = (await rollcallJson(args, { env })) as { secret: string };
      const writers = new Writers(CLIENTS, () => ({ baseUrl: `${server.url}/scim/acme/v2`, key }));
      for (let kill = 1; kill <= KILLS; kill += 1) {
        await writers.progress(20);
        await pause(Math.random() * 200);
        await (kill % 2 === 1 ? killServer() : killDatabase());
        // It works again, after the kill of its database without a restart of its own.
        await writers.progress(1);
      }
      await writers.stop();
      const { statuses, count, wronglyTold } = await stored();
      const { acknowledged } = writers;
      expect(lost(acknowledged, statuses)).toEqual({ created: [], deactivated: [], deleted: [] });
      expect(wronglyTold).toEqual([]);
      expect(statuses.size).toBe(count);
      // No answer, "try again later", or success: nothing else can be read from a kill.
      expect([...writers.statuses.keys()].filter((status) => ![0, 200, 201, 204, 503].includes(status))).toEqual([]);
      const answered = [acknowledged.created, acknowledged.deactivated, acknowledged.deleted].map(({ size }) => size);
      process.stdout.write(
        `H14: ${KILLS} kills; ready again after ${restarts.join(', ')} ms; created, deactivated, deleted: ${answered.join(', ')}; ${count} stored; ` +
          `statuses ${JSON.stringify([...writers.statuses])}\n`,
      );
    },
    KILLS * 30_000,
  );
});
