import { Option, type Command } from 'commander';
import { ROLES, type Role } from '../domain/actor.ts';
import { invalid } from '../domain/errors.ts';
import { createUser } from '../domain/user-commands.ts';
import type { PersonName } from '../domain/user-attributes.ts';
import { isEmailAddress } from '../domain/values.ts';
import { jsonOption, print, withWorkspace } from './session.ts';

interface UserOptions {
  readonly workspace: string;
  readonly userName: string;
  readonly email: string;
  readonly role: Lowercase<Role>;
  readonly givenName?: string;
  readonly familyName?: string;
}

/** `rollcall user …` */
export function addUserCommands(program: Command): void {
  const group = program.command('user').description('Create users.');
  const command = group
    .command('create')
    .description('Create a user, managed by the workspace until the directory takes over.')
    .requiredOption('--workspace <slug>', 'in which workspace')
    .requiredOption('--user-name <name>', 'what the user signs in with, usually the email address')
    .requiredOption('--email <address>', 'the email address')
    .addOption(roleOption())
    .option('--given-name <name>', 'the given name')
    .option('--family-name <name>', 'the family name');
  jsonOption(command).action(async (options: UserOptions) => {
    if (!isEmailAddress(options.email))
      throw invalid(
        ['email'],
        `${JSON.stringify(options.email)} is no email address. Give one such as maya@acme.example.`,
      );
    await withWorkspace(options.workspace, async (ctx) => {
      const user = await createUser(ctx, attributesOf(options), options.role.toUpperCase() as Role);
      const result = { id: user.id, userName: user.userName };
      print(command, result, [`Created ${user.userName} (${user.id}), ${options.role} of ${options.workspace}.`]);
    });
  });
}

function roleOption(): Option {
  const choices = ROLES.toReversed().map((role) => role.toLowerCase());
  return new Option('--role <role>', 'what the user may do').choices(choices).default('member');
}

function attributesOf({ userName, email, givenName, familyName }: UserOptions) {
  const name: PersonName = {
    ...(givenName === undefined ? {} : { givenName }),
    ...(familyName === undefined ? {} : { familyName }),
  };
  return {
    userName,
    active: true,
    emails: [{ value: email, type: 'work', primary: true }],
    ...(Object.keys(name).length === 0 ? {} : { name }),
  };
}
