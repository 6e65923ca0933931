import type { CallKind, CallRecord } from './client.ts';
import type { Dialect, Step } from './simulation.ts';

/** One thing Okta's admin would see in red; `userName` is absent where it is not about one person. */
export interface Problem {
  readonly step: Step;
  readonly userName?: string | undefined;
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
  readonly dialect: Dialect;
  readonly people: number;
  readonly milliseconds: number;
  /** Whether Okta's admin would see nothing red; a command exits 1 when it is false. */
  readonly ok: boolean;
  /** Why the run ended early; absent when it did not. */
  readonly stopped?: string;
  readonly steps: readonly StepTally[];
  readonly calls: readonly CallTally[];
  readonly problems: readonly Problem[];
  /** userNames whose POST was answered 201, whatever happened later. */
  readonly acknowledgedCreates: readonly string[];
  /** userNames the import walk read; empty when it did not come to its end. */
  readonly importedUserNames: readonly string[];
}

/** Collects calls while a simulation runs. */
export class CallLog {
  readonly #calls = new Map<string, CallRecord[]>();

  readonly record = (call: CallRecord): void => {
    const key = `${call.kind} ${call.method}`;
    const calls = this.#calls.get(key);
    if (calls) calls.push(call);
    else this.#calls.set(key, [call]);
  };

  /** One tally per kind and method, in the order they were first made. */
  tallies(): CallTally[] {
    return [...this.#calls.values()].map(tally);
  }
}

function tally(calls: readonly CallRecord[]): CallTally {
  const { kind, method } = calls[0] as CallRecord;
  const statuses: Record<string, number> = {};
  for (const { status } of calls) statuses[status] = (statuses[status] ?? 0) + 1;
  const times = calls.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  const [p50, p95, p99, max] = [50, 95, 99, 100].map((rank) => percentile(times, rank)) as [
    number,
    number,
    number,
    number,
  ];
  return { kind, method, count: calls.length, statuses, p50, p95, p99, max };
}

/** The smallest of the sorted times that `rank` percent of them do not exceed. */
export function percentile(times: readonly number[], rank: number): number {
  return times[Math.max(0, Math.ceil((times.length * rank) / 100) - 1)] ?? 0;
}
