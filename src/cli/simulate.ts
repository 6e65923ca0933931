import { randomInt } from 'node:crypto';
import { Option, type Command } from 'commander';
import { simulateEntra } from '../simulator/entra.ts';
import { simulateOkta } from '../simulator/okta.ts';
import type { SimulationOptions } from '../simulator/options.ts';
import { readPeople } from '../simulator/people/from-csv.ts';
import { progressBar } from '../simulator/progress.ts';
import { formatReport } from '../simulator/report-text.ts';
import type { SimulationReport } from '../simulator/report.ts';
import { jsonOption, print } from './session.ts';
import { countArgument, filledArgument, urlArgument, UsageError } from './usage.ts';

interface SimulateOptions {
  readonly baseUrl: string;
  readonly token: string;
  readonly people?: string;
  readonly users?: number;
  readonly groups: number;
  readonly concurrency: number;
  readonly chaos?: boolean;
  readonly seed?: number;
}

interface OktaOptions extends SimulateOptions {
  readonly dialect: 'put' | 'patch';
  readonly passwordSync?: boolean;
}

const MOST_PEOPLE = 1_000_000;
const MOST_GROUPS = 100_000;
const MOST_AT_ONCE = 1_000;
const MOST_SEEDS = 2 ** 32 - 1;

/** `rollcall simulate okta` and `rollcall simulate entra` */
export function addSimulateCommand(program: Command): void {
  const group = program.command('simulate').description('Play an identity provider against any SCIM server.');
  const okta = commonOptions(group.command('okta'))
    .description('Provision people as Okta does: look up, create, update, push groups, deactivate, reactivate, import.')
    .addOption(dialectOption())
    .option('--password-sync', 'push real passwords, with the create and changed once: Sync Password');
  okta.action(async ({ dialect, passwordSync, ...options }: OktaOptions) => {
    await run(okta, options, (common) => simulateOkta({ ...common, dialect, passwordSync }));
  });
  const entra = commonOptions(group.command('entra')).description(
    'Provision people as Entra ID does: match, create, update, push groups, disable, enable, delete; then compare.',
  );
  entra.action(async (options: SimulateOptions) => await run(entra, options, simulateEntra));
}

function commonOptions(command: Command): Command {
  command
    .requiredOption('--base-url <url>', 'the SCIM Base URL', urlArgument)
    .requiredOption('--token <key>', 'the key', filledArgument)
    .option('--people <file>', 'a CSV file of people, such as examples/people.csv')
    .option('--users <count>', 'so many made-up people instead of a file', countArgument(MOST_PEOPLE))
    .option('--groups <count>', 'so many groups pushed over them, and read back', groupCount, 0)
    .option('--concurrency <count>', 'how many people at a time', countArgument(MOST_AT_ONCE), 4)
    .option('--chaos', 'lose 1 % of the answers, send 1 % of the requests twice, and reorder 1 % of the calls')
    .option('--seed <number>', 'what the choices of --chaos come from; the report tells it', countArgument(MOST_SEEDS));
  return jsonOption(command);
}

/** What is common to all simulations. */
type CommonOptions = Omit<SimulationOptions, 'dialect' | 'passwordSync'>;

async function run(
  command: Command,
  options: SimulateOptions,
  simulate: (options: CommonOptions) => Promise<SimulationReport>,
): Promise<void> {
  const common = await commonFrom(options);
  const bar = progressBar(process.stderr);
  const report = await simulate({ ...common, onProgress: bar.update }).finally(bar.end);
  print(command, report, [formatReport(report)]);
  process.exitCode = report.ok ? 0 : 1;
}

async function commonFrom(options: SimulateOptions): Promise<CommonOptions> {
  const { people, users, chaos, seed, baseUrl, token, groups, concurrency } = options;
  if (people !== undefined && users !== undefined) throw new UsageError('Give --people or --users, not both.');
  if (seed !== undefined && !chaos) throw new UsageError('--seed goes with --chaos.');
  const who = people === undefined ? { users: users ?? 25 } : { people: await peopleFrom(people) };
  const network = chaos ? { chaos: { seed: seed ?? randomInt(1, MOST_SEEDS) } } : {};
  return { baseUrl, token, groups, concurrency, ...who, ...network };
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
