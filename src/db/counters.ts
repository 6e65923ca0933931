import { firstRow, type Session } from './session.ts';

// Counting under a condition reads all that it counts, so that totals are kept. In SQLite they stand in one row, which
// every write updates. In PostgreSQL that row would make all writes to a workspace wait for each other: there each
// write appends what it adds, a read sums up, and `folding` empties the list now and then.

const COUNTERS = ['user_count', 'user_deletions', 'user_revision', 'team_count', 'team_deletions', 'team_revision'];

/** What is counted, by the steps that it makes the counters take. */
const STEPS = {
  userAdded: { user_count: 1, last_user_seq: 1, user_revision: 1 },
  userSaved: { user_revision: 1 },
  userRemoved: { user_count: -1, user_deletions: 1, user_revision: 1 },
  teamAdded: { team_count: 1, last_team_seq: 1, team_revision: 1 },
  teamSaved: { team_revision: 1 },
  teamRemoved: { team_count: -1, team_deletions: 1, team_revision: 1 },
} as const satisfies Record<string, Readonly<Record<string, number>>>;

/** Something that changes the totals of a workspace. */
export type Counted = keyof typeof STEPS;

const TEXTS = Object.fromEntries(
  Object.entries(STEPS).map(([what, steps]) => [what, { sqlite: updateOf(steps), postgresql: insertOf(steps) }]),
) as Readonly<Record<Counted, { readonly sqlite: string; readonly postgresql: string }>>;

/** Counts something that was done. */
export async function count(session: Session, workspaceId: string, what: Counted): Promise<void> {
  await session.run(TEXTS[what][session.words.dialect], [workspaceId]);
}

/** How many there are, and stamps that grow with each deletion, and with each write of any kind. */
export interface Totals {
  readonly count: number;
  readonly deletions: number;
  readonly revision: number;
}

const TOTALS = {
  users: { sqlite: keptTotals('user'), postgresql: summedTotals('user') },
  teams: { sqlite: keptTotals('team'), postgresql: summedTotals('team') },
} as const;

/** The totals of a workspace; undefined where there is no such workspace. */
export function totalsOf(session: Session, workspaceId: string, of: 'users' | 'teams'): Promise<Totals | undefined> {
  const { dialect } = session.words;
  return firstRow<Totals>(
    session,
    TOTALS[of][dialect],
    dialect === 'sqlite' ? [workspaceId] : [workspaceId, workspaceId],
  );
}

// One process at a time; the others have nothing to do then.
const FOLD = `with gone as (
    delete from workspace_counter_deltas where (select pg_try_advisory_xact_lock(7209, 2)) returning *
  ), sums as (
    select workspace_id, ${COUNTERS.map((name) => `sum(${name}) as ${name}`).join(', ')} from gone group by workspace_id
  ) update workspace_counters as kept set ${COUNTERS.map((name) => `${name} = kept.${name} + sums.${name}`).join(', ')}
  from sums where kept.workspace_id = sums.workspace_id`;

/** Adds up what writes of any workspace have appended (PostgreSQL). */
export async function fold(session: Session): Promise<void> {
  await session.run(FOLD, []);
}

function updateOf(steps: Readonly<Record<string, number>>): string {
  const sets = Object.entries(steps).map(([name, by]) => `${name} = ${name} ${by < 0 ? '-' : '+'} ${Math.abs(by)}`);
  return `update workspace_counters set ${sets.join(', ')} where workspace_id = ?`;
}

function insertOf(steps: Readonly<Record<string, number>>): string {
  const counted = Object.entries(steps).filter(([name]) => COUNTERS.includes(name));
  return `insert into workspace_counter_deltas (workspace_id, ${counted.map(([name]) => name).join(', ')})
    values (?, ${counted.map(([, by]) => by).join(', ')})`;
}

function keptTotals(kind: 'user' | 'team'): string {
  return `select ${kind}_count as count, ${kind}_deletions as deletions, ${kind}_revision as revision
    from workspace_counters where workspace_id = ?`;
}

function summedTotals(kind: 'user' | 'team'): string {
  const sum = (name: string) => `kept.${kind}_${name} + coalesce(sum(delta.${kind}_${name}), 0) as ${name}`;
  return `select ${['count', 'deletions', 'revision'].map(sum).join(', ')}
    from workspace_counters as kept left join workspace_counter_deltas as delta
      on delta.workspace_id = kept.workspace_id and delta.workspace_id = ?
    where kept.workspace_id = ? group by kept.workspace_id`;
}
