import type { MembersChanged } from '../domain/team-repository.ts';
import type { MemberChange } from '../domain/team.ts';
import type { Session, SqlValue } from './session.ts';

// Each statement takes all ids of a request as one parameter and finds its rows by key, so that its cost depends on how
// many are named, and not on how many are in the team; only `replace` walks the team.

const UNKNOWN = `select value as id from json_each(?)
  where not exists (select 1 from users where workspace_id = ? and id = value)`;
const MEMBER = 'where workspace_id = ? and team_id = ?';
const REMOVE = `delete from memberships ${MEMBER} and user_id in (select value from json_each(?))
  returning user_id as id`;
const REMOVE_OTHERS = `delete from memberships ${MEMBER} and user_id not in (select value from json_each(?))
  returning user_id as id`;
// In the order of the key, so that each page is written once; `seq` keeps the order of the request.
const ADD = `insert into memberships (workspace_id, team_id, user_id, seq)
  select ?, ?, value, (select last_membership_seq from workspace_counters where workspace_id = ?) + 1 + key
  from json_each(?) where true order by value, key
  on conflict do nothing returning user_id as id`;
const COUNT_CHANGED = `update workspace_counters set team_revision = team_revision + 1,
  last_membership_seq = last_membership_seq + ? where workspace_id = ?`;

/** The team whose members change. */
export interface TeamPlace {
  readonly session: Session;
  readonly workspaceId: string;
  readonly teamId: string;
}

/** Changes who is in a team; nothing where an id to add is unknown. */
export async function changeMembers(place: TeamPlace, { kind, userIds }: MemberChange): Promise<MembersChanged> {
  const { session, workspaceId, teamId } = place;
  const ids = JSON.stringify(userIds);
  const unknown = kind === 'remove' ? [] : await idsOf(session, UNKNOWN, [ids, workspaceId]);
  if (unknown.length > 0) return { added: [], removed: [], unknown };
  const gone = kind === 'replace' ? REMOVE_OTHERS : REMOVE;
  const removed = kind === 'add' ? [] : await idsOf(session, gone, [workspaceId, teamId, ids]);
  const added = kind === 'remove' ? [] : await idsOf(session, ADD, [workspaceId, teamId, workspaceId, ids]);
  if (added.length + removed.length > 0)
    await session.run(COUNT_CHANGED, [added.length === 0 ? 0 : userIds.length, workspaceId]);
  return { added, removed, unknown };
}

async function idsOf(session: Session, sql: string, parameters: readonly SqlValue[]): Promise<string[]> {
  return (await session.rows<{ id: string }>(sql, parameters)).map(({ id }) => id);
}
