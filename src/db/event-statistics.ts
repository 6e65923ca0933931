import type { CallStatistics, LatestCalls } from '../domain/provisioning-event-repository.ts';
import type { ProvisioningErrorCode, ProvisioningOutcome } from '../domain/provisioning-event.ts';
import { later, MINUTE, type Instant } from '../domain/values.ts';
import { firstRow, type Session } from './session.ts';

// Calls stand in the log by their ids, which grow as calls are decided, and nearly by the time at which they came in:
// the newest are looked at, as many as reach back far enough, so that no index by time is needed.

const OFFSETS = [1_000, 10_000, 100_000, 1_000_000];
/** A call is decided after it came in, and reads are written later than writes. */
const SLACK = MINUTE;
const OLDER = 'select occurred_at from provisioning_events where workspace_id = ? order by id desc limit 1 offset ?';

const NEWEST = `(select occurred_at, outcome, error_code, duration_ms from provisioning_events
  where workspace_id = ? order by id desc limit ?) as newest where occurred_at >= ?`;
const MINUTES = `select substr(occurred_at, 1, 16) as minute, outcome, count(*) as count from ${NEWEST}
  group by substr(occurred_at, 1, 16), outcome`;
const ERRORS = `select error_code as code, count(*) as count, max(occurred_at) as "lastAt" from ${NEWEST}
  and error_code is not null group by error_code`;
const NTH_DURATION = `select duration_ms from ${NEWEST} order by duration_ms limit 1 offset ?`;

interface MinuteRow {
  readonly minute: string;
  readonly outcome: ProvisioningOutcome;
  readonly count: number;
}

/** Counts the calls of a workspace since an instant, minute by minute, out of the log. */
export async function eventStatistics(session: Session, workspaceId: string, since: Instant): Promise<CallStatistics> {
  const newest = [workspaceId, await reachingBack(session, workspaceId, since), since];
  const minutes = await session.rows<MinuteRow>(MINUTES, newest);
  const errors = await session.rows<CallStatistics['errors'][number]>(ERRORS, newest);
  const counts = minutes.map(({ minute, ...rest }) => ({ ...rest, at: `${minute}:00.000Z` }));
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  const rank = [...newest, Math.ceil(total * 0.95) - 1];
  const row = total === 0 ? undefined : await firstRow<{ duration_ms: number }>(session, NTH_DURATION, rank);
  return { counts, errors, durationP95Ms: row?.duration_ms ?? null };
}

/** How many of the newest calls reach back before an instant. */
async function reachingBack(session: Session, workspaceId: string, since: Instant): Promise<number> {
  for (const offset of OFFSETS) {
    const row = await firstRow<{ occurred_at: string }>(session, OLDER, [workspaceId, offset]);
    if (row === undefined || row.occurred_at < later(since, -SLACK)) return offset;
  }
  return Number.MAX_SAFE_INTEGER;
}

const LOOKED_AT = 2_000;
const LATEST = `select max(occurred_at) as request,
    max(case when outcome in ('SUCCEEDED', 'UNCHANGED') then occurred_at end) as success
  from (select occurred_at, outcome from provisioning_events where workspace_id = ? order by id desc limit ${LOOKED_AT}) as newest`;
const LATEST_ERRORS = `select error_code as code, max(occurred_at) as at from (select error_code, occurred_at
    from provisioning_events where workspace_id = ? and outcome not in ('SUCCEEDED', 'UNCHANGED')
    order by id desc limit ${LOOKED_AT}) as newest
  where error_code is not null group by error_code`;

/** When calls last came in and how, as far as the newest tell. */
export async function latestCalls(session: Session, workspaceId: string): Promise<LatestCalls> {
  const row = await firstRow<{ request: string | null; success: string | null }>(session, LATEST, [workspaceId]);
  const errors = await session.rows<{ code: ProvisioningErrorCode; at: string }>(LATEST_ERRORS, [workspaceId]);
  const { request = null, success = null } = row ?? {};
  return { request, success, errors: new Map(errors.map(({ code, at }) => [code, at])) };
}
