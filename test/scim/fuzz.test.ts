import { fc, test } from '@fast-check/vitest';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { startRollcall, type Rollcall, type TestWorkspace } from '../support/rollcall.ts';
import { scim } from '../support/scim-client.ts';

let rollcall: Rollcall;
let workspace: TestWorkspace;
let id: string;
let group: string;

beforeAll(async () => {
  rollcall = await startRollcall({ SCIM_RATE_PER_SECOND: '100000', SCIM_RATE_BURST: '100000' });
  workspace = await rollcall.workspace('acme');
  id = (await scim(workspace, 'POST', '/Users', { body: { userName: 'target@acme.example' } })).body.id;
  const body = { displayName: 'Target', members: [{ value: id }] };
  group = (await scim(workspace, 'POST', '/Groups', { body })).body.id;
});
afterAll(() => rollcall.close());

const NAMES = `
  schemas id externalId meta userName name givenName displayName active password emails value type primary roles groups
  manager addresses x509Certificates $ref urn:ietf:params:scim:schemas:extension:enterprise:2.0:User name.givenName
  emails[type+eq+"work"].value members members[value+eq+"x"] members[type+eq+"User"] display __proto__ constructor toString ACTIVE emails[ urn:x:y op path Operations
`
  .split(/\s+/u)
  .map((word) => word.replaceAll('+', ' '));
const name = fc.constantFrom(...NAMES);
const leaf = fc.oneof(
  fc.string({ maxLength: 20, unit: 'binary' }),
  fc.constantFrom('', 'True', 'false', '\u0000', '\ud800', 'x'.repeat(70_000), '{"value":"x"}'),
  fc.boolean(),
  fc.double(),
  fc.constant(null),
);
const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(name, tie('json'), { maxKeys: 5 }),
  ),
}));
const operation = fc.record(
  {
    op: fc.oneof(fc.constantFrom('add', 'Replace', 'REMOVE', 'move'), json),
    path: fc.oneof(
      name,
      fc.tuple(name, name).map((parts) => parts.join('.')),
      json,
    ),
    value: json,
  },
  { requiredKeys: ['op'] },
);
const token = fc.oneof(
  name,
  fc.constantFrom(
    'eq',
    'NE',
    'co',
    'pr',
    'gt',
    'and',
    'or',
    'not',
    '(',
    ')',
    '[',
    ']',
    '"',
    '"x"',
    'true',
    '1e9',
    '.',
    ':',
    ' ',
    '\\',
  ),
  fc.string({ maxLength: 6 }),
);

/** Whatever comes, the answer is a SCIM answer and never a failure of ours (E4, E7, E20). */
describe('the SCIM face under arbitrary input', () => {
  test.prop([json], { numRuns: 300 })(
    'answers any body of a POST and a PUT with a reason or the user',
    async (body) => {
      for (const [method, path] of [
        ['POST', '/Users'],
        ['PUT', `/Users/${id}`],
      ] as const)
        expectAnswer(await scim(workspace, method, path, { body }));
    },
  );

  test.prop([fc.array(operation, { maxLength: 4 })], { numRuns: 500 })(
    'answers any PATCH with a reason or the user',
    async (Operations) => {
      expectAnswer(await scim(workspace, 'PATCH', `/Users/${id}`, { body: { Operations } }));
      expect(Object.keys(Object.prototype)).toEqual([]);
      const read = await scim(workspace, 'GET', `/Users/${id}`);
      expect([read.status, read.body.id]).toEqual([200, id]);
    },
  );

  test.prop([json], { numRuns: 200 })('answers any body of a group and of a search with a reason', async (body) => {
    for (const [method, path] of [
      ['POST', '/Groups'],
      ['PUT', `/Groups/${group}`],
      ['POST', '/Groups/.search'],
      ['POST', '/Users/.search'],
    ] as const)
      expectAnswer(await scim(workspace, method, path, { body }));
  });

  test.prop([fc.array(operation, { maxLength: 4 })], { numRuns: 500 })(
    'answers any PATCH of a group with a reason or the group',
    async (Operations) => {
      expectAnswer(await scim(workspace, 'PATCH', `/Groups/${group}`, { body: { Operations } }));
      expect(Object.keys(Object.prototype)).toEqual([]);
      const read = await scim(workspace, 'GET', `/Groups/${group}`);
      expect([read.status, read.body.id]).toEqual([200, group]);
    },
  );

  test.prop(
    [
      fc.oneof(
        name,
        fc.array(token, { maxLength: 4 }).map((tokens) => tokens.join('')),
      ),
    ],
    { numRuns: 200 },
  )('answers any sortBy with a list or invalidValue', async (sortBy) => {
    for (const type of ['Users', 'Groups']) {
      const path = `/${type}?sortBy=${encodeURIComponent(sortBy.toWellFormed())}`;
      const { status, body } = await scim(workspace, 'GET', path);
      expect(status === 200 || (status === 400 && body.scimType === 'invalidValue'), sortBy).toBe(true);
    }
  });

  test.prop([fc.array(token, { maxLength: 14 })], { numRuns: 800 })(
    'answers any filter with matches or invalidFilter',
    async (tokens) => {
      const filter = encodeURIComponent(tokens.join(' ').toWellFormed());
      const { status, body } = await scim(workspace, 'GET', `/Users?filter=${filter}`);
      expect(
        status === 200 || (status === 400 && body.scimType === 'invalidFilter'),
        JSON.stringify([tokens, body]),
      ).toBe(true);
    },
  );
});

function expectAnswer({ status, body, headers }: Awaited<ReturnType<typeof scim>>): void {
  expect([200, 201, 400, 409], JSON.stringify(body)).toContain(status);
  expect(headers.get('content-type')).toBe('application/scim+json');
  if (status >= 400) expect(body.detail.length).toBeGreaterThan(10);
}
