import type { ChaosTally } from './chaos.ts';
import type { CallKind, CallRecord } from './client.ts';
import type { Provider } from './provider.ts';
import type { Dialect, PasswordTally, Step } from './simulation.ts';

/** One thing the directory's admin would see in red; `userName` is absent where it is not about one person, `group` where not about one group. */
export interface Problem {
  readonly step: Step;
  readonly userName?: string | undefined;
  /** The group's name. */
  readonly group?: string | undefined;
  readonly message: string;
}

/** The calls of one kind and method: how they were answered and how fast (milliseconds; nearest rank). */
export interface CallTally {
  readonly kind: CallKind;
  readonly method: string;
  readonly count: number;
  /** How often each status came; `no answer` where none did. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** How far a step came, and how long it took. */
export interface StepTally {
  readonly step: Step;
  readonly done: number;
  readonly total: number;
  readonly milliseconds: number;
}

/** What came of a simulation. */
export interface SimulationReport {
  readonly baseUrl: string;
  readonly provider: Provider['name'];
  readonly dialect: Dialect | 'entra';
  readonly people: number;
  readonly groups: number;
  readonly milliseconds: number;
  /** Whether the directory's admin would see nothing red; a command exits 1 when it is false. */
  readonly ok: boolean;
  /** Why the run ended early; absent when it did not. */
  readonly stopped?: string;
  readonly steps: readonly StepTally[];
  readonly calls: readonly CallTally[];
  /** Present with password sync. */
  readonly passwords?: PasswordTally;
  /** Present with chaos. */
  readonly chaos?: ChaosTally;
  readonly problems: readonly Problem[];
  /** userNames whose POST was answered 201, whatever happened later. */
  readonly acknowledgedCreates: readonly string[];
  /** userNames the import walk read; empty when it did not come to its end. */
  readonly importedUserNames: readonly string[];
}

/** Collects calls while a simulation runs. */
export class CallLog {
  readonly #groups = new Map<string, CallRecord[]>();

  readonly record = (call: CallRecord): void => {
    const key = `${call.kind} ${call.method}`;
    const group = this.#groups.get(key);
    if (group) group.push(call);
    else this.#groups.set(key, [call]);
  };

  /** One tally per kind and method, in the order they were first made. */
  tallies(): CallTally[] {
    return [...this.#groups.values()].flatMap(([first, ...others]) => (first ? [tally(first, others)] : []));
  }
}

function tally(first: CallRecord, others: readonly CallRecord[]): CallTally {
  const calls = [first, ...others];
  const statuses: Record<string, number> = {};
  for (const { status } of calls) statuses[status] = (statuses[status] ?? 0) + 1;
  const times = calls.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  const rank = (percent: number) => percentile(times, percent);
  const { kind, method } = first;
  return { kind, method, count: calls.length, statuses, p50: rank(50), p95: rank(95), p99: rank(99), max: rank(100) };
}

/** The smallest of the sorted times that `rank` percent of them do not exceed. */
export function percentile(times: readonly number[], rank: number): number {
  return times[Math.max(0, Math.ceil((times.length * rank) / 100) - 1)] ?? 0;
}
