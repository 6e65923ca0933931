import { Option, type Command } from 'commander';
import { simulateOkta } from '../simulator/okta.ts';
import { readPeople } from '../simulator/people/from-csv.ts';
import { progressBar } from '../simulator/progress.ts';
import { formatReport } from '../simulator/report-text.ts';
import { jsonOption, print } from './session.ts';
import { countArgument, UsageError } from './usage.ts';

interface SimulateOptions {
  readonly baseUrl: string;
  readonly token: string;
  readonly people?: string;
  readonly users?: number;
  readonly dialect: 'put' | 'patch';
  readonly concurrency: number;
}

/** `rollcall simulate okta` */
export function addSimulateCommand(program: Command): void {
  const group = program.command('simulate').description('Play an identity provider against any SCIM server.');
  const command = group
    .command('okta')
    .description('Provision people as Okta does: look up, create, update, deactivate, reactivate, import.')
    .requiredOption('--base-url <url>', 'the SCIM Base URL')
    .requiredOption('--token <key>', 'the key')
    .option('--people <file>', 'a CSV file of people, such as examples/people.csv')
    .option('--users <count>', 'so many made-up people instead of a file', countArgument)
    .addOption(dialectOption())
    .option('--concurrency <count>', 'how many people at a time', countArgument, 4);
  jsonOption(command).action(async (options: SimulateOptions) => {
    const report = await simulate(options);
    print(command, report, [formatReport(report)]);
    process.exitCode = report.ok ? 0 : 1;
  });
}

async function simulate({ baseUrl, token, people, users, dialect, concurrency }: SimulateOptions) {
  if (people !== undefined && users !== undefined) throw new UsageError('Give --people or --users, not both.');
  const who = people === undefined ? { users: users ?? 25 } : { people: await readPeople(people) };
  const bar = progressBar(process.stderr);
  try {
    return await simulateOkta({ baseUrl, token, dialect, concurrency, ...who, onProgress: bar.update });
  } finally {
    bar.end();
  }
}

function dialectOption(): Option {
  return new Option('--dialect <dialect>', 'put: apps of the wizard; patch: apps of the catalog')
    .choices(['put', 'patch'])
    .default('put');
}
