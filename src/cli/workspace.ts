import { Option, type Command } from 'commander';
import { createWorkspace, updateWorkspace } from '../domain/workspace-commands.ts';
import { PLANS, type Plan } from '../domain/workspace.ts';
import { jsonOption, print, withSession, withWorkspace } from './session.ts';
import { UsageError } from './usage.ts';

interface WorkspaceOptions {
  readonly slug: string;
  readonly name?: string;
  readonly plan?: Lowercase<Plan>;
}

/** `rollcall workspace …` */
export function addWorkspaceCommands(program: Command): void {
  const group = program.command('workspace').description('Create and change workspaces.');
  addCreate(group);
  addUpdate(group);
}

function addCreate(group: Command): void {
  const command = group
    .command('create')
    .description('Create a workspace.')
    .requiredOption('--slug <slug>', 'its name in URLs, for good: 3 to 40 lower-case letters, digits, hyphens')
    .requiredOption('--name <name>', 'the name people see')
    .addOption(planOption('enterprise includes SSO, and with it provisioning').default('free'));
  jsonOption(command).action(async ({ slug, name = '', plan = 'free' }: WorkspaceOptions) => {
    await withSession(async ({ world }) => {
      const input = { slug, name, plan: planOf(plan) };
      const { id } = await createWorkspace({ ...world, actor: { kind: 'system' } }, input);
      print(command, { id, slug }, [`Created the workspace ${slug} (${id}) on the ${plan} plan.`]);
    });
  });
}

function addUpdate(group: Command): void {
  const command = group
    .command('update')
    .description("Change a workspace's plan or name.")
    .requiredOption('--slug <slug>', 'which workspace')
    .option('--name <name>', 'the name people see')
    .addOption(planOption('the plan from now on'));
  jsonOption(command).action(async ({ slug, name, plan }: WorkspaceOptions) => {
    if (name === undefined && plan === undefined) throw new UsageError('Say what to change: --plan, --name or both.');
    await withWorkspace(slug, async (ctx) => {
      const input = { ...(name === undefined ? {} : { name }), ...(plan === undefined ? {} : { plan: planOf(plan) }) };
      const { id, name: newName, plan: newPlan } = await updateWorkspace(ctx, input);
      const result = { id, slug, name: newName, plan: newPlan.toLowerCase() };
      print(command, result, [`The workspace ${slug} is called ${newName} and is on the ${result.plan} plan.`]);
    });
  });
}

function planOption(description: string): Option {
  return new Option('--plan <plan>', description).choices(PLANS.map((plan) => plan.toLowerCase()));
}

function planOf(text: Lowercase<Plan>): Plan {
  return text.toUpperCase() as Plan;
}
