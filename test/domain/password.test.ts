import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DomainError } from '../../src/domain/errors.ts';
import { passwordFault, preparedPassword } from '../../src/domain/password.ts';
import type { World } from '../../src/domain/ports.ts';
import { updateProvisioningSettings } from '../../src/domain/provisioning-settings-commands.ts';
import { signInWithPassword } from '../../src/domain/sign-in.ts';
import { createUser, deleteUser, updateUser } from '../../src/domain/user-commands.ts';
import type { User } from '../../src/domain/user.ts';
import { startRollcall, type Rollcall, type TestWorkspace } from '../support/rollcall.ts';

describe('the rules of a password', () => {
  it.each([
    ['', 'too short'],
    ['1234567', 'too short'],
    ['😀😀😀😀😀😀😀', 'too short'],
    ['x'.repeat(257), 'too long'],
    ['maya@acme.example', 'is the userName'],
    ['MAYA@Acme.Example', 'is the userName'],
    ['ｍａｙａ@acme.example', 'is the userName'],
  ])('are broken by %j', (password, fault) => {
    expect(passwordFault(password, 'Maya@acme.example')).toContain(fault);
    if (password !== '') expect(passwordFault(password, 'Maya@acme.example')).not.toContain(password);
  });

  it.each(['12345678', 'x'.repeat(256), '😀'.repeat(256), 'q7ZkP02x', 'maya@acme.example!'])(
    'are kept by %j',
    (password) => expect(passwordFault(password, 'maya@acme.example')).toBeUndefined(),
  );

  it('take a password from any keyboard as the same', () => {
    expect(preparedPassword('cafe\u0301\u00a0au lait')).toBe('café au lait');
    expect(preparedPassword('Case COUNTS')).toBe('Case COUNTS');
  });
});

let rollcall: Rollcall;
let workspace: TestWorkspace;
let serial = 0;

beforeAll(async () => {
  rollcall = await startRollcall();
  workspace = await rollcall.workspace('acme');
  await updateProvisioningSettings(workspace.ctx, { passwordSync: true }, 1);
});
afterAll(() => rollcall.close());

const PASSWORD = 'correct horse battery';

async function person(password?: string): Promise<User> {
  serial += 1;
  const attributes = { userName: `person.${serial}@acme.example`, active: true };
  return createUser(workspace.ctx, attributes, undefined, password);
}

const signIn = ({ userName }: { userName: string }, password = PASSWORD, world: World = rollcall.world) =>
  signInWithPassword(world, { slug: 'acme', userName, password });

async function refusal(attempt: Promise<unknown>) {
  const error = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof DomainError)) throw new Error(`not refused: ${String(error)}`);
  return { ...error.refusal, message: error.message };
}

const sessionsOf = (user: User) =>
  workspace.ctx.store.inWorkspace(workspace.ctx.workspaceId, (tx) => tx.sessions.ofUser(user.id));

