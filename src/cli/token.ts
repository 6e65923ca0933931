import type { Command } from 'commander';
import { createAccessToken } from '../domain/access-token-commands.ts';
import { notFound } from '../domain/errors.ts';
import { jsonOption, print, withWorkspace } from './session.ts';

interface TokenOptions {
  readonly workspace: string;
  readonly userName: string;
  readonly name: string;
}

/** `rollcall token …` */
export function addTokenCommands(program: Command): void {
  const group = program.command('token').description('Create personal access tokens for the GraphQL API.');
  const command = group
    .command('create')
    .description('Create a personal access token for a user; it is shown this once and lives 90 days.')
    .requiredOption('--workspace <slug>', 'in which workspace')
    .requiredOption('--user-name <name>', 'for whom')
    .requiredOption('--name <name>', 'what to call it');
  jsonOption(command).action(async ({ workspace, userName, name }: TokenOptions) => {
    await withWorkspace(workspace, async (ctx) => {
      const user = await ctx.store.workspace(ctx.workspaceId).users.byUserName(userName);
      if (user === undefined) throw notFound('User', userName);
      const { token, secret } = await createAccessToken(ctx, { userId: user.id, name });
      const prefix = `pat_${token.publicId}`;
      const lines = [secret, `Acts as ${user.userName} until ${token.expiresAt}. It is not shown again.`];
      print(command, { secret, prefix, expiresAt: token.expiresAt }, lines);
    });
  });
}
