import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inviteUser } from '../../src/domain/invitation-commands.ts';
import { Browser } from './support/browser.ts';
import { startServer, type Tenant, type TestServer } from './support/server.ts';

const PASSWORD = 'correct horse battery';
const ACCEPT = `mutation ($token: SecretString!, $password: SecretString!) {
  acceptInvitation(input: { token: $token, password: $password }) { __typename
    ... on AcceptInvitationSuccess { viewer { sessionExpiresAt user { userName status role } } }
    ... on InvalidInputError { issues { path message } }
    ... on RuleBrokenError { rule message } } }`;
const WHO = '{ viewer { user { userName } } }';

let server: TestServer;
let acme: Tenant;
let serial = 0;

beforeAll(async () => {
  server = await startServer();
  acme = await server.tenant('acme');
});
afterAll(() => server.close());

async function invite() {
  serial += 1;
  const userName = `invited.${serial}@acme.example`;
  const { secret: token } = await inviteUser(acme.system, { userName, email: userName, role: 'ADMIN' });
  return { userName, token };
}

describe('acceptInvitation', () => {
  it('makes the user active, with the password, and signs them in', async () => {
    const { userName, token } = await invite();
    const browser = new Browser(server);
    const { data, errors, headers } = await browser.ask(ACCEPT, { token, password: PASSWORD });
    expect(errors).toEqual([]);
    expect(data.acceptInvitation).toEqual({
      __typename: 'AcceptInvitationSuccess',
      viewer: { sessionExpiresAt: expect.any(String), user: { userName, status: 'ACTIVE', role: 'ADMIN' } },
    });
    expect(headers.getSetCookie()).toEqual([
      expect.stringMatching(/^__Host-rollcall=ses_\w+; HttpOnly; Secure; SameSite=Lax; Path=\/$/),
    ]);
    expect((await browser.ask(WHO)).data.viewer.user.userName).toBe(userName);
    const signedIn = await new Browser(server).signIn('acme', userName, PASSWORD);
    expect(signedIn.data.signInWithPassword.__typename).toBe('SignInWithPasswordSuccess');
  });

  it('is one event in the audit log', async () => {
    const { token } = await invite();
    const { store } = server.world;
    const names: string[] = [];
    const inWorkspace = store.inWorkspace.bind(store);
    store.inWorkspace = (id, work) =>
      inWorkspace(id, (tx) =>
        work({ ...tx, recordDomainEvent: (event) => (names.push(event.name), tx.recordDomainEvent(event)) }),
      );
    await new Browser(server).ask(ACCEPT, { token, password: PASSWORD });
    store.inWorkspace = inWorkspace;
    expect(names).toEqual(['InvitationAccepted']);
  });

  it('ends the session that the browser came with', async () => {
    const [first, second] = [await invite(), await invite()];
    const browser = new Browser(server);
    await browser.ask(ACCEPT, { token: first.token, password: PASSWORD });
    const before = new Browser(server);
    before.cookie = browser.cookie;
    await browser.ask(ACCEPT, { token: second.token, password: PASSWORD });
    expect((await browser.ask(WHO)).data.viewer.user.userName).toBe(second.userName);
    expect((await before.ask(WHO)).data.viewer).toBeNull();
  });

  it('refuses a token that is used or unknown alike, and sets no cookie', async () => {
    const { token } = await invite();
    await new Browser(server).ask(ACCEPT, { token, password: PASSWORD });
    const tokens = [token, server.world.secrets.issue('inv').plain, 'nonsense', ''];
    const answers = await Promise.all(
      tokens.map((one) => new Browser(server).ask(ACCEPT, { token: one, password: PASSWORD })),
    );
    expect(answers[0]!.data.acceptInvitation).toMatchObject({ rule: 'INVITATION_NOT_USABLE' });
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    for (const { headers } of answers) expect(headers.getSetCookie()).toEqual([]);
  });

  it('names what is wrong with the password, and can be tried again', async () => {
    const { userName, token } = await invite();
    const browser = new Browser(server);
    for (const password of ['short', userName, 'x'.repeat(257)]) {
      const { data, text } = await browser.ask(ACCEPT, { token, password });
      expect(data.acceptInvitation).toMatchObject({
        __typename: 'InvalidInputError',
        issues: [{ path: ['password'] }],
      });
      expect(text).not.toContain(token);
    }
    expect((await browser.ask(ACCEPT, { token, password: PASSWORD })).data.acceptInvitation.__typename).toBe(
      'AcceptInvitationSuccess',
    );
  });
});
