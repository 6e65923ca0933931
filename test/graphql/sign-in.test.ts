import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { updateProvisioningSettings } from '../../src/domain/provisioning-settings-commands.ts';
import { createUser, updateUser } from '../../src/domain/user-commands.ts';
import type { User } from '../../src/domain/user.ts';
import { HOUR, MINUTE } from '../../src/domain/values.ts';
import { SIGN_IN_LIMITS, networkOf } from '../../src/graphql/sign-in-attempts.ts';
import { Browser } from './support/browser.ts';
import { startServer, type Tenant, type TestServer } from './support/server.ts';

const PASSWORD = 'correct horse battery';
const WHO = '{ viewer { sessionExpiresAt user { userName } } workspace { slug } }';

let server: TestServer;
let acme: Tenant;
let serial = 0;

beforeAll(async () => {
  server = await startServer();
  acme = await server.tenant('acme');
  await updateProvisioningSettings(acme.system, { passwordSync: true }, 1);
});
afterAll(() => server.close());

async function someone(): Promise<User> {
  serial += 1;
  return createUser(acme.system, { userName: `person.${serial}@acme.example`, active: true }, undefined, PASSWORD);
}

/** A browser in which a user is signed in. */
async function signedIn(user: User): Promise<Browser> {
  const browser = new Browser(server);
  expect((await browser.signIn('acme', user.userName, PASSWORD)).errors).toEqual([]);
  return browser;
}

const sessionsOf = (user: User) =>
  server.world.store.inWorkspace(user.workspaceId, (tx) => tx.sessions.ofUser(user.id));

