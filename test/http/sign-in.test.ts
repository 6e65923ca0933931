import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { acceptInvitation, inviteUser } from '../../src/domain/invitation-commands.ts';
import { removeSsoConnection, setSsoConnection } from '../../src/domain/sso-commands.ts';
import { updateUser } from '../../src/domain/user-commands.ts';
import { MINUTE } from '../../src/domain/values.ts';
import { CLIENT, startIdentityProvider, Traveller, type IdentityProvider } from '../support/identity-provider.ts';
import { startRollcall, type Rollcall, type TestWorkspace } from '../support/rollcall.ts';
import { scim } from '../support/scim-client.ts';

let rollcall: Rollcall;
let idp: IdentityProvider;
let acme: TestWorkspace;
let beta: TestWorkspace;
let serial = 0;

beforeAll(async () => {
  rollcall = await startRollcall({ LOG_LEVEL: 'info' });
  idp = await startIdentityProvider(['acme', 'beta'].map((slug) => `${rollcall.url}/sign-in/${slug}/callback`));
  acme = await rollcall.workspace('acme');
  beta = await rollcall.workspace('beta');
  for (const { ctx } of [acme, beta]) await setSsoConnection(ctx, { issuer: idp.issuer, ...CLIENT });
});
afterAll(async () => {
  await rollcall.close();
  await idp.close();
});
beforeEach(() => {
  serial += 1;
  idp.person = { sub: `sub-${serial}`, preferred_username: `person.${serial}@acme.example` };
  idp.forge = undefined;
  idp.forgesKey = false;
});

const AWAY = '__Host-rollcall-sign-in';
const home = () => `${rollcall.url}/`;
const start = (slug = 'acme') => `${rollcall.url}/sign-in/${slug}`;
/** Ends a journey where the browser would be sent back to us. */
const untilCallback = (url: URL) => (url.pathname.endsWith('/callback') ? undefined : url);
const untilHome = (url: URL) => (url.href === home() ? undefined : url);
const person = () => idp.person['preferred_username'] as string;

async function signIn(traveller = new Traveller(), slug = 'acme', reroute: (url: URL) => URL | undefined = untilHome) {
  const { url, response } = await traveller.go(start(slug), reroute);
  return { url, response, page: await response.text(), traveller };
}

