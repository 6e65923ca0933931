import { missingPermission, type Action, type Permission } from './actor.ts';
import { DomainError, type Rule } from './errors.ts';
import { overrideRefusal } from './display-name-override.ts';
import type { Context } from './ports.ts';
import {
  CREDENTIAL_LIMIT,
  credentialLimit,
  credentialNotUsable,
  credentialStatus,
  type ScimCredential,
} from './scim-credential.ts';
import { requireEditable } from './team-commands.ts';
import type { Team } from './team.ts';
import type { User } from './user.ts';
import { requireSso, type Workspace } from './workspace.ts';

/** Whether the actor may do something now and, if not, why: what the tooltip of a disabled control says. */
export interface Ability {
  readonly allowed: boolean;
  readonly missingPermission: Permission | null;
  /** The rule it would break: the one the command would refuse with. */
  readonly brokenRule: Rule | null;
  readonly explanation: string | null;
}

const ASK: Readonly<Record<Permission, string>> = {
  MANAGE_SECURITY_AND_IDENTITY: 'Ask an owner or admin.',
  MANAGE_USERS_AND_TEAMS: 'Ask an owner or admin.',
  MANAGE_OWNERS: 'Ask an owner.',
};

const ALLOWED: Ability = { allowed: true, missingPermission: null, brokenRule: null, explanation: null };

/** Whether the actor may generate a credential. */
export function canGenerateCredential(ctx: Context, workspace: Workspace, all: readonly ScimCredential[]): Ability {
  return ability(ctx, 'manageScimCredentials', () => {
    requireSso(workspace);
    const now = ctx.clock.now();
    const active = all.filter((credential) => credentialStatus(credential, now) === 'ACTIVE');
    if (active.length >= CREDENTIAL_LIMIT) throw credentialLimit();
  });
}

/** Whether the actor may rotate a credential. */
export function canRotate(ctx: Context, workspace: Workspace, credential: ScimCredential): Ability {
  return ability(ctx, 'manageScimCredentials', () => {
    requireSso(workspace);
    const status = credentialStatus(credential, ctx.clock.now());
    if (status !== 'ACTIVE') throw credentialNotUsable(status);
  });
}

/** Whether the actor may revoke a credential. */
export function canRevoke(ctx: Context): Ability {
  return ability(ctx, 'manageScimCredentials', () => undefined);
}

/** Whether the actor may set the display name override of a user. */
export function canOverrideDisplayName(ctx: Context, workspace: Workspace, user: User): Ability {
  const check = () => {
    const refusal = overrideRefusal(workspace);
    if (refusal !== undefined) throw refusal;
  };
  return ability(ctx, 'overrideDisplayName', check, user.id);
}

/** Whether the actor may rename or delete a team, or change who is in it. */
export function canEditTeam(ctx: Context, team: Team): Ability {
  return ability(ctx, 'manageTeams', () => requireEditable(ctx, team));
}

function ability(ctx: Context, action: Action, check: () => void, targetUserId?: string): Ability {
  return abilityOf(missingPermission(ctx.actor, action, targetUserId), check);
}

/** The ability of one who lacks this permission, or none; `check` throws the rule that the command would refuse with. */
export function abilityOf(missing: ReturnType<typeof missingPermission>, check: () => void): Ability {
  if (missing === 'SYSTEM') return refused(null, null, 'Only the operator of the server may do this.');
  if (missing !== undefined) return refused(missing, null, `This needs the permission ${missing}. ${ASK[missing]}`);
  try {
    check();
    return ALLOWED;
  } catch (error) {
    if (!(error instanceof DomainError) || error.refusal.kind !== 'RuleBroken') throw error;
    return refused(null, error.refusal.rule, error.message);
  }
}

function refused(permission: Permission | null, brokenRule: Rule | null, explanation: string): Ability {
  return { allowed: false, missingPermission: permission, brokenRule, explanation };
}
