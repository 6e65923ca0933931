import { describe, expect, it } from 'vitest';
import { simulateEntra } from '../../src/simulator/entra.ts';
import type { SimulationOptions } from '../../src/simulator/options.ts';
import { generatePeople } from '../../src/simulator/people/generated.ts';
import { entraIdOf } from '../../src/simulator/people/person.ts';
import { formatReport } from '../../src/simulator/report-text.ts';
import { everything, expectedGroups, expectedUser, memberNames } from './support/directory.ts';
import type { Wire } from './support/wire.ts';
import { wiredRollcall, type Wired } from './support/wired.ts';

const wired = wiredRollcall();
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const simulate = ({ wire, workspace }: Wired, options: Partial<SimulationOptions> = {}) =>
  simulateEntra({ baseUrl: wire.baseUrl, token: workspace.key, users: 12, groups: 4, concurrency: 2, ...options });

/** Method and path of each call, ids shortened. */
function asked({ calls }: Wire): string[] {
  return calls.map(({ method, path }) =>
    `${method} ${decodeURIComponent(path)}`.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/gu, '{id}'),
  );
}

const operations = ({ calls }: Wire) =>
  calls
    .filter(({ method }) => method === 'PATCH')
    .flatMap(({ body }) => (JSON.parse(body) as { Operations: { op: string; path: string }[] }).Operations);

/** The people of 12 who are still there: the tenth has left. */
const stayed = generatePeople(12).filter((_, index) => index !== 9);

describe('a simulation of Entra ID against Rollcall', () => {
  it('is green, and the server ends as the directory says', async () => {
    const place = await wired();
    const report = await simulate(place);
    expect(report.problems).toEqual([]);
    const users = await everything(place.workspace, 'Users');
    expect([...users.keys()].toSorted()).toEqual(stayed.map(({ userName }) => userName).toSorted());
    for (const person of stayed)
      expect(users.get(person.userName)).toMatchObject(expectedUser(person, entraIdOf(person)));
    const [first, second] = stayed.map(({ userName }) => users.get(userName));
    expect(second?.[ENTERPRISE].manager.value).toBe(first?.id);
    const gone = generatePeople(12)[9]!.userName;
    expect(await memberNames(place.workspace, users)).toEqual(
      expectedGroups(
        4,
        generatePeople(12).map(({ userName }) => userName),
        gone,
      ),
    );
  });

  it('reports on Entra ID in its own words', async () => {
    const report = await simulate(await wired());
    expect(report).toMatchObject({ ok: true, provider: 'Entra ID', dialect: 'entra', people: 12, groups: 4 });
    const lives = ['test', 'provision', 'update', 'groups', 'deactivate', 'reactivate', 'delete', 'import'];
    expect(report.steps.map(({ step }) => step)).toEqual([...lives, 'importGroups']);
    const text = formatReport(report);
    expect(text).toMatch(/^Entra ID against http:\S+: 12 people and 4 groups in /u);
    expect(text).toContain('nothing that Entra ID would show its admin in red.');
    expect(text).not.toContain('Okta');
  });

  it('finds everyone and every group again, and creates only who had left', async () => {
    const place = await wired();
    await simulate(place);
    place.wire.calls.length = 0;
    const again = await simulate(place);
    expect(again.problems).toEqual([]);
    expect(again.acknowledgedCreates).toEqual([generatePeople(12)[9]!.userName]);
    const created = asked(place.wire).filter((call) => call === 'POST /Groups');
    expect(created).toHaveLength(1);
  });

  it('takes over from Okta, user by user and group by group', async () => {
    const place = await wired();
    await place.run();
    const report = await simulate(place);
    expect(report).toMatchObject({ ok: true, problems: [], acknowledgedCreates: [] });
    const users = await everything(place.workspace, 'Users');
    for (const person of stayed)
      expect(users.get(person.userName)).toMatchObject(expectedUser(person, entraIdOf(person)));
  });
});

describe('Entra ID’s calls', () => {
  it('for one person are these, in this order', async () => {
    const place = await wired();
    const [person] = generatePeople(1);
    await simulate(place, { users: 1, groups: 0 });
    const look = ['GET /Users?filter=externalId eq "{id}"', `GET /Users?filter=userName eq "${person!.userName}"`];
    const [read, write] = ['GET /Users/{id}', 'PATCH /Users/{id}'];
    const test = 'GET /Users?filter=userName eq "{id}"';
    const lives = [...look, 'POST /Users', read, write, write, read, look[0], write, read];
    expect(asked(place.wire)).toEqual([test, ...lives, 'GET /Users?startIndex=1&count=100']);
  });

  it('ask for the manager by a filter, before and after they write it', async () => {
    const place = await wired();
    await simulate(place, { users: 2, groups: 0, steps: ['provision', 'update'] });
    const check = 'GET /Users?filter=id eq "{id}" and manager eq "{id}"&attributes=id';
    expect(asked(place.wire).slice(-3)).toEqual([check, 'PATCH /Users/{id}', check]);
  });

  it('disable and then delete who leaves for good', async () => {
    const place = await wired();
    await simulate(place, { users: 10, groups: 0, steps: ['provision', 'delete'] });
    const [read, write] = ['GET /Users/{id}', 'PATCH /Users/{id}'];
    expect(asked(place.wire).slice(-4)).toEqual([write, read, 'DELETE /Users/{id}', read]);
    expect(operations(place.wire)).toEqual([{ op: 'Replace', path: 'active', value: 'False' }]);
  });

  it('push a group without members, then each member by a PATCH', async () => {
    const place = await wired();
    await simulate(place, { users: 2, groups: 1, steps: ['provision', 'groups'] });
    const aboutGroups = asked(place.wire).filter((call) => call.includes(' /Groups'));
    const [look, write] = [
      'GET /Groups?excludedAttributes=members&filter=displayName eq "Everyone"',
      'PATCH /Groups/{id}',
    ];
    expect(aboutGroups.slice(0, 4)).toEqual([look, 'POST /Groups', write, write]);
    expect(aboutGroups).toContain('GET /Groups/{id}?excludedAttributes=members');
    const members = operations(place.wire).filter(({ path }) => path === 'members');
    expect(members.map(({ op }) => op)).toEqual(['Add', 'Add', 'Remove', 'Add']);
  });
});

describe('what Entra ID shows in red', () => {
  it('a test whose look-up of nobody finds somebody, and nothing else is tried', async () => {
    const place = await wired();
    await place.workspace.user({ userName: 'somebody@acme.example' });
    place.wire.tamper = (_, { status, body }) => ({
      status,
      body: body.replace('"totalResults":0', '"totalResults":1'),
    });
    const { problems, calls } = await simulate(place);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toMatch(
      /^The connection could not be tested: .* found 1 users\. Check the tenant URL/u,
    );
    expect(calls).toHaveLength(1);
  });

  it('a wrong key', async () => {
    const place = await wired();
    const { problems } = await simulate(place, { token: 'wrong' });
    expect(problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^The connection could not be tested: Unauthorized\. Errors reported by remote server: /u),
    ]);
  });

  it('a user who is still read after the deletion', async () => {
    const place = await wired();
    place.wire.tamper = ({ method }) => (method === 'DELETE' ? { status: 204, body: '' } : undefined);
    const { problems } = await simulate(place, { users: 10, groups: 0 });
    expect(problems[0]).toMatchObject({ step: 'delete', userName: generatePeople(10)[9]!.userName });
    expect(problems[0]?.message).toMatch(/^Failed to delete User '.*was deleted, but reading it is answered 200\.$/u);
  });
});
