import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { simulateOkta } from '../../src/simulator/okta.ts';
import type { SimulationOptions } from '../../src/simulator/options.ts';
import { changed, scimError, SmallScimServer } from './support/small-scim-server.ts';

let scim: SmallScimServer;
beforeEach(async () => {
  scim = new SmallScimServer();
  await scim.start();
});
afterEach(() => scim.stop());

const MAYA = { userName: 'Maya@acme.example', givenName: 'Maya', familyName: 'Ortiz', displayName: 'Maya Ortiz' };

function run(options: Partial<SimulationOptions> = {}) {
  return simulateOkta({ baseUrl: scim.baseUrl, token: 'right', people: [MAYA], concurrency: 1, ...options });
}

async function redOf(options: Partial<SimulationOptions> = {}) {
  const report = await run(options);
  expect(report.ok).toBe(false);
  return report.problems.map(({ message }) => message);
}

const isCreate = (method: string) => method === 'POST';

describe('a whole simulation', () => {
  it.each(['put', 'patch'] as const)('of 130 people is green on a server that behaves (%s)', async (dialect) => {
    const seen = new Set<string>();
    const report = await run({
      people: undefined,
      users: 130,
      dialect,
      concurrency: 8,
      onProgress: (_done, _total, label) => seen.add(label),
    });
    expect(report).toMatchObject({ ok: true, problems: [], people: 130 });
    expect(report.acknowledgedCreates).toHaveLength(130);
    expect(report.importedUserNames).toHaveLength(130);
    expect([...seen]).toEqual(['test', 'provision', 'update', 'deactivate', 'reactivate', 'import']);
    expect([...scim.users.values()].every(({ active }) => active === true)).toBe(true);
  });

  it('makes Okta’s calls in Okta’s order', async () => {
    await run();
    const filter = 'GET /Users?filter=userName eq "Maya@acme.example"&startIndex=1&count=100';
    const [read, write] = ['GET /Users/id-1', 'PUT /Users/id-1'];
    const provision = [filter, 'POST /Users'];
    const update = [read, write];
    const deactivate = [read, write, read];
    const reactivate = [filter, read, write, read, write, read];
    const lives = [...provision, ...update, ...deactivate, ...reactivate];
    expect(scim.calls).toEqual(['GET /Users?startIndex=1&count=2', ...lives, 'GET /Users?startIndex=1&count=100']);
  });

  it('links people who are already there, and creates nobody', async () => {
    await run({ steps: ['provision'] });
    const again = await run({ steps: ['provision', 'import'], people: [{ ...MAYA, title: 'Counsel' }] });
    expect(again).toMatchObject({ ok: true, acknowledgedCreates: [] });
    expect(scim.users.get('id-1')).toMatchObject({ title: 'Counsel' });
  });

  it('may start in the middle of a life', async () => {
    await run({ steps: ['provision'] });
    expect(await run({ steps: ['import', 'deactivate'] })).toMatchObject({ ok: true });
    expect(scim.users.get('id-1')).toMatchObject({ active: false });
  });
});

