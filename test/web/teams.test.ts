import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { changeTeam, createTeam } from '../../src/domain/team-commands.ts';
import { startRollcall, type Rollcall, type TestWorkspace } from '../support/rollcall.ts';
import { scim } from '../support/scim-client.ts';
import { describeInBrowser, launch, look, open, PATIENCE } from './support/browser.ts';
import { manyUsers } from './support/many-users.ts';

describeInBrowser('teams', PATIENCE, () => {
  let rollcall: Rollcall;
  let browser: Browser;
  let workspace: TestWorkspace;
  let token: string;
  beforeAll(async () => {
    [rollcall, browser] = await Promise.all([startRollcall(), launch()]);
    workspace = await rollcall.workspace('acme');
    const owner = await workspace.user({ userName: 'olivia@acme.example', displayName: 'Olivia Bennett' }, 'OWNER');
    token = await workspace.token(owner);
    const ids = await manyUsers(workspace, 120);
    const design = await createTeam(workspace.ctx, { name: 'Design' });
    await changeTeam(workspace.ctx, design.id, { members: [{ kind: 'add', userIds: ids.slice(0, 60) }] });
    await createTeam(workspace.ctx, { name: 'Platform', roleMapping: 'ADMIN' });
    const body = {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
      displayName: 'Okta Engineering',
      externalId: '00g1engineering',
      members: ids.slice(10, 22).map((value) => ({ value })),
    };
    expect((await scim(workspace, 'POST', '/Groups', { body })).status).toBe(201);
  });
  afterAll(async () => {
    await browser?.close();
    await rollcall?.close();
  });

  const openTeam = async (name: string) => {
    const opened = await open(browser, { url: `${rollcall.url}/teams`, token });
    await opened.page.getByRole('link', { name, exact: true }).click();
    await opened.page.getByRole('heading', { level: 1, name }).waitFor();
    return opened;
  };
  const inTeam = (page: Page) => page.getByRole('table', { name: 'Members' });

  it('lists teams with members, who manages them and the role they give, searches and filters them', async () => {
    const { page, faults } = await open(browser, { url: `${rollcall.url}/teams`, token });
    const row = page.getByRole('row').filter({ has: page.getByRole('link', { name: 'Okta Engineering' }) });
    expect(await row.innerText()).toMatch(/Okta Engineering\s+12\s+Directory/u);
    await look(page, 'teams');
    await page.getByRole('searchbox', { name: 'Search teams' }).fill('platform');
    await page.getByRole('status').getByText('1 team', { exact: true }).first().waitFor();
    expect(new URL(page.url()).searchParams.get('q')).toBe('platform');
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.getByRole('link', { name: 'Design' }).waitFor();
    expect(faults).toEqual([]);
  });

  it('creates a team, adds people found by name, removes one and takes that back', async () => {
    const { page, faults } = await open(browser, { url: `${rollcall.url}/teams`, token });
    await page.getByRole('button', { name: 'Create team' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('design');
    await page.getByRole('dialog').getByRole('button', { name: 'Create team' }).click();
    await page.getByRole('alert').waitFor();
    await look(page, 'teams-create');
    await page.getByRole('textbox', { name: 'Name' }).fill('Research');
    await page.getByRole('dialog').getByRole('button', { name: 'Create team' }).click();
    await page.getByRole('heading', { level: 1, name: 'Research' }).waitFor();
    await page.getByText('Nobody is in this team yet.').waitFor();
    await page.getByRole('button', { name: 'Add members' }).click();
    await page.getByRole('combobox', { name: 'People' }).fill('olivia');
    await page.getByRole('option', { name: /Olivia Bennett/u }).click();
    await page.keyboard.press('Tab');
    await look(page, 'team-add');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await inTeam(page).getByText('Olivia Bennett').waitFor();
    await page.getByRole('button', { name: 'Remove Olivia Bennett from this team' }).click();
    await page.getByText('Nobody is in this team yet.').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await inTeam(page).getByText('Olivia Bennett').waitFor();
    expect(faults).toEqual([]);
  });

  it('shows who is in a team, page by page, gives them a role, renames and deletes it', async () => {
    const { page, faults } = await openTeam('Design');
    await page.getByText('1–50 of 60 members').waitFor();
    await look(page, 'team');
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByText('51–60 of 60 members').waitFor();
    await page.getByRole('button', { name: 'Change role' }).click();
    await page.getByRole('radio', { name: 'Admin' }).check();
    await look(page, 'team-role');
    await page.getByRole('button', { name: 'Save role' }).click();
    await page.getByText('Members of this team have at least the role Admin.').waitFor();
    await inTeam(page).getByText('Admin').first().waitFor();
    await page.getByRole('button', { name: 'Rename' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Product Design');
    await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
    await page.getByRole('heading', { level: 1, name: 'Product Design' }).waitFor();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete for good' }).click();
    await page.getByRole('heading', { level: 1, name: 'Teams' }).waitFor();
    expect(await page.getByRole('link', { name: 'Product Design' }).count()).toBe(0);
    expect(faults).toEqual([]);
  });

  it('says by keyboard why a team of the directory is not changed here, until it is unlinked', async () => {
    const { page, faults } = await openTeam('Okta Engineering');
    await inTeam(page).waitFor();
    expect(await page.getByRole('button', { name: /^Remove/u }).count()).toBe(0);
    await look(page, 'team-directory');
    await page.getByRole('main').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.getByRole('tooltip').getByText('managed by the directory').waitFor();
    await page.getByRole('button', { name: 'Unlink from the directory' }).click();
    await page.getByText('Unlink the group in Okta first').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Unlink' }).click();
    await page
      .getByRole('button', { name: /^Remove/u })
      .first()
      .waitFor();
    expect(faults).toEqual([]);
  });

  it('tells how teams come where there are none', async () => {
    const bare = await rollcall.workspace('bare');
    const owner = await bare.token(await bare.user({ userName: 'first@bare.example' }, 'OWNER'));
    const { page, faults } = await open(browser, { url: `${rollcall.url}/teams`, token: owner });
    await page.getByText('No teams yet').waitFor();
    await look(page, 'teams-none');
    expect(faults).toEqual([]);
  });
});
