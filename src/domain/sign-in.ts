import { ruleBroken, type DomainError } from './errors.ts';
import { PASSWORD_LENGTH, preparedPassword } from './password.ts';
import type { Context, Transaction, World } from './ports.ts';
import { recordAudit } from './record.ts';
import { SESSION_LIFE, type Session } from './session.ts';
import { displayNameOf } from './user-profile.ts';
import { isActive, type User } from './user.ts';
import { later } from './values.ts';

/** What a person signs in with. */
export interface SignIn {
  /** The workspace's slug. */
  readonly slug: string;
  readonly userName: string;
  readonly password: string;
}

/** A person let in; the secret is the session's, told this once. */
export interface SignedIn {
  readonly user: User;
  readonly session: Session;
  readonly secret: string;
}

/** Nobody has an id that is empty. */
const NOBODY = '';

/**
 * Signs a user in by their password, and starts a session. An unknown workspace, an unknown user, one without a password
 * and one who is deactivated cost as much as a wrong password, and are answered alike.
 * Fails with: RuleBroken(SIGN_IN_REFUSED), Unavailable.
 */
export async function signInWithPassword(world: World, { slug, userName, password }: SignIn): Promise<SignedIn> {
  const workspace = await world.store.acrossWorkspaces.workspaceBySlug(slug);
  const reader = world.store.workspace(workspace?.id ?? NOBODY);
  const user = await reader.users.byUserName(userName);
  const hash = await reader.passwords.hashOf(user?.id ?? NOBODY);
  // No password is longer; a longer text is cut so that it cannot keep the hash busy, and never matches.
  const isTooLong = password.length > 2 * PASSWORD_LENGTH.most;
  const prepared = preparedPassword(isTooLong ? password.slice(0, PASSWORD_LENGTH.most) : password);
  const isRight = await world.passwords.matches(prepared, isTooLong ? undefined : hash);
  const isLetIn = isRight && user !== undefined && isActive(user);
  if (!isLetIn || workspace === undefined || hash === undefined) throw signInRefused();
  const actor = { kind: 'user', userId: user.id, role: user.role } as const;
  const ctx: Context = { ...world, actor, workspaceId: workspace.id };
  return world.store.inWorkspace(workspace.id, (tx) => startSession(ctx, tx, { userId: user.id, hash }));
}

/** The user may have been deactivated, or got another password, since the password was compared. */
async function startSession(
  ctx: Context,
  tx: Transaction,
  compared: { readonly userId: string; readonly hash: string },
): Promise<SignedIn> {
  const user = await tx.users.get(compared.userId);
  const hash = await tx.passwords.hashOf(compared.userId);
  if (user === undefined || !isActive(user) || hash !== compared.hash) throw signInRefused();
  const { session, secret } = newSession(ctx, user);
  await tx.sessions.removeEnded(user.id, session.createdAt);
  await tx.sessions.add(session);
  const target = { targetId: user.id, targetName: displayNameOf(user) };
  await recordAudit(ctx, tx, { name: 'UserSignedIn', ...target, changes: [] });
  return { user, session, secret };
}

function newSession(ctx: Context, user: User): { session: Session; secret: string } {
  const { plain, publicId, hash } = ctx.secrets.issue('ses');
  const createdAt = ctx.clock.now();
  const session: Session = {
    workspaceId: ctx.workspaceId,
    id: ctx.ids.next(),
    userId: user.id,
    publicId,
    secretHash: hash,
    createdAt,
    lastUsedAt: createdAt,
    expiresAt: later(createdAt, SESSION_LIFE),
  };
  return { session, secret: plain };
}

function signInRefused(): DomainError {
  return ruleBroken(
    'SIGN_IN_REFUSED',
    'The workspace, the user name or the password is wrong.',
    'Check all three. Who has no password here signs in with the directory.',
  );
}