describe('signInWithPassword', () => {
  it('sets a cookie that only this host gets, over https, and no script reads (C1)', async () => {
    const user = await someone();
    const answer = await new Browser(server).signIn('acme', user.userName, PASSWORD);
    const [cookie, ...more] = answer.headers.getSetCookie();
    expect(cookie).toMatch(
      /^__Host-rollcall=ses_[0-9A-Za-z]{10}_[0-9A-Za-z]{49}; HttpOnly; Secure; SameSite=Lax; Path=\/$/,
    );
    expect(cookie!.length).toBeLessThan(4_096);
    expect(more).toEqual([]);
    expect(answer.data.signInWithPassword).toEqual({
      __typename: 'SignInWithPasswordSuccess',
      viewer: { sessionExpiresAt: '2026-03-01T10:00:00.000Z', user: { userName: user.userName, status: 'ACTIVE' } },
    });
  });

  it('lets the requests that follow act as the user', async () => {
    const user = await someone();
    const browser = await signedIn(user);
    expect((await browser.ask(WHO)).data).toEqual({
      viewer: { sessionExpiresAt: expect.any(String), user: { userName: user.userName } },
      workspace: { slug: 'acme' },
    });
  });

  it('lets the rest of its own request act as the user', async () => {
    const user = await someone();
    const { data, errors } = await new Browser(server).ask(
      `mutation ($who: SignInWithPasswordInput!) {
        signInWithPassword(input: $who) {
          ... on SignInWithPasswordSuccess { viewer { user { teams { totalCount } } } } }
        signOut(input: {}) { ... on SignOutSuccess { endedSessionCount } } }`,
      { who: { workspaceSlug: 'acme', userName: user.userName, password: PASSWORD } },
    );
    expect(errors).toEqual([]);
    expect(data).toEqual({
      signInWithPassword: { viewer: { user: { teams: { totalCount: 0 } } } },
      signOut: { endedSessionCount: 1 },
    });
  });

  it('refuses a wrong password, an unknown user and an unknown workspace alike, without a cookie', async () => {
    const user = await someone();
    const attempts = [
      ['acme', user.userName, 'wrong password'],
      ['acme', acme.owner.userName, PASSWORD],
      ['acme', 'nobody', PASSWORD],
      ['nowhere', user.userName, PASSWORD],
    ] as const;
    const answers = await Promise.all(
      attempts.map(([slug, name, word]) => new Browser(server).signIn(slug, name, word)),
    );
    expect(answers[0]!.data.signInWithPassword).toMatchObject({ rule: 'SIGN_IN_REFUSED' });
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    for (const { headers } of answers) expect(headers.getSetCookie()).toEqual([]);
  });

  it('takes no password that is no text, and does not tell it again', async () => {
    const { errors, text } = await server.post(
      JSON.stringify({
        query: 'mutation ($input: SignInWithPasswordInput!) { signInWithPassword(input: $input) { __typename } }',
        variables: { input: { workspaceSlug: 'acme', userName: 'a', password: 123_456_789 } },
      }),
    );
    expect(errors[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT' });
    expect(text).toContain('SecretString');
  });

  it('gives another secret than the browser came with, and ends that one (C3)', async () => {
    const user = await someone();
    const other = await signedIn(await someone());
    const browser = await signedIn(user);
    const before = browser.cookie!;
    browser.cookie = '__Host-rollcall=ses_preset';
    await browser.signIn('acme', user.userName, PASSWORD);
    expect(browser.cookie).not.toBe('__Host-rollcall=ses_preset');
    browser.cookie = before;
    await browser.signIn('acme', user.userName, PASSWORD);
    expect(browser.cookie).not.toBe(before);
    expect(await sessionsOf(user)).toHaveLength(2);
    const old = new Browser(server);
    old.cookie = before;
    expect((await old.ask(WHO)).data.viewer).toBeNull();
    expect((await browser.ask(WHO)).data.viewer).not.toBeNull();
    expect((await other.ask(WHO)).data.viewer).not.toBeNull();
  });

  it('is limited for a user name, known or not, and says for how long', async () => {
    const user = await someone();
    for (const userName of [user.userName, 'nobody.known']) {
      const wrong = () => new Browser(server).signIn('acme', userName, 'wrong password');
      for (let n = 0; n < SIGN_IN_LIMITS.userName.burst; n += 1) expect((await wrong()).errors).toEqual([]);
      const { errors, headers } = await wrong();
      expect(errors[0]?.extensions).toEqual({ code: 'RATE_LIMITED' });
      expect(headers.get('retry-after')).toBe('60');
    }
    const right = () => new Browser(server).signIn('acme', user.userName.toUpperCase(), PASSWORD);
    expect((await right()).errors[0]?.extensions).toEqual({ code: 'RATE_LIMITED' });
    server.world.clock.advance(MINUTE);
    expect((await right()).data.signInWithPassword.__typename).toBe('SignInWithPasswordSuccess');
  });

  it('is limited for an address', async () => {
    const fresh = await startServer();
    const wrong = (n: number) => new Browser(fresh).signIn('acme', `nobody.${n}`, 'x');
    const { burst } = SIGN_IN_LIMITS.address;
    for (let n = 0; n < burst; n += 10) await Promise.all(Array.from({ length: 10 }, (_, i) => wrong(n + i)));
    const { errors, headers } = await wrong(burst);
    expect(errors[0]?.extensions).toEqual({ code: 'RATE_LIMITED' });
    expect(headers.get('retry-after')).toBe('6');
    await fresh.close();
  });

  it('is not limited where it succeeds', async () => {
    const user = await someone();
    const browser = new Browser(server);
    for (let n = 0; n <= SIGN_IN_LIMITS.userName.burst; n += 1)
      expect((await browser.signIn('acme', user.userName, PASSWORD)).errors).toEqual([]);
  });

  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
  ])('counts %s as %s', (address, network) => expect(networkOf(address)).toBe(network));
});

