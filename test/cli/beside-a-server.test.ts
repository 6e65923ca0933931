import { beforeAll, describe, expect, it } from 'vitest';
import { graphql, startServer, type ServerProcess } from '../process/support.ts';
import { byUserName, scim } from '../support/scim-client.ts';
import { requireBuild, rollcall, rollcallJson, SAMPLE_PEOPLE, temporaryFolder } from './support.ts';

requireBuild();
const cwd = temporaryFolder();
const json = (...args: string[]) => rollcallJson(args, { cwd });
const VIEWER = '{ viewer { user { userName } } }';
let server: ServerProcess;
const at = (slug: string, key: string) => ({ baseUrl: `${server.url}/scim/${slug}/v2`, key });
const generate = (name: string) => json('credential', 'generate', '--workspace', 'acme', '--name', name);

beforeAll(async () => {
  server = await startServer({ cwd });
}, 60_000);

describe('the command beside a running server, on the same database', () => {
  it('shares its secret: a key generated here works there at once', async () => {
    const { secret } = await generate('Okta');
    expect(await scim(at('acme', secret), 'GET', '/Users?startIndex=1&count=2')).toMatchObject({ status: 200 });
  });

  it('a user created here is read there at once', async () => {
    const { secret } = await generate('Reader');
    const args = ['--workspace', 'acme', '--user-name', 'Sam@acme.example', '--email', 'sam@acme.example'];
    const before = await scim(at('acme', secret), 'GET', byUserName('sam@acme.example'));
    expect(before.body.totalResults).toBe(0);
    const total = (await scim(at('acme', secret), 'GET', '/Users?count=0')).body.totalResults;
    const { id } = await json('user', 'create', ...args);
    const found = await scim(at('acme', secret), 'GET', byUserName('sam@acme.example'));
    expect(found.body.Resources).toMatchObject([{ id, userName: 'Sam@acme.example', active: true }]);
    expect((await scim(at('acme', secret), 'GET', '/Users?count=0')).body.totalResults).toBe(total + 1);
  });

  it('a key revoked here is refused there from the next call on', async () => {
    const { id, secret } = await generate('Short-lived');
    expect((await scim(at('acme', secret), 'GET', '/Users')).status).toBe(200);
    await json('credential', 'revoke', '--workspace', 'acme', '--id', id);
    expect((await scim(at('acme', secret), 'GET', '/Users')).status).toBe(401);
  });

  it('a plan changed here counts there from the next call on', async () => {
    await json('workspace', 'create', '--slug', 'leaving', '--name', 'Leaving', '--plan', 'enterprise');
    const { secret } = await json('credential', 'generate', '--workspace', 'leaving', '--name', 'Okta');
    expect((await scim(at('leaving', secret), 'GET', '/Users')).status).toBe(200);
    await json('workspace', 'update', '--slug', 'leaving', '--plan', 'free');
    const refused = await scim(at('leaving', secret), 'GET', '/Users');
    expect(refused).toMatchObject({ status: 403, body: { detail: expect.stringContaining('SSO') } });
  });

  it('a personal access token opens GraphQL as its user, and nothing else', async () => {
    const { secret: key } = await generate('Other');
    const args = ['--workspace', 'acme', '--user-name', 'olivia.bennett@acme.example', '--name', 'CI'];
    const { secret: token } = await json('token', 'create', ...args);
    const { body } = await graphql(server.url, token, VIEWER);
    expect(body.data.viewer.user.userName).toBe('olivia.bennett@acme.example');
    expect((await scim(at('acme', token), 'GET', '/Users')).status).toBe(401);
    const withKey = await graphql(server.url, key, VIEWER);
    expect(withKey.text).not.toContain('olivia');
  });

  it('simulate okta lives the lives of the sample people, is green, and ends with a table', async () => {
    const { secret } = await generateFreshly();
    const args = ['simulate', 'okta', '--base-url', at('acme', secret).baseUrl, '--token', secret];
    const { code, stdout, stderr } = await rollcall([...args, '--people', SAMPLE_PEOPLE], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Okta \(PUT\) against http:\/\/127\.0\.0\.1:\d+\/scim\/acme\/v2: 40 people in /u);
    expect(stdout).toMatch(/^ {2}call +method +count +p50 +p95 +p99 +max +answers$/mu);
    expect(stdout).toMatch(/^ {2}create +POST +40 .* 201 × 40$/mu);
    expect(stdout).toMatch(/\nGreen: test, provision, update, deactivate, reactivate, import; /u);
    expect(stdout).not.toContain(secret);
  });

  it('simulate okta --json ends with the report as one object', async () => {
    const { secret } = await generateFreshly();
    const args = [
      'simulate',
      'okta',
      '--base-url',
      at('acme', secret).baseUrl,
      '--token',
      secret,
      '--dialect',
      'patch',
    ];
    const report = await json(...args, '--users', '12', '--concurrency', '3');
    expect(report).toMatchObject({ ok: true, dialect: 'patch', people: 12, problems: [] });
    expect(report.acknowledgedCreates).toHaveLength(12);
  });

  it('simulate entra --chaos --json lives whole lives through a bad network, and tells its seed', async () => {
    const { secret } = await generateFreshly();
    const args = ['simulate', 'entra', '--base-url', at('acme', secret).baseUrl, '--token', secret];
    const report = await json(...args, '--users', '12', '--groups', '2', '--chaos', '--seed', '42');
    expect(report).toMatchObject({ ok: true, provider: 'Entra ID', dialect: 'entra', people: 12, problems: [] });
    expect(report.chaos).toEqual({
      seed: 42,
      lost: expect.any(Number),
      duplicated: expect.any(Number),
      reordered: expect.any(Number),
    });
  });

  it("simulate okta with a wrong key exits 1 with the server's detail, on one try", async () => {
    const { baseUrl } = at('acme', '');
    const token = `scim_AAAAAAAAAA_${'A'.repeat(49)}`;
    const { body } = await scim({ baseUrl, key: token }, 'GET', '/Users');
    expect(body.detail).toEqual(expect.any(String));
    const args = ['simulate', 'okta', '--base-url', baseUrl, '--token', token, '--users', '3'];
    const { code, stdout } = await rollcall(args, { cwd });
    expect(code).toBe(1);
    expect(stdout).toContain('Red: 1 problem');
    expect(stdout).toContain(`Unauthorized. Errors reported by remote server: ${body.detail}`);
    expect(stdout).not.toContain(token);
  });
});

/** A key in place of all others, since a workspace has five at most. */
async function generateFreshly() {
  const { credentials } = await json('credential', 'list', '--workspace', 'acme');
  for (const { id, status } of credentials)
    if (status === 'active') await json('credential', 'revoke', '--workspace', 'acme', '--id', id);
  return generate('Simulator');
}
