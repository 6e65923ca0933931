import { authorize } from './actor.ts';
import { invalid, notFound, ruleBroken } from './errors.ts';
import type { Context, Transaction } from './ports.ts';
import { recordAudit } from './record.ts';
import { displayNameOf } from './user-profile.ts';
import type { User } from './user.ts';
import { nameFault } from './values.ts';
import type { Workspace } from './workspace.ts';

/**
 * Gives a user a display name that no sync overwrites.
 * Fails with: Forbidden, NotFound, InvalidInput, RuleBroken(OVERRIDE_NOT_ALLOWED).
 */
export async function setDisplayNameOverride(ctx: Context, userId: string, displayName: string): Promise<User> {
  authorize(ctx.actor, 'overrideDisplayName', userId);
  const fault = nameFault('The display name', displayName);
  if (fault !== undefined) throw invalid(['displayName'], fault);
  return ctx.store.inWorkspace(ctx.workspaceId, async (tx) => {
    requireOverrides(await tx.workspace());
    return override(ctx, tx, userId, displayName);
  });
}

/** Goes back to the user's own display name. Fails with: Forbidden, NotFound. */
export async function clearDisplayNameOverride(ctx: Context, userId: string): Promise<User> {
  authorize(ctx.actor, 'overrideDisplayName', userId);
  return ctx.store.inWorkspace(ctx.workspaceId, (tx) => override(ctx, tx, userId, null));
}

/** Why an override cannot be made here, as an error; undefined where it can. */
export function overrideRefusal(workspace: Workspace) {
  if (workspace.settings.displayNameOverrideAllowed) return undefined;
  return ruleBroken(
    'OVERRIDE_NOT_ALLOWED',
    'The provisioning settings of this workspace do not allow display name overrides.',
    'Ask an owner or admin to allow them in Security & Identity → Provisioning, or change the name in the directory.',
  );
}

function requireOverrides(workspace: Workspace | undefined): void {
  const refusal = workspace === undefined ? undefined : overrideRefusal(workspace);
  if (refusal !== undefined) throw refusal;
}

async function override(ctx: Context, tx: Transaction, userId: string, name: string | null): Promise<User> {
  const before = await tx.users.get(userId);
  if (before === undefined) throw notFound('User', userId, 'userId');
  if (before.displayNameOverride === name) return before;
  const after = { ...before, displayNameOverride: name, version: before.version + 1, updatedAt: ctx.clock.now() };
  await tx.users.save(after);
  await recordAudit(ctx, tx, {
    name: name === null ? 'DisplayNameOverrideCleared' : 'DisplayNameOverrideSet',
    targetId: userId,
    targetName: displayNameOf(after),
    changes: [
      { path: 'displayNameOverride', before: json(before.displayNameOverride), after: json(name), redacted: false },
    ],
  });
  return after;
}

function json(value: string | null): string | null {
  return value === null ? null : JSON.stringify(value);
}
