import type { ChaosTally } from './chaos.ts';
import type { CallTally, SimulationReport } from './report.ts';
import type { PasswordTally } from './simulation.ts';

const SHOWN_PROBLEMS = 20;

/** The report as text for a terminal: a table of calls, then the verdict and what is red. */
export function formatReport(report: SimulationReport): string {
  const { baseUrl, people, groups, milliseconds } = report;
  const crowd = counted(people, 'person', 'people') + (groups > 0 ? ` and ${counted(groups, 'group', 'groups')}` : '');
  const head = `${whoOf(report)} against ${baseUrl}: ${crowd} in ${seconds(milliseconds)}`;
  const calls = report.calls.length > 0 ? [table([HEADER, ...report.calls.map(row)]), ''] : [];
  return [head, '', ...calls, ...notes(report), ...verdict(report)].join('\n') + '\n';
}

function whoOf({ provider, dialect }: SimulationReport): string {
  return dialect === 'entra' ? provider : `${provider} (${dialect.toUpperCase()})`;
}

/** What the run did beside the usual. */
function notes({ passwords, chaos }: SimulationReport): string[] {
  const lines = [...(passwords ? [passwordNote(passwords)] : []), ...(chaos ? [chaosNote(chaos)] : [])];
  return lines.flatMap((line) => [line, '']);
}

function passwordNote({ created, changed }: PasswordTally): string {
  return `Password sync: ${created} passwords sent with a create, ${changed} as a change.`;
}

function chaosNote({ seed, lost, duplicated, reordered }: ChaosTally): string {
  const lostOnes = counted(lost, 'answer', 'answers');
  return `Chaos (seed ${seed}): ${lostOnes} lost, ${duplicated} requests sent twice, ${reordered} calls overtaken by others.`;
}

const HEADER = ['call', 'method', 'count', 'p50', 'p95', 'p99', 'max', 'answers'];
const NUMERIC = new Set(['count', 'p50', 'p95', 'p99', 'max']);

function row({ kind, method, count, statuses, p50, p95, p99, max }: CallTally): string[] {
  const answers = Object.entries(statuses).map(([status, times]) => `${status} × ${times}`);
  return [kind, method, String(count), ...[p50, p95, p99, max].map(time), answers.join(', ')];
}

/** Aligns columns: numbers to the right, words to the left. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = HEADER.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells.map((cell, column) =>
      NUMERIC.has(HEADER[column] ?? '') ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
    );
  return rows.map((cells) => `  ${line(cells).join('  ')}`.trimEnd()).join('\n');
}

function verdict({ provider, ok, problems, stopped, steps }: SimulationReport): string[] {
  if (ok)
    return [
      `Green: ${steps.map(({ step }) => step).join(', ')}; nothing that ${provider} would show its admin in red.`,
    ];
  const shown = problems.slice(0, SHOWN_PROBLEMS).map(({ message }) => `  ✗ ${message}`);
  const hidden = problems.length - shown.length;
  return [
    `Red: ${counted(problems.length, 'problem', 'problems')}${stopped === undefined ? '' : ', and the run ended early'}`,
    ...shown,
    ...(hidden > 0 ? [`  … and ${hidden} more`] : []),
  ];
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

function time(milliseconds: number): string {
  return milliseconds < 10_000 ? `${milliseconds.toFixed(1)} ms` : seconds(milliseconds);
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
