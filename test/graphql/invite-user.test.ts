import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acceptInvitation } from '../../src/domain/invitation-commands.ts';
import { startServer, type Tenant, type TestServer } from './support/server.ts';

const INVITE = `mutation ($input: InviteUserInput!) { inviteUser(input: $input) { __typename
  ... on InviteUserSuccess { invitationUrl user { id userName displayName email status role managedBy
    profile { givenName { value } } } }
  ... on MutationError { code message path remedy { text } } ... on InvalidInputError { issues { path message } }
  ... on AlreadyExistsError { field } } }`;

let server: TestServer;
let acme: Tenant;

beforeAll(async () => {
  server = await startServer();
  acme = await server.tenant('acme');
});
afterAll(() => server.close());

const ada = { userName: 'ada@acme.example', email: 'ada.kim@acme.example' };
const invite = async (input: object, token = acme.tokens.ADMIN) => {
  const { data, errors } = await server.ask(token, INVITE, { input });
  expect(errors).toEqual([]);
  return data.inviteUser;
};

describe('inviteUser', () => {
  it('answers the invited user and, this once, a URL whose token works', async () => {
    const { user, invitationUrl } = await invite({ ...ada, givenName: 'Ada', familyName: null });
    expect(user).toMatchObject({
      userName: ada.userName,
      displayName: 'Ada',
      email: ada.email,
      status: 'INVITED',
      role: 'MEMBER',
      managedBy: 'WORKSPACE',
      profile: { givenName: { value: 'Ada' } },
    });
    const { pathname, hash } = new URL(invitationUrl);
    expect(pathname).toBe('/sign-in/acme/invitation');
    const token = hash.replace('#token=', '');
    const accepted = await acceptInvitation(acme.system, { token, password: 'correct horse battery' });
    expect(accepted.user).toMatchObject({ userName: ada.userName, status: 'ACTIVE' });
  });

  it('answers a name that is taken, and what is wrong with an input, as data', async () => {
    expect(await invite({ ...ada, userName: ada.userName.toUpperCase() })).toMatchObject({
      __typename: 'AlreadyExistsError',
      field: 'userName',
      path: ['userName'],
    });
    const faulty = { userName: ' ', email: ada.email, givenName: '', familyName: 'x'.repeat(257) };
    const { __typename, issues } = await invite(faulty);
    expect(__typename).toBe('InvalidInputError');
    expect(issues.map(({ path }: { path: string[] }) => path)).toEqual([['userName'], ['givenName'], ['familyName']]);
  });

  it('refuses what is no email address, at the door', async () => {
    const { errors } = await server.ask(acme.tokens.ADMIN, INVITE, { input: { ...ada, email: 'ada at acme' } });
    expect(errors[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
    expect(errors[0]!.message).toContain('maya@acme.example');
  });

  it('needs MANAGE_USERS_AND_TEAMS, and MANAGE_OWNERS for an owner', async () => {
    const missing = async (role: 'MEMBER' | 'ADMIN', input: object) => {
      const { errors } = await server.ask(acme.tokens[role], INVITE, { input });
      return errors[0]?.extensions;
    };
    expect(await missing('MEMBER', ada)).toMatchObject({ code: 'FORBIDDEN', permission: 'MANAGE_USERS_AND_TEAMS' });
    const owner = { userName: 'ben', email: 'ben@acme.example', role: 'OWNER' };
    expect(await missing('ADMIN', owner)).toMatchObject({ code: 'FORBIDDEN', permission: 'MANAGE_OWNERS' });
    expect((await invite(owner, acme.tokens.OWNER)).user).toMatchObject({ role: 'OWNER', status: 'INVITED' });
  });
});
