import { DAY, later, type Instant } from '../domain/values.ts';
import type { Commits } from './commits.ts';

const BATCH = 500;
const READS_KEPT = 7 * DAY;
const CALLS_KEPT = 90 * DAY;
const DOMAIN_EVENTS_KEPT = 400 * DAY;

// The condition is that of the index of successful reads.
const PURGE_READS = `delete from provisioning_events where seq in (select seq from provisioning_events
  where operation in ('READ_USERS', 'READ_TEAMS') and outcome = 'SUCCEEDED' and occurred_at < ? limit ${BATCH})`;
const PURGE_CALLS = purgeOldest('provisioning_events');
const PURGE_DOMAIN_EVENTS = purgeOldest('domain_events');
const PURGE_SESSIONS = `delete from sessions where public_id in (
  select public_id from sessions where expires_at < ? limit ${BATCH})`;

/** Removes what has been kept long enough, some at a time so that no writer waits long; how much was removed. */
export async function purge(commits: Commits, now: Instant): Promise<number> {
  let removed = 0;
  for (const [sql, kept] of [
    [PURGE_READS, READS_KEPT],
    [PURGE_CALLS, CALLS_KEPT],
    [PURGE_DOMAIN_EVENTS, DOMAIN_EVENTS_KEPT],
    [PURGE_SESSIONS, 0],
  ] as const) {
    let batch = BATCH;
    while (batch === BATCH) {
      batch = await commits.run((session) => session.run(sql, [later(now, -kept)]));
      removed += batch;
    }
  }
  return removed;
}

/** Looks at the oldest rows alone, which need no index: rows are written nearly in the order of time. */
function purgeOldest(table: string): string {
  return `delete from ${table} where seq in (
    select seq from (select seq, occurred_at from ${table} order by seq limit ${BATCH}) as oldest where occurred_at < ?)`;
}
