import type { Command } from 'commander';
import { jsonOption, print, withSession } from './session.ts';

/** `rollcall migrate` */
export function addMigrateCommand(program: Command): void {
  const command = program
    .command('migrate')
    .description('Bring the database up to date; makes it where there is none.');
  jsonOption(command).action(async () => {
    await withSession(async ({ migrated }) => {
      const sentence = migrated.length === 0 ? 'The database is up to date.' : `Ran ${migrated.join(', ')}.`;
      print(command, { migrated }, [sentence]);
    });
  });
}
