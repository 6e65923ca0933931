import type { MembersChanged } from '../domain/team-repository.ts';
import type { MemberChange } from '../domain/team.ts';
import { count } from './counters.ts';
import type { Session, SqlValue } from './session.ts';

// Each statement takes all ids of a request as one parameter and finds its rows by key, so that its cost depends on how
// many are named, and not on how many are in the team; only `replace` walks the team.

const UNKNOWN = `select key from json_each(?)
  where not exists (select 1 from users where workspace_id = ? and id = value) order by key`;
const MEMBER = 'where workspace_id = ? and team_id = ?';
const REMOVE = `delete from memberships ${MEMBER} and user_id in (select value from json_each(?))
  returning user_id as id`;
const REMOVE_OTHERS = `delete from memberships ${MEMBER} and user_id not in (select value from json_each(?))
  returning user_id as id`;
// In the order of the key, so that each page is written once; `seq` keeps the order of the request.
const ADD = {
  sqlite: adding('(select last_membership_seq from workspace_counters where workspace_id = ?) + 1'),
  // The sequence leaves room for all that one request may name.
  postgresql: adding("(select nextval('membership_order'))"),
};
const TAKE_NUMBERS = `update workspace_counters set last_membership_seq = last_membership_seq + ? where workspace_id = ?`;

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
  const unknown = kind === 'remove' ? [] : await unknownOf(place, userIds);
  if (unknown.length > 0) return { added: [], removed: [], unknown };
  const gone = kind === 'replace' ? REMOVE_OTHERS : REMOVE;
  const removed = kind === 'add' ? [] : await idsOf(session, gone, [workspaceId, teamId, ids]);
  const added = kind === 'remove' ? [] : await add(place, ids);
  if (added.length > 0 && session.words.dialect === 'sqlite')
    await session.run(TAKE_NUMBERS, [userIds.length, workspaceId]);
  if (added.length + removed.length > 0) await count(session, workspaceId, 'teamSaved');
  return { added, removed, unknown };
}

async function unknownOf({ session, workspaceId }: TeamPlace, userIds: readonly string[]): Promise<string[]> {
  const rows = await session.rows<{ key: number }>(UNKNOWN, [JSON.stringify(userIds), workspaceId]);
  return rows.map(({ key }) => userIds[key]!);
}

function add({ session, workspaceId, teamId }: TeamPlace, ids: string): Promise<string[]> {
  const { dialect } = session.words;
  return idsOf(session, ADD[dialect], [workspaceId, teamId, ...(dialect === 'sqlite' ? [workspaceId] : []), ids]);
}

function adding(base: string): string {
  return `insert into memberships (workspace_id, team_id, user_id, seq)
    select ?, ?, value, ${base} + key from json_each(?) where true order by value, key
    on conflict do nothing returning user_id as id`;
}

/** In the order of the ids: what the databases give back has none. */
async function idsOf(session: Session, sql: string, parameters: readonly SqlValue[]): Promise<string[]> {
  return (await session.rows<{ id: string }>(sql, parameters)).map(({ id }) => id).toSorted();
}
