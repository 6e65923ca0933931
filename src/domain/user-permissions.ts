import { authorize, missingPermission, type Action, type Actor } from './actor.ts';
import { ruleBroken } from './errors.ts';
import type { Transaction } from './ports.ts';
import { displayNameOf } from './user-profile.ts';
import { lastOwner, type User } from './user.ts';

/** Lets the actor do it to this user: what is done to owners, owners alone may do. Fails with: Forbidden. */
export function authorizeOver(actor: Actor, action: Action, user: User): void {
  authorize(actor, action);
  if (user.role === 'OWNER') authorize(actor, 'manageOwners');
}

/** The permission the actor lacks to do it to this user, or undefined when they may. */
export function missingOver(actor: Actor, action: Action, user: User): ReturnType<typeof missingPermission> {
  const missing = missingPermission(actor, action);
  return missing ?? (user.role === 'OWNER' ? missingPermission(actor, 'manageOwners') : undefined);
}

/** Lets people change a user whom the directory does not manage. Fails with: RuleBroken(MANAGED_BY_DIRECTORY). */
export function requireUnmanaged(user: User, field?: string): void {
  if (user.managedBy === 'WORKSPACE') return;
  throw ruleBroken(
    'MANAGED_BY_DIRECTORY',
    `${displayNameOf(user)} is managed by the directory and is changed only there.`,
    'Make the change in the directory (Okta, for example), or unlink the user first.',
    field,
  );
}

/** Lets an owner go where another active one stays. Fails with: RuleBroken(LAST_OWNER). */
export async function requireOtherOwner(tx: Transaction, id: string, verb: string, field?: string): Promise<void> {
  if (!(await tx.users.hasOtherActiveOwner(id))) throw lastOwner(verb, field);
}
