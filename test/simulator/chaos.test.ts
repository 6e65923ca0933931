import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { simulateEntra } from '../../src/simulator/entra.ts';
import { simulateOkta } from '../../src/simulator/okta.ts';
import type { SimulationOptions } from '../../src/simulator/options.ts';
import { generatePeople } from '../../src/simulator/people/generated.ts';
import { entraIdOf, oktaIdOf } from '../../src/simulator/people/person.ts';
import { formatReport } from '../../src/simulator/report-text.ts';
import type { SimulationReport } from '../../src/simulator/report.ts';
import { startRollcall, type Rollcall, type TestWorkspace } from '../support/rollcall.ts';
import { everything, expectedGroups, expectedUser, memberNames } from './support/directory.ts';

const PATIENCE_MS = 120_000;

const PROVIDERS = {
  'Okta by PUT': { simulate: simulateOkta, idOf: oktaIdOf, people: 300, leave: false },
  'Okta by PATCH': {
    simulate: (options: SimulationOptions) => simulateOkta({ ...options, dialect: 'patch' }),
    idOf: oktaIdOf,
    people: 100,
    leave: false,
  },
  'Entra ID': { simulate: simulateEntra, idOf: entraIdOf, people: 300, leave: true },
};

let rollcall: Rollcall;
beforeAll(async () => {
  rollcall = await startRollcall({ SCIM_RATE_PER_SECOND: '0', SCIM_MAX_CONCURRENT: '0' });
});
afterAll(() => rollcall.close());

function statusesOf({ calls }: SimulationReport, kind: string): Record<string, number> {
  return calls.find((call) => call.kind === kind)?.statuses ?? {};
}

/** Every kind of mishap has happened; answers to creates were lost, whose repetitions were refused. */
function expectMishaps(report: SimulationReport): void {
  const { lost, duplicated, reordered } = report.chaos!;
  for (const count of [lost, duplicated, reordered]) expect(count).toBeGreaterThan(10);
  const often = expect.any(Number);
  expect(statusesOf(report, 'create')).toMatchObject({ 201: often, 409: often, 'no answer': often });
}

/** The server holds the directory: each user as promoted, each group with its members, and nothing else. */
async function expectDirectory(
  workspace: TestWorkspace,
  { provider, groups, people }: { provider: keyof typeof PROVIDERS; groups: number; people: number },
): Promise<void> {
  const { idOf, leave } = PROVIDERS[provider];
  const everyone = generatePeople(people);
  const stayed = everyone.filter((_, index) => !leave || index % 10 !== 9);
  const users = await everything(workspace, 'Users');
  expect([...users.keys()].toSorted()).toEqual(stayed.map(({ userName }) => userName).toSorted());
  for (const person of stayed) expect(users.get(person.userName)).toMatchObject(expectedUser(person, idOf(person)));
  const gone = everyone.filter((person) => !stayed.includes(person)).map(({ userName }) => userName);
  const names = everyone.map(({ userName }) => userName);
  expect(await memberNames(workspace, users)).toEqual(expectedGroups(groups, names, ...gone));
}

const EACH = Object.keys(PROVIDERS) as (keyof typeof PROVIDERS)[];

describe('K10: behind a network that loses answers, sends requests twice and reorders calls', () => {
  it.each(EACH)(
    '%s leaves hundreds of users and their groups on the server as its directory says',
    async (provider) => {
      const workspace = await rollcall.workspace(`many-${EACH.indexOf(provider)}`);
      const { simulate, people } = PROVIDERS[provider];
      const groups = 5;
      const report = await simulate({
        baseUrl: workspace.baseUrl,
        token: workspace.key,
        users: people,
        groups,
        concurrency: 8,
        chaos: { seed: 20_261, rate: 0.06 },
      });
      expect(report.problems).toEqual([]);
      expectMishaps(report);
      await expectDirectory(workspace, { provider, groups, people });
    },
    PATIENCE_MS,
  );
});

describe('chaos', () => {
  it('is told in the report, with the seed', async () => {
    const { baseUrl, key } = await rollcall.workspace('told');
    const options = { baseUrl, token: key, users: 20, chaos: { seed: 7, rate: 0.2 } };
    const report = await simulateOkta(options);
    const { lost, duplicated, reordered } = report.chaos!;
    expect(formatReport(report)).toContain(
      `\nChaos (seed 7): ${lost} answers lost, ${duplicated} requests sent twice, ${reordered} calls overtaken by others.\n`,
    );
  });

  it('is the same for the same seed, one call at a time', async () => {
    const tallies = [];
    for (const [slug, seed] of [
      ['first', 7],
      ['second', 7],
      ['third', 8],
    ] as const) {
      const { baseUrl, key } = await rollcall.workspace(slug);
      const options = { baseUrl, token: key, users: 5, concurrency: 1, chaos: { seed, rate: 0.2 } };
      const { chaos, calls, ok } = await simulateOkta(options);
      expect(ok).toBe(true);
      tallies.push([chaos?.lost, chaos?.duplicated, calls.map(({ kind, count }) => [kind, count])]);
    }
    expect(tallies[1]).toEqual(tallies[0]);
    expect(tallies[2]).not.toEqual(tallies[0]);
  });
});
