import type { Command } from 'commander';
import { IMPORT_PAGE, rehearseImport, type ImportProblem, type ImportTally } from '../domain/import-rehearsal.ts';
import { jsonOption, print, withWorkspace } from './session.ts';
import { countArgument } from './usage.ts';

interface RehearseOptions {
  readonly workspace: string;
  readonly pageSize: number;
  readonly teams: boolean;
}

/** `rollcall rehearse-import` */
export function addRehearseImportCommand(program: Command): void {
  const { default: okta, most } = IMPORT_PAGE;
  const command = program
    .command('rehearse-import')
    .description("Read users and teams as Okta's import would, and say what would fail. Changes nothing.")
    .requiredOption('--workspace <slug>', 'of which workspace')
    .option('--page-size <count>', 'users or teams a page', countArgument(most), okta)
    .option('--no-teams', 'leave the teams out');
  jsonOption(command).action(async ({ workspace, pageSize, teams: includeTeams }: RehearseOptions) => {
    await withWorkspace(workspace, async (ctx) => {
      const { problems, ...rehearsal } = await rehearseImport(ctx, { pageSize, includeTeams });
      const { users, teams, pageCount, slowestPageMs } = rehearsal;
      const lines = [
        told('Users', users),
        ...(teams === null ? [] : [told('Teams', teams)]),
        `Read in ${pageCount} pages, the slowest in ${Math.ceil(slowestPageMs)} ms.`,
        ...problems.map(({ message, remedy }) => `- ${message} ${remedy.text}`),
      ];
      print(command, { ...rehearsal, problems: problems.map(described) }, lines);
      process.exitCode = users.failCount + (teams?.failCount ?? 0) === 0 ? 0 : 1;
    });
  });
}

function told(what: string, { totalCount, importCount, skipCount, failCount }: ImportTally): string {
  return `${what}: ${totalCount}; ${importCount} would import, ${skipCount} be skipped as deactivated, ${failCount} fail.`;
}

function described({ target, attribute, message, remedy }: ImportProblem) {
  const { id, name } = target.type === 'User' ? { ...target.user, name: target.user.userName } : target.team;
  return { type: target.type, id, name, attribute, message, remedy };
}
