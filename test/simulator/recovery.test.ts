import { describe, expect, it } from 'vitest';
import { simulateEntra } from '../../src/simulator/entra.ts';
import type { Wire } from './support/wire.ts';
import { wiredRollcall } from './support/wired.ts';

const wired = wiredRollcall();

/** One call at a time, so that the same seed meets the same mishaps. */
const usual = { concurrency: 1, groups: 0, chaos: { seed: 3, rate: 0.3 } };

/** The calls with their answers as the server saw them, ids shortened; a call that came again right after is told once. */
function course({ calls }: Wire): string[] {
  const told = calls.map(({ method, path, answer }) => {
    const place = path.replace(/\?filter=.*$/u, '?filter').replace(/\/Users\/[^?]+/u, '/Users/{id}');
    return `${method} ${place} ${answer.status}`;
  });
  return told.filter((call, index) => call !== told[index - 1]);
}

describe('an answer that was lost after the server had acted', () => {
  it('to a create ends in a second POST, its 409, the look-up and a PUT', async () => {
    const { run, wire } = await wired();
    const report = await run({ ...usual, users: 12, steps: ['provision'] });
    expect(report.problems).toEqual([]);
    const refused = 'POST /Users 409';
    expect(course(wire).join(', ')).toContain(
      ['POST /Users 201', refused, 'GET /Users?filter 200', 'GET /Users/{id} 200', 'PUT /Users/{id} 200'].join(', '),
    );
  });

  it('to a deletion ends in a second DELETE, which may find nothing', async () => {
    const { wire, workspace } = await wired();
    const target = { baseUrl: wire.baseUrl, token: workspace.key };
    const report = await simulateEntra({ ...usual, ...target, users: 60, steps: ['provision', 'delete'] });
    expect(report.problems).toEqual([]);
    expect(course(wire).join(', ')).toContain('DELETE /Users/{id} 204, DELETE /Users/{id} 404, GET /Users/{id} 404');
  });
});

describe('without chaos', () => {
  it('a 409 to a create is red, since Okta sends it but once', async () => {
    const { run, wire } = await wired();
    wire.tamper = ({ method }) => (method === 'POST' ? { status: 409, body: '{"detail":"Taken."}' } : undefined);
    const { problems } = await run({ users: 1, groups: 0, steps: ['provision'] });
    expect(problems.map(({ message }) => message)).toEqual([expect.stringContaining('Conflict.')]);
  });

  it('a DELETE that finds nothing is red', async () => {
    const { run, wire } = await wired();
    wire.tamper = ({ method }) => (method === 'DELETE' ? { status: 404, body: '{"detail":"Gone."}' } : undefined);
    const { problems } = await run({ users: 1, groups: 2 });
    expect(problems[0]?.message).toContain('Error while deleting user group Legal Ops: Not Found.');
  });
});