async function viewerOf(traveller: Traveller) {
  const response = await fetch(`${rollcall.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: traveller.cookies(home()) },
    body: '{"query": "{ viewer { sessionExpiresAt user { userName status } } workspace { slug } }"}',
  });
  const { data } = (await response.json()) as {
    data: { viewer: { user: { userName: string; status: string } } | null; workspace: { slug: string } | null };
  };
  return data;
}

/** Expects the page of somebody who is not let in, and no session. */
async function expectRefused({ response, page, traveller }: Awaited<ReturnType<typeof signIn>>, status: number) {
  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  const policy = response.headers.get('content-security-policy');
  expect(policy).toMatch(
    /^default-src 'none'; style-src 'sha256-[\w+/=]+'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; report-uri \/csp-reports$/,
  );
  expect(page).not.toContain('<script');
  expect(traveller.cookies(home())).not.toContain('__Host-rollcall=');
  expect((await viewerOf(traveller)).viewer).toBeNull();
}

describe('/sign-in/<slug>', () => {
  it('leads to the identity provider with state, nonce and PKCE, and seals them into a cookie', async () => {
    const response = await fetch(start(), { redirect: 'manual' });
    expect(response.status).toBe(303);
    const url = new URL(response.headers.get('location')!);
    expect(url.origin).toBe(idp.issuer);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: 'rollcall',
      response_type: 'code',
      redirect_uri: `${rollcall.url}/sign-in/acme/callback`,
      scope: 'openid profile email',
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
    });
    const [cookie] = response.headers.getSetCookie();
    expect(cookie).toMatch(/^__Host-rollcall-sign-in=[\w-]+; HttpOnly; Secure; SameSite=Lax; Path=\/; Max-Age=600$/);
    const sealed = Buffer.from(cookie!.split(/[=;]/u)[1]!, 'base64url').toString('latin1');
    expect(sealed).not.toContain(url.searchParams.get('state')!);
    expect(cookie!.length).toBeLessThan(4_096);
  });

  it('signs the person in, with the cookie of a session, and leads to the UI', async () => {
    await acme.user({ userName: person() });
    const { url, response, traveller } = await signIn();
    expect(url.href).toBe(home());
    expect(response.status).toBe(303);
    const cookies = response.headers.getSetCookie();
    expect(cookies).toHaveLength(2);
    expect(cookies[0]).toBe(`${AWAY}=; HttpOnly; Secure; SameSite=Lax; Path=/; Max-Age=0`);
    expect(cookies[1]).toMatch(/^__Host-rollcall=ses_\w+; HttpOnly; Secure; SameSite=Lax; Path=\/$/);
    expect(await viewerOf(traveller)).toMatchObject({
      viewer: { user: { userName: person(), status: 'ACTIVE' } },
      workspace: { slug: 'acme' },
    });
  });

  it.each(['unknown', 'Not-A-Slug', 'a%2Fb', 'x'.repeat(41)])(
    'leaves the slug %s to the routes after it',
    async (slug) => {
      expect((await fetch(start(slug), { redirect: 'manual' })).status).toBe(404);
      expect((await fetch(`${start(slug)}/callback?code=x&state=y`)).status).toBeGreaterThanOrEqual(400);
    },
  );

  it('ends the session that the browser came with (C3)', async () => {
    const user = await acme.user({ userName: person() });
    const { traveller } = await signIn();
    const before = traveller.cookies(home());
    await signIn(traveller);
    expect(traveller.cookies(home())).not.toBe(before);
    const sessions = await acme.ctx.store.inWorkspace(user.workspaceId, (tx) => tx.sessions.ofUser(user.id));
    expect(sessions).toHaveLength(1);
  });

  it('says so where the identity provider is away, and finds it when it is back', async () => {
    const gamma = await rollcall.workspace(`gamma-${serial}`);
    await setSsoConnection(gamma.ctx, { issuer: 'http://127.0.0.1:9', ...CLIENT });
    await expectRefused(await signIn(new Traveller(), gamma.slug), 502);
    await setSsoConnection(gamma.ctx, { issuer: idp.issuer, ...CLIENT });
    expect((await fetch(start(gamma.slug), { redirect: 'manual' })).status).toBe(303);
  });
});

describe('whom a sign-in is for', () => {
  it('is the user with the subject as external ID, before the one with the user name', async () => {
    const byId = await acme.user({ userName: `other.name.${serial}`, externalId: idp.person.sub });
    await acme.user({ userName: person() });
    const { traveller } = await signIn();
    expect((await viewerOf(traveller)).viewer?.user.userName).toBe(byId.userName);
  });

  it('is the user with the name, however it is written', async () => {
    await acme.user({ userName: person().toUpperCase() });
    const { traveller } = await signIn();
    expect((await viewerOf(traveller)).viewer?.user.userName).toBe(person().toUpperCase());
  });

  it('is the only user with the verified email address', async () => {
    const email = `shared.${serial}@acme.example`;
    idp.person = { sub: idp.person.sub, email, email_verified: true };
    await acme.user({ userName: `login.${serial}`, emails: [{ value: email.toUpperCase() }] });
    const { traveller } = await signIn();
    expect((await viewerOf(traveller)).viewer?.user.userName).toBe(`login.${serial}`);
  });

  it.each([false, 'true', undefined])('is nobody by an email address that is verified: %j', async (verified) => {
    const email = `unverified.${serial}@acme.example`;
    idp.person = { sub: idp.person.sub, email, email_verified: verified };
    await acme.user({ userName: `login.${serial}`, emails: [{ value: email }] });
    await expectRefused(await signIn(), 403);
  });

  it('is nobody by an email address that two have', async () => {
    const email = `two.${serial}@acme.example`;
    idp.person = { sub: idp.person.sub, email, email_verified: true };
    await acme.user({ userName: `login.${serial}.a`, emails: [{ value: email }] });
    await acme.user({ userName: `login.${serial}.b`, emails: [{ value: email }] });
    const refused = await signIn();
    await expectRefused(refused, 403);
    expect(refused.page).toContain('More than one user');
  });

  it('stays the same user when name and email change', async () => {
    await acme.user({ userName: person() });
    const before = person();
    await signIn();
    idp.person = { ...idp.person, preferred_username: `married.${serial}` };
    await acme.user({ userName: `married.${serial}` });
    const { traveller } = await signIn();
    expect((await viewerOf(traveller)).viewer?.user.userName).toBe(before);
  });

  it('is not a user as whom somebody else has signed in, though the name is theirs now', async () => {
    await acme.user({ userName: person() });
    await signIn();
    idp.person = { ...idp.person, sub: `successor-${serial}` };
    const refused = await signIn();
    await expectRefused(refused, 403);
    expect(refused.page).toContain('another person of the directory');
  });

  it('is whom the directory gives the subject as external ID, whoever signed in before', async () => {
    const user = await acme.user({ userName: person() });
    await signIn();
    idp.person = { ...idp.person, sub: `successor-${serial}` };
    await updateUser(acme.ctx, user.id, (now) => ({ ...now, externalId: `successor-${serial}` }));
    const { traveller } = await signIn();
    expect((await viewerOf(traveller)).viewer?.user.userName).toBe(user.userName);
  });

  it('is no owner as whom somebody else has signed in, whatever the external ID says', async () => {
    const owner = await acme.user({ userName: person() }, 'OWNER');
    await signIn();
    const before = idp.person;
    idp.person = { sub: `admin-${serial}`, preferred_username: `admin.${serial}` };
    const operation = { op: 'replace', path: 'externalId', value: idp.person.sub };
    const body = { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: [operation] };
    expect((await scim(acme, 'PATCH', `/Users/${owner.id}`, { body })).status).toBe(200);
    await expectRefused(await signIn(), 403);
    idp.person = before;
    const { traveller } = await signIn();
    expect((await viewerOf(traveller)).viewer?.user.userName).toBe(owner.userName);
  });

  it('is found anew with another client ID', async () => {
    const gamma = await rollcall.workspace(`gamma-${serial}`);
    const user = await gamma.user({ userName: 'a' });
    const identity = { issuer: idp.issuer, subject: 's', userId: user.id, linkedAt: rollcall.clock.now() };
    await setSsoConnection(gamma.ctx, { issuer: idp.issuer, ...CLIENT });
    await gamma.ctx.store.inWorkspace(user.workspaceId, (tx) => tx.sso.setIdentity(identity));
    await setSsoConnection(gamma.ctx, { issuer: idp.issuer, ...CLIENT, clientSecret: 'new' });
    const { sso } = gamma.ctx.store.workspace(user.workspaceId);
    expect(await sso.userIdOf(idp.issuer, 's')).toBe(user.id);
    await setSsoConnection(gamma.ctx, { issuer: idp.issuer, ...CLIENT, clientId: 'other' });
    expect(await sso.userIdOf(idp.issuer, 's')).toBeUndefined();
  });

  it('makes an invited user active', async () => {
    const { user } = await inviteUser(acme.ctx, { userName: person(), email: person(), role: 'MEMBER' });
    expect(user.status).toBe('INVITED');
    const { traveller } = await signIn();
    expect((await viewerOf(traveller)).viewer?.user.status).toBe('ACTIVE');
  });

  it('ends an invitation, which whoever made it holds as well', async () => {
    const { secret } = await inviteUser(acme.ctx, { userName: person(), email: person(), role: 'MEMBER' });
    await signIn();
    const late = acceptInvitation(rollcall.world, { token: secret, password: 'correct horse battery' });
    await expect(late).rejects.toMatchObject({ refusal: { rule: 'INVITATION_NOT_USABLE' } });
  });

  it('is nobody of another workspace', async () => {
    await acme.user({ userName: person(), externalId: idp.person.sub });
    const refused = await signIn(new Traveller(), 'beta');
    await expectRefused(refused, 403);
    expect(refused.page).toContain(person());
    expect(refused.page).toContain('Ask an admin of the workspace');
  });

  it('is told as text, whatever it is called', async () => {
    idp.person = { ...idp.person, preferred_username: '<script>alert("x")</script>&\'' };
    const refused = await signIn();
    await expectRefused(refused, 403);
    expect(refused.page).toContain('&lt;script&gt;alert(');
  });

  it('is no user who is deactivated, not even one who signed in before', async () => {
    const user = await acme.user({ userName: person() });
    const { traveller } = await signIn();
    await updateUser(acme.ctx, user.id, (now) => ({ ...now, active: false }));
    expect((await viewerOf(traveller)).viewer).toBeNull();
    const refused = await signIn(new Traveller());
    await expectRefused(refused, 403);
    expect(refused.page).toContain('is deactivated in this workspace');
    expect(refused.page).toContain('reactivate you');
  });
});

/** The address with one of its parameters changed. */
function altered(url: URL, name: string, value: string): URL {
  const other = new URL(url);
  expect(other.searchParams.has(name)).toBe(true);
  other.searchParams.set(name, value);
  return other;
}

describe('a return from the identity provider is refused', () => {
  beforeEach(() => acme.user({ userName: person() }).then(() => undefined));

  it.each([
    ['state', 'state', 'forged'],
    ['issuer', 'iss', 'https://evil.example'],
    ['code', 'code', 'forged'],
  ])('with another %s in its address', async (_what, name, value) => {
    const alter = (url: URL) => (url.pathname.endsWith('/callback') ? altered(url, name, value) : untilHome(url));
    await expectRefused(await signIn(new Traveller(), 'acme', alter), 400);
  });

  it.each([
    ['nonce', 'nonce', 'of-another-sign-in'],
    ['PKCE challenge', 'code_challenge', 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'],
  ])('with another %s in the request for it', async (_what, name, value) => {
    const alter = (url: URL) => (url.pathname === '/auth' ? altered(url, name, value) : untilHome(url));
    await expectRefused(await signIn(new Traveller(), 'acme', alter), 400);
  });

  it.each([
    ['another issuer', { iss: 'https://evil.example' }],
    ['another audience', { aud: 'another-client' }],
    ['a second audience and no authorized party', { aud: ['rollcall', 'another-client'] }],
    ['no subject', { sub: undefined }],
    ['another nonce', { nonce: 'forged' }],
    ['no nonce', { nonce: undefined }],
    ['an end in the past', { exp: 1_000_000_000 }],
    ['a subject that is not the one of the user info', { sub: 'somebody-else' }],
  ])('with an ID token that has %s', async (_what, claims) => {
    idp.forge = (genuine) => ({ ...genuine, ...claims });
    await expectRefused(await signIn(), 400);
  });

  it('with an ID token that has the signature of another', async () => {
    idp.forgesKey = true;
    await expectRefused(await signIn(), 400);
    idp.forgesKey = false;
    idp.forge = (genuine) => genuine;
    expect((await signIn()).url.href).toBe(home());
  });

  it('when it comes again', async () => {
    const traveller = new Traveller();
    const { url } = await signIn(traveller, 'acme', untilCallback);
    const sealed = /__Host-rollcall-sign-in=([^;]+)/u.exec(traveller.cookies(home()))![1]!;
    expect((await traveller.go(url.href, untilHome)).url.href).toBe(home());
    const again = new Traveller();
    const { tokenRequests } = idp;
    let { response } = await again.go(url.href);
    await expectRefused({ url, response, page: await response.text(), traveller: again }, 400);
    expect(idp.tokenRequests).toBe(tokenRequests);
    again.setCookie(home(), AWAY, sealed);
    ({ response } = await again.go(url.href));
    await expectRefused({ url, response, page: await response.text(), traveller: again }, 400);
  });

  it('in another browser, or without any beginning', async () => {
    const { url } = await signIn(new Traveller(), 'acme', untilCallback);
    const other = new Traveller();
    await signIn(other, 'acme', untilCallback);
    for (const traveller of [new Traveller(), other]) {
      const { response } = await traveller.go(url.href);
      await expectRefused({ url, response, page: await response.text(), traveller }, 400);
    }
  });

  it('after 10 minutes', async () => {
    for (const [wait, status] of [
      [10 * MINUTE - 1_000, 303],
      [10 * MINUTE, 400],
    ] as const) {
      const traveller = new Traveller();
      const { url } = await signIn(traveller, 'acme', untilCallback);
      rollcall.clock.advance(wait);
      const { response } = await traveller.go(url.href, untilHome);
      rollcall.clock.advance(-wait);
      expect(response.status).toBe(status);
      await response.text();
    }
  });

  it('at another workspace, though the person is known there', async () => {
    await beta.user({ userName: person() });
    const traveller = new Traveller();
    const { url } = await signIn(traveller, 'acme', untilCallback);
    const { response } = await traveller.go(url.href.replace('/acme/', '/beta/'));
    await expectRefused({ url, response, page: await response.text(), traveller }, 400);
  });

  it.each(['', 'x', 'A'.repeat(3_000), '%00', '"'])('with the cookie %j', async (value) => {
    const traveller = new Traveller();
    traveller.setCookie(home(), AWAY, value);
    const { url, response } = await traveller.go(`${start()}/callback?code=x&state=y`);
    await expectRefused({ url, response, page: await response.text(), traveller }, 400);
  });

  it('with the cookie of a cursor or another sealed text', async () => {
    const away = JSON.stringify({ slug: 'acme', state: 'y', nonce: 'n', verifier: 'v', begunAt: Date.now() });
    const traveller = new Traveller();
    traveller.setCookie(home(), AWAY, rollcall.world.secrets.seal(away, 'something else'));
    const { url, response } = await traveller.go(`${start()}/callback?code=x&state=y`);
    await expectRefused({ url, response, page: await response.text(), traveller }, 400);
  });

  it('with what the provider says where it refuses', async () => {
    const deny = (url: URL) => {
      if (!url.pathname.endsWith('/callback')) return untilHome(url);
      url.searchParams.delete('code');
      url.searchParams.set('error', 'access_denied');
      url.searchParams.set('error_description', '<b>told by nobody</b>');
      return url;
    };
    const refused = await signIn(new Traveller(), 'acme', deny);
    await expectRefused(refused, 403);
    expect(refused.page).toContain('access_denied');
    expect(refused.page).not.toContain('told by nobody');
  });

  it('and its code, tokens and secret stand in no line of the log', async () => {
    const { url } = await signIn(new Traveller(), 'acme', (next) =>
      next.pathname.endsWith('/callback') ? altered(next, 'state', 'forged-state-of-the-test') : untilHome(next),
    );
    const log = rollcall.log.join('');
    expect(log).toContain('a sign-in at the identity provider failed');
    expect(log).toContain('/sign-in/acme/callback');
    for (const secret of [url.searchParams.get('code')!, 'forged-state-of-the-test', CLIENT.clientSecret, 'eyJ'])
      expect(log).not.toContain(secret);
  });
});

describe('a discovery document', () => {
  it('of another issuer is not believed', async () => {
    const gamma = await rollcall.workspace(`gamma-${serial}`);
    await setSsoConnection(gamma.ctx, { issuer: idp.issuer.replace('127.0.0.1', 'localhost'), ...CLIENT });
    await expectRefused(await signIn(new Traveller(), gamma.slug), 502);
  });
});

describe('/sign-in/<slug>/options', () => {
  const options = async (slug: string) => {
    const response = await fetch(`${start(slug)}/options`);
    return { status: response.status, body: await response.json(), type: response.headers.get('content-type') };
  };

  it('tells whether there is an identity provider', async () => {
    const type = 'application/json; charset=utf-8';
    expect(await options('acme')).toEqual({ status: 200, body: { workspace: { slug: 'acme' }, sso: true }, type });
  });

  it('tells an unknown slug from none without', async () => {
    const without = await rollcall.workspace(`without-${serial}`);
    expect((await options(without.slug)).body).toEqual({ workspace: { slug: without.slug }, sso: false });
    expect((await options('unknown')).body).toEqual({ workspace: { slug: 'unknown' }, sso: false });
  });
});

describe('a connection', () => {
  it('needs a subscription with SSO', async () => {
    const small = await rollcall.workspace(`small-${serial}`, 'BUSINESS');
    await expect(setSsoConnection(small.ctx, { issuer: idp.issuer, ...CLIENT })).rejects.toMatchObject({
      refusal: { rule: 'SSO_NOT_IN_SUBSCRIPTION' },
    });
  });

  it('is not in force when the subscription loses SSO, and a sign-in under way is refused', async () => {
    await beta.user({ userName: person() });
    const traveller = new Traveller();
    const { url } = await signIn(traveller, 'beta', untilCallback);
    await setPlan('BUSINESS');
    const { response } = await traveller.go(url.href);
    await expectRefused({ url, response, page: await response.text(), traveller }, 403);
    expect((await fetch(start('beta'), { redirect: 'manual' })).status).toBe(404);
    await setPlan('ENTERPRISE');
    expect((await fetch(start('beta'), { redirect: 'manual' })).status).toBe(303);
  });

  const setPlan = (plan: 'BUSINESS' | 'ENTERPRISE') =>
    beta.ctx.store.inWorkspace(beta.ctx.workspaceId, async (tx) =>
      tx.saveWorkspace({ ...(await tx.workspace())!, plan }),
    );

  it('keeps its secret sealed under a key of its own, bound to the workspace', async () => {
    const { store, secrets, workspaceId } = acme.ctx;
    const { sealedSecret } = (await store.workspace(workspaceId).sso.connection())!;
    expect(sealedSecret).not.toContain(CLIENT.clientSecret);
    expect(secrets.unseal(sealedSecret, `client secret of ${workspaceId}`, 'kept')).toBe(CLIENT.clientSecret);
    expect(secrets.unseal(sealedSecret, `client secret of ${workspaceId}`)).toBeUndefined();
    expect(secrets.unseal(sealedSecret, `client secret of ${beta.ctx.workspaceId}`, 'kept')).toBeUndefined();
  });

  it('that is removed leaves sessions as they are', async () => {
    const gamma = await rollcall.workspace(`gamma-${serial}`);
    await setSsoConnection(gamma.ctx, { issuer: idp.issuer, ...CLIENT });
    expect(await removeSsoConnection(gamma.ctx)).toBe(true);
    expect(await removeSsoConnection(gamma.ctx)).toBe(false);
    expect((await fetch(start(gamma.slug), { redirect: 'manual' })).status).toBe(404);
  });

  it.each([
    ['', 'no URL'],
    ['acme.okta.com', 'no URL'],
    ['http://acme.okta.com', 'https://'],
    ['https://u:p@acme.okta.com', 'user name'],
    ['https://acme.okta.com?x=1', 'no URL'],
    ['javascript:alert(1)', 'https://'],
  ])('is not taken with the issuer %j', async (issuer, message) => {
    await expect(setSsoConnection(acme.ctx, { issuer, ...CLIENT })).rejects.toThrow(message);
  });

  it.each(['', 'two words', 'x'.repeat(1_025)])('is not taken with the client ID %j', async (clientId) => {
    await expect(setSsoConnection(acme.ctx, { issuer: idp.issuer, ...CLIENT, clientId })).rejects.toMatchObject({
      refusal: { kind: 'InvalidInput' },
    });
  });
});
