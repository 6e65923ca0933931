import type { Context } from './ports.ts';
import { updateUser } from './user-commands.ts';
import type { User } from './user.ts';

/**
 * Ends a user's access at once and for good: sign-in, sessions, access tokens, invitations. Role, teams, history stay.
 * Fails with: Forbidden, NotFound, RuleBroken(LAST_OWNER, MANAGED_BY_DIRECTORY).
 */
export function deactivateUser(ctx: Context, id: string): Promise<User> {
  return updateUser(ctx, id, (user) => ({ ...user, active: false }));
}

/** Gives a deactivated user access again. Fails with: Forbidden, NotFound, RuleBroken(MANAGED_BY_DIRECTORY). */
export function reactivateUser(ctx: Context, id: string): Promise<User> {
  return updateUser(ctx, id, (user) => ({ ...user, active: true }));
}
