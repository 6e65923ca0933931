import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DomainError } from '../../src/domain/errors.ts';
import { acceptInvitation, createInvitation, inviteUser, type Invitee } from '../../src/domain/invitation-commands.ts';
import { invitationUrl } from '../../src/domain/invitation-url.ts';
import type { Context, World } from '../../src/domain/ports.ts';
import { updateProvisioningSettings } from '../../src/domain/provisioning-settings-commands.ts';
import { signInWithPassword } from '../../src/domain/sign-in.ts';
import { createUser, deleteUser, updateUser } from '../../src/domain/user-commands.ts';
import type { User } from '../../src/domain/user.ts';
import { DAY } from '../../src/domain/values.ts';
import { startRollcall, type Rollcall, type TestWorkspace } from '../support/rollcall.ts';

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

function invitee(over: Partial<Invitee> = {}): Invitee {
  serial += 1;
  const address = `person.${serial}@acme.example`;
  return { userName: address, email: address, role: 'MEMBER', ...over };
}

const invite = (over?: Partial<Invitee>) => inviteUser(workspace.ctx, invitee(over));
const accept = (token: string, password = PASSWORD, world: World = rollcall.world) =>
  acceptInvitation(world, { token, password });
const signIn = ({ userName }: User) =>
  signInWithPassword(rollcall.world, { slug: 'acme', userName, password: PASSWORD });
const userNow = (id: string) => workspace.ctx.store.workspace(workspace.ctx.workspaceId).users.get(id);
const hashOf = (id: string) => workspace.ctx.store.workspace(workspace.ctx.workspaceId).passwords.hashOf(id);
const acting = (role: 'MEMBER' | 'ADMIN' | 'OWNER'): Context => ({
  ...workspace.ctx,
  actor: { kind: 'user', userId: 'somebody', role },
});

async function refusal(attempt: Promise<unknown>) {
  const error = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof DomainError)) throw new Error(`not refused: ${String(error)}`);
  return { ...error.refusal, message: error.message };
}

/** The names of what the audit log tells of a user while the work is done. */
async function audited(work: (world: World) => Promise<unknown>): Promise<string[]> {
  const names: string[] = [];
  const { store } = rollcall.world;
  const listening: World = {
    ...rollcall.world,
    store: {
      acrossWorkspaces: store.acrossWorkspaces,
      journal: store.journal,
      workspace: (id) => store.workspace(id),
      isReady: () => store.isReady(),
      close: () => store.close(),
      inWorkspace: (id, run) =>
        store.inWorkspace(id, (tx) =>
          run({ ...tx, recordDomainEvent: (event) => (names.push(event.name), tx.recordDomainEvent(event)) }),
        ),
    },
  };
  await work(listening);
  return names;
}

describe('inviteUser', () => {
  it('creates an invited user with the role, and a token of which only a hash is kept', async () => {
    const { user, secret, invitation } = await invite({ givenName: 'Ada', familyName: 'Kim', role: 'ADMIN' });
    expect(user).toMatchObject({ status: 'INVITED', role: 'ADMIN', roleSource: 'ASSIGNED', managedBy: 'WORKSPACE' });
    expect(user.profile).toMatchObject({ name: { givenName: 'Ada', familyName: 'Kim' } });
    expect(secret).toMatch(/^inv_[0-9A-Za-z]{10}_[0-9A-Za-z]{49}$/u);
    expect(JSON.stringify(invitation)).not.toContain(secret.slice(15));
    expect(Date.parse(invitation.expiresAt) - Date.parse(invitation.createdAt)).toBe(7 * DAY);
    expect(await audited((world) => inviteUser({ ...workspace.ctx, ...world }, invitee()))).toEqual(['UserInvited']);
  });

  it('needs MANAGE_USERS_AND_TEAMS, and MANAGE_OWNERS for an owner', async () => {
    const missing = async (role: 'MEMBER' | 'ADMIN', invited: Invitee) =>
      refusal(inviteUser(acting(role), invited)).then((refused) => 'permission' in refused && refused.permission);
    expect(await missing('MEMBER', invitee())).toBe('MANAGE_USERS_AND_TEAMS');
    expect(await missing('ADMIN', invitee({ role: 'OWNER' }))).toBe('MANAGE_OWNERS');
    expect((await inviteUser(acting('ADMIN'), invitee({ role: 'ADMIN' }))).user.role).toBe('ADMIN');
    expect((await inviteUser(acting('OWNER'), invitee({ role: 'OWNER' }))).user.role).toBe('OWNER');
    const directory: Context = { ...workspace.ctx, actor: { kind: 'scimCredential', credentialId: 'c' } };
    expect(await refusal(inviteUser(directory, invitee()))).toMatchObject({ kind: 'Forbidden' });
  });

  it('refuses a name that is taken, in any case, and an address that is none', async () => {
    const { user } = await invite();
    const again = invitee({ userName: user.userName.toUpperCase() });
    expect(await refusal(inviteUser(workspace.ctx, again))).toMatchObject({
      kind: 'AlreadyExists',
      field: 'userName',
      holder: { id: user.id, state: 'invited' },
    });
    expect(await refusal(invite({ email: 'nowhere' }))).toMatchObject({ issues: [{ path: ['email'] }] });
    expect(await refusal(invite({ givenName: '\u202E' }))).toMatchObject({ issues: [{ path: ['givenName'] }] });
  });
});

