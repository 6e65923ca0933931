import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { changeTeam, createTeam } from '../../src/domain/team-commands.ts';
import { startRollcall, type Rollcall, type TestWorkspace } from '../support/rollcall.ts';
import { describeInBrowser, launch, look, open, PATIENCE } from './support/browser.ts';
import { manyUsers } from './support/many-users.ts';

const MANY = 3_000;

describeInBrowser('the list of members', PATIENCE, () => {
  let rollcall: Rollcall;
  let browser: Browser;
  let workspace: TestWorkspace;
  let token: string;
  beforeAll(async () => {
    [rollcall, browser] = await Promise.all([startRollcall(), launch()]);
    workspace = await rollcall.workspace('acme');
    const owner = await workspace.user({ userName: 'olivia@acme.example', displayName: 'Olivia Bennett' }, 'OWNER');
    token = await workspace.token(owner);
    const ids = await manyUsers(workspace, MANY);
    const { id } = await createTeam(workspace.ctx, { name: 'Design' });
    await changeTeam(workspace.ctx, id, { members: [{ kind: 'add', userIds: ids.slice(0, 300) }] });
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await rollcall?.close();
  });

  const rows = (page: Page) => page.getByRole('row').filter({ has: page.getByRole('link') });
  const openMembers = async (query = '') => {
    const opened = await open(browser, { url: `${rollcall.url}/members${query}`, token });
    await opened.page.getByRole('heading', { level: 1, name: 'Members' }).waitFor();
    if (query === '') await rows(opened.page).first().waitFor();
    return opened;
  };

  it('shows a page of them, and pages on and back by the address', async () => {
    const { page, faults } = await openMembers();
    await page.getByText('1–50 of 3,001 members').waitFor();
    await look(page, 'members');
    const first = await rows(page).first().innerText();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByText('51–100 of 3,001 members').waitFor();
    await expect.poll(() => rows(page).first().innerText()).not.toBe(first);
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByText('101–150 of 3,001 members').waitFor();
    await page.reload();
    await page.getByText('101–150 of 3,001 members').waitFor();
    await page.getByRole('button', { name: 'Previous' }).click();
    await page.getByText('51–100 of 3,001 members').waitFor();
    await page.goBack();
    await page.goBack();
    await page.goBack();
    await page.getByText('1–50 of 3,001 members').waitFor();
    // The numbers are of the address; the rows follow when they are read.
    await expect.poll(() => rows(page).first().innerText()).toBe(first);
    expect(faults).toEqual([]);
  });

  it('searches once the typing pauses, and keeps the search in the address', async () => {
    const { page, faults } = await openMembers();
    await page.getByRole('searchbox', { name: 'Search members' }).pressSequentially('olivia@', { delay: 20 });
    await page.getByText('1 member', { exact: true }).waitFor();
    expect(new URL(page.url()).searchParams.get('q')).toBe('olivia@');
    await page.getByRole('button', { name: 'Clear the search' }).click();
    await page.getByText('1–50 of 3,001 members').waitFor();
    expect(new URL(page.url()).search).toBe('');
    expect(faults).toEqual([]);
  });

  it('says that nobody was found, and clears the filters', async () => {
    const { page, faults } = await open(browser, {
      url: `${rollcall.url}/members?q=nobody+at+all&status=INVITED`,
      token,
    });
    await page.getByText('No member found for “nobody at all”').waitFor();
    await look(page, 'members-none-found');
    await page.getByRole('main').getByRole('button', { name: 'Clear filters' }).last().click();
    await page.getByText('1–50 of 3,001 members').waitFor();
    expect(await page.getByRole('searchbox', { name: 'Search members' }).inputValue()).toBe('');
    expect(faults).toEqual([]);
  });

  it('is filtered by role and sorted by a column, and the address says so', async () => {
    const { page, faults } = await openMembers();
    await page.getByRole('combobox', { name: 'Role' }).click();
    await page.getByRole('option', { name: 'Owner' }).click();
    await page.getByText('1 member', { exact: true }).waitFor();
    expect(new URL(page.url()).searchParams.get('role')).toBe('OWNER');
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.getByRole('button', { name: 'Member', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page
      .getByRole('columnheader', { name: 'Member', exact: true })
      .and(page.locator('[aria-sort=descending]'))
      .waitFor();
    expect(new URL(page.url()).searchParams.get('sort')).toBe('-name');
    expect(faults).toEqual([]);
  });

  it('can be filtered by a team that is found by its name', async () => {
    const { page, faults } = await openMembers();
    await page.getByRole('combobox', { name: 'Team' }).fill('design');
    await page.getByRole('option', { name: 'Design', exact: true }).click();
    await page.getByText('1–50 of 300 members').waitFor();
    expect(new URL(page.url()).searchParams.get('team')).toBeTruthy();
    await page.reload();
    await page.getByText('1–50 of 300 members').waitFor();
    expect(await page.getByRole('combobox', { name: 'Team' }).inputValue()).toBe('Design');
    expect(faults).toEqual([]);
  });

  it('tells the first of all members how others come', async () => {
    const alone = await rollcall.workspace('lonely');
    const first = await alone.token(await alone.user({ userName: 'first@lonely.example' }, 'OWNER'));
    const { page, faults } = await open(browser, { url: `${rollcall.url}/members`, token: first });
    await page.getByText('You are the only member so far').waitFor();
    await look(page, 'members-alone');
    expect(faults).toEqual([]);
  });

  it('invites a member, shows the link once, and asks before it is closed for good', async () => {
    const { page, faults } = await openMembers('?q=nadia');
    await page.getByRole('button', { name: 'Invite member' }).click();
    await page.getByRole('button', { name: 'Invite', exact: true }).click();
    await page.getByText('Enter the email address that they will sign in with.').waitFor();
    await page.getByRole('textbox', { name: 'Email address' }).fill('nadia@acme.example');
    await page.getByRole('textbox', { name: 'Given name' }).fill('Nadia');
    await page.getByRole('textbox', { name: 'Family name' }).fill('Rahman');
    await look(page, 'members-invite');
    await page.getByRole('button', { name: 'Invite', exact: true }).click();
    await page.getByText('The link is shown only now').waitFor();
    await look(page, 'members-invitation');
    await page.keyboard.press('Escape');
    await page.getByText('You have not copied the link').waitFor();
    await page.getByRole('button', { name: 'Back to the link' }).click();
    await page.getByRole('button', { name: 'Copy Invitation link' }).click();
    const copied = String(await page.evaluate('navigator.clipboard.readText()'));
    expect(copied).toContain(rollcall.url);
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('button', { name: 'Close', exact: true }).last().click();
    await page.getByRole('row').filter({ hasText: 'Nadia Rahman' }).getByText('Invited').waitFor();
    expect(await page.content()).not.toContain(copied);
    expect(faults).toEqual([]);
  });
});
