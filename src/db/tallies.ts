import type {
  CallStatistics,
  CallTally,
  FirstCalls,
  LatestCalls,
  TallyReader,
} from '../domain/provisioning-event-repository.ts';
import type { ProvisioningEvent } from '../domain/provisioning-event.ts';
import type { Instant } from '../domain/values.ts';
import { quantile } from './histogram.ts';
import { firstRow, type Session } from './session.ts';

/** The buckets of the latency histogram: calls up to so many milliseconds; the last is for all that took longer. */
export const LATENCY_BUCKETS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, Infinity] as const;

const KEY = ['workspace_id', 'hour', 'credential_id', 'operation', 'outcome', 'error_code'];
const COUNTS = ['count', ...LATENCY_BUCKETS.map((most) => (most === Infinity ? 'ms_more' : `ms_${most}`))];
const ADD = `insert into call_tallies (${[...KEY, ...COUNTS].join(', ')})
  values (${[...KEY, ...COUNTS].map(() => '?').join(', ')})
  on conflict (${KEY.join(', ')}) do update set
  ${COUNTS.map((column) => `${column} = call_tallies.${column} + excluded.${column}`).join(', ')}`;
const KNOWN = "workspace_id = ? and hour >= ? and credential_id <> ''";
// A key whose secret is wrong says nothing of the directory: whoever knows its public part could spoil the picture.
const GENUINE = `${KNOWN} and error_code <> 'CREDENTIAL_INVALID'`;
const BY_OUTCOME = `select outcome, sum(count) as count from call_tallies where ${GENUINE} group by outcome order by outcome`;
const BY_CREDENTIAL = `select credential_id, sum(count) as count from call_tallies
  where ${GENUINE} and credential_id in (select value from json_each(?)) group by credential_id`;
const ACCEPTED = `select 1 from call_tallies
  where workspace_id = ? and credential_id <> '' and outcome in ('SUCCEEDED', 'UNCHANGED') limit 1`;

const SINCE = 'from call_tallies where workspace_id = ? and hour >= ?';
const HOURS = `select hour, outcome, sum(count) as count ${SINCE} group by hour, outcome`;
const ERRORS = `select error_code as code, sum(count) as count, max(hour) as hour ${SINCE} and error_code <> ''
  group by error_code`;
const LATENCIES = `select ${COUNTS.slice(1)
  .map((column) => `sum(${column}) as ${column}`)
  .join(', ')} ${SINCE}`;
const IS_ACCEPTED = "outcome in ('SUCCEEDED', 'UNCHANGED')";
const LAST = `select (${hourWhere('1 = 1', 'desc')}) as request, (${hourWhere(IS_ACCEPTED, 'desc')}) as success`;
const FIRST = `select (${hourWhere(`credential_id <> '' and ${IS_ACCEPTED}`, 'asc')}) as accepted,
  (${firstOf('CREATE_USER')}) as created, (${firstOf('DEACTIVATE_USER')}) as deactivated, (${firstOf('CREATE_TEAM')}) as team`;

/** Calls of one kind within one hour, counted: the values of the key, and the counts. */
export interface Tally {
  readonly key: readonly string[];
  readonly counts: number[];
}

/** The values under which a call is tallied. */
export function tallyKey(event: ProvisioningEvent): string[] {
  const { workspaceId, occurredAt, credentialId, operation, outcome, errorCode } = event;
  return [workspaceId, hourOf(occurredAt), credentialId ?? '', operation, outcome, errorCode ?? ''];
}

/** An empty tally. */
export function emptyTally(key: readonly string[]): Tally {
  return { key, counts: COUNTS.map(() => 0) };
}

/** Counts a call in. */
export function countCall({ counts }: Tally, durationMs: number): void {
  counts[0]! += 1;
  counts[1 + LATENCY_BUCKETS.findIndex((most) => durationMs <= most || most === Infinity)]! += 1;
}

/** Adds a tally to what is stored. */
export async function addTally(session: Session, { key, counts }: Tally): Promise<void> {
  await session.run(ADD, [...key, ...counts]);
}

/** Reads of the tallies of one workspace, those still waiting to be written included. */
export class StoredTallies implements TallyReader {
  readonly #session: Session;
  readonly #workspaceId: string;
  readonly #settle: () => Promise<void>;

  constructor(session: Session, workspaceId: string, settle: () => Promise<void>) {
    this.#session = session;
    this.#workspaceId = workspaceId;
    this.#settle = settle;
  }

  async byOutcome(since: Instant): Promise<CallTally[]> {
    await this.#settle();
    return this.#session.rows<CallTally>(BY_OUTCOME, [this.#workspaceId, hourOf(since)]);
  }

  async byCredential(ids: readonly string[], since: Instant): Promise<Map<string, number>> {
    await this.#settle();
    const values = [this.#workspaceId, hourOf(since), JSON.stringify(ids)];
    const rows = await this.#session.rows<{ credential_id: string; count: number }>(BY_CREDENTIAL, values);
    return new Map(rows.map((row) => [row.credential_id, row.count]));
  }

  async hasAccepted(): Promise<boolean> {
    await this.#settle();
    return (await firstRow(this.#session, ACCEPTED, [this.#workspaceId])) !== undefined;
  }

  async statistics(since: Instant): Promise<CallStatistics> {
    await this.#settle();
    const values = [this.#workspaceId, hourOf(since)];
    const hours = await this.#session.rows<HourRow<CallTally>>(HOURS, values);
    const errors = await this.#session.rows<HourRow<CallStatistics['errors'][number]>>(ERRORS, values);
    const latencies = Object.values((await firstRow<Record<string, number | null>>(this.#session, LATENCIES, values))!);
    return {
      counts: hours.map(({ hour, ...tally }) => ({ ...tally, at: beginningOf(hour)! })),
      errors: errors.map(({ hour, ...error }) => ({ ...error, lastAt: beginningOf(hour)! })),
      durationP95Ms: quantile(
        0.95,
        LATENCY_BUCKETS,
        latencies.map((count) => count ?? 0),
      ),
    };
  }

  async lastHours(): Promise<Pick<LatestCalls, 'request' | 'success'>> {
    await this.#settle();
    const row = await firstRow<Record<string, string | null>>(this.#session, LAST, [
      this.#workspaceId,
      this.#workspaceId,
    ]);
    return { request: beginningOf(row?.['request']), success: beginningOf(row?.['success']) };
  }

  async firstCalls(): Promise<FirstCalls> {
    await this.#settle();
    const id = this.#workspaceId;
    const row = await firstRow<Record<string, string | null>>(this.#session, FIRST, [id, id, id, id]);
    return {
      accepted: beginningOf(row?.['accepted']),
      userCreated: beginningOf(row?.['created']),
      userDeactivated: beginningOf(row?.['deactivated']),
      teamCreated: beginningOf(row?.['team']),
    };
  }
}

type HourRow<Told> = Omit<Told, 'lastAt'> & { readonly hour: string };

function hourWhere(condition: string, order: 'asc' | 'desc'): string {
  return `select hour from call_tallies where workspace_id = ? and ${condition} order by hour ${order} limit 1`;
}

function firstOf(operation: ProvisioningEvent['operation']): string {
  return hourWhere(`operation = '${operation}' and outcome = 'SUCCEEDED'`, 'asc');
}

function beginningOf(hour: string | null | undefined): Instant | null {
  return hour === null || hour === undefined ? null : `${hour}:00:00.000Z`;
}

function hourOf(instant: Instant): string {
  return instant.slice(0, 13);
}
