import type { Command } from 'commander';
import { notFound } from '../domain/errors.ts';
import { createInvitation } from '../domain/invitation-commands.ts';
import { invitationUrl } from '../domain/invitation-url.ts';
import { jsonOption, print, withWorkspace } from './session.ts';

interface InvitationOptions {
  readonly workspace: string;
  readonly userName: string;
}

/** `rollcall invitation …` */
export function addInvitationCommands(program: Command): void {
  const group = program.command('invitation').description('Invite users to set a password.');
  const command = group
    .command('create')
    .description('Create a link with which a user sets a password, once and within 7 days; an earlier one ends.')
    .requiredOption('--workspace <slug>', 'in which workspace')
    .requiredOption('--user-name <name>', 'for whom');
  jsonOption(command).action(async ({ workspace: slug, userName }: InvitationOptions) => {
    await withWorkspace(slug, async (ctx, _workspace, { config }) => {
      const user = await ctx.store.workspace(ctx.workspaceId).users.byUserName(userName);
      if (user === undefined) throw notFound('User', userName);
      const { secret, invitation } = await createInvitation(ctx, user.id);
      const url = invitationUrl(config.publicUrl, slug, secret);
      const { expiresAt } = invitation;
      print(command, { url, expiresAt }, [url, `For ${user.userName}, until ${expiresAt}. It is not shown again.`]);
    });
  });
}