describe('acceptInvitation', () => {
  it('sets the password and makes the user active, once', async () => {
    const { user, secret } = await invite({ role: 'OWNER' });
    const names = await audited(async (world) => {
      expect(await accept(secret, PASSWORD, world)).toMatchObject({
        user: { id: user.id, status: 'ACTIVE', version: 2 },
      });
    });
    expect(names).toEqual(['InvitationAccepted']);
    expect(await userNow(user.id)).toMatchObject({ status: 'ACTIVE', role: 'OWNER', version: 2 });
    expect(await hashOf(user.id)).toMatch(/^\$argon2id\$/u);
    expect((await signIn(user)).user.id).toBe(user.id);
    expect(await refusal(accept(secret, 'another password'))).toMatchObject({ rule: 'INVITATION_NOT_USABLE' });
    await signIn(user);
  });

  it('refuses unknown, used, expired, replaced and ended invitations alike', async () => {
    const [used, replaced, deactivated, deleted] = [await invite(), await invite(), await invite(), await invite()];
    await accept(used.secret);
    const { secret: successor } = await createInvitation(workspace.ctx, replaced.user.id);
    await updateUser(workspace.ctx, deactivated.user.id, (before) => ({ ...before, active: false }));
    await deleteUser(workspace.ctx, deleted.user.id);
    const unknown = rollcall.world.secrets.issue('inv').plain;
    const forged = used.secret.slice(0, 15) + unknown.slice(15);
    const tokens = ['', 'x', unknown, forged, ...[used, replaced, deactivated, deleted].map(({ secret }) => secret)];
    const refusals = await Promise.all(tokens.map((token) => refusal(accept(token))));
    const expired = await invite();
    rollcall.clock.advance(7 * DAY);
    refusals.push(await refusal(accept(expired.secret)), await refusal(accept(successor)));
    expect(refusals[0]).toMatchObject({ kind: 'RuleBroken', rule: 'INVITATION_NOT_USABLE' });
    expect(new Set(refusals.map((one) => JSON.stringify(one))).size).toBe(1);
    expect((await userNow(expired.user.id))?.status).toBe('INVITED');
  });

  it('compares a hash for a public id that is unknown, too', async () => {
    let compared = 0;
    const counting: World = {
      ...rollcall.world,
      secrets: {
        ...rollcall.world.secrets,
        matches: (...given) => ((compared += 1), rollcall.world.secrets.matches(...given)),
      },
    };
    for (const token of ['x', rollcall.world.secrets.issue('inv').plain])
      await refusal(accept(token, PASSWORD, counting));
    expect(compared).toBe(2);
  });

  it('refuses a password that breaks the rules, and stays usable', async () => {
    const { user, secret } = await invite();
    for (const password of ['short', 'x'.repeat(257), user.userName.toUpperCase()])
      expect(await refusal(accept(secret, password))).toMatchObject({ issues: [{ path: ['password'] }] });
    expect((await userNow(user.id))?.status).toBe('INVITED');
    await accept(secret);
  });

  it('lets one of two at once win', async () => {
    const { secret } = await invite();
    const ends = await Promise.allSettled([accept(secret), accept(secret, 'another password')]);
    expect(ends.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it('is refused where the user was shut out while the password was hashed', async () => {
    const { user, secret } = await invite();
    const world: World = {
      ...rollcall.world,
      passwords: {
        ...rollcall.world.passwords,
        async hash(plain) {
          await updateUser(workspace.ctx, user.id, (before) => ({ ...before, active: false }));
          return rollcall.world.passwords.hash(plain);
        },
      },
    };
    expect(await refusal(accept(secret, PASSWORD, world))).toMatchObject({ rule: 'INVITATION_NOT_USABLE' });
    expect(await hashOf(user.id)).toBeUndefined();
  });
});

describe('an invitation', () => {
  it('ends with deactivation for good: reactivation does not bring it back', async () => {
    const { user, secret } = await invite();
    for (const active of [false, true]) await updateUser(workspace.ctx, user.id, (before) => ({ ...before, active }));
    expect(await refusal(accept(secret))).toMatchObject({ rule: 'INVITATION_NOT_USABLE' });
  });

  it('ends where the directory sets a password', async () => {
    const { user, secret } = await invite();
    await updateUser(workspace.ctx, user.id, (before) => before, { password: 'from the directory' });
    expect(await refusal(accept(secret))).toMatchObject({ rule: 'INVITATION_NOT_USABLE' });
  });

  it('ends where the user is made an owner: the admin who made it could come in as one', async () => {
    const { user, secret } = await inviteUser(acting('ADMIN'), invitee());
    const raise = (role: 'ADMIN' | 'OWNER') => updateUser(acting('OWNER'), user.id, (same) => same, { role });
    await raise('ADMIN');
    const other = await createInvitation(acting('ADMIN'), user.id);
    await raise('OWNER');
    for (const token of [secret, other.secret])
      expect(await refusal(accept(token))).toMatchObject({ rule: 'INVITATION_NOT_USABLE' });
    expect(await hashOf(user.id)).toBeUndefined();
    await accept((await createInvitation(acting('OWNER'), user.id)).secret);
  });

  it('is given anew to whoever has no password, and to nobody else', async () => {
    const user = await createUser(workspace.ctx, { userName: invitee().userName, active: true });
    const { secret } = await createInvitation(workspace.ctx, user.id);
    expect(await accept(secret)).toMatchObject({ user: { id: user.id, status: 'ACTIVE', version: 1 } });
    const { message } = await refusal(createInvitation(workspace.ctx, user.id));
    expect(message).toContain('has a password already');
    const gone = await createUser(workspace.ctx, { userName: invitee().userName, active: false });
    expect((await refusal(createInvitation(workspace.ctx, gone.id))).message).toContain('Reactivate the user first');
    expect(await refusal(createInvitation(workspace.ctx, 'nobody'))).toMatchObject({ kind: 'NotFound' });
  });

  it('for an owner is made by who may make owners: it could be accepted by whoever made it', async () => {
    const { user } = await invite({ role: 'OWNER' });
    expect(await refusal(createInvitation(acting('ADMIN'), user.id))).toMatchObject({ permission: 'MANAGE_OWNERS' });
    await createInvitation(acting('OWNER'), user.id);
  });

  it('belongs to one workspace', async () => {
    const { user, secret } = await invite();
    const other = await rollcall.workspace(`other-${serial}`);
    expect(await refusal(createInvitation(other.ctx, user.id))).toMatchObject({ kind: 'NotFound' });
    const { store, workspaceId } = other.ctx;
    await store.inWorkspace(workspaceId, async (tx) => {
      expect(await tx.invitations.ofUser(user.id)).toBeUndefined();
      await tx.invitations.removeOfUser(user.id);
    });
    await accept(secret);
  });

  it('has a URL that shows its token to no server', () => {
    const url = new URL(invitationUrl('https://rollcall.example/', 'acme', 'inv_x'));
    expect(url.href).toBe('https://rollcall.example/sign-in/acme/invitation#token=inv_x');
    expect([url.pathname, url.search]).toEqual(['/sign-in/acme/invitation', '']);
  });
});
