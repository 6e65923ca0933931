import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import type { Figures, ServerRound } from './rounds.ts';
import { SCENARIOS, type Amounts } from './scenarios.ts';
import { TITLES, type ServerName } from './servers.ts';

/** The machine of a run. */
export interface Machine {
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

/** A whole run. */
export interface BenchRun {
  readonly date: string;
  readonly machine: Machine;
  readonly amounts: Amounts;
  readonly servers: readonly ServerName[];
  readonly rounds: readonly (readonly ServerRound[])[];
}

/** The run as tables of Markdown, medians over its rounds. */
export function markdownOf(run: BenchRun): string {
  const { date, machine, amounts, rounds } = run;
  const { cpu, cores, memoryGigabytes, node, os } = machine;
  const { users, concurrency, lookups, writes } = amounts;
  const parts = [
    `${date}, ${cpu}, ${cores} cores, ${memoryGigabytes} GB, ${os}, Node ${node}. ` +
      `${number(users)} users, concurrency ${concurrency}, ${number(lookups)} look-ups and reads, ` +
      `${number(writes)} writes of each kind; medians of ${rounds.length} round${rounds.length === 1 ? '' : 's'}.`,
    'Operations a second (× is Rollcall ÷ reference; more is better):',
    comparison(run, 'perSecond'),
    "Processor time of the server for one operation, in µs (× is Rollcall ÷ reference; less is better), and the client's own beside Rollcall:",
    comparison(run, 'serverMicroseconds'),
    'Latency p50 / p95 / p99 in ms (for provisioning, of its POST):',
    latencies(run),
    'Resident memory of the server in MB:',
    memory(run),
  ];
  return `${parts.join('\n\n')}\n`;
}

function comparison(run: BenchRun, figure: 'perSecond' | 'serverMicroseconds'): string {
  const withClient = figure === 'serverMicroseconds';
  const [ours, ...others] = run.servers;
  const columns = others.flatMap((name) => [TITLES[name], ...(ours === 'rollcall' ? ['×'] : [])]);
  const rows = SCENARIOS.map(({ name, title }) => {
    const own = middle(run, ours!, name, figure);
    const cells = others.flatMap((other) => {
      const theirs = middle(run, other, name, figure);
      return [number(theirs), ...(ours === 'rollcall' ? [(own / theirs).toFixed(2)] : [])];
    });
    const client = withClient ? [number(middle(run, ours!, name, 'clientMicroseconds'))] : [];
    return [title, number(own), ...cells, ...client];
  });
  return table(['', TITLES[ours!], ...columns, ...(withClient ? ['client'] : [])], rows);
}

function latencies(run: BenchRun): string {
  const rows = SCENARIOS.map(({ name, title }) => {
    const cells = run.servers.map((server) =>
      (['p50', 'p95', 'p99'] as const).map((rank) => middle(run, server, name, rank).toFixed(1)).join(' / '),
    );
    return [title, ...cells];
  });
  return table(['', ...run.servers.map((name) => TITLES[name])], rows);
}

const MOMENTS = { provisioned: 'after provisioning', end: 'at the end', most: 'at its most' } as const;

function memory(run: BenchRun): string {
  const rows = (['provisioned', 'end', 'most'] as const).map((moment) => [
    MOMENTS[moment],
    ...run.servers.map((server) => number(median(of(run, server).map((round) => round.memory[moment])))),
  ]);
  return table(['', ...run.servers.map((name) => TITLES[name])], rows);
}

function middle(run: BenchRun, server: ServerName, scenario: string, figure: keyof Figures): number {
  return median(of(run, server).map(({ scenarios }) => scenarios[scenario]![figure]));
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