describe('what Okta shows in red', () => {
  it('a refused connection test is one sentence, and nothing else is tried', async () => {
    expect(await redOf({ token: 'wrong' })).toEqual([
      'Error authenticating: Unauthorized. Errors reported by remote server: The key is unknown or revoked. The connector configuration could not be tested. Make sure that the URL, Authentication Parameters are correct.',
    ]);
    expect(scim.calls).toHaveLength(1);
  });

  it('a 409 carries the server’s detail', async () => {
    scim.override = (method) => (isCreate(method) ? scimError(409, 'Maya is taken.') : undefined);
    expect(await redOf()).toEqual([
      'Automatic provisioning of user Maya@acme.example to app SCIM 2.0 app failed: Error while creating user Maya Ortiz: Conflict. Errors reported by remote server: Maya is taken.',
    ]);
  });

  it('an HTML page with a 502 becomes Okta’s Invalid JSON', async () => {
    scim.override = (method) => (method === 'PUT' ? [502, '<html><h1>Bad Gateway</h1></html>'] : undefined);
    expect(await redOf()).toEqual([
      "Error while trying to push profile update for Maya@acme.example: Bad Gateway. Errors reported by remote server: Invalid JSON: Unrecognized token '<html>'",
    ]);
  });

  it('totalResults as a string stops the connection test', async () => {
    scim.override = (_method, _url, own) => changed(own(), { totalResults: '0' });
    const [message] = await redOf();
    expect(message).toContain('totalResults is a string ("0"); only a JSON integer is read.');
  });

  it('a list without its schema does too', async () => {
    scim.override = (_method, _url, own) => changed(own(), { schemas: [] });
    expect((await redOf())[0]).toContain('schemas lack urn:ietf:params:scim:api:messages:2.0:ListResponse');
  });

  it.each([
    ['an empty body', '', 'Create new user returned empty user.'],
    ['a body without id', { userName: MAYA.userName }, 'The user in the answer has no id'],
  ])('a 201 with %s fails, yet counts as acknowledged', async (_title, body, message) => {
    scim.override = (method) => (isCreate(method) ? [201, body] : undefined);
    const report = await run({ steps: ['provision'] });
    expect(report.problems[0]?.message).toContain(message);
    expect(report.acknowledgedCreates).toEqual([MAYA.userName]);
  });

  it('a deactivation the server only pretends to make', async () => {
    scim.override = (method) => (method === 'PUT' ? [200, { id: 'id-1' }] : undefined);
    expect(await redOf({ steps: ['provision', 'deactivate'] })).toEqual([
      'Automatic deactivation of user Maya@acme.example in app SCIM 2.0 app failed: the server accepted active: false, but the user still reads active: true.',
    ]);
  });

  it('a deactivated user whom the filter hides', async () => {
    const none = { totalResults: 0, itemsPerPage: 0, Resources: [] };
    scim.override = (_method, url, own) => (url.searchParams.has('filter') ? changed(own(), none) : undefined);
    const [message] = await redOf();
    expect(message).toContain('is not found, so a second one would be created');
  });

  it('a server that changed what it was told', async () => {
    scim.override = (method) => {
      const user = scim.users.get('id-1');
      if (user && method === 'GET') scim.users.set('id-1', { ...user, userName: 'maya@acme.example', active: 'True' });
      return undefined;
    };
    expect(await redOf({ steps: ['provision', 'import'] })).toEqual([
      'Import difference: Maya@acme.example has active true in the directory, but "True" on the server.',
      'Import difference: Maya@acme.example has userName "Maya@acme.example" in the directory, but "maya@acme.example" on the server.',
    ]);
  });

  it('an import whose second page repeats the first', async () => {
    scim.override = (_method, url, own) => {
      if (url.searchParams.get('startIndex') !== '101') return undefined;
      url.search = '?startIndex=1&count=1';
      return changed(own(), { startIndex: 101 });
    };
    const messages = await redOf({ people: undefined, users: 101, steps: ['provision', 'import'] });
    expect(messages).toHaveLength(1);
    expect(messages[0]).toContain('is listed a second time on the page at startIndex 101.');
  });

  it('an import that gives out fewer users than there are', async () => {
    scim.override = (_method, url, own) => {
      if (url.searchParams.get('count') === '100') url.searchParams.set('count', '50');
      return own();
    };
    const [message] = await redOf({ people: undefined, users: 60, steps: ['provision', 'import'] });
    expect(message).toContain('holds 50 of the 60 users it must hold of 60');
  });
});

describe('a server that dies', () => {
  it('ends the run soon, and the report still tells whose create was acknowledged', async () => {
    scim.override = (_method, _url, own) => {
      if (scim.users.size === 20) void scim.stop();
      return own();
    };
    const report = await run({ people: undefined, users: 5000, concurrency: 4 });
    expect(report.stopped).toMatch(/^Stopped after 8 connection failures in a row\. Connection refused/);
    expect(report.problems.at(-1)?.message).toBe(report.stopped);
    expect(report.acknowledgedCreates.length).toBeGreaterThanOrEqual(15);
    expect(report.acknowledgedCreates.length).toBeLessThan(40);
    expect(report.problems.length).toBeLessThan(20);
  });

  it('before the run is one plain sentence', async () => {
    const { baseUrl } = scim;
    await scim.stop();
    expect(await redOf({ baseUrl })).toEqual([
      `Connection refused by ${new URL(baseUrl).origin}: nothing listens there; check the address and that the server runs.`,
    ]);
  });

  it('is not waited for once the caller interrupts', async () => {
    const interruption = new AbortController();
    scim.override = (method) => {
      if (isCreate(method)) interruption.abort();
      return undefined;
    };
    const report = await run({ users: 50, people: undefined, signal: interruption.signal });
    expect(report).toMatchObject({ ok: false, stopped: 'The simulation was interrupted before its end.' });
    expect(report.problems).toHaveLength(1);
  });
});