describe('signInWithPassword', () => {
  it('starts a session of 12 hours, whose secret is told once and kept as a hash', async () => {
    const user = await person(PASSWORD);
    const signedIn = await signIn({ userName: user.userName.toUpperCase() });
    const { session, secret } = signedIn;
    expect(signedIn.user).toEqual(user);
    expect(secret).toMatch(/^ses_/u);
    expect(rollcall.world.secrets.publicIdOf('ses', secret)).toBe(session.publicId);
    expect(rollcall.world.secrets.matches('ses', secret, session.secretHash)).toBe(true);
    expect(rollcall.world.secrets.publicIdOf('pat', secret)).toBeUndefined();
    expect(Date.parse(session.expiresAt) - Date.parse(session.createdAt)).toBe(12 * 3_600_000);
    expect(await sessionsOf(user)).toEqual([session]);
  });

  it('takes the password from any keyboard as the same', async () => {
    const user = await person('cafe\u0301 au lait');
    expect((await signIn(user, 'café\u00a0au lait')).user.id).toBe(user.id);
  });

  it('refuses all alike, each at the cost of one comparison', async () => {
    const user = await person(PASSWORD);
    const without = await person();
    const former = await person(PASSWORD);
    await updateUser(workspace.ctx, former.id, (before) => ({ ...before, active: false }));
    let compared = 0;
    const passwords = {
      hash: (plain: string) => rollcall.world.passwords.hash(plain),
      matches: (plain: string, hash: string | undefined) => {
        compared += 1;
        return rollcall.world.passwords.matches(plain, hash);
      },
    };
    const world = { ...rollcall.world, passwords };
    const attempts = [
      { slug: 'acme', userName: user.userName, password: 'correct horse batterY' },
      { slug: 'acme', userName: user.userName, password: '' },
      { slug: 'acme', userName: user.userName, password: PASSWORD.padEnd(10_000, '!') },
      { slug: 'acme', userName: without.userName, password: PASSWORD },
      { slug: 'acme', userName: former.userName, password: PASSWORD },
      { slug: 'acme', userName: 'nobody', password: PASSWORD },
      { slug: 'nowhere', userName: user.userName, password: PASSWORD },
    ];
    const refusals = await Promise.all(attempts.map((attempt) => refusal(signInWithPassword(world, attempt))));
    expect(refusals[0]).toMatchObject({ kind: 'RuleBroken', rule: 'SIGN_IN_REFUSED' });
    expect(new Set(refusals.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(compared).toBe(attempts.length);
    for (const one of [user, without, former]) expect(await sessionsOf(one)).toEqual([]);
  });

  it('refuses who was shut out, or got another password, while the hash was made', async () => {
    const meanwhile = (work: () => Promise<unknown>): World => ({
      ...rollcall.world,
      passwords: {
        hash: (plain: string) => rollcall.world.passwords.hash(plain),
        async matches(plain, hash) {
          const isRight = await rollcall.world.passwords.matches(plain, hash);
          await work();
          return isRight;
        },
      },
    });
    const changes: ((user: User) => Promise<unknown>)[] = [
      (user) => updateUser(workspace.ctx, user.id, (before) => ({ ...before, active: false })),
      (user) => updateUser(workspace.ctx, user.id, (before) => before, { password: 'another password' }),
      (user) => deleteUser(workspace.ctx, user.id),
    ];
    for (const change of changes) {
      const user = await person(PASSWORD);
      const world = meanwhile(() => change(user));
      expect(await refusal(signIn(user, PASSWORD, world))).toMatchObject({ rule: 'SIGN_IN_REFUSED' });
      expect(await sessionsOf(user)).toEqual([]);
    }
  });

  it('forgets sessions of the user that have ended', async () => {
    const user = await person(PASSWORD);
    await signIn(user);
    rollcall.clock.advance(12 * 3_600_000);
    const { session } = await signIn(user);
    expect(await sessionsOf(user)).toEqual([session]);
  });
});

describe('sessions and passwords', () => {
  it('end with a new password and with deactivation, but not with the same password or another change', async () => {
    const user = await person(PASSWORD);
    const update = (over: object, password?: string) =>
      updateUser(workspace.ctx, user.id, (before) => ({ ...before, ...over }), { password });
    await signIn(user);
    expect((await update({}, PASSWORD)).version).toBe(1);
    expect((await update({ title: 'Counsel' })).version).toBe(2);
    expect(await sessionsOf(user)).toHaveLength(1);
    expect((await update({}, 'another password')).version).toBe(3);
    expect(await sessionsOf(user)).toEqual([]);
    await signIn(user, 'another password');
    await update({ active: false });
    expect(await sessionsOf(user)).toEqual([]);
    await update({ active: true });
    expect(await sessionsOf(user)).toEqual([]);
    await signIn(user, 'another password');
  });

  it('go with the user', async () => {
    const user = await person(PASSWORD);
    await signIn(user);
    await deleteUser(workspace.ctx, user.id);
    const { store, workspaceId } = workspace.ctx;
    expect(await store.workspace(workspaceId).passwords.hashOf(user.id)).toBeUndefined();
    expect(await sessionsOf(user)).toEqual([]);
  });

  it('belong to one workspace', async () => {
    const other = await rollcall.workspace(`other-${serial}`);
    const user = await person(PASSWORD);
    await signIn(user);
    const { store, workspaceId } = other.ctx;
    expect(await store.workspace(workspaceId).passwords.hashOf(user.id)).toBeUndefined();
    await store.inWorkspace(workspaceId, async (tx) => {
      expect(await tx.sessions.ofUser(user.id)).toEqual([]);
      await tx.sessions.removeOfUser(user.id);
      await tx.sessions.removeEnded(user.id, '9999', '9999');
      await expect(tx.passwords.set(user.id, 'x', '')).rejects.toThrow('FOREIGN KEY');
    });
    expect(await sessionsOf(user)).toHaveLength(1);
  });

  it('are not changed where the transaction fails', async () => {
    const user = await person(PASSWORD);
    const clashing = await person();
    const attempt = updateUser(workspace.ctx, user.id, (before) => ({ ...before, userName: clashing.userName }), {
      password: 'another password',
    });
    expect(await refusal(attempt)).toMatchObject({ kind: 'AlreadyExists' });
    expect((await signIn(user)).user.id).toBe(user.id);
  });
});
