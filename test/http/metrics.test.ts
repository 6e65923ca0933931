import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildRollcallSchema } from '../../src/graphql/schema.ts';
import { createMetrics } from '../../src/http/metrics.ts';
import { MEASURED_ROUTES, routeLabel } from '../../src/http/route-label.ts';
import { graphql } from '../support/graphql-client.ts';
import { startRollcall, type Rollcall, type TestWorkspace } from '../support/rollcall.ts';
import { byUserName, scim } from '../support/scim-client.ts';
import { serve } from './serve.ts';

const TOKEN = 'a-token-for-the-scrape-canary';
const CANARY = 'canary';

/** The samples of a scrape by name and labels, as they stand in its text. */
function samplesOf(text: string): ReadonlyMap<string, number> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]),
  );
}

function scrape(url: string, authorization = `Bearer ${TOKEN}`): Promise<Response> {
  return fetch(`${url}/metrics`, { headers: { Authorization: authorization } });
}

async function readSamples(url: string): Promise<ReadonlyMap<string, number>> {
  // An answer is counted when it has left, which may be after the client has it.
  await new Promise((resolve) => setTimeout(resolve, 20));
  return samplesOf(await (await scrape(url)).text());
}

let rollcall: Rollcall;
let acme: TestWorkspace;
let token: string;
beforeAll(async () => {
  rollcall = await startRollcall({ METRICS_TOKEN: TOKEN, LOG_LEVEL: 'trace' });
  acme = await rollcall.workspace(`${CANARY}-acme`);
  token = await acme.token(await acme.user({ userName: `${CANARY}@acme.example` }, 'OWNER'));
});
afterAll(() => rollcall.close());

