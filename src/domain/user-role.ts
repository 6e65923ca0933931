import { authorize, ROLES, type Role } from './actor.ts';
import type { AttributeChange } from './changes.ts';
import { ruleBroken, type DomainError } from './errors.ts';
import type { Context, Transaction } from './ports.ts';
import { ownRoleOf, type User } from './user.ts';

/** A role that a team gives to who is in it. */
export interface RoleFromTeam {
  readonly role: Role;
  readonly teamName: string;
}

/**
 * The user with another role of their own; the same role changes nothing.
 * Fails with: Forbidden, RuleBroken(ROLE_GIVEN_BY_TEAM).
 */
export async function withOwnRole(ctx: Context, tx: Transaction, user: User, role: Role | undefined): Promise<User> {
  if (role === undefined || role === user.ownRole) return user;
  if (role === 'OWNER') authorize(ctx.actor, 'manageOwners');
  const given = await tx.users.highestTeamRole(user.id);
  if (given !== undefined && rankOf(given.role) > rankOf(role)) throw roleGivenByTeam(given);
  return { ...user, ...ownRoleOf(role, 'ASSIGNED') };
}

/** The change of the own role, for the log; none where it stays. */
export function roleChanges(before: User, after: User): AttributeChange[] {
  if (before.ownRole === after.ownRole) return [];
  const [old, now] = [JSON.stringify(before.ownRole), JSON.stringify(after.ownRole)];
  return [{ path: 'role', before: old, after: now, redacted: false }];
}

/** The refusal of a role that a team would outdo. */
export function roleGivenByTeam({ role, teamName }: RoleFromTeam): DomainError {
  return ruleBroken(
    'ROLE_GIVEN_BY_TEAM',
    `The team ${teamName} gives the role ${role}, so the user's own role cannot be lower.`,
    `Take the user out of the team ${teamName}, or change its role mapping, first.`,
    'role',
  );
}

function rankOf(role: Role): number {
  return ROLES.indexOf(role);
}
