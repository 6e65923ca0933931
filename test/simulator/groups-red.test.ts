import { describe, expect, it } from 'vitest';
import type { SimulationOptions } from '../../src/simulator/options.ts';
import { wiredRollcall, type Run } from './support/wired.ts';

const wired = wiredRollcall();

describe('what Okta shows in red about groups', () => {
  const only = { concurrency: 1, groups: 1, users: 3, steps: ['provision', 'groups', 'importGroups'] as const };
  const redOf = async (run: Run, options: Partial<SimulationOptions> = {}) => {
    const { problems } = await run({ ...only, steps: [...only.steps], ...options });
    return problems.map(({ message }) => message);
  };

  it('a refused create, in Okta’s words, and the group is not compared again', async () => {
    const { run, wire } = await wired();
    wire.tamper = ({ method, path }) =>
      method === 'POST' && path === '/Groups' ? { status: 400, body: '{"detail":"No groups here."}' } : undefined;
    expect(await redOf(run)).toEqual([
      'Unable to update Group Push mapping target App group Everyone: Error while creating user group Everyone: Bad Request. Errors reported by remote server: No groups here.',
    ]);
  });

  it('a rename that empties the group', async () => {
    const { run, wire } = await wired();
    wire.tamper = ({ method, path }, { status, body }) =>
      method === 'GET' && path.startsWith('/Groups/')
        ? { status, body: body.replace(/"members":\[.*?\]/u, '"members":[]') }
        : undefined;
    const [message] = await redOf(run, { dialect: 'patch' });
    expect(message).toContain('the server accepted the rename, but the group lacks 3 members on the server (');
  });

  it('an import with another name, a lost member and a stranger', async () => {
    const { run, wire } = await wired();
    wire.tamper = ({ path }, { status, body }) =>
      path.startsWith('/Groups?startIndex')
        ? { status, body: body.replace('"Everyone"', '"everyone"').replace(/"value":"[^"]+"/u, '"value":"stranger"') }
        : undefined;
    const messages = await redOf(run);
    expect(messages.slice(0, 3)).toEqual([
      'Import difference: group Everyone has displayName "Everyone" in the directory, but "everyone" on the server.',
      expect.stringContaining('group Everyone lacks 1 member on the server ('),
      'Import difference: group Everyone has 1 member too many on the server (stranger).',
    ]);
    expect(messages[3]).toMatch(/^Import difference: \S+ has 1 group too many on the server \(/u);
  });

  it('a user who does not know of a group', async () => {
    const { run, wire } = await wired();
    wire.tamper = ({ path }, { status, body }) =>
      path.startsWith('/Users/')
        ? { status, body: JSON.stringify({ ...(JSON.parse(body) as object), groups: undefined }) }
        : undefined;
    const messages = await redOf(run);
    expect(messages).toHaveLength(3);
    expect(messages[0]).toMatch(/^Import difference: \S+ lacks 1 group on the server \(/u);
  });

  it('a group that is still listed after its deletion', async () => {
    const { run, wire } = await wired();
    wire.tamper = ({ method }) => (method === 'DELETE' ? { status: 204, body: '' } : undefined);
    const [message] = await redOf(run, { groups: 2 });
    expect(message).toMatch(
      /^Import difference: group Legal Ops was deleted \(id .+\), but the import still lists it\.$/u,
    );
  });
});