describe('a session', () => {
  it('is kept as a keyed hash (C2)', async () => {
    const user = await someone();
    const { cookie } = await signedIn(user);
    const [session] = await sessionsOf(user);
    const secret = cookie!.split('=')[1]!;
    expect(session!.secretHash).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(session)).not.toContain(secret.slice(15, -6));
  });

  it('ends 30 minutes after its last use (C4)', async () => {
    const browser = await signedIn(await someone());
    server.world.clock.advance(30 * MINUTE - 1);
    expect((await browser.ask(WHO)).data.viewer).not.toBeNull();
    await server.world.store.journal.flush();
    server.world.clock.advance(30 * MINUTE - 1);
    expect((await browser.ask(WHO)).data.viewer).not.toBeNull();
    await server.world.store.journal.flush();
    server.world.clock.advance(30 * MINUTE);
    const { data, errors } = await browser.ask(WHO);
    expect(data.viewer).toBeNull();
    expect(errors[0]?.extensions).toEqual({ code: 'UNAUTHENTICATED' });
  });

  it('ends after 12 hours, however busy (C4)', async () => {
    const user = await someone();
    const browser = await signedIn(user);
    const end = Date.parse(server.world.clock.now()) + 12 * HOUR;
    for (let at = 0; at < 12 * HOUR - 25 * MINUTE; at += 25 * MINUTE) {
      server.world.clock.advance(25 * MINUTE);
      expect((await browser.ask(WHO)).data.viewer).not.toBeNull();
      await server.world.store.journal.flush();
    }
    server.world.clock.advance(end - 1 - Date.parse(server.world.clock.now()));
    expect((await browser.ask(WHO)).data.viewer.sessionExpiresAt).toBe(new Date(end).toISOString());
    server.world.clock.advance(1);
    expect((await browser.ask(WHO)).data.viewer).toBeNull();
  });

  it('is noted as used, and its user as active, at most once a minute', async () => {
    const user = await someone();
    const browser = await signedIn(user);
    const { store, clock } = server.world;
    const used = async () => {
      await browser.ask(WHO);
      await store.journal.flush();
      return (await sessionsOf(user))[0]!.lastUsedAt;
    };
    const start = clock.now();
    clock.advance(MINUTE - 1);
    expect(await used()).toBe(start);
    clock.advance(1);
    const later = clock.now();
    expect(await used()).toBe(later);
    expect((await store.workspace(user.workspaceId).users.get(user.id))?.lastActiveAt).toBe(later);
    const { commits } = store.figures;
    clock.advance(MINUTE - 1);
    for (let n = 0; n < 20; n += 1) expect(await used()).toBe(later);
    expect(store.figures.commits - commits).toBe(20); // what `sessionsOf` itself commits
  });

  it('says when it ends; an access token says nothing', async () => {
    const browser = await signedIn(await someone());
    const end = new Date(Date.parse(server.world.clock.now()) + 30 * MINUTE).toISOString();
    expect((await browser.ask(WHO)).data.viewer.sessionExpiresAt).toBe(end);
    expect((await server.ask(acme.tokens.OWNER, WHO)).data.viewer.sessionExpiresAt).toBeNull();
  });

  it('gives way to an access token, also to one that does not work', async () => {
    const browser = await signedIn(await someone());
    const asOwner = await browser.ask(WHO, {}, { authorization: `Bearer ${acme.tokens.OWNER}` });
    expect(asOwner.data.viewer.user.userName).toBe(acme.owner.userName);
    const revoked = await browser.ask(WHO, {}, { authorization: `Bearer ${server.world.secrets.issue('pat').plain}` });
    expect(revoked.data.viewer).toBeNull();
    const placeholder = await browser.ask(WHO, {}, { authorization: 'Bearer PASTE_THE_ACCESS_TOKEN_HERE' });
    expect(placeholder.data.viewer).not.toBeNull();
  });

  it.each(['', 'ses_', 'ses_0123456789_short', 'x'.repeat(9_000), '"quoted"', '__Host-rollcall'])(
    'does not begin with the cookie %j',
    async (value) => {
      const browser = new Browser(server);
      browser.cookie = `a=b; __Host-rollcall=${value}; c=d`;
      const { status, data } = await browser.ask('{ viewer { permissions } }');
      expect({ status, data }).toEqual({ status: 200, data: { viewer: null } });
    },
  );

  it('does not begin with a cookie of a like name, a token or the secret of another session', async () => {
    const { cookie } = await signedIn(await someone());
    const secret = cookie!.split('=')[1]!;
    const forged = `${secret.slice(0, -7)}${server.world.secrets.issue('ses').plain.slice(-7)}`;
    for (const wrong of [
      `rollcall=${secret}`,
      `X__Host-rollcall=${secret}`,
      `__host-rollcall=${secret}`,
      `__Host-rollcall=${acme.tokens.OWNER}`,
      `__Host-rollcall=${forged}`,
    ]) {
      const browser = new Browser(server);
      browser.cookie = wrong;
      expect((await browser.ask('{ viewer { permissions } }')).data).toEqual({ viewer: null });
    }
  });

  it('takes on a new role with the next request (C6)', async () => {
    const user = await someone();
    const browser = await signedIn(user);
    const PROVISIONING = '{ workspace { provisioning { status } } }';
    expect((await browser.ask(PROVISIONING)).errors[0]?.extensions['code']).toBe('FORBIDDEN');
    await server.world.store.inWorkspace(user.workspaceId, async (tx) => {
      const now = (await tx.users.get(user.id))!;
      await tx.users.save({ ...now, ownRole: 'ADMIN', ownRoleSource: 'ASSIGNED', version: now.version + 1 });
    });
    expect((await browser.ask(PROVISIONING)).errors).toEqual([]);
  });

  it('does not come back with a reactivation', async () => {
    const user = await someone();
    const browser = await signedIn(user);
    for (const active of [false, true]) await updateUser(acme.system, user.id, (now) => ({ ...now, active }));
    expect((await browser.ask(WHO)).data.viewer).toBeNull();
  });
});

