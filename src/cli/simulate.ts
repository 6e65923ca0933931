import { Option, type Command } from 'commander';
import { simulateOkta } from '../simulator/okta.ts';
import { readPeople } from '../simulator/people/from-csv.ts';
import { progressBar } from '../simulator/progress.ts';
import { formatReport } from '../simulator/report-text.ts';
import { jsonOption, print } from './session.ts';
import { countArgument, filledArgument, urlArgument, UsageError } from './usage.ts';

interface SimulateOptions {
  readonly baseUrl: string;
  readonly token: string;
  readonly people?: string;
  readonly users?: number;
  readonly groups: number;
  readonly dialect: 'put' | 'patch';
  readonly passwordSync?: boolean;
  readonly concurrency: number;
}

const MOST_PEOPLE = 1_000_000;
const MOST_GROUPS = 100_000;
const MOST_AT_ONCE = 1_000;

/** `rollcall simulate okta` */
export function addSimulateCommand(program: Command): void {
  const group = program.command('simulate').description('Play an identity provider against any SCIM server.');
  const command = group
    .command('okta')
    .description('Provision people as Okta does: look up, create, update, push groups, deactivate, reactivate, import.')
    .requiredOption('--base-url <url>', 'the SCIM Base URL', urlArgument)
    .requiredOption('--token <key>', 'the key', filledArgument)
    .option('--people <file>', 'a CSV file of people, such as examples/people.csv')
    .option('--users <count>', 'so many made-up people instead of a file', countArgument(MOST_PEOPLE))
    .option('--groups <count>', 'so many groups pushed over them, and imported', groupCount, 0)
    .addOption(dialectOption())
    .option('--password-sync', 'push real passwords, with the create and changed once: Sync Password')
    .option('--concurrency <count>', 'how many people at a time', countArgument(MOST_AT_ONCE), 4);
  jsonOption(command).action(async (options: SimulateOptions) => {
    const report = await simulate(options);
    print(command, report, [formatReport(report)]);
    process.exitCode = report.ok ? 0 : 1;
  });
}

async function simulate({ people, users, ...options }: SimulateOptions) {
  if (people !== undefined && users !== undefined) throw new UsageError('Give --people or --users, not both.');
  const who = people === undefined ? { users: users ?? 25 } : { people: await peopleFrom(people) };
  const bar = progressBar(process.stderr);
  try {
    return await simulateOkta({ ...options, ...who, onProgress: bar.update });
  } finally {
    bar.end();
  }
}

async function peopleFrom(file: string) {
  try {
    return await readPeople(file);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if ('code' in error && error.code === 'ENOENT') throw new UsageError(`There is no file ${file}.`);
    throw new UsageError('code' in error ? `The file ${file} cannot be read: ${String(error.code)}.` : error.message);
  }
}

/** None is a number of groups too. */
function groupCount(text: string): number {
  return text === '0' ? 0 : countArgument(MOST_GROUPS)(text);
}

function dialectOption(): Option {
  return new Option('--dialect <dialect>', 'put: apps of the wizard; patch: apps of the catalog')
    .choices(['put', 'patch'])
    .default('put');
}
