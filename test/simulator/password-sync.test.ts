import { describe, expect, it } from 'vitest';
import { updateProvisioningSettings } from '../../src/domain/provisioning-settings-commands.ts';
import { signInWithPassword } from '../../src/domain/sign-in.ts';
import { formatReport } from '../../src/simulator/report-text.ts';
import type { TestWorkspace } from '../support/rollcall.ts';
import type { Wire } from './support/wire.ts';
import { wiredRollcall } from './support/wired.ts';

const wired = wiredRollcall();
const USERS = 6;

/** The passwords that were pushed for each userName, in their order, as a bystander at the wire reads them. */
function pushed({ calls }: Wire): Map<string, string[]> {
  const names = new Map<string, string>();
  const passwords = new Map<string, string[]>();
  for (const { path, body, answer } of calls.filter(({ method }) => method !== 'GET')) {
    const id = /^\/Users\/([^?]+)$/u.exec(path)?.[1] ?? String(JSON.parse(answer.body).id);
    const userName = names.get(id) ?? String(JSON.parse(body).userName);
    names.set(id, userName);
    const password = passwordIn(JSON.parse(body));
    if (password !== undefined) passwords.set(userName, [...(passwords.get(userName) ?? []), password]);
  }
  return passwords;
}

function passwordIn(body: { password?: string; Operations?: { value: { password?: string } }[] }): string | undefined {
  return body.password ?? body.Operations?.[0]?.value.password;
}

const signsIn = ({ ctx, slug }: TestWorkspace, userName: string, password: string) =>
  signInWithPassword(ctx, { slug, userName, password });

const steps = ['test', 'provision', 'update', 'password', 'import'] as const;

describe.each(['put', 'patch'] as const)('a simulation with password sync (%s)', (dialect) => {
  const usual = { dialect, users: USERS, groups: 0, steps: [...steps], passwordSync: true };

  it('leaves everyone with the password they chose last, where passwordSync is on', async () => {
    const { run, wire, workspace } = await wired();
    await updateProvisioningSettings(workspace.ctx, { passwordSync: true }, 1);
    const report = await run(usual);
    expect(report).toMatchObject({ ok: true, problems: [], passwords: { created: USERS, changed: USERS } });
    const passwords = pushed(wire);
    expect(passwords.size).toBe(USERS);
    for (const [userName, [first, chosen, ...more]] of passwords) {
      expect(more).toEqual([]);
      expect((await signsIn(workspace, userName, chosen!)).user.userName).toBe(userName);
      await expect(signsIn(workspace, userName, first!)).rejects.toThrow('password is wrong');
    }
  });

  it('is as green where passwordSync is off, and nothing is kept', async () => {
    const { run, wire, workspace } = await wired();
    expect(await run(usual)).toMatchObject({ ok: true, passwords: { created: USERS, changed: USERS } });
    const { users, passwords: kept } = workspace.ctx.store.workspace(workspace.ctx.workspaceId);
    for (const [userName, [first, chosen]] of pushed(wire)) {
      expect(await kept.hashOf((await users.byUserName(userName))!.id)).toBeUndefined();
      for (const password of [first!, chosen!])
        await expect(signsIn(workspace, userName, password)).rejects.toThrow('password is wrong');
    }
  });
});

describe('the report', () => {
  it('says how many passwords were pushed, and none of them', async () => {
    const { run, wire } = await wired();
    const report = await run({ users: 2, groups: 0, passwordSync: true });
    const text = formatReport(report);
    expect(text).toContain('\nPassword sync: 2 passwords sent with a create, 2 as a change.\n');
    const secrets = [...pushed(wire).values()].flat();
    expect(secrets).toHaveLength(4);
    for (const secret of secrets) expect(text + JSON.stringify(report)).not.toContain(secret);
  });

  it('says nothing of passwords without password sync, and they are never changed', async () => {
    const { run, wire } = await wired();
    const report = await run({ users: 2, groups: 0 });
    expect(report).not.toHaveProperty('passwords');
    expect(formatReport(report)).not.toContain('assword');
    expect([...pushed(wire).values()].map((passwords) => passwords.length)).toEqual([1, 1]);
  });
});
