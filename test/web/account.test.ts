import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createAccessToken } from '../../src/domain/access-token-commands.ts';
import { updateProvisioningSettings } from '../../src/domain/provisioning-settings-commands.ts';
import { createUser } from '../../src/domain/user-commands.ts';
import { startRollcall, type Rollcall, type TestWorkspace } from '../support/rollcall.ts';
import { describeInBrowser, launch, look, open, PATIENCE } from './support/browser.ts';

const PASSWORD = 'correct horse battery';

describeInBrowser('the page Account', PATIENCE, () => {
  let rollcall: Rollcall;
  let browser: Browser;
  let workspace: TestWorkspace;
  beforeAll(async () => {
    [rollcall, browser] = await Promise.all([startRollcall(), launch()]);
    workspace = await rollcall.workspace('acme');
    await updateProvisioningSettings(workspace.ctx, { passwordSync: true }, 1);
  });
  afterAll(async () => {
    await browser?.close();
    await rollcall?.close();
  });

  /** A person of the workspace at their account page, in a session. */
  async function account(userName: string, displayName: string) {
    const attributes = { userName, displayName, email: userName, active: true };
    const user = await createUser(workspace.ctx, attributes, 'OWNER', PASSWORD);
    const { page, context } = await open(browser, { url: `${rollcall.url}/sign-in` });
    await signIn(page, userName);
    const faults: string[] = [];
    page.on('console', (message) => void (message.type() === 'error' && faults.push(message.text())));
    await page.goto(`${rollcall.url}/account`);
    await page.getByRole('heading', { level: 2, name: 'Personal access tokens' }).waitFor();
    return { user, page, context, faults };
  }

  async function signIn(page: Page, userName: string) {
    const query = `mutation ($input: SignInWithPasswordInput!) {
      signInWithPassword(input: $input) { ... on SignInWithPasswordSuccess { viewer { user { id } } } }
    }`;
    const input = { workspaceSlug: 'acme', userName, password: PASSWORD };
    const request = JSON.stringify({ query, variables: { input } });
    const answer: string = await page.evaluate(
      `fetch('/graphql', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: ${JSON.stringify(request)} }).then((r) => r.text())`,
    );
    expect(answer).toContain('viewer');
  }

  /** What GraphQL answers to a token: who it is. */
  async function askAs(token: string) {
    const response = await fetch(`${rollcall.url}/graphql`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: '{ viewer { user { displayName } } workspace { slug } }' }),
    });
    return response.text();
  }

  it('makes an access token that works until it is revoked', async () => {
    const { page, faults } = await account('olivia@acme.example', 'Olivia Bennett');
    await page.getByText('You have no access tokens').waitFor();
    await look(page, 'account');
    await page.getByRole('button', { name: 'Create token' }).click();
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByText('Give the token a name').waitFor();
    await page.getByRole('textbox', { name: 'Name' }).fill('Weekly report');
    await look(page, 'account-create');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Your access token' });
    const token = await dialog.locator('code').first().innerText();
    await page.keyboard.press('Escape');
    await dialog.getByText('You have not copied the token').waitFor();
    await look(page, 'account-secret');
    await dialog.getByRole('button', { name: 'Back to the token' }).click();
    await dialog.getByRole('button', { name: 'Copy Access token' }).click();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(token);
    expect(await page.content()).not.toContain(token);
    expect(await askAs(token)).toContain('Olivia Bennett');

    await page.reload();
    const item = page.getByRole('listitem').filter({ hasText: 'Weekly report' });
    await item.getByText('Last used just now').waitFor();
    expect(token.startsWith((await item.locator('code').innerText()).slice(0, -1))).toBe(true);
    await item.getByRole('button', { name: 'Revoke Weekly report' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('You have no access tokens').waitFor();
    expect(await askAs(token)).toContain('UNAUTHENTICATED');
    expect(faults).toEqual([]);
  });

  it('explains the limit of twenty before one runs into it', async () => {
    const { user, page, faults } = await account('maya@acme.example', 'Maya Ortiz');
    for (let made = 0; made < 20; made += 1)
      await createAccessToken(workspace.ctx, { userId: user.id, name: `Script ${made + 1}` });
    await page.reload();
    await page.getByText('You have 20 tokens').waitFor();
    await page.getByRole('button', { name: 'Create token' }).click({ force: true });
    expect(await page.getByRole('dialog').count()).toBe(0);
    await look(page, 'account-full');
    expect(faults).toEqual([]);
  });

  it('ends all sessions, on other devices too', async () => {
    const { page, faults } = await account('noah@acme.example', 'Noah Brandt');
    const other = await elsewhere('noah@acme.example');
    await page.getByText('If you do nothing, this session ends').waitFor();
    await page.getByRole('button', { name: 'Sign out everywhere' }).click();
    await look(page, 'account-sign-out');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Sign out everywhere' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await other.page.goto(`${rollcall.url}/account`);
    await other.page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(faults).toEqual([]);
  });

  async function elsewhere(userName: string): Promise<{ page: Page; context: BrowserContext }> {
    const { page, context } = await open(browser, { url: `${rollcall.url}/sign-in` });
    await signIn(page, userName);
    await page.goto(`${rollcall.url}/account`);
    await page.getByRole('heading', { level: 1, name: 'Account' }).waitFor();
    return { page, context };
  }

  it('keeps the choice of light and dark, and leads to Sandbox', async () => {
    const { page, faults } = await account('rosa@acme.example', 'Rosa Klein');
    await page.getByText('Dark', { exact: true }).click();
    await page.reload();
    await page.getByRole('radio', { name: 'Dark' }).waitFor({ state: 'attached' });
    expect(await page.evaluate('document.documentElement.dataset.mantineColorScheme')).toBe('dark');
    expect(await page.getByRole('radio', { name: 'Dark' }).isChecked()).toBe(true);
    const sandbox = page.getByRole('link', { name: 'Open Apollo Sandbox' });
    expect(await sandbox.getAttribute('href')).toBe('/graphql');
    expect(faults).toEqual([]);
  });
});
