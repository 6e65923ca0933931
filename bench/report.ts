import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { whyNot } from './peers.ts';
import { playKey, rowsOf, type Play } from './plays.ts';
import type { Figures, RoundAmounts, ServerRound } from './rounds.ts';
import { SCENARIOS } from './scenarios.ts';
import { isRollcall, TITLES, type ServerName } from './servers.ts';

/** The machine of a run. */
interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGigabytes: number;
  readonly node: string;
  readonly os: string;
}

/** What is said of the machine: nothing that names it. */
export function thisMachine(): Machine {
  const all = cpus();
  return {
    cpu: all[0]?.model.trim() ?? 'unknown',
    cores: all.length,
    memoryGigabytes: Math.round(totalmem() / 1024 ** 3),
    node: process.version,
    os: osName(),
  };
}

function osName(): string {
  const release = readFileSync('/etc/os-release', 'utf8');
  return /^PRETTY_NAME="?(?<name>[^"\n]+)/mu.exec(release)?.groups?.['name'] ?? process.platform;
}

/** All rounds with one number of users. */
export interface BenchRun {
  readonly amounts: RoundAmounts;
  readonly servers: readonly ServerName[];
  readonly rounds: readonly (readonly ServerRound[])[];
}

/** What stands above the tables of all sizes. */
export function headOf({ amounts, rounds }: BenchRun, date: string): string {
  const { cpu, cores, memoryGigabytes, node, os } = thisMachine();
  return (
    `${date}, ${cpu}, ${cores} cores, ${memoryGigabytes} GB, ${os}, Node ${node}. ` +
    `${number(amounts.lookups)} look-ups and reads, up to ${number(amounts.writes)} writes of each kind, at each ` +
    `concurrency; medians of ${rounds.length} round${rounds.length === 1 ? '' : 's'}.`
  );
}

/** The run as tables of Markdown, medians over its rounds. */
export function markdownOf(run: BenchRun): string {
  const parts = [
    `### ${number(run.amounts.users)} users`,
    'Operations a second (× is Rollcall ÷ the other; more is better):',
    comparison(run, 'perSecond'),
    ...refusals(run),
    "Processor time of the server for one operation, in µs (× is Rollcall ÷ the other; less is better), and the client's own beside Rollcall:",
    comparison(run, 'serverMicroseconds'),
    'Latency p50 / p95 / p99 in ms (for provisioning, of its POST):',
    latencies(run),
    'Resident memory of the server in MB:',
    memory(run),
  ];
  return `${parts.join('\n\n')}\n`;
}

const NONE = '–';

/** Why there are cells with a dash. */
function refusals({ servers }: BenchRun): string[] {
  const names = new Map<string, string[]>();
  for (const server of servers) {
    for (const { name, title } of SCENARIOS) {
      const reason = whyNot(server, name);
      if (reason === undefined) continue;
      const sentence = `${title}: ${reason}.`;
      names.set(sentence, [...(names.get(sentence) ?? []), TITLES[server]]);
    }
  }
  const lines = [...names].map(([sentence, who]) => `${NONE} ${who.join(' and ')}, ${sentence}`);
  return lines.length === 0 ? [] : [lines.join('\\\n')];
}

function comparison(run: BenchRun, figure: 'perSecond' | 'serverMicroseconds'): string {
  const withClient = figure === 'serverMicroseconds';
  const [ours, ...others] = run.servers;
  const columns = others.flatMap((name) => [TITLES[name], ...(isRollcall(ours) ? ['×'] : [])]);
  const rows = rowsOf(run.amounts.concurrency).map((play) => {
    const own = middle(run, ours!, play, figure);
    const cells = others.flatMap((other) => {
      const theirs = middle(run, other, play, figure);
      return [cell(theirs, number), ...(isRollcall(ours) ? [cell(ratio(own, theirs), twoPlaces)] : [])];
    });
    const client = withClient ? [cell(middle(run, ours!, play, 'clientMicroseconds'), number)] : [];
    return [play.scenario.title, String(play.concurrency), cell(own, number), ...cells, ...client];
  });
  return table(['', 'at once', TITLES[ours!], ...columns, ...(withClient ? ['client'] : [])], rows);
}

const twoPlaces = (value: number) => value.toFixed(2);

function cell(value: number | undefined, text: (value: number) => string): string {
  return value === undefined ? NONE : text(value);
}

function ratio(own: number | undefined, theirs: number | undefined): number | undefined {
  return own === undefined || theirs === undefined ? undefined : own / theirs;
}

function latencies(run: BenchRun): string {
  const rows = rowsOf(run.amounts.concurrency).map((play) => {
    const cells = run.servers.map((server) =>
      (['p50', 'p95', 'p99'] as const)
        .map((rank) => cell(middle(run, server, play, rank), (value) => value.toFixed(1)))
        .join(' / '),
    );
    return [play.scenario.title, String(play.concurrency), ...cells];
  });
  return table(['', 'at once', ...run.servers.map((name) => TITLES[name])], rows);
}

const MOMENTS = { provisioned: 'after provisioning', end: 'at the end', most: 'at its most' } as const;

function memory(run: BenchRun): string {
  const rows = (['provisioned', 'end', 'most'] as const).map((moment) => [
    MOMENTS[moment],
    ...run.servers.map((server) => number(median(of(run, server).map((round) => round.memory[moment])))),
  ]);
  return table(['', ...run.servers.map((name) => TITLES[name])], rows);
}

/** The median of a figure over the rounds; undefined where the server cannot do it. */
export function middle(run: BenchRun, server: ServerName, play: Play, figure: keyof Figures): number | undefined {
  const values = of(run, server).flatMap(({ scenarios }) => scenarios[playKey(play)]?.[figure] ?? []);
  return values.length === 0 ? undefined : median(values);
}

function of({ rounds }: BenchRun, server: ServerName): ServerRound[] {
  return rounds.flat().filter((round) => round.server === server);
}

/** The middle of some numbers; of an even count, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return (sorted[Math.ceil(half) - 1]! + sorted[Math.floor(half)]!) / 2;
}

/** A number as people read it. */
export function number(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

/** A table of Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map((_, index) => (index === 0 ? '---' : '--:')), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
