import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { globalId } from '../../src/graphql/ids.ts';
import { callOf, directoryOf } from './support/directory.ts';
import { person, startServer, type Tenant, type TestServer } from './support/server.ts';

const SET = `mutation ($input: SetDisplayNameOverrideInput!) { setDisplayNameOverride(input: $input) { __typename
  ... on SetDisplayNameOverrideSuccess { user { displayName displayNameOverride profile { displayName { value source directoryValue } } } }
  ... on MutationError { code message path remedy { text } } ... on RuleBrokenError { rule } } }`;
const CLEAR = `mutation ($input: ClearDisplayNameOverrideInput!) { clearDisplayNameOverride(input: $input) { __typename
  ... on ClearDisplayNameOverrideSuccess { user { displayName displayNameOverride profile { displayName { value source } } } }
  ... on MutationError { code message path } } }`;

let server: TestServer;
let acme: Tenant;
let ada: string;

beforeAll(async () => {
  server = await startServer();
  acme = await server.tenant('acme');
  const directory = { ...directoryOf(acme.system), call: callOf(acme.system) };
  ada = globalId('User', (await person(directory, 'ada', 'MEMBER', { displayName: 'Lovelace, Ada' })).id);
});
afterAll(() => server.close());

const ask = async (query: string, input: object, token = acme.tokens.ADMIN) => {
  const { data, errors } = await server.ask(token, query, { input });
  expect(errors).toEqual([]);
  return Object.values(data)[0];
};

describe('setDisplayNameOverride and clearDisplayNameOverride', () => {
  it('put a name before that of the directory, and go back to it', async () => {
    expect(await ask(SET, { userId: ada, displayName: 'Ada' })).toEqual({
      __typename: 'SetDisplayNameOverrideSuccess',
      user: {
        displayName: 'Ada',
        displayNameOverride: 'Ada',
        profile: { displayName: { value: 'Ada', source: 'OVERRIDE', directoryValue: 'Lovelace, Ada' } },
      },
    });
    expect(await ask(CLEAR, { userId: ada })).toEqual({
      __typename: 'ClearDisplayNameOverrideSuccess',
      user: {
        displayName: 'Lovelace, Ada',
        displayNameOverride: null,
        profile: { displayName: { value: 'Lovelace, Ada', source: 'DIRECTORY' } },
      },
    });
  });

  it('are for oneself without a permission', async () => {
    const own = globalId('User', acme.member.id);
    expect(await ask(SET, { userId: own, displayName: 'Me' }, acme.tokens.MEMBER)).toMatchObject({
      user: { displayName: 'Me' },
    });
    expect(await ask(CLEAR, { userId: own }, acme.tokens.MEMBER)).toMatchObject({
      user: { displayNameOverride: null },
    });
  });

  it.each([
    ['setDisplayNameOverride', SET, { displayName: 'x' }],
    ['clearDisplayNameOverride', CLEAR, {}],
  ])('%s is FORBIDDEN to a member for someone else', async (field, query, more) => {
    const { data, errors } = await server.ask(acme.tokens.MEMBER, query, { input: { userId: ada, ...more } });
    expect(data).toEqual({ [field]: null });
    expect(errors[0]?.extensions).toEqual({ code: 'FORBIDDEN', permission: 'MANAGE_USERS_AND_TEAMS' });
  });

  it('refuse a name that cannot be shown, with the field at fault', async () => {
    for (const displayName of ['', '  ', 'x'.repeat(257), 'a\u202Eb', '\u0000'])
      expect(await ask(SET, { userId: ada, displayName })).toMatchObject({
        __typename: 'InvalidInputError',
        code: 'INVALID_INPUT',
        path: ['displayName'],
      });
  });

  it('do not find who is not there', async () => {
    for (const [query, more] of [
      [SET, { displayName: 'x' }],
      [CLEAR, {}],
    ] as const)
      expect(await ask(query, { userId: 'nobody', ...more })).toMatchObject({ code: 'NOT_FOUND', path: ['userId'] });
  });

  it('obey the settings: no new overrides where they are not allowed', async () => {
    const strict = await server.tenant('strict');
    await server.world.store.inWorkspace(strict.workspace.id, async (tx) => {
      const workspace = (await tx.workspace())!;
      await tx.saveWorkspace({ ...workspace, settings: { ...workspace.settings, displayNameOverrideAllowed: false } });
    });
    const userId = globalId('User', strict.member.id);
    expect(await ask(SET, { userId, displayName: 'x' }, strict.tokens.OWNER)).toMatchObject({
      __typename: 'RuleBrokenError',
      rule: 'OVERRIDE_NOT_ALLOWED',
      remedy: { text: expect.any(String) },
    });
    expect(await ask(CLEAR, { userId }, strict.tokens.OWNER)).toMatchObject({ user: { displayNameOverride: null } });
  });
});