describe('I8 GET /metrics', () => {
  it.each([{}, { METRICS_TOKEN: '' }])('is not there without METRICS_TOKEN (%j)', async (environment) => {
    const without = await startRollcall(environment);
    const answers = await Promise.all(['', 'Bearer ', `Bearer ${TOKEN}`].map((each) => scrape(without.url, each)));
    await without.close();
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
  });

  it.each(['', 'Bearer', `Basic ${TOKEN}`, `Bearer ${TOKEN}x`, `Bearer ${TOKEN.slice(0, -1)}`, `Bearer ${TOKEN} x`])(
    'is refused with %j',
    async (authorization) => {
      const response = await scrape(rollcall.url, authorization);
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toBe('Bearer realm="metrics"');
      expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
      expect(await response.text()).not.toContain('rollcall_');
    },
  );

  it('is refused without a header, to a page as well, and with the token in the URL', async () => {
    for (const path of ['/metrics', `/metrics?token=${TOKEN}`]) {
      const response = await fetch(rollcall.url + path, { headers: { Accept: 'text/html' } });
      expect(response.status).toBe(401);
    }
  });

  it.each([`Bearer ${TOKEN}`, `bearer  ${TOKEN}`])('is answered to %j in the text format', async (authorization) => {
    const response = await scrape(rollcall.url, authorization);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store');
    const text = await response.text();
    for (const name of ['nodejs_eventloop_lag_p99_seconds', 'nodejs_heap_size_used_bytes', 'process_cpu_seconds_total'])
      expect(text).toMatch(new RegExp(`^${name} [\\d.e+-]+$`, 'mu'));
  });

  it('counts SCIM calls and their durations by route', async () => {
    const before = await readSamples(rollcall.url);
    const { body } = await scim(acme, 'POST', '/Users', { body: { userName: `${CANARY}.2@acme.example` } });
    await scim(acme, 'GET', byUserName(`${CANARY}.2@acme.example`));
    await scim(acme, 'GET', `/Users/${body.id}`);
    await scim(acme, 'GET', `/Users/${body.id}/`);
    await scim(acme, 'GET', '/Users', { authorization: 'Bearer scim_wrong' });
    const after = await readSamples(rollcall.url);
    const grown = (name: string) => (after.get(name) ?? 0) - (before.get(name) ?? 0);
    const users = 'route="/scim/{workspace}/v2/Users"';
    const one = 'route="/scim/{workspace}/v2/Users/{id}"';
    expect(grown(`rollcall_http_requests_total{method="POST",${users},status="2xx"}`)).toBe(1);
    expect(grown(`rollcall_http_requests_total{method="GET",${users},status="2xx"}`)).toBe(1);
    expect(grown(`rollcall_http_requests_total{method="GET",${users},status="4xx"}`)).toBe(1);
    expect(grown(`rollcall_http_requests_total{method="GET",${one},status="2xx"}`)).toBe(2);
    expect(grown(`rollcall_http_request_duration_seconds_count{method="GET",${one}}`)).toBe(2);
    expect(grown(`rollcall_http_request_duration_seconds_sum{method="GET",${one}}`)).toBeGreaterThan(0);
  });

  it('counts GraphQL by root field, and tells what succeeded from what was refused', async () => {
    const before = await readSamples(rollcall.url);
    await graphql(
      rollcall.url,
      token,
      '{ mine: viewer { sessionExpiresAt } ...F } fragment F on Query { workspace { slug } }',
    );
    await graphql(rollcall.url, token, '{ viewer { sessionExpiresAt } workspace @skip(if: true) { slug } __typename }');
    const refused = 'mutation { deleteUser(input: { userId: "VXNlcjp4" }) { __typename } }';
    expect(await graphql(rollcall.url, token, refused)).toEqual({ deleteUser: { __typename: 'NotFoundError' } });
    await expect(graphql(rollcall.url, 'none', refused)).rejects.toThrow('UNAUTHENTICATED');
    await expect(graphql(rollcall.url, token, '{ canary }')).rejects.toThrow('VALIDATION');
    await expect(graphql(rollcall.url, token, '{ canary ')).rejects.toThrow('PARSE');
    const after = await readSamples(rollcall.url);
    const grown = (field: string, outcome: string) => {
      const name = `rollcall_graphql_fields_total{field="${field}",outcome="${outcome}"}`;
      return (after.get(name) ?? 0) - (before.get(name) ?? 0);
    };
    expect(grown('Query.viewer', 'succeeded')).toBe(2);
    expect(grown('Query.workspace', 'succeeded')).toBe(1);
    expect(grown('Mutation.deleteUser', 'refused')).toBe(2);
    expect(grown('Mutation.deleteUser', 'succeeded')).toBe(0);
    expect(grown('none', 'refused')).toBe(2);
    expect(after.get('rollcall_graphql_operation_duration_seconds_count{field="Query.workspace"}')).toBe(
      1 + (before.get('rollcall_graphql_operation_duration_seconds_count{field="Query.workspace"}') ?? 0),
    );
  });

  it('counts what fails on our side', async () => {
    const { store } = rollcall.world;
    const workspace = store.workspace.bind(store);
    store.workspace = (id) => ({
      ...workspace(id),
      workspace: () => Promise.reject(new Error('disk gone')),
    });
    await expect(graphql(rollcall.url, token, '{ workspace { slug } }')).rejects.toThrow('INTERNAL');
    store.workspace = workspace;
    const samples = await readSamples(rollcall.url);
    expect(samples.get('rollcall_graphql_fields_total{field="Query.workspace",outcome="failed"}')).toBe(1);
  });

  it('has fewer than 1,000 series after a crawl, and nobody in them', async () => {
    const strange = Array.from({ length: 300 }, (_, index) => `${CANARY}-${index}`);
    for (const word of strange) {
      const paths = [
        `/scim/${word}/v2/Users/${word}`,
        `/scim/${acme.slug}/v2/${word}`,
        `/scim/${acme.slug}/v2/Groups/${word}?filter=${word}`,
        `/sign-in/${word}/options`,
        `/sign-in/${word}/${word}`,
        `/assets/${word}.js`,
        `/${word}`,
      ];
      const method = word.endsWith('7') ? 'DELETE' : 'GET';
      await Promise.all(paths.map((path) => fetch(rollcall.url + path, { method, redirect: 'manual' })));
    }
    await fetch(rollcall.url, { method: 'CANARY' });
    const text = await (await scrape(rollcall.url)).text();
    expect(samplesOf(text).size).toBeLessThan(1_000);
    expect(text.toLowerCase()).not.toContain(CANARY);
    expect(text).not.toContain(acme.key);
    expect(text).not.toContain('acme');
    const samples = samplesOf(text);
    expect(samples.get('rollcall_http_requests_total{method="other",route="other",status="4xx"}')).toBeGreaterThan(300);
  });

  it('is in the log without the token', () => {
    const lines = rollcall.log.filter((line) => line.includes('"/metrics'));
    expect(lines.length).toBeGreaterThan(5);
    expect(rollcall.log.join('')).not.toContain(TOKEN);
  });
});

