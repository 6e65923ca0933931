import { Command, CommanderError } from 'commander';
import { ConfigError } from '../config.ts';
import { DomainError } from '../domain/errors.ts';
import { VERSION } from '../version.ts';
import { addCredentialCommands } from './credential.ts';
import { addInvitationCommands } from './invitation.ts';
import { addMigrateCommand } from './migrate.ts';
import { addRehearseImportCommand } from './rehearse-import.ts';
import { addSimulateCommand } from './simulate.ts';
import { addSsoCommands } from './sso.ts';
import { addTokenCommands } from './token.ts';
import { addTransferCommands } from './transfer.ts';
import { UsageError } from './usage.ts';
import { addUserCommands } from './user.ts';
import { addWorkspaceCommands } from './workspace.ts';

/** Exit codes: wrong use of the command, and a rule that refused. */
const WRONG_USE = 2;
const REFUSED = 1;

/** Runs the `rollcall` command and says with which code the process ends. */
export async function run(argv: readonly string[]): Promise<number> {
  const program = new Command('rollcall')
    .description('Runs and tends a Rollcall installation. Works beside a running server, on the same database.')
    .version(VERSION)
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError(false);
  for (const add of [
    addMigrateCommand,
    addWorkspaceCommands,
    addUserCommands,
    addInvitationCommands,
    addTokenCommands,
    addCredentialCommands,
    addRehearseImportCommand,
    addSsoCommands,
    addTransferCommands,
    addSimulateCommand,
  ]) {
    add(program);
  }
  for (const command of everyCommand(program)) throwInsteadOfExit(command);
  return outcome(() => program.parseAsync([...argv], { from: 'user' }));
}

function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}

/** Ends of a command become errors, for `outcome` to read; the help that a bare group would print becomes a sentence. */
function throwInsteadOfExit(command: Command): void {
  command.configureOutput({ outputError: () => undefined, writeErr: () => undefined });
  command.exitOverride((error) => {
    throw error.code === 'commander.help' && error.exitCode !== 0 ? new UsageError(bareGroup(command)) : error;
  });
}

function bareGroup(group: Command): string {
  const name = group.parent === null ? group.name() : `${group.parent.name()} ${group.name()}`;
  const names = group.commands.map((command) => command.name());
  const choice = [names.slice(0, -1).join(', '), ...names.slice(-1)].filter((part) => part !== '').join(' or ');
  return `Say what to do after ${name}: ${choice}. \`${name} --help\` tells more.`;
}

async function outcome(work: () => Promise<unknown>): Promise<number> {
  try {
    await work();
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError) return usage(error);
    process.stderr.write(`${sentence(error)}\n`);
    return error instanceof UsageError || error instanceof ConfigError ? WRONG_USE : REFUSED;
  }
}

/** Help and version end well. The library's own sentences begin small and end without a full stop. */
function usage(error: CommanderError): number {
  if (error.exitCode === 0) return 0;
  const text = error.message.replace(/^error: /u, '').replace(/\n\(Did you mean (.+)\?\)$/u, '; did you mean $1?');
  process.stderr.write(`${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.?]$/u.test(text) ? '' : '.'}\n`);
  return WRONG_USE;
}

function sentence(error: unknown): string {
  if (!(error instanceof DomainError)) return error instanceof Error ? error.message : String(error);
  return error.refusal.kind === 'RuleBroken' ? `${error.message} ${error.refusal.remedy}` : error.message;
}
