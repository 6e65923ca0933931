import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { startRollcall, type Rollcall, type TestWorkspace } from '../support/rollcall.ts';
import { scim } from '../support/scim-client.ts';
import { describeInBrowser, launch, look, open, PATIENCE } from './support/browser.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const ADA = { schemas: [USER], userName: 'ada@acme.example', name: { givenName: 'Ada', familyName: 'Lovelace' } };

describeInBrowser('the page Activity', PATIENCE, () => {
  let rollcall: Rollcall;
  let browser: Browser;
  let workspace: TestWorkspace;
  let token: string;
  beforeAll(async () => {
    [rollcall, browser] = await Promise.all([startRollcall(), launch()]);
  });
  beforeEach(async ({ task }) => {
    workspace = await rollcall.workspace(`acme-${task.id.replaceAll(/[^a-z0-9]/gu, '')}`);
    token = await workspace.token(await workspace.user({ userName: 'Olivia Bennett' }, 'OWNER'));
  });
  afterAll(async () => {
    await browser?.close();
    await rollcall?.close();
  });

  const activity = (search = '') => open(browser, { url: `${rollcall.url}/security/activity${search}`, token });
  const create = (body: object) => scim(workspace, 'POST', '/Users', { body });
  const events = (page: Page) => page.locator('li a[id^="event-"]');

  /** A story with every outcome that a directory meets in its first hour. */
  async function firstHour(): Promise<string> {
    await scim(workspace, 'GET', '/ServiceProviderConfig');
    await scim(workspace, 'GET', '/Users?filter=userName%20eq%20%22ada%40acme.example%22');
    const { id } = (await create({ ...ADA, displayName: 'Ada Lovelace', active: true, title: 'Counsel' })).body;
    const change = { schemas: [PATCH], Operations: [{ op: 'replace', value: { title: 'Partner', active: true } }] };
    await scim(workspace, 'PATCH', `/Users/${id}`, { body: change });
    await scim(workspace, 'PATCH', `/Users/${id}`, { body: change });
    await create(ADA);
    await create({ schemas: [USER], name: { givenName: 'Nameless' } });
    await scim(workspace, 'GET', '/Users', { authorization: 'Bearer scim_of_someone_else' });
    await scim(workspace, 'PATCH', `/Users/${id}`, {
      body: { schemas: [PATCH], Operations: [{ op: 'Replace', path: 'active', value: 'False' }] },
    });
    return id;
  }

  it('says what to do while there were no calls, and tells the first one as it comes in', async () => {
    const { page, faults } = await activity();
    await page.getByText('No calls yet').waitFor();
    await look(page, 'activity-empty');
    await scim(workspace, 'GET', '/ServiceProviderConfig');
    await page.getByRole('link', { name: 'Asked what the server can do' }).waitFor();
    expect(faults).toEqual([]);
  });

  it('keeps new events in a pill, so that nothing moves that is being read', async () => {
    await firstHour();
    const { page, faults } = await activity();
    await events(page).first().waitFor();
    const before = await events(page).allTextContents();
    const box = await events(page).last().boundingBox();
    for (const name of ['ben', 'cy', 'dee']) await create({ ...ADA, userName: `${name}@acme.example` });
    await page.getByRole('button', { name: '3 new events: show them' }).waitFor();
    expect(await events(page).allTextContents()).toEqual(before);
    expect(await events(page).last().boundingBox()).toEqual(box);
    await look(page, 'activity-pill');
    await page.getByRole('button', { name: '3 new events: show them' }).click();
    await expect.poll(() => events(page).count()).toBe(before.length + 3);
    const first = await events(page).first().getAttribute('id');
    await expect.poll(() => page.evaluate('document.activeElement.id')).toBe(first);
    expect(await page.getByRole('button', { name: /new events/u }).count()).toBe(0);
    expect(faults).toEqual([]);
  });

  it('narrows the list by conditions that stand in the address', async () => {
    await firstHour();
    const { page, faults } = await activity();
    await events(page).first().waitFor();
    const all = await events(page).count();
    await page.getByRole('button', { name: 'Outcome' }).click();
    await page.getByRole('button', { name: 'Problems only' }).click();
    await page.getByText('3 events', { exact: true }).first().waitFor();
    await look(page, 'activity-filter');
    await page.keyboard.press('Escape');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Outcome · 4');
    expect(new URL(page.url()).searchParams.get('outcome')).toBe('REFUSED,UNAUTHENTICATED,THROTTLED,FAILED');
    await page.reload();
    await events(page).first().waitFor();
    expect(await events(page).count()).toBe(3);
    await page.getByRole('button', { name: 'Time' }).click();
    await page.getByRole('radio', { name: 'Last hour' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('textbox', { name: 'Request ID' }).fill('no-such-request');
    await page.keyboard.press('Enter');
    await page.getByText('No event meets all of these conditions').waitFor();
    await look(page, 'activity-filtered-empty');
    await page.getByRole('button', { name: 'Clear filters' }).last().click();
    await expect.poll(() => events(page).count()).toBe(all);
    expect(new URL(page.url()).search).toBe('');
    expect(faults).toEqual([]);
  });

  it('goes on into the past, fifty events at a time', async () => {
    for (let call = 0; call < 60; call += 1) await scim(workspace, 'GET', '/ServiceProviderConfig');
    const { page, faults } = await activity();
    await page.getByText('50 of 60 events').waitFor();
    await page.getByRole('button', { name: 'Show more' }).click();
    await expect.poll(() => events(page).count()).toBe(60);
    expect(new Set(await events(page).evaluateAll((links) => links.map(({ id }) => id))).size).toBe(60);
    expect(faults).toEqual([]);
  });

  it('tells of a refusal what Okta showed and what to do, by keyboard alone', async () => {
    await firstHour();
    const { page, faults } = await activity();
    const refused = page.getByRole('listitem').filter({ hasText: 'ada@acme.example' }).getByText('Refused to');
    await refused.focus();
    await page.keyboard.press('Enter');
    const drawer = page.getByRole('dialog');
    await drawer.getByText('What to do').waitFor();
    await drawer.getByText('uniqueness').waitFor();
    await drawer.getByText('Already exists · HTTP 409').waitFor();
    await look(page, 'activity-refused');
    await drawer.getByRole('button', { name: 'Copy Request ID' }).click();
    const copied: string = await page.evaluate('navigator.clipboard.readText()');
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'hidden' });
    expect(await page.evaluate('document.activeElement.textContent')).toMatch(/^Refused to/u);
    await page.getByRole('textbox', { name: 'Request ID' }).fill(copied);
    await page.keyboard.press('Enter');
    await expect.poll(() => events(page).count()).toBe(1);
    expect(faults).toEqual([]);
  });

  it('shows of a change what was before and after, at an address of its own', async () => {
    await firstHour();
    const { page, faults } = await activity();
    await page.getByRole('link', { name: 'Updated Ada Lovelace' }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByRole('row', { name: 'Title Counsel Partner' }).waitFor();
    await look(page, 'activity-changes');
    await page.goto(page.url());
    await drawer.getByRole('row', { name: 'Title Counsel Partner' }).waitFor();
    await drawer.getByRole('button', { name: 'Newer event' }).click();
    await drawer.getByText('everything was as the call wanted it already').waitFor();
    await drawer.getByRole('link', { name: 'All events of Ada Lovelace' }).click();
    await page.getByRole('button', { name: 'About Ada Lovelace: lift this filter' }).waitFor();
    await drawer.waitFor({ state: 'hidden' });
    await expect.poll(() => page.getByText('4 events', { exact: true }).count()).toBeGreaterThan(0);
    expect(faults).toEqual([]);
  });

  it('says of an event that is gone that it is, and of a lost connection that the list is not up to date', async () => {
    await firstHour();
    const { page, context } = await activity('?event=nothing');
    await page.getByText('This event is not kept any more').waitFor();
    await page.keyboard.press('Escape');
    await events(page).first().waitFor();
    await context.route('**/graphql', (route) => route.abort());
    await page.getByText('Not up to date. Trying again…').waitFor();
    expect(await events(page).count()).toBeGreaterThan(5);
    await context.unroute('**/graphql');
    await page.getByText('Live', { exact: true }).waitFor();
    await context.route('**/graphql', async (route) => {
      if (route.request().postData()?.includes('"ProvisioningEvents"') === true) await route.abort();
      else await route.continue();
    });
    await page.reload();
    await page.getByText('The server cannot be reached').waitFor();
    await context.unroute('**/graphql');
    await page.getByRole('button', { name: 'Try again' }).click();
    await events(page).first().waitFor();
  });
});
