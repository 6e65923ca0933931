import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startRollcall, type Rollcall, type TestWorkspace } from '../support/rollcall.ts';
import { describeInBrowser, launch, look, open, PATIENCE } from './support/browser.ts';

describeInBrowser('the frame of the admin UI', PATIENCE, () => {
  let rollcall: Rollcall;
  let browser: Browser;
  let workspace: TestWorkspace;
  let token: string;
  beforeAll(async () => {
    [rollcall, browser] = await Promise.all([startRollcall(), launch()]);
    workspace = await rollcall.workspace('acme');
    token = await workspace.token(await workspace.user({ userName: 'Olivia Bennett' }, 'OWNER'));
  });
  afterAll(async () => {
    await browser?.close();
    await rollcall?.close();
  });

  it('sends a stranger to sign in, and remembers the way', async () => {
    const { page, faults } = await open(browser, { url: `${rollcall.url}/teams` });
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/sign-in?to=%2Fteams');
    await look(page, 'sign-in');
    expect(faults).toEqual([]);
  });

  it('names the place in title, heading and navigation, and moves the focus with the page', async () => {
    const { page, faults } = await open(browser, { url: rollcall.url, token });
    await page.getByRole('heading', { level: 1, name: 'Members' }).waitFor();
    await page.getByRole('link', { name: 'Teams' }).click();
    await page.getByRole('heading', { level: 1, name: 'Teams' }).waitFor();
    expect(await page.title()).toBe('Teams · Rollcall');
    expect(await page.getByRole('link', { name: 'Teams' }).getAttribute('aria-current')).toBe('page');
    expect(await page.evaluate('document.activeElement.id')).toBe('main');
    expect(faults).toEqual([]);
  });

  it('lets the keyboard skip the navigation', async () => {
    const { page } = await open(browser, { url: `${rollcall.url}/members`, token });
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('main');
  });

  it('keeps the choice of light and dark', async () => {
    const { page, faults } = await open(browser, { url: `${rollcall.url}/members`, token });
    await page.getByRole('button', { name: /^Account of/u }).click();
    await page.getByRole('menuitemradio', { name: 'Dark' }).click();
    await page.reload();
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await page.evaluate('document.documentElement.dataset.mantineColorScheme')).toBe('dark');
    await page.getByRole('button', { name: /^Account of/u }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).waitFor();
    expect(faults).toEqual([]);
  });

  it('opens the navigation on a phone and closes it on the way', async () => {
    const { page, faults } = await open(browser, { url: `${rollcall.url}/members`, token, viewport: 'phone' });
    await page.getByRole('button', { name: 'Open the navigation' }).click();
    await page.screenshot({ path: 'test/web/screenshots/navigation-phone.png' });
    await page.getByRole('link', { name: 'Teams' }).click();
    await page.getByRole('heading', { level: 1, name: 'Teams' }).waitFor();
    await page.getByRole('link', { name: 'Teams' }).waitFor({ state: 'hidden' });
    expect(faults).toEqual([]);
  });

  it('says so at an address that is none', async () => {
    const { page, faults } = await open(browser, { url: `${rollcall.url}/nowhere/at/all`, token });
    await page.getByRole('heading', { name: 'Page not found' }).waitFor();
    await look(page, 'not-found');
    expect(faults).toEqual([]);
  });

  it('hides from a member what their role does not open, and explains it where they go there all the same', async () => {
    const member = await workspace.token(await workspace.user({ userName: 'Maya Ortiz' }));
    const { page, faults } = await open(browser, { url: `${rollcall.url}/security/provisioning`, token: member });
    await page.getByText('Your role does not open this page').waitFor();
    expect(await page.getByRole('link', { name: 'Provisioning' }).count()).toBe(0);
    await look(page, 'forbidden');
    expect(faults).toEqual([]);
  });

  it('tells when the connection is gone', async () => {
    const { page, context } = await open(browser, { url: `${rollcall.url}/members`, token });
    await page.getByRole('heading', { level: 1 }).waitFor();
    await context.setOffline(true);
    await page.getByText('You are offline.').waitFor();
    await look(page, 'offline');
  });
});