describe('I8 the metrics', () => {
  it('have fewer than 1,000 series even when all has happened that can', async () => {
    const metrics = createMetrics(TOKEN);
    const { url } = await serve((app) => {
      app.use(metrics.observe);
      app.get('/metrics', metrics.scrape);
      app.use((req, res) => {
        const status = Number(req.headers['x-status']);
        if (status === 0) req.socket.destroy();
        else res.status(status).end();
      });
    });
    const known = [...MEASURED_ROUTES].flatMap(([route, methods]) => methods.map((method) => ({ method, route })));
    const all = [
      ...known,
      { method: 'GET', route: '/page' },
      { method: 'PUT', route: '/x' },
      { method: 'PUT', route: '/scim' },
    ];
    for (const { method, route } of all.filter((each) => each.route !== '/metrics'))
      for (const status of ['200', '303', '404', '500', '0'])
        await fetch(url + route.replaceAll(/[{}]/gu, ''), {
          method,
          headers: { Accept: 'text/html', 'X-Status': status },
        }).catch(() => undefined);
    const schema = buildRollcallSchema();
    const fields = [schema.getQueryType()!, schema.getMutationType()!].flatMap((type) =>
      Object.keys(type.getFields()).map((field) => `${type.name}.${field}`),
    );
    for (const field of ['none', ...fields])
      for (const outcome of ['succeeded', 'refused', 'failed'] as const)
        metrics.fieldEnded({ field, outcome, seconds: 0.01 });
    const samples = await readSamples(url);
    expect([...samples.keys()].filter((name) => name.startsWith('rollcall_http_requests_total')).length).toBe(
      (all.length - 1) * 5,
    );
    expect(samples.size).toBeGreaterThan(600);
    expect(samples.size).toBeLessThan(1_000);
  });

  it.each([
    ['GET', '/scim/acme/v2/Users?filter=x', '/scim/{workspace}/v2/Users'],
    ['GET', '//scim/acme//v2/Users/', '/scim/{workspace}/v2/Users'],
    ['POST', '/scim/acme/v2/Users/.search', '/scim/{workspace}/v2/Users/.search'],
    ['PATCH', '/scim/acme/v2/Groups/7', '/scim/{workspace}/v2/Groups/{id}'],
    ['GET', '/scim/acme/v2/Schemas/urn:x', '/scim/{workspace}/v2/Schemas/{id}'],
    ['HEAD', '/readyz', '/readyz'],
    ['OPTIONS', '/graphql?x', '/graphql'],
    ['GET', '/sign-in/acme/callback?code=1', '/sign-in/{workspace}/callback'],
    ['GET', '/assets/index-12345678.js', '/assets/{name}'],
    ['GET', '/scim/acme/v1/Users', '/scim/other'],
    ['DELETE', '/scim/acme/v2/Users', '/scim/other'],
    ['GET', '/scim/acme/v2/Users/1/2', '/scim/other'],
    ['GET', '/scim/acme/v2/{id}', '/scim/other'],
    ['GET', '/graphql/x', 'other'],
    ['GET', '/__proto__', 'other'],
    ['BREW', '/livez', 'other'],
    ['GET', '/', 'other'],
  ])('put %s %s under %s', (method, url, route) => {
    expect(routeLabel({ method, url, accept: '*/*' }).route).toBe(route);
  });

  it('put the page views of the admin UI together', () => {
    const page = { method: 'GET', route: 'page' };
    for (const url of ['/', '/members', '/sign-in', '/sign-in/acme/invitation'])
      expect(routeLabel({ method: 'GET', url, accept: 'text/html,*/*' })).toEqual(page);
  });
});
