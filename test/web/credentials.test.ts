import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { generateScimCredential } from '../../src/domain/scim-credential-commands.ts';
import { startRollcall, type Rollcall } from '../support/rollcall.ts';
import { scim } from '../support/scim-client.ts';
import { describeInBrowser, launch, look, open, PATIENCE, violations } from './support/browser.ts';

describeInBrowser('the menu of a SCIM credential', PATIENCE, () => {
  let rollcall: Rollcall;
  let browser: Browser;
  beforeAll(async () => {
    [rollcall, browser] = await Promise.all([startRollcall(), launch()]);
  });
  afterAll(async () => {
    await browser?.close();
    await rollcall?.close();
  });

  /** The page of provisioning with two credentials, "Okta" and "Okta preview". */
  async function openWith(slug: string) {
    const workspace = await rollcall.workspace(slug);
    await generateScimCredential(workspace.ctx, { name: 'Okta preview' });
    const owner = await workspace.user({ userName: 'olivia@acme.example', displayName: 'Olivia Bennett' }, 'OWNER');
    const token = await workspace.token(owner);
    const watched = await open(browser, { url: `${rollcall.url}/security/provisioning`, token });
    const menuOf = (name: string) => watched.page.getByRole('button', { name: `Actions for ${name}`, exact: true });
    return { ...watched, workspace, menuOf };
  }

  const focused = (element: Locator) => element.and(element.page().locator(':focus')).waitFor();

  it('renames it at the press of Enter, and says at the field why a name is refused', async () => {
    const { page, faults, workspace, menuOf } = await openWith('renaming');
    const name = page.getByRole('textbox', { name: 'Key name' });
    const refused = (words: string) => page.getByRole('dialog').getByRole('alert').getByText(words).waitFor();
    await menuOf('Okta').click();
    await page.getByRole('menuitem', { name: 'Rename…' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('menuitem', { name: 'Rename…' }).click();
    expect(await name.inputValue()).toBe('Okta');
    await focused(name);

    await name.fill(' ');
    await name.press('Enter');
    await refused('Give the key a name by which you will know it again.');
    await name.fill('okta PREVIEW');
    await name.press('Enter');
    await refused('A SCIM credential with name "okta PREVIEW" already exists. Choose another name.');
    expect(await name.getAttribute('aria-invalid')).toBe('true');
    await look(page, 'credential-rename');
    await name.fill('Okta\u200b');
    await expect.poll(() => name.getAttribute('aria-invalid')).toBeNull();
    await name.press('Enter');
    await refused('The name contains the invisible or control character U+200B. Remove it.');

    await name.fill(' Okta production ');
    await name.press('Enter');
    await page.getByText('“Okta” is called “Okta production” now.').waitFor();
    await name.waitFor({ state: 'detached' });
    await focused(menuOf('Okta production'));
    expect((await scim(workspace, 'GET', '/Users')).status).toBe(200);
    expect(faults).toEqual([]);
  });

  it('has the focus again when a dialog that it opened is left', async () => {
    const { page, faults, menuOf } = await openWith('leaving');
    for (const act of ['Rename…', 'Rotate…', 'Revoke…']) {
      await menuOf('Okta').press('Enter');
      await page.getByRole('menuitem', { name: act }).press('Enter');
      await page.locator('section[role=dialog]:focus-within').waitFor();
      await page.keyboard.press('Escape');
      await focused(menuOf('Okta'));
    }
    expect(faults).toEqual([]);
  });
});
