import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createAccessToken } from '../../src/domain/access-token-commands.ts';
import type { Context } from '../../src/domain/ports.ts';
import { updateProvisioningSettings } from '../../src/domain/provisioning-settings-commands.ts';
import { createUser } from '../../src/domain/user-commands.ts';
import { createWorkspace } from '../../src/domain/workspace-commands.ts';
import { simulateOkta } from '../../src/simulator/okta.ts';
import type { Step } from '../../src/simulator/simulation.ts';
import { startRollcall, type Rollcall } from '../support/rollcall.ts';
import { scim } from '../support/scim-client.ts';
import { describeInBrowser, launch, look, open, PATIENCE } from './support/browser.ts';

describeInBrowser('Security & Identity → Provisioning', PATIENCE, () => {
  let rollcall: Rollcall;
  let browser: Browser;
  beforeAll(async () => {
    [rollcall, browser] = await Promise.all([startRollcall(), launch()]);
  });
  afterAll(async () => {
    await browser?.close();
    await rollcall?.close();
  });

  /** A workspace as it is on its first day, and its owner's token. */
  async function firstDay(slug: string, plan: 'ENTERPRISE' | 'FREE' = 'ENTERPRISE') {
    const actor = { kind: 'system' } as const;
    const { id } = await createWorkspace({ ...rollcall.world, actor }, { slug, name: 'Acme Legal', plan });
    const ctx: Context = { ...rollcall.world, actor, workspaceId: id };
    const name = { displayName: 'Olivia Bennett' };
    const owner = await createUser(ctx, { userName: 'olivia@acme.example', active: true, ...name }, 'OWNER');
    const { secret: token } = await createAccessToken(ctx, { userId: owner.id, name: 'Test' });
    return { ctx, slug, token, baseUrl: `${rollcall.url}/scim/${slug}/v2` };
  }

  const visit = (token: string) => open(browser, { url: `${rollcall.url}/security/provisioning`, token });
  const okta = (baseUrl: string, token: string, steps: Step[]) =>
    simulateOkta({ baseUrl, token, users: 4, groups: 1, steps });
  const status = (page: Page, word: string) =>
    page.getByRole('region', { name: 'Status' }).getByText(word, { exact: true }).waitFor();
  const done = (page: Page, count: string) => page.getByText(`${count} of 6 done`).waitFor();

  async function generate(page: Page): Promise<string> {
    await page.getByRole('button', { name: 'Generate SCIM Credentials' }).click();
    await page.getByRole('button', { name: 'Generate', exact: true }).click();
    const key = await page.getByRole('group', { name: 'Key' }).locator('code').textContent();
    await page.getByRole('button', { name: 'Copy Key' }).click();
    await page.getByRole('button', { name: 'Done', exact: true }).click();
    await page.getByRole('button', { name: 'Close', exact: true }).last().click();
    return key!;
  }

  /** Keeps an operation's answer back until the function that it gives is called. */
  async function hold(page: Page, operation: string): Promise<() => void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    await page.route('**/graphql', async (route) => {
      if (route.request().postData()?.includes(operation)) await promise;
      await route.continue();
    });
    return resolve;
  }

  it('leads from nothing to a working integration, ticking each step as Okta takes it', async () => {
    const { token, baseUrl } = await firstDay('acme');
    const { page, faults } = await visit(token);
    await status(page, 'Disconnected');
    await done(page, '1');
    await look(page, 'provisioning-first-day');

    await page.getByRole('button', { name: 'Generate SCIM Credentials' }).click();
    await page.getByRole('textbox', { name: 'Key name' }).fill('Okta production');
    await look(page, 'provisioning-generate');
    await page.getByRole('button', { name: 'Generate', exact: true }).click();
    const dialog = page.getByRole('dialog');
    const field = (label: string) => dialog.getByRole('group', { name: label }).locator('code').textContent();
    expect(await field('Base URL')).toBe(baseUrl);
    const key = await field('Key');
    expect(key).toMatch(/^scim_/u);
    await look(page, 'provisioning-key');

    await page.keyboard.press('Escape');
    await page.getByText('You have not copied the key').waitFor();
    await page.getByRole('button', { name: 'Back to the key' }).and(page.locator(':focus')).waitFor();
    await page.getByRole('button', { name: 'Back to the key' }).click();
    await page.getByRole('button', { name: 'Copy Key' }).click();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(key);
    await page.getByRole('button', { name: 'Done', exact: true }).click();
    await page.getByText('Is the key in Okta, or in a safe place?').waitFor();
    await look(page, 'provisioning-key-leaving');
    await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
    expect(await page.content()).not.toContain(key);

    await status(page, 'Waiting');
    await done(page, '2');
    await okta(baseUrl, key!, ['test']);
    await done(page, '3');
    await status(page, 'Healthy');
    await okta(baseUrl, key!, ['provision', 'groups']);
    await done(page, '5');
    await okta(baseUrl, key!, ['provision', 'deactivate']);
    await done(page, '6');
    await page.getByText('Everything is set up.').waitFor();
    await page.getByRole('img', { name: /^Calls over time/u }).waitFor();
    await look(page, 'provisioning-working');
    expect(faults).toEqual([]);
  });

  it('rotates a key, tells when Okta has switched, and revokes the old one', async () => {
    const { token, baseUrl } = await firstDay('rotation');
    const { page, faults } = await visit(token);
    const first = await generate(page);
    await okta(baseUrl, first, ['test']);

    await page.getByRole('button', { name: 'Actions for Okta' }).click();
    await page.getByRole('menuitem', { name: 'Rotate…' }).click();
    await page.getByRole('combobox', { name: 'Overlap' }).waitFor();
    await look(page, 'provisioning-rotate');
    await page.getByRole('button', { name: 'Rotate', exact: true }).click();
    const second = await page.getByRole('group', { name: 'Key' }).locator('code').textContent();
    await page.getByRole('button', { name: 'Done', exact: true }).click();
    await page.getByRole('button', { name: 'Close without copying' }).click();
    await page.getByText('Okta has not used the new key yet.').waitFor();

    await okta(baseUrl, second!, ['test']);
    await page.getByText('Okta has switched').waitFor();
    await look(page, 'provisioning-switched');
    const retiring = page.getByRole('listitem').filter({ hasText: 'Retiring' });
    await retiring.getByRole('button', { name: 'Actions for Okta' }).click();
    await page.getByRole('menuitem', { name: 'Revoke…' }).click();
    await page.getByRole('alertdialog').getByText('The next call with this key is refused.').waitFor();
    await look(page, 'provisioning-revoke');
    await page.getByRole('button', { name: 'Revoke', exact: true }).click();
    await page.getByRole('button', { name: 'Show 1 credential that ended' }).click();
    await page.getByText('Revoked', { exact: true }).waitFor();
    expect((await scim({ baseUrl, key: first }, 'GET', '/Users')).status).toBe(401);
    expect((await scim({ baseUrl, key: second! }, 'GET', '/Users')).status).toBe(200);
    expect(faults).toEqual([]);
  });

  it('saves a setting at once, and takes it back', async () => {
    const { token, ctx } = await firstDay('settings');
    const { page, faults } = await visit(token);
    const pushed = () =>
      ctx.store
        .workspace(ctx.workspaceId)
        .workspace()
        .then((now) => now!.settings.groupPush);
    const toggle = page.getByRole('switch', { name: 'Group push' });
    expect(await toggle.isChecked()).toBe(true);
    await page.getByText('Okta may no longer push groups.').waitFor({ state: 'detached' });
    await toggle.click({ force: true });
    await page.getByText('Okta may no longer push groups.').waitFor();
    expect(await toggle.isChecked()).toBe(false);
    expect(await pushed()).toBe(false);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(pushed).toBe(true);
    await expect.poll(() => toggle.isChecked()).toBe(true);
    expect(faults).toEqual([]);
  });

  it('shows what the server says where someone else was faster, and then what they chose', async () => {
    const { token, ctx } = await firstDay('conflict');
    const { page } = await visit(token);
    const toggle = page.getByRole('switch', { name: 'Password sync' });
    await toggle.waitFor();
    await page.route('**/graphql', (route) =>
      route.request().postData()?.includes('ProvisioningPage') ? route.abort() : route.continue(),
    );
    const { provisioningVersion } = (await ctx.store.workspace(ctx.workspaceId).workspace())!;
    await updateProvisioningSettings(ctx, { groupPush: false }, provisioningVersion);
    await toggle.click({ force: true });
    await page.unroute('**/graphql');
    await expect.poll(() => toggle.isChecked()).toBe(false);
    await expect
      .poll(() => page.getByRole('switch', { name: 'Group push' }).isChecked(), { timeout: 8_000 })
      .toBe(false);
  });

  it('warns before a pause, and says on resuming where Okta retries', async () => {
    const { token, baseUrl } = await firstDay('pause');
    const { page, faults } = await visit(token);
    const key = await generate(page);
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByText('People who leave the company keep their access until you resume.').waitFor();
    await look(page, 'provisioning-pause');
    await dialog.getByRole('button', { name: 'Pause', exact: true }).click();
    await status(page, 'Paused');
    expect((await scim({ baseUrl, key }, 'GET', '/Users')).status).toBe(403);
    await look(page, 'provisioning-paused');
    await page.getByRole('button', { name: 'Resume', exact: true }).click();
    await dialog.getByText('Dashboard > Tasks > Retry Selected').waitFor();
    const answer = await hold(page, 'UpdateProvisioningSettings');
    await dialog.getByRole('button', { name: 'Resume', exact: true }).click();
    await page.getByText('Pause provisioning', { exact: true }).waitFor();
    await dialog.getByRole('heading', { name: 'Resume provisioning?' }).waitFor({ timeout: 1000 });
    answer();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Pause', exact: true }).waitFor();
    expect((await scim({ baseUrl, key }, 'GET', '/Users')).status).toBe(200);
    expect(faults).toEqual([]);
  });

  it('rehearses an import, and tells who would not get through', async () => {
    const { token, ctx } = await firstDay('rehearsal');
    await createUser(ctx, { userName: 'no-address', active: true });
    const { page, faults } = await visit(token);
    await page.getByRole('button', { name: 'Rehearse import' }).click();
    const report = page.getByRole('region', { name: 'What an import would do' });
    await report.getByRole('row', { name: /^Users 2 / }).waitFor();
    await look(page, 'provisioning-rehearsal');
    expect(faults).toEqual([]);
  });

  it('says what is missing where the plan does not include SSO', async () => {
    const { token } = await firstDay('small', 'FREE');
    const { page, faults } = await visit(token);
    await status(page, 'Unavailable');
    expect(await page.getByRole('link', { name: 'See the plans' }).getAttribute('href')).toMatch(/^https:/u);
    const button = page.getByRole('button', { name: 'Generate SCIM Credentials' });
    expect(await button.getAttribute('aria-disabled')).toBe('true');
    await look(page, 'provisioning-no-sso');
    expect(faults).toEqual([]);
  });
});
