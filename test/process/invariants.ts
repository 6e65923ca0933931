import Database from 'better-sqlite3';

/** What the directory and the log must have in common, read by SQL beside the server. */
export interface Findings {
  readonly integrity: string;
  readonly foreignKeys: readonly unknown[];
  /** userName keys that two users of a workspace have. */
  readonly twins: readonly unknown[];
  /** Users of the directory without exactly one event of their creation that succeeded. */
  readonly usersWithoutEvent: readonly unknown[];
  /** Events of a creation whose user is missing, or has another name than the event says. */
  readonly eventsWithoutUser: readonly unknown[];
  /** Users without exactly one line of the audit log for their creation. */
  readonly usersWithoutAudit: readonly unknown[];
  /** Counters that differ from what they count. */
  readonly wrongCounts: readonly unknown[];
  readonly userNames: readonly string[];
  readonly createEvents: number;
}

const USERS_WITHOUT_EVENT = `select u.user_name from users u where u.managed_by = 'DIRECTORY' and 1 <> (
  select count(*) from provisioning_events e where e.workspace_id = u.workspace_id and e.target_id = u.id
  and e.operation = 'CREATE_USER' and e.outcome = 'SUCCEEDED' and e.http_status = 201)`;
const EVENTS_WITHOUT_USER = `select e.target_name from provisioning_events e where e.operation = 'CREATE_USER'
  and e.outcome = 'SUCCEEDED' and not exists (
    select 1 from users u, json_each(e.changes) c where u.workspace_id = e.workspace_id and u.id = e.target_id
    and c.value ->> 'path' = 'userName' and c.value ->> 'after' = json_quote(u.user_name))`;
const USERS_WITHOUT_AUDIT = `select u.user_name from users u where 1 <> (
  select count(*) from domain_events d where d.workspace_id = u.workspace_id and d.target_id = u.id
  and d.name = 'UserCreated')`;
const TWINS = `select user_name_key from users group by workspace_id, user_name_key having count(*) > 1`;
const WRONG_COUNTS = `select w.id from workspaces w left join workspace_counters c on c.workspace_id = w.id
  where coalesce(c.user_count, 0) <> (select count(*) from users u where u.workspace_id = w.id)`;
const CREATE_EVENTS = `select count(*) from provisioning_events
  where operation = 'CREATE_USER' and outcome = 'SUCCEEDED'`;

/** Checks a database file: SQLite's own checks, and one event in the same transaction as each write. */
export function examine(file: string): Findings {
  const database = new Database(file, { readonly: true });
  const all = (sql: string) => database.prepare(sql).all();
  try {
    return {
      integrity: String(database.pragma('integrity_check', { simple: true })),
      foreignKeys: database.pragma('foreign_key_check') as unknown[],
      twins: all(TWINS),
      usersWithoutEvent: all(USERS_WITHOUT_EVENT),
      eventsWithoutUser: all(EVENTS_WITHOUT_USER),
      usersWithoutAudit: all(USERS_WITHOUT_AUDIT),
      wrongCounts: all(WRONG_COUNTS),
      userNames: database
        .prepare("select user_name from users where managed_by = 'DIRECTORY'")
        .pluck()
        .all() as string[],
      createEvents: Number(database.prepare(CREATE_EVENTS).pluck().get()),
    };
  } finally {
    database.close();
  }
}

/** What `examine` finds where nothing is wrong, apart from the names and numbers. */
export const NOTHING_WRONG = {
  integrity: 'ok',
  foreignKeys: [],
  twins: [],
  usersWithoutEvent: [],
  eventsWithoutUser: [],
  usersWithoutAudit: [],
  wrongCounts: [],
};
