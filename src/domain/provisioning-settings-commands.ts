import { authorize } from './actor.ts';
import { invalidInput, notFound, versionMismatch, type Issue } from './errors.ts';
import type { Context } from './ports.ts';
import type { ProvisioningSettings } from './provisioning-settings.ts';
import { recordAudit } from './record.ts';
import type { Workspace } from './workspace.ts';

/** What is to be different; what is left out stays. A role that is OWNER is refused, whatever the type says. */
export interface SettingsChange extends Partial<Omit<ProvisioningSettings, 'defaultRole'>> {
  readonly defaultRole?: string;
  /** Whether to refuse all SCIM calls. */
  readonly paused?: boolean;
}

/** The longest life that the settings can ask of a credential, in days. */
export const LONGEST_CREDENTIAL_DAYS = 730;

/**
 * Pauses or resumes provisioning, and changes its settings, for later calls.
 * Fails with: Forbidden, InvalidInput, VersionMismatch.
 */
export async function updateProvisioningSettings(
  ctx: Context,
  change: SettingsChange,
  expectedVersion: number,
): Promise<Workspace> {
  authorize(ctx.actor, 'updateProvisioningSettings');
  const issues = issuesOf(change);
  if (issues.length > 0) throw invalidInput(issues);
  return ctx.store.inWorkspace(ctx.workspaceId, async (tx) => {
    const before = await tx.workspace();
    if (before === undefined) throw notFound('Workspace', ctx.workspaceId);
    if (before.provisioningVersion !== expectedVersion)
      throw versionMismatch(expectedVersion, before.provisioningVersion);
    const { paused = before.paused, ...settings } = change;
    const after: Workspace = {
      ...before,
      paused,
      settings: { ...before.settings, ...(settings as Partial<ProvisioningSettings>) },
      provisioningVersion: before.provisioningVersion + 1,
    };
    await tx.saveWorkspace(after);
    const target = { targetId: before.id, targetName: before.name };
    await recordAudit(ctx, tx, { name: 'ProvisioningSettingsUpdated', ...target, changes: changesOf(before, after) });
    return after;
  });
}

function issuesOf({ defaultRole, maxCredentialLifetimeDays: days }: SettingsChange): Issue[] {
  const issues: Issue[] = [];
  if (defaultRole === 'OWNER')
    issues.push({ path: ['defaultRole'], message: 'The directory never makes owners. Choose MEMBER or ADMIN.' });
  if (typeof days === 'number' && !(Number.isInteger(days) && days >= 1 && days <= LONGEST_CREDENTIAL_DAYS))
    issues.push({
      path: ['maxCredentialLifetimeDays'],
      message: `${days} days cannot be set. Choose 1 to 730, or none.`,
    });
  return issues;
}

function changesOf(before: Workspace, after: Workspace) {
  const [old, now] = [valuesOf(before), valuesOf(after)];
  return [...now]
    .filter(([path, value]) => old.get(path) !== value)
    .map(([path, value]) => ({ path, before: old.get(path) ?? null, after: value, redacted: false }));
}

function valuesOf({ paused, settings }: Workspace): Map<string, string> {
  return new Map(Object.entries({ paused, ...settings }).map(([path, value]) => [path, JSON.stringify(value)]));
}
