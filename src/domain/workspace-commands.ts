import { authorize, type Actor } from './actor.ts';
import { invalidInput, notFound } from './errors.ts';
import type { Context, World } from './ports.ts';
import { DEFAULT_SETTINGS } from './provisioning-settings.ts';
import { recordAudit } from './record.ts';
import { checkSlug, issueOf, nameFault } from './values.ts';
import type { Plan, Workspace } from './workspace.ts';

/** Creates a workspace. Fails with: Forbidden, InvalidInput, AlreadyExists(slug). */
export async function createWorkspace(
  world: World & { readonly actor: Actor },
  input: { readonly slug: string; readonly name: string; readonly plan: Plan },
): Promise<Workspace> {
  authorize(world.actor, 'manageWorkspaces');
  checkSlug(input.slug);
  checkName(input.name);
  const workspace: Workspace = {
    id: world.ids.next(),
    ...input,
    paused: false,
    settings: DEFAULT_SETTINGS,
    provisioningVersion: 1,
    createdAt: world.clock.now(),
  };
  const ctx = { ...world, workspaceId: workspace.id };
  return world.store.acrossWorkspaces.createWorkspace(workspace, async (tx) => {
    const changes = [
      change('slug', null, input.slug),
      change('name', null, input.name),
      change('plan', null, input.plan),
    ];
    const target = { targetId: workspace.id, targetName: workspace.name };
    await recordAudit(ctx, tx, { name: 'WorkspaceCreated', ...target, changes });
    return workspace;
  });
}

/** Changes a workspace's plan or name. Fails with: Forbidden, InvalidInput, NotFound. */
export async function updateWorkspace(
  ctx: Context,
  input: { readonly name?: string; readonly plan?: Plan },
): Promise<Workspace> {
  authorize(ctx.actor, 'manageWorkspaces');
  if (input.name !== undefined) checkName(input.name);
  return ctx.store.inWorkspace(ctx.workspaceId, async (tx) => {
    const before = await tx.workspace();
    if (before === undefined) throw notFound('Workspace', ctx.workspaceId);
    const after = { ...before, ...input };
    const changes = [change('name', before.name, after.name), change('plan', before.plan, after.plan)];
    const real = changes.filter((each) => each.before !== each.after);
    if (real.length === 0) return before;
    await tx.saveWorkspace(after);
    const target = { targetId: after.id, targetName: after.name };
    await recordAudit(ctx, tx, { name: 'WorkspaceUpdated', ...target, changes: real });
    return after;
  });
}

function checkName(name: string): void {
  const issues = issueOf(['name'], nameFault('The name', name));
  if (issues.length > 0) throw invalidInput(issues);
}

function change(path: string, before: string | null, after: string) {
  return {
    path,
    before: before === null ? null : JSON.stringify(before),
    after: JSON.stringify(after),
    redacted: false,
  };
}
