import { join } from 'node:path';
import { expect, describe, it } from 'vitest';
import { simulateOkta } from '../../src/simulator/okta.ts';
import { requireBuild, rollcallJson, temporaryFolder } from '../cli/support.ts';
import { examine, NOTHING_WRONG } from './invariants.ts';
import { startServer, type ServerProcess } from './support.ts';

requireBuild();
const ROUNDS = 10;
const USERS = 150;
const CONCURRENCY = 8;

describe('H1: kill -9 while Okta provisions', () => {
  it(`loses no answered create in ${ROUNDS} kills, and none is there twice or without its event`, async () => {
    const cwd = temporaryFolder();
    const database = join(cwd, 'data/rollcall.db');
    let server = await startServer({ cwd });
    const { secret } = await rollcallJson(['credential', 'generate', '--workspace', 'acme', '--name', 'Okta'], { cwd });
    const acknowledged = new Set<string>();
    const restarts: number[] = [];
    let killedUnderWay = 0;
    for (let round = 1; round <= ROUNDS; round += 1) {
      const report = await provisionAndKill(server, secret, `r${round}-`);
      if (report.stopped !== undefined) killedUnderWay += 1;
      for (const userName of report.acknowledgedCreates) acknowledged.add(userName);
      server = await startServer({ cwd });
      restarts.push(Math.round(server.readyMs));
      const { userNames, createEvents, ...wrong } = examine(database);
      expect(wrong).toEqual(NOTHING_WRONG);
      expect(createEvents).toBe(userNames.length);
      expect([...acknowledged].filter((userName) => !userNames.includes(userName))).toEqual([]);
      // What was stored but never answered was under way at the moment of a kill.
      expect(userNames.length - acknowledged.size).toBeLessThanOrEqual(round * CONCURRENCY);
    }
    const walk = await simulateOkta({ ...target(server, secret), people: [], steps: ['test', 'import'] });
    expect(walk.problems).toEqual([]);
    const listed = walk.importedUserNames.filter((userName) => /^r\d+-/u.test(userName));
    expect(new Set(listed).size).toBe(listed.length);
    expect([...acknowledged].filter((userName) => !listed.includes(userName))).toEqual([]);
    expect(await server.stop()).toEqual({ code: 0, signal: null });
    const facts = `${acknowledged.size} creates answered, ${listed.length} stored, ${killedUnderWay} of ${ROUNDS} kills`;
    process.stdout.write(`H1: ${facts} under way; ready again after ${restarts.join(', ')} ms\n`);
    expect(acknowledged.size).toBeGreaterThan(ROUNDS);
    expect(killedUnderWay).toBeGreaterThan(ROUNDS / 2);
  }, 180_000);
});

function target(server: ServerProcess, token: string) {
  return { baseUrl: `${server.url}/scim/acme/v2`, token };
}

/** Provisions people until, at a random moment, the server is killed; then Okta gives up soon. */
async function provisionAndKill(server: ServerProcess, token: string, prefix: string) {
  const after = 5 + Math.floor(Math.random() * (USERS - 30));
  let isDue = true;
  const report = await simulateOkta({
    ...target(server, token),
    users: USERS,
    prefix,
    concurrency: CONCURRENCY,
    steps: ['test', 'provision'],
    onProgress: (done, _total, label) => {
      if (label !== 'provision' || done < after || !isDue) return;
      isDue = false;
      // Not in step with an answer, but anywhere in the calls that follow it.
      setTimeout(() => server.signal('SIGKILL'), Math.random() * 15);
    },
  });
  expect(await server.ended).toEqual({ code: null, signal: 'SIGKILL' });
  return report;
}
