import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { revokeScimCredential } from '../../src/domain/scim-credential-commands.ts';
import { simulateOkta } from '../../src/simulator/okta.ts';
import type { SimulationOptions } from '../../src/simulator/options.ts';
import { readPeople } from '../../src/simulator/people/from-csv.ts';
import { generatePeople } from '../../src/simulator/people/generated.ts';
import { oktaIdOf, type Person } from '../../src/simulator/people/person.ts';
import { startRollcall, type Rollcall, type TestWorkspace } from '../support/rollcall.ts';
import { byUserName, scim } from '../support/scim-client.ts';
import { expectedUser } from './support/directory.ts';

const SAMPLE = new URL('../../examples/people.csv', import.meta.url).pathname;
const MAYA = { userName: 'Maya@acme.example', givenName: 'Maya', familyName: 'Ortiz', displayName: 'Maya Ortiz' };

let rollcall: Rollcall;
beforeAll(async () => {
  rollcall = await startRollcall();
});
afterAll(() => rollcall.close());

function simulate({ baseUrl, key }: TestWorkspace, options: Partial<SimulationOptions> = {}) {
  return simulateOkta({ baseUrl, token: key, ...options });
}

/** What the directory holds of a person, by the words of SCIM. */
async function held(workspace: TestWorkspace, { userName }: Person) {
  const { status, body } = await scim(workspace, 'GET', byUserName(userName));
  expect({ status, total: body.totalResults }).toEqual({ status: 200, total: 1 });
  return body.Resources[0];
}

describe.each(['put', 'patch'] as const)('whole lives by the %s dialect against Rollcall', (dialect) => {
  it('of the sample people are green and end as the directory says', async () => {
    const workspace = await rollcall.workspace(`sample-${dialect}`);
    const people = await readPeople(SAMPLE);
    const report = await simulate(workspace, { people, dialect });
    expect(report).toMatchObject({ ok: true, problems: [], people: people.length });
    const names = people.map(({ userName }) => userName).sort();
    expect([...report.acknowledgedCreates].sort()).toEqual(names);
    expect([...report.importedUserNames].sort()).toEqual(names);
    for (const person of people) expect(await held(workspace, person)).toMatchObject(expectedUser(person));
  });

  it('of 60 made-up people, eight at a time, are green and end as the directory says', async () => {
    const workspace = await rollcall.workspace(`made-up-${dialect}`);
    const people = generatePeople(60);
    const report = await simulate(workspace, { people, dialect, concurrency: 8 });
    expect(report).toMatchObject({ ok: true, problems: [] });
    for (const person of people) expect(await held(workspace, person)).toMatchObject(expectedUser(person));
    const { body } = await scim(workspace, 'GET', '/Users?count=0');
    expect(body.totalResults).toBe(60);
  });

  it('lived a second time find everyone there, create nobody and stay green', async () => {
    const workspace = await rollcall.workspace(`again-${dialect}`);
    const people = generatePeople(10);
    await simulate(workspace, { people, dialect });
    const again = await simulate(workspace, { people, dialect });
    expect(again).toMatchObject({ ok: true, problems: [], acknowledgedCreates: [] });
  });
});

describe('a workspace that both dialects share', () => {
  it('is left by one app and taken up by the other without a red task', async () => {
    const workspace = await rollcall.workspace('both-dialects');
    const people = generatePeople(12);
    await simulate(workspace, { people, dialect: 'put' });
    expect(await simulate(workspace, { people, dialect: 'patch' })).toMatchObject({ ok: true, problems: [] });
  });

  it('links the users whom an admin had made before', async () => {
    const workspace = await rollcall.workspace('linking');
    const { id } = await workspace.user({ userName: MAYA.userName.toUpperCase() });
    const report = await simulate(workspace, { people: [MAYA] });
    expect(report.acknowledgedCreates).toEqual([]);
    expect(await held(workspace, MAYA)).toMatchObject({ id, active: true, externalId: oktaIdOf(MAYA) });
  });
});

describe('what Okta’s admin sees in red', () => {
  it('of a revoked key is the server’s own detail, and nothing else is tried', async () => {
    const workspace = await rollcall.workspace('revoked');
    await revokeScimCredential(workspace.ctx, workspace.credentialId);
    const { status, body } = await scim(workspace, 'GET', '/Users');
    expect(status).toBe(401);
    const report = await simulate(workspace, { people: [MAYA] });
    expect(report).toMatchObject({ ok: false, acknowledgedCreates: [] });
    expect(report.problems.map(({ message }) => message)).toEqual([
      `Error authenticating: Unauthorized. Errors reported by remote server: ${body.detail.replace(/\.$/u, '')}. The connector configuration could not be tested. Make sure that the URL, Authentication Parameters are correct.`,
    ]);
    expect(report.calls).toMatchObject([{ kind: 'test', count: 1, statuses: { 401: 1 } }]);
  });

  it('of a neighbour’s key is the same', async () => {
    const [mine, theirs] = [await rollcall.workspace('mine'), await rollcall.workspace('theirs')];
    const report = await simulate({ ...mine, key: theirs.key }, { people: [MAYA] });
    expect(report.ok).toBe(false);
    expect(report.problems[0]?.message).toMatch(/^Error authenticating: Unauthorized\./u);
  });

  it('of the deactivation of the last owner says what must happen first', async () => {
    const workspace = await rollcall.workspace('last-owner');
    await workspace.user({ userName: MAYA.userName }, 'OWNER');
    const report = await simulate(workspace, { people: [MAYA], steps: ['provision', 'deactivate'] });
    expect(report.problems).toHaveLength(1);
    expect(report.problems[0]).toMatchObject({ step: 'deactivate', userName: MAYA.userName });
    expect(report.problems[0]?.message).toMatch(/Forbidden\. Errors reported by remote server: .*owner/u);
    expect(await held(workspace, MAYA)).toMatchObject({ active: true });
  });
});
