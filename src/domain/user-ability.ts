import { abilityOf, type Ability } from './ability.ts';
import { missingPermission } from './actor.ts';
import type { Context } from './ports.ts';
import type { Team } from './team.ts';
import { missingOver, requireUnmanaged } from './user-permissions.ts';
import { roleGivenByTeam } from './user-role.ts';
import { isActive, lastOwner, type User } from './user.ts';

/** What has to be known of a user beside themselves to say what may be done to them. */
export interface UserStanding {
  /** Whether they are the one active owner of the workspace. */
  readonly isLastOwner: boolean;
  /** The team that gives them their role; undefined where none does. */
  readonly roleTeam: Team | undefined;
}

/** Whether the actor may give the user another role. */
export function canChangeRole(ctx: Context, user: User, { isLastOwner, roleTeam }: UserStanding): Ability {
  return abilityOf(missingOver(ctx.actor, 'updateUser', user), () => {
    if (isLastOwner) throw lastOwner('demoted', 'role');
    // Only owners know a role above the ones that teams give.
    const isTopped = roleTeam !== undefined && missingPermission(ctx.actor, 'manageOwners') !== undefined;
    if (isTopped) throw roleGivenByTeam({ role: user.role, teamName: roleTeam.name });
  });
}

/** Whether the actor may deactivate the user; one who is deactivated already stays so. */
export function canDeactivate(ctx: Context, user: User, { isLastOwner }: Pick<UserStanding, 'isLastOwner'>): Ability {
  return abilityOf(missingOver(ctx.actor, 'updateUser', user), () => {
    if (!isActive(user)) return;
    requireUnmanaged(user);
    if (isLastOwner) throw lastOwner('deactivated');
  });
}

/** Whether the actor may reactivate the user; one who is active already stays so. */
export function canReactivate(ctx: Context, user: User): Ability {
  return abilityOf(missingOver(ctx.actor, 'updateUser', user), () => {
    if (!isActive(user)) requireUnmanaged(user);
  });
}

/** Whether the actor may delete the user. */
export function canDelete(ctx: Context, user: User, { isLastOwner }: Pick<UserStanding, 'isLastOwner'>): Ability {
  return abilityOf(missingOver(ctx.actor, 'deleteUser', user), () => {
    requireUnmanaged(user);
    if (isLastOwner) throw lastOwner('deleted');
  });
}
