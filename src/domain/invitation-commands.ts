import { authorize, type Role } from './actor.ts';
import { changesBetween } from './changes.ts';
import { invalid, invalidInput, notFound } from './errors.ts';
import { INVITATION_LIFE, invitationNotUsable, isUsable, type Invitation } from './invitation.ts';
import { newUser } from './new-user.ts';
import { PASSWORD_CHANGE, requirePassword } from './password-sync.ts';
import { preparedPassword } from './password.ts';
import type { Context, Transaction, World } from './ports.ts';
import { recordAudit } from './record.ts';
import { contextOf, endReplaced, startSession, type SignedIn } from './session-start.ts';
import type { Session } from './session.ts';
import { namingTheUser } from './unique-holder.ts';
import type { PersonName, UserAttributes } from './user-attributes.ts';
import { displayNameOf, storedAttributes } from './user-profile.ts';
import { isActive, type User } from './user.ts';
import { isEmailAddress, issueOf, later, nameFault, userNameFault } from './values.ts';

/** Whom to invite. */
export interface Invitee {
  readonly userName: string;
  readonly email: string;
  readonly givenName?: string;
  readonly familyName?: string;
  readonly role: Role;
}

/** A user who was invited; the secret is the token of the invitation's URL, told this once. */
export interface Invited {
  readonly user: User;
  readonly invitation: Invitation;
  readonly secret: string;
}

/** What whoever accepts an invitation brings. */
export interface Acceptance {
  readonly token: string;
  readonly password: string;
  /** The session that the browser holds until then: it ends. */
  readonly replaced?: Session | undefined;
}

/**
 * Creates a user who sets a password by the invitation, or is linked by the directory before that.
 * Fails with: Forbidden, AlreadyExists(userName), InvalidInput.
 */
export async function inviteUser(ctx: Context, invitee: Invitee): Promise<Invited> {
  authorize(ctx.actor, 'inviteUser');
  if (invitee.role === 'OWNER') authorize(ctx.actor, 'manageOwners');
  checkInvitee(invitee);
  const attributes = attributesOf(invitee);
  return namingTheUser(ctx, () =>
    ctx.store.inWorkspace(ctx.workspaceId, async (tx) => {
      const user = await newUser(ctx, tx, { attributes, role: invitee.role, isInvited: true });
      await tx.users.add(user);
      const changes = changesBetween({}, storedAttributes(user));
      const target = { targetId: user.id, targetName: displayNameOf(user) };
      await recordAudit(ctx, tx, { name: 'UserInvited', ...target, changes });
      return issue(ctx, tx, user);
    }),
  );
}

/**
 * Gives a user who has no password a new invitation; the one they had works no more.
 * Fails with: Forbidden, NotFound, InvalidInput.
 */
export async function createInvitation(ctx: Context, userId: string): Promise<Invited> {
  authorize(ctx.actor, 'inviteUser');
  return ctx.store.inWorkspace(ctx.workspaceId, async (tx) => {
    const user = await tx.users.get(userId);
    if (user === undefined) throw notFound('User', userId, 'userId');
    if (user.role === 'OWNER') authorize(ctx.actor, 'manageOwners');
    if (!isActive(user)) throw invalid(['userId'], `${user.userName} is deactivated. Reactivate the user first.`);
    if ((await tx.passwords.hashOf(userId)) !== undefined)
      throw invalid(['userId'], `${user.userName} has a password already, and signs in with it.`);
    const target = { targetId: user.id, targetName: displayNameOf(user) };
    await recordAudit(ctx, tx, { name: 'InvitationCreated', ...target, changes: [] });
    return issue(ctx, tx, user);
  });
}

/**
 * Sets the password of the user whom a token invites, who is active from then on, and starts a session. A token that is
 * unknown costs as much as one that is wrong, used or expired, and is answered alike.
 * Fails with: RuleBroken(INVITATION_NOT_USABLE), InvalidInput, Unavailable.
 */
export async function acceptInvitation(world: World, { token, password, replaced }: Acceptance): Promise<SignedIn> {
  const invited = await userInvitedBy(world, token);
  requirePassword(password, invited.userName);
  const hash = await world.passwords.hash(preparedPassword(password));
  await endReplaced(world, replaced);
  const ctx = contextOf(world, invited);
  return world.store.inWorkspace(ctx.workspaceId, async (tx) => {
    const { user, invitation } = await stillUsable(ctx, tx, invited.id, token);
    const now = world.clock.now();
    await tx.invitations.put({ ...invitation, usedAt: now });
    await tx.passwords.set(user.id, hash, now);
    return startSession(ctx, tx, user, { name: 'InvitationAccepted', changes: [PASSWORD_CHANGE] });
  });
}

async function userInvitedBy(world: World, token: string): Promise<User> {
  const publicId = world.secrets.publicIdOf('inv', token);
  const found = publicId === undefined ? undefined : await world.store.acrossWorkspaces.invitationByPublicId(publicId);
  const isGenuine = world.secrets.matches('inv', token, found?.invitation.secretHash);
  if (found === undefined || !isGenuine) throw invitationNotUsable();
  if (!isUsable(found.invitation, found.user, world.clock.now())) throw invitationNotUsable();
  return found.user;
}

/** The invitation may have been used, replaced or ended while the password was hashed. */
async function stillUsable(
  ctx: Context,
  tx: Transaction,
  userId: string,
  token: string,
): Promise<{ user: User; invitation: Invitation }> {
  const [user, invitation] = [await tx.users.get(userId), await tx.invitations.ofUser(userId)];
  const isGenuine = ctx.secrets.matches('inv', token, invitation?.secretHash);
  if (user === undefined || invitation === undefined || !isGenuine) throw invitationNotUsable();
  if (!isUsable(invitation, user, ctx.clock.now())) throw invitationNotUsable();
  return { user, invitation };
}

async function issue(ctx: Context, tx: Transaction, user: User): Promise<Invited> {
  const { plain, publicId, hash } = ctx.secrets.issue('inv');
  const createdAt = ctx.clock.now();
  const invitation: Invitation = {
    workspaceId: ctx.workspaceId,
    userId: user.id,
    publicId,
    secretHash: hash,
    expiresAt: later(createdAt, INVITATION_LIFE),
    usedAt: null,
    createdAt,
  };
  await tx.invitations.put(invitation);
  return { user, invitation, secret: plain };
}

/** Names the fields as the invitee has them. Fails with: InvalidInput. */
function checkInvitee({ userName, email, givenName, familyName }: Invitee): void {
  const noAddress = `${JSON.stringify(email)} is no email address. Give one such as maya@acme.example.`;
  const issues = [
    ...issueOf(['userName'], userNameFault(userName)),
    ...issueOf(['email'], isEmailAddress(email) ? undefined : noAddress),
    ...issueOf(['givenName'], givenName === undefined ? undefined : nameFault('The given name', givenName)),
    ...issueOf(['familyName'], familyName === undefined ? undefined : nameFault('The family name', familyName)),
  ];
  if (issues.length > 0) throw invalidInput(issues);
}

function attributesOf({ userName, email, givenName, familyName }: Invitee): UserAttributes {
  const name: PersonName = {
    ...(givenName === undefined ? {} : { givenName }),
    ...(familyName === undefined ? {} : { familyName }),
  };
  return {
    userName,
    active: true,
    emails: [{ value: email, type: 'work', primary: true }],
    ...(Object.keys(name).length === 0 ? {} : { name }),
  };
}
