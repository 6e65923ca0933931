import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { updateProvisioningSettings } from '../../src/domain/provisioning-settings-commands.ts';
import { inviteUser } from '../../src/domain/invitation-commands.ts';
import { invitationUrl } from '../../src/domain/invitation-url.ts';
import { setSsoConnection } from '../../src/domain/sso-commands.ts';
import { createUser } from '../../src/domain/user-commands.ts';
import { CLIENT, startIdentityProvider, type IdentityProvider } from '../support/identity-provider.ts';
import { startRollcall, type Rollcall, type TestWorkspace } from '../support/rollcall.ts';
import { scim } from '../support/scim-client.ts';
import { describeInBrowser, launch, look, open, PATIENCE } from './support/browser.ts';

const PASSWORD = 'correct horse battery';

describeInBrowser('signing in', PATIENCE, () => {
  let rollcall: Rollcall;
  let browser: Browser;
  let workspace: TestWorkspace;
  let directory: TestWorkspace;
  let idp: IdentityProvider;
  beforeAll(async () => {
    [rollcall, browser] = await Promise.all([startRollcall(), launch()]);
    workspace = await rollcall.workspace('acme');
    await updateProvisioningSettings(workspace.ctx, { passwordSync: true }, 1);
    idp = await startIdentityProvider([`${rollcall.url}/sign-in/directory/callback`]);
    idp.asks = true;
    directory = await rollcall.workspace('directory');
    await setSsoConnection(directory.ctx, { issuer: idp.issuer, ...CLIENT });
  });
  afterAll(async () => {
    await browser?.close();
    await rollcall?.close();
    await idp?.close();
  });

  const someone = (userName: string, displayName: string) =>
    createUser(workspace.ctx, { userName, displayName, active: true }, 'ADMIN', PASSWORD);

  /** Opens an address as a stranger and goes through the sign-in page. */
  async function signIn(path: string, userName: string, password = PASSWORD) {
    const watched = await open(browser, { url: rollcall.url + path });
    const { page } = watched;
    await page.getByRole('textbox', { name: 'Workspace' }).fill('Acme ');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('textbox', { name: 'User name' }).fill(userName);
    await page.getByRole('textbox', { name: 'Password' }).fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    return watched;
  }

  it('leads to where the person was going, by a cookie that no script can read', async () => {
    await someone('maya@acme.example', 'Maya Ortiz');
    const { page, context, faults } = await signIn('/teams?x=1', 'maya@acme.example');
    await page.getByRole('heading', { level: 1, name: 'Teams' }).waitFor();
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/teams?x=1');
    expect(await context.cookies()).toMatchObject([{ httpOnly: true, secure: true }]);
    expect(await page.evaluate('document.cookie')).toBe('');
    expect(faults).toEqual([]);
  });

  it('is refused in words that help, and do not tell which of the three is wrong', async () => {
    await someone('ben@acme.example', 'Ben Adeyemi');
    const { page, faults } = await signIn('/', 'ben@acme.example', 'not the password');
    const alert = page.getByRole('alert').filter({ hasText: 'The workspace, the user name or the password is wrong.' });
    await alert.getByText('Who has no password here signs in with the directory.').waitFor();
    expect(await page.getByRole('textbox', { name: 'Password' }).inputValue()).toBe('');
    await look(page, 'sign-in-refused');
    expect(faults).toEqual([]);
  });

  it('asks for what is missing before it asks the server', async () => {
    const { page } = await open(browser, { url: `${rollcall.url}/sign-in/acme/password` });
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByText('Enter your user name.').waitFor();
    await page.getByText('Enter your password.').waitFor();
    await look(page, 'sign-in-password');
  });

  it('goes nowhere but to a place of ours', async () => {
    await someone('eve@acme.example', 'Eve Short');
    for (const to of ['//evil.example/', '/%09/evil.example/', '/%0A%5Cevil.example/']) {
      const { page, faults } = await signIn(`/sign-in?to=${to}`, 'eve@acme.example');
      await page.getByRole('heading', { level: 1, name: 'Members' }).waitFor();
      expect(new URL(page.url()).origin).toBe(rollcall.url);
      expect(faults).toEqual([]);
    }
  });

  /** Opens an address as a stranger and goes as far as the choice of how to sign in. */
  async function chooseWay(path: string, userName: string) {
    idp.person = { sub: `sub of ${userName}`, preferred_username: userName };
    const watched = await open(browser, { url: rollcall.url + path });
    await watched.page.getByRole('textbox', { name: 'Workspace' }).fill('directory');
    await watched.page.getByRole('button', { name: 'Continue' }).click();
    return { ...watched, sso: watched.page.getByRole('link', { name: 'Continue with SSO' }) };
  }

  /** Says yes on the page of the identity provider. */
  async function confirm(page: Page) {
    await page.getByRole('heading', { name: 'Acme Directory' }).waitFor();
    expect(new URL(page.url()).origin).toBe(idp.issuer);
    await page.getByRole('button', { name: 'Confirm' }).click();
  }

  it('by SSO goes over the page of the identity provider to where the person was going', async () => {
    await directory.user({ userName: 'ada@acme.example', displayName: 'Ada Quist' }, 'ADMIN');
    const { page, context, faults, sso } = await chooseWay('/teams?x=1', 'ada@acme.example');
    await sso.waitFor();
    await look(page, 'sign-in-sso');
    await sso.click();
    await confirm(page);
    await page.getByRole('heading', { level: 1, name: 'Teams' }).waitFor();
    expect(page.url()).toBe(`${rollcall.url}/teams?x=1`);
    await page.getByRole('button', { name: 'Account of Ada Quist' }).waitFor();
    const session = (await context.cookies()).filter(({ name }) => name.startsWith('__Host-rollcall'));
    expect(session).toMatchObject([{ name: '__Host-rollcall', httpOnly: true, secure: true, sameSite: 'Lax' }]);
    expect(faults).toEqual([]);
  });

  it('by SSO tells whom the workspace does not know what to ask for, and lets them in once they are added', async () => {
    const { page, context, faults, sso } = await chooseWay('/teams?x=1', 'new@acme.example');
    await sso.click();
    await confirm(page);
    await page.getByRole('heading', { name: 'You are not signed in' }).waitFor();
    await page.getByText('new@acme.example').waitFor();
    await page.getByText('Ask an admin of the workspace').waitFor();
    await look(page, 'sign-in-unknown');
    expect((await context.cookies()).filter(({ name }) => name.startsWith('__Host-rollcall'))).toEqual([]);
    await directory.user({ userName: 'new@acme.example', displayName: 'New Person' }, 'ADMIN');
    await page.getByRole('link', { name: 'Try again' }).click();
    await page.getByRole('button', { name: 'Account of New Person' }).waitFor();
    expect(page.url()).toBe(`${rollcall.url}/teams?x=1`);
    // The browser's own word on the status of the page that refused, and nothing else.
    expect(faults).toEqual([
      expect.stringMatching(/^console: Failed to load resource: .*status of 403 .*\/callback\?/u),
    ]);
  });

  it('begins with an invitation, whose token stands nowhere once it is read', async () => {
    const { user, secret } = await inviteUser(workspace.ctx, {
      userName: 'lena@acme.example',
      email: 'lena@acme.example',
      givenName: 'Lena',
      familyName: 'Hoff',
      role: 'MEMBER',
    });
    const { page, faults } = await open(browser, { url: invitationUrl(rollcall.url, 'acme', secret) });
    const password = page.getByRole('textbox', { name: 'Password', exact: true });
    const again = page.getByRole('textbox', { name: 'Password, once more' });
    await password.fill('short');
    await again.fill('other');
    await page.getByRole('button', { name: 'Join' }).click();
    await page.getByText('Use at least 8 characters.').waitFor();
    await page.getByText('The two passwords are not the same.').waitFor();
    await look(page, 'invitation');
    expect(page.url()).toBe(`${rollcall.url}/sign-in/acme/invitation`);
    await password.fill(PASSWORD);
    await again.fill(PASSWORD);
    await page.getByRole('button', { name: 'Join' }).click();
    await page.getByRole('heading', { level: 1, name: 'Members' }).waitFor();
    await page.getByRole('button', { name: 'Account of Lena Hoff' }).waitFor();
    const now = await workspace.ctx.store.workspace(workspace.ctx.workspaceId).users.get(user.id);
    expect(now?.status).toBe('ACTIVE');
    expect(faults).toEqual([]);
    const second = await open(browser, { url: invitationUrl(rollcall.url, 'acme', secret) });
    await second.page.getByRole('textbox', { name: 'Password', exact: true }).fill(PASSWORD);
    await second.page.getByRole('textbox', { name: 'Password, once more' }).fill(PASSWORD);
    await second.page.getByRole('button', { name: 'Join' }).click();
    await second.page.getByRole('alert').waitFor();
    await look(second.page, 'invitation-used');
  });

  it('ends by signing out, for good', async () => {
    await someone('noah@acme.example', 'Noah Brandt');
    const { page, context, faults } = await signIn('/', 'noah@acme.example');
    const cookies = async () => (await context.cookies()).length;
    await page.getByRole('button', { name: /^Account of/u }).click();
    await look(page, 'account-menu');
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await cookies()).toBe(0);
    expect(await page.getByRole('textbox', { name: 'Workspace' }).inputValue()).toBe('acme');
    await page.goto(`${rollcall.url}/members`);
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(faults).toEqual([]);
  });

  it('is over at once where Okta deactivates the person, who learns it and comes back to the same place after', async () => {
    const { id } = await someone('rosa@acme.example', 'Rosa Klein');
    const { page } = await signIn('/security/provisioning', 'rosa@acme.example');
    await page.getByRole('heading', { name: 'Set-up checklist' }).waitFor();
    const body = {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'replace', value: { active: false } }],
    };
    expect((await scim(workspace, 'PATCH', `/Users/${id}`, { body })).status).toBe(200);
    await page.getByText('Your session has ended.').waitFor();
    expect(new URL(page.url()).searchParams.get('to')).toBe('/security/provisioning');
    await look(page, 'sign-in-ended');
  });
});
