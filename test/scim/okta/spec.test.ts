import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRollcall, type Rollcall, type TestWorkspace } from '../../support/rollcall.ts';
import { scim, type ScimAnswer, type ScimCall } from '../../support/scim-client.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const LIST = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';
const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error';

/** Okta's SPEC suite (contract §6.1), one test for each of its requests, in its order and with its headers. */
describe("Okta's SPEC suite", () => {
  let rollcall: Rollcall;
  let workspace: TestWorkspace;
  let first: { id: string };
  let created: { id: string };
  const random = `Runscope123Abc${Date.now()}@atko.com`;
  const person = {
    schemas: [USER],
    userName: random,
    name: { givenName: 'Runscope', familyName: 'Abc' },
    emails: [{ primary: true, value: random, type: 'work' }],
    displayName: 'Runscope Abc',
    active: true,
  };
  const call = (method: string, path: string, more: ScimCall = {}): Promise<ScimAnswer> =>
    scim(workspace, method, path, {
      ...more,
      headers: {
        Accept: 'application/scim+json; charset=utf-8',
        'User-Agent': 'OKTA SCIM Integration',
        ...(more.body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
    });

  beforeAll(async () => {
    rollcall = await startRollcall();
    workspace = await rollcall.workspace('acme');
    await workspace.user({ userName: 'owner@acme.example' }, 'OWNER');
  });
  afterAll(() => rollcall.close());

  it('1 (§11 case 16) lists the first user with id, names, userName, email and active, and numbers that are numbers', async () => {
    const { status, body } = await call('GET', '/Users?count=1&startIndex=1');
    expect(status).toBe(200);
    expect(body.schemas).toContain(LIST);
    expect([typeof body.itemsPerPage, typeof body.startIndex, typeof body.totalResults]).toEqual([
      'number',
      'number',
      'number',
    ]);
    [first] = body.Resources;
    expect(body.Resources[0]).toMatchObject({
      id: expect.stringMatching(/.+/u),
      name: { familyName: expect.stringMatching(/.+/u), givenName: expect.stringMatching(/.+/u) },
      userName: 'owner@acme.example',
      active: true,
      emails: [{ value: 'owner@acme.example' }],
    });
  });

  it('2 reads that user by id', async () => {
    const { status, body } = await call('GET', `/Users/${first.id}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ id: first.id, userName: 'owner@acme.example', active: true });
    expect(body.name.familyName).not.toBe('');
  });

  it.each([
    ['3 (§11 case 18) answers an empty list for a userName nobody has', 'abcdefgh@atko.com'],
    ['5 answers an empty list for the random address', random],
  ])('%s', async (_title, userName) => {
    const { status, body } = await call('GET', `/Users?filter=userName eq "${userName}"`);
    expect(status).toBe(200);
    expect(body.schemas).toContain(LIST);
    expect(body.totalResults).toBe(0);
  });

  it('4 answers 404 with a detail for an id that is no id', async () => {
    const { status, body } = await call('GET', '/Users/010101001010101011001010101011');
    expect(status).toBe(404);
    expect(body.schemas).toContain(ERROR);
    expect(body.detail).not.toBe('');
  });

  it('6 creates a user and gives back what was sent, byte for byte', async () => {
    const { status, body } = await call('POST', '/Users', { body: person });
    expect(status).toBe(201);
    expect(body).toMatchObject({ active: true, userName: random, name: person.name });
    expect(body.schemas).toContain(USER);
    expect(body.id).toMatch(/.+/u);
    created = body;
  });

  it('7 reads the new user', async () => {
    const { status, body } = await call('GET', `/Users/${created.id}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ userName: random, name: person.name });
  });

  it('8 (§11 case 22) refuses the same user again with 409', async () => {
    const { status, body } = await call('POST', '/Users', { body: { ...person, emails: [{ value: random }] } });
    expect(status).toBe(409);
    expect(body).toMatchObject({ schemas: [ERROR], status: '409', scimType: 'uniqueness' });
    expect(body.detail).toContain(created.id);
    expect(body.detail).toContain(random);
  });

  it('9 (§11 case 24) finds the user by a userName in upper case, and shows it in its own case', async () => {
    const { status, body } = await call('GET', `/Users?filter=userName eq "${random.toUpperCase()}"`);
    expect(status).toBe(200);
    expect(body.totalResults).toBe(1);
    expect(body.Resources[0].userName).toBe(random);
  });

  it('10 lists groups as an array', async () => {
    const { status, body } = await call('GET', '/Groups');
    expect(status).toBe(200);
    expect(Array.isArray(body.Resources)).toBe(true);
  });

  it('11 answers 401 with a detail to a wrong token without a scheme', async () => {
    const { status, body } = await call('GET', '/Users?startIndex=1&count=1', { authorization: 'non-token' });
    expect(status).toBe(401);
    expect(body).toMatchObject({ schemas: [ERROR], status: '401' });
    expect(body.detail).not.toBe('');
  });

  it('12 (§11 case 20) answers 404 with status and detail for another id that is none', async () => {
    const { status, body } = await call('GET', '/Users/00919288221112222');
    expect(status).toBe(404);
    expect(body).toMatchObject({ schemas: [ERROR], status: '404' });
    expect(body.detail).not.toBe('');
  });
});
