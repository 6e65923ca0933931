import { ruleBroken, type DomainError } from './errors.ts';
import { PASSWORD_LENGTH, preparedPassword } from './password.ts';
import type { World } from './ports.ts';
import { contextOf, endReplaced, startSession, type SignedIn } from './session-start.ts';
import type { Session } from './session.ts';
import { isActive } from './user.ts';

/** What a person signs in with. */
export interface SignIn {
  /** The workspace's slug. */
  readonly slug: string;
  readonly userName: string;
  readonly password: string;
  /** The session that the browser holds until then: it ends. */
  readonly replaced?: Session | undefined;
}

/** Nobody has an id that is empty. */
const NOBODY = '';

/**
 * Signs a user in by their password, and starts a session. An unknown workspace, an unknown user, one without a password
 * and one who is deactivated cost as much as a wrong password, and are answered alike.
 * Fails with: RuleBroken(SIGN_IN_REFUSED), Unavailable.
 */
export async function signInWithPassword(
  world: World,
  { slug, userName, password, replaced }: SignIn,
): Promise<SignedIn> {
  const workspace = await world.store.acrossWorkspaces.workspaceBySlug(slug);
  const reader = world.store.workspace(workspace?.id ?? NOBODY);
  const user = await reader.users.byUserName(userName);
  const hash = await reader.passwords.hashOf(user?.id ?? NOBODY);
  // No password is longer; a longer text is cut so that it cannot keep the hash busy, and never matches.
  const isTooLong = password.length > 2 * PASSWORD_LENGTH.most;
  const prepared = preparedPassword(isTooLong ? password.slice(0, PASSWORD_LENGTH.most) : password);
  const isRight = await world.passwords.matches(prepared, isTooLong ? undefined : hash);
  if (!isRight || user === undefined || !isActive(user)) throw signInRefused();
  await endReplaced(world, replaced);
  return world.store.inWorkspace(user.workspaceId, async (tx) => {
    // The user may have been deactivated, or got another password, since the password was compared.
    const now = await tx.users.get(user.id);
    const isSame = (await tx.passwords.hashOf(user.id)) === hash;
    if (now === undefined || !isActive(now) || !isSame) throw signInRefused();
    return startSession(contextOf(world, now), tx, now);
  });
}

function signInRefused(): DomainError {
  return ruleBroken(
    'SIGN_IN_REFUSED',
    'The workspace, the user name or the password is wrong.',
    'Check all three. Who has no password here signs in with the directory.',
  );
}
