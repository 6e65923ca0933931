import { describe, expect, it } from 'vitest';
import type { Wire } from './support/wire.ts';
import { wiredRollcall } from './support/wired.ts';

const wired = wiredRollcall();
const PATIENCE_MS = 120_000;

/** Method and path of a call about groups, ids shortened. */
function aboutGroups({ calls }: Wire): string[] {
  return calls
    .filter(({ path }) => path.startsWith('/Groups'))
    .map(({ method, path }) => `${method} ${decodeURIComponent(path).replace(/\/Groups\/[^?]+/u, '/Groups/{id}')}`);
}

describe.each(['put', 'patch'] as const)('a simulation with groups against Rollcall (%s)', (dialect) => {
  it(
    'is green, also with more groups than a page holds',
    async () => {
      const { run } = await wired();
      const steps: string[] = [];
      const onProgress = (_done: number, _total: number, label: string) =>
        void (steps.at(-1) !== label && steps.push(label));
      const report = await run({ dialect, users: 20, groups: 105, concurrency: 8, onProgress });
      expect(report).toMatchObject({ ok: true, problems: [], people: 20, groups: 105 });
      const lives = ['test', 'provision', 'update', 'groups', 'deactivate', 'reactivate', 'import', 'importGroups'];
      expect(steps).toEqual(lives);
      expect(report.steps.at(-1)).toMatchObject({ step: 'importGroups', done: 104, total: 104 });
      const kinds = report.calls.map(({ kind, method }) => `${kind} ${method}`);
      const write = dialect.toUpperCase();
      expect(kinds).toEqual(
        expect.arrayContaining([
          'look up group GET',
          'create group POST',
          ...['rename group', 'push members', 'push now'].map((kind) => `${kind} ${write}`),
          'delete group DELETE',
          'import groups GET',
        ]),
      );
    },
    PATIENCE_MS,
  );

  it('links the groups of an earlier run and gives them its members', async () => {
    const { run, wire } = await wired();
    await run({ dialect });
    wire.calls.length = 0;
    expect(await run({ dialect, users: 7 })).toMatchObject({ ok: true, problems: [] });
    expect(aboutGroups(wire).filter((call) => call.startsWith('POST'))).toHaveLength(1);
  });

  it('may start when people are there already', async () => {
    const { run } = await wired();
    await run({ dialect, steps: ['provision'] });
    const report = await run({ dialect, steps: ['importGroups', 'groups'] });
    expect(report).toMatchObject({ ok: true, steps: [{ step: 'groups' }, { step: 'importGroups', total: 3 }] });
  });
});

describe('Okta’s calls for one group', () => {
  const look = 'GET /Groups?filter=displayName eq "Everyone"&startIndex=1&count=100';
  const create = 'POST /Groups';
  const walked = 'GET /Groups?startIndex=1&count=100';

  it('are GET and PUT for an app of the wizard', async () => {
    const { run, wire } = await wired();
    await run({ dialect: 'put', groups: 1 });
    const [read, write] = ['GET /Groups/{id}', 'PUT /Groups/{id}'];
    const change = [read, write];
    const first = [look, create, ...change, ...change, read];
    const then = [...change, ...change, ...change, walked];
    expect(aboutGroups(wire)).toEqual([...first, ...then]);
  });

  it('are PATCHes for an app of the catalog, the name before the members', async () => {
    const { run, wire } = await wired();
    await run({ dialect: 'patch', groups: 1 });
    const [read, write] = ['GET /Groups/{id}', 'PATCH /Groups/{id}'];
    const first = [look, create, write, write, write, read];
    expect(aboutGroups(wire)).toEqual([...first, write, write, write, write, walked]);
    const written = wire.calls.filter(({ method, path }) => method === 'PATCH' && path.startsWith('/Groups'));
    expect(written.map(({ body }) => operationsOf(body))).toEqual([
      ['replace'],
      ['add members'],
      ['replace'],
      ['replace'],
      Array.from({ length: 4 }, () => 'remove members'),
      ['replace'],
      ['replace members'],
    ]);
  });
});

function operationsOf(body: string): string[] {
  const { Operations } = JSON.parse(body) as { Operations: { op: string; path?: string }[] };
  return Operations.map(({ op, path }) => `${op} ${path?.split('[')[0] ?? ''}`.trim());
}
