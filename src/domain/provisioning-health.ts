import type { WorkspaceReader } from './ports.ts';
import type { CallStatistics, LatestCalls } from './provisioning-event-repository.ts';
import { REMEDIES, type ProvisioningErrorCode, type ProvisioningOutcome, type Remedy } from './provisioning-event.ts';
import { DAY, HOUR, later, millisecondsOf, MINUTE, type Instant } from './values.ts';

/** How far back to look. */
export const HEALTH_WINDOWS = ['LAST_HOUR', 'LAST_24_HOURS', 'LAST_7_DAYS', 'LAST_30_DAYS'] as const;
export type HealthWindow = (typeof HEALTH_WINDOWS)[number];

/** How provisioning did over a window. */
export interface ProvisioningHealth {
  readonly window: HealthWindow;
  readonly requestCount: number;
  readonly refusedCount: number;
  readonly throttledCount: number;
  readonly failedCount: number;
  readonly durationP95Ms: number | null;
  readonly lastRequestAt: Instant | null;
  readonly lastSuccessAt: Instant | null;
  /** Commonest first. */
  readonly topErrors: readonly ErrorTally[];
  /** Oldest first, without gaps. */
  readonly buckets: readonly HealthBucket[];
}

/** How often an error occurred. */
export interface ErrorTally {
  readonly code: ProvisioningErrorCode;
  readonly count: number;
  readonly lastOccurredAt: Instant;
  readonly remedy: Remedy;
}

/** The calls of one slice of the window. */
export type HealthBucket = { readonly start: Instant } & Readonly<Record<Ending, number>>;

type Ending = 'succeeded' | 'refused' | 'throttled' | 'failed';

const ENDINGS: Record<ProvisioningOutcome, Ending> = {
  SUCCEEDED: 'succeeded',
  UNCHANGED: 'succeeded',
  UNAUTHENTICATED: 'refused',
  REFUSED: 'refused',
  THROTTLED: 'throttled',
  FAILED: 'failed',
};

/**
 * The length of each window and of its slices. Slices begin at round times; the one into which the window begins counts
 * as a whole, as it does for the status, so that nothing that made a status falls out of its picture.
 */
const WINDOWS: Record<HealthWindow, { readonly length: number; readonly slice: number }> = {
  LAST_HOUR: { length: HOUR, slice: 5 * MINUTE },
  LAST_24_HOURS: { length: DAY, slice: HOUR },
  LAST_7_DAYS: { length: 7 * DAY, slice: 6 * HOUR },
  LAST_30_DAYS: { length: 30 * DAY, slice: DAY },
};

const MOST_ERRORS = 10;

/** Reads how provisioning did: the last hour off the log of calls, longer windows off the hourly tallies. */
export async function readProvisioningHealth(
  reader: WorkspaceReader,
  window: HealthWindow,
  now: Instant,
): Promise<ProvisioningHealth> {
  const { length, slice } = WINDOWS[window];
  const since = sliceOf(later(now, -length), slice);
  const [statistics, latest, lastHours] = await Promise.all([
    (slice < HOUR ? reader.events : reader.tallies).statistics(since),
    reader.events.latest(),
    reader.tallies.lastHours(),
  ]);
  const buckets = bucketsOf(statistics, { since, slice, now });
  return {
    window,
    ...totalsOf(buckets),
    durationP95Ms: statistics.durationP95Ms,
    lastRequestAt: latestOf(latest.request, lastHours.request),
    lastSuccessAt: latestOf(latest.success, lastHours.success),
    topErrors: topErrorsOf(statistics, latest.errors),
    buckets,
  };
}

interface Slices {
  readonly since: Instant;
  readonly slice: number;
  readonly now: Instant;
}

function bucketsOf({ counts }: CallStatistics, { since, slice, now }: Slices): HealthBucket[] {
  const buckets = new Map<Instant, Record<Ending, number>>();
  for (let start = since; start <= now; start = later(start, slice))
    buckets.set(start, { succeeded: 0, refused: 0, throttled: 0, failed: 0 });
  for (const { at, outcome, count } of counts) {
    const bucket = buckets.get(sliceOf(at, slice));
    if (bucket !== undefined) bucket[ENDINGS[outcome]] += count;
  }
  return [...buckets].map(([start, numbers]) => ({ start, ...numbers }));
}

function totalsOf(buckets: readonly HealthBucket[]) {
  const total = (ending: Ending) => buckets.reduce((sum, bucket) => sum + bucket[ending], 0);
  const [refusedCount, throttledCount, failedCount] = [total('refused'), total('throttled'), total('failed')];
  const requestCount = total('succeeded') + refusedCount + throttledCount + failedCount;
  return { requestCount, refusedCount, throttledCount, failedCount };
}

function topErrorsOf({ errors }: CallStatistics, latest: LatestCalls['errors']): ErrorTally[] {
  return errors
    .toSorted((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1))
    .slice(0, MOST_ERRORS)
    .map(({ code, count, lastAt }) => {
      const lastOccurredAt = latestOf(lastAt, latest.get(code) ?? null)!;
      return { code, count, lastOccurredAt, remedy: REMEDIES[code] };
    });
}

/** The later of two instants, either of which may be told to the hour only. */
function latestOf(a: Instant | null, b: Instant | null): Instant | null {
  return a === null || (b !== null && b > a) ? b : a;
}

/** The beginning of the slice into which an instant falls. */
function sliceOf(instant: Instant, slice: number): Instant {
  const time = millisecondsOf(instant);
  return new Date(time - (time % slice)).toISOString();
}
