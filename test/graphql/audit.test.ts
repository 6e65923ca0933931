import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from './support/server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

/** Recommendations of the draft that we do not follow, by the id of the audit, and why. */
const EXPLAINED: Readonly<Record<string, string>> = {
  ...explained(
    'GET with variables is offered to callers that send a preflight header alone, so that no foreign page can ask (C8).',
    ['5A70', 'D6D5', '6A70'],
  ),
  ...explained(
    'What was not run is answered 400, so that clients and proxies see it; the body is that of GraphQL all the same.',
    ['572B', 'FDE2', '7B9B'],
  ),
};

function explained(why: string, ids: readonly string[]): Record<string, string> {
  return Object.fromEntries(ids.map((id) => [id, why]));
}

describe('GraphQL over HTTP, by the audits of graphql-http', () => {
  const audits = serverAudits({ url: () => server.url });

  it('has a number of audits', () => {
    expect(audits.length).toBeGreaterThan(50);
  });

  it.each(audits.map((audit) => [audit.id, audit.name, audit] as const))('%s %s', async (id, _name, audit) => {
    const result = await audit.fn();
    if (result.status === 'ok') expect(EXPLAINED[id]).toBeUndefined();
    else
      expect({ id, status: result.status, reason: result.reason, explained: EXPLAINED[id] }).toEqual({
        id,
        status: result.status === 'warn' ? 'warn' : 'notice',
        reason: expect.any(String),
        explained: expect.any(String),
      });
  });
});
