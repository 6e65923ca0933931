import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { changeTeam, createTeam } from '../../src/domain/team-commands.ts';
import { updateUser } from '../../src/domain/user-commands.ts';
import { startRollcall, type Rollcall, type TestWorkspace } from '../support/rollcall.ts';
import { scim } from '../support/scim-client.ts';
import { describeInBrowser, launch, look, open, PATIENCE } from './support/browser.ts';

const ADA = {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  userName: 'ada@acme.example',
  externalId: '00u1ada',
  displayName: 'Ada Lovelace',
  name: { givenName: 'Ada', familyName: 'Lovelace' },
  emails: [{ value: 'ada@acme.example', primary: true, type: 'work' }],
  title: 'Mathematician',
  locale: 'en-GB',
  active: true,
};

describeInBrowser('the page of a member', PATIENCE, () => {
  let rollcall: Rollcall;
  let browser: Browser;
  let workspace: TestWorkspace;
  let token: string;
  beforeAll(async () => {
    [rollcall, browser] = await Promise.all([startRollcall(), launch()]);
    workspace = await rollcall.workspace('acme');
    const owner = await workspace.user({ userName: 'olivia@acme.example', displayName: 'Olivia Bennett' }, 'OWNER');
    token = await workspace.token(owner);
    const ada = await scim(workspace, 'POST', '/Users', { body: ADA });
    expect(ada.status).toBe(201);
    const team = await createTeam(workspace.ctx, { name: 'Site Reliability', roleMapping: 'ADMIN' });
    await changeTeam(workspace.ctx, team.id, { members: [{ kind: 'add', userIds: [ada.body.id] }] });
  });
  afterAll(async () => {
    await browser?.close();
    await rollcall?.close();
  });

  /** Opens the page of a member the way a person does: by a search of the list. */
  const openMember = async (search: string, as = token) => {
    const opened = await open(browser, { url: `${rollcall.url}/members?q=${search}`, token: as });
    await opened.page.getByRole('row').getByRole('link').first().click();
    await opened.page.getByRole('heading', { name: 'Profile' }).waitFor();
    return opened;
  };
  const field = (page: Page, name: string) =>
    page.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) });

  it('keeps an overridden name through a push of Okta, beside what the directory says', async () => {
    const { page, faults } = await openMember('ada');
    await page.getByRole('button', { name: 'Override name' }).click();
    await page.getByRole('textbox', { name: 'Name to show' }).fill('Countess of Lovelace');
    await look(page, 'member-override');
    await page.getByRole('dialog').getByRole('button', { name: 'Override name' }).click();
    await page.getByRole('heading', { level: 1, name: 'Countess of Lovelace' }).waitFor();
    const { body } = await scim(workspace, 'GET', '/Users?filter=userName%20eq%20%22ada%40acme.example%22');
    const pushed = { ...ADA, displayName: 'Ada King', title: 'Countess' };
    expect((await scim(workspace, 'PUT', `/Users/${body.Resources[0].id}`, { body: pushed })).status).toBe(200);
    await field(page, 'Job title').getByText('Countess').first().waitFor();
    await page.getByRole('heading', { level: 1, name: 'Countess of Lovelace' }).waitFor();
    await field(page, 'Display name').getByText('Ada King').waitFor();
    await look(page, 'member-directory');
    await page.getByRole('button', { name: 'Clear override' }).click();
    await page.getByRole('heading', { level: 1, name: 'Ada King' }).waitFor();
    expect(faults).toEqual([]);
  });

  it('says where the role comes from, and by keyboard why an act is not allowed', async () => {
    const { page, faults } = await openMember('ada');
    await page.getByText('gives the role Admin to its members').waitFor();
    await page.getByRole('button', { name: 'Change role' }).focus();
    await page.keyboard.press('Tab');
    await page.getByRole('tooltip').getByText('is managed by the directory and is changed only there').waitFor();
    await page.keyboard.press('Enter');
    expect(await page.getByRole('alertdialog').count()).toBe(0);
    await page.getByRole('list', { name: 'Directory activity' }).getByRole('listitem').first().waitFor();
    expect(faults).toEqual([]);
  });

  it('deactivates and reactivates whom the workspace manages, and deletes after a question', async () => {
    const ben = await workspace.user({ userName: 'ben@acme.example', displayName: 'Ben Marsh' });
    const bens = await workspace.token(ben);
    const { page, faults } = await openMember('ben');
    await look(page, 'member-workspace');
    await page.getByRole('button', { name: 'Deactivate' }).click();
    await page.getByRole('dialog', { name: 'Deactivate Ben Marsh?' }).waitFor();
    await look(page, 'member-deactivate');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Deactivate' }).click();
    await page.getByText('Deactivated', { exact: true }).first().waitFor();
    const refused = await fetch(`${rollcall.url}/graphql`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${bens}` },
      body: JSON.stringify({ query: '{ workspace { id } }' }),
    });
    expect(await refused.text()).toContain('UNAUTHENTICATED');
    await page.getByRole('button', { name: 'Reactivate' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Reactivate' }).click();
    await page.getByRole('button', { name: 'Deactivate' }).waitFor();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete for good' }).click();
    await page.getByRole('heading', { level: 1, name: 'Members' }).waitFor();
    expect(faults).toEqual([]);
  });

  it('tells who edits that somebody else was quicker, and keeps what they typed', async () => {
    const cy = await workspace.user({ userName: 'cy@acme.example', displayName: 'Cy Twombly' });
    const { page, faults } = await openMember('cy%40');
    await page.getByRole('button', { name: 'Edit profile' }).click();
    await page.getByRole('textbox', { name: 'Job title' }).fill('Painter');
    await updateUser(workspace.ctx, cy.id, (user) => ({ ...user, enterprise: { department: 'Art' } }));
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Somebody else changed this member meanwhile').waitFor();
    await look(page, 'member-conflict');
    expect(await page.getByRole('textbox', { name: 'Job title' }).inputValue()).toBe('Painter');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The profile is saved.').waitFor();
    await field(page, 'Job title').getByRole('cell', { name: 'Painter' }).waitFor();
    await field(page, 'Department').getByRole('cell', { name: 'Art' }).waitFor();
    expect(faults).toEqual([]);
  });

  it('changes a role after saying what each role allows', async () => {
    await workspace.user({ userName: 'dee@acme.example', displayName: 'Dee Ray' });
    const { page, faults } = await openMember('dee');
    await page.getByRole('button', { name: 'Change role' }).click();
    await page.getByRole('radio', { name: 'Admin' }).check();
    await look(page, 'member-role');
    await page.getByRole('button', { name: 'Save role' }).click();
    await page.getByText('Dee Ray has the role Admin.').waitFor();
    expect(faults).toEqual([]);
  });

  it('unlinks a member from the directory after a warning', async () => {
    const { page, faults } = await openMember('ada');
    await page.getByRole('button', { name: 'Unlink from the directory' }).click();
    await page.getByText('Unassign them in Okta first.').waitFor();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Unlink' }).click();
    await page.getByRole('button', { name: 'Edit profile' }).waitFor();
    expect(faults).toEqual([]);
  });

  it('offers a plain member nothing that they may not do', async () => {
    const plain = await workspace.token(await workspace.user({ userName: 'max@acme.example' }));
    const { page, faults } = await openMember('olivia', plain);
    expect(await page.getByRole('button', { name: 'Deactivate' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Edit profile' }).count()).toBe(0);
    await look(page, 'member-plain');
    expect(faults).toEqual([]);
  });

  it('says so where there is no such member', async () => {
    const { page, faults } = await open(browser, { url: `${rollcall.url}/members/nobody`, token });
    await page.getByText('There is no such member').waitFor();
    await look(page, 'member-none');
    expect(faults).toEqual([]);
  });
});