describe('signOut', () => {
  it('ends this session alone, and has the browser forget (C13)', async () => {
    const user = await someone();
    const [here, there] = [await signedIn(user), await signedIn(user)];
    const stolen = new Browser(server);
    stolen.cookie = here.cookie;
    const { data, headers } = await here.signOut();
    expect(data.signOut).toEqual({ endedSessionCount: 1 });
    expect(headers.getSetCookie()).toEqual(['__Host-rollcall=; HttpOnly; Secure; SameSite=Lax; Path=/; Max-Age=0']);
    expect(headers.get('clear-site-data')).toBe('"cache", "storage"');
    expect(here.cookie).toBeUndefined();
    expect((await stolen.ask(WHO)).errors[0]?.extensions).toEqual({ code: 'UNAUTHENTICATED' });
    expect((await there.ask(WHO)).data.viewer).not.toBeNull();
  });

  it('ends all sessions of the user where asked, and nobody else’s', async () => {
    const user = await someone();
    const other = await signedIn(await someone());
    const [here, there] = [await signedIn(user), await signedIn(user)];
    expect((await here.signOut(true)).data.signOut).toEqual({ endedSessionCount: 2 });
    expect((await there.ask(WHO)).data.viewer).toBeNull();
    expect((await other.ask(WHO)).data.viewer).not.toBeNull();
  });

  it('does not count sessions that had ended', async () => {
    const user = await someone();
    await signedIn(user);
    server.world.clock.advance(30 * MINUTE);
    expect((await (await signedIn(user)).signOut(true)).data.signOut).toEqual({ endedSessionCount: 1 });
  });

  it('with an access token ends no session, or all of them', async () => {
    const tenant = await server.tenant(`tokens-${serial}`);
    const OUT =
      'mutation ($all: Boolean!) { signOut(input: { everywhere: $all }) { ... on SignOutSuccess { endedSessionCount } } }';
    expect((await server.ask(tenant.tokens.OWNER, OUT, { all: false })).data.signOut).toEqual({ endedSessionCount: 0 });
    expect((await server.ask(tenant.tokens.OWNER, OUT, { all: true })).data.signOut).toEqual({ endedSessionCount: 0 });
    expect((await server.ask(tenant.tokens.OWNER, WHO)).data.viewer).not.toBeNull();
  });

  it('needs somebody who is signed in', async () => {
    expect((await new Browser(server).signOut()).errors[0]?.extensions).toEqual({ code: 'UNAUTHENTICATED' });
  });
});
