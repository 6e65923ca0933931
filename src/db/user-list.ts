import type { Page, PageOf } from '../domain/criteria.ts';
import type { UserListFilter, UserOrder } from '../domain/user-repository.ts';
import type { User } from '../domain/user.ts';
import { sortKey } from '../domain/values.ts';
import { totalsOf } from './counters.ts';
import { pageOf } from './paging.ts';
import { firstRow, type Session, type SqlValue } from './session.ts';
import { USER_COLUMNS, userOf, type UserRow } from './user-rows.ts';

/** The users that are listed. */
export interface UserList {
  readonly session: Session;
  readonly workspaceId: string;
  readonly filter: UserListFilter;
}

// Creation is ordered by the number that grows with it: two users of one millisecond keep their order.
const ORDERS: Record<UserOrder, { readonly key: readonly string[]; readonly descending: boolean }> = {
  DISPLAY_NAME_ASC: { key: ['display_name_key', 'id'], descending: false },
  DISPLAY_NAME_DESC: { key: ['display_name_key', 'id'], descending: true },
  CREATED_AT_DESC: { key: ['seq'], descending: true },
  LAST_ACTIVE_AT_DESC: { key: ["coalesce(last_active_at, '')", 'id'], descending: true },
  LAST_SYNCED_AT_DESC: { key: ["coalesce(last_synced_at, '')", 'id'], descending: true },
};

/** A window on the users in an order. */
export function pageOfUsers(list: UserList, order: UserOrder, page: Page): Promise<PageOf<User>> {
  const { key, descending } = ORDERS[order];
  const { where, parameters } = conditionOf(list);
  return pageOf<UserRow, User>(
    list.session,
    { columns: USER_COLUMNS, table: 'users', where, parameters, key, descending, itemOf: userOf },
    page,
  );
}

/** How many users the list has. */
export async function countUsers(list: UserList): Promise<number> {
  const { where, parameters } = conditionOf(list);
  if (parameters.length === 1) return (await totalsOf(list.session, list.workspaceId, 'users'))?.count ?? 0;
  const sql = `select count(*) as count from users where ${where}`;
  return (await firstRow<{ count: number }>(list.session, sql, parameters))?.count ?? 0;
}

function conditionOf({ workspaceId, filter: { search, statuses, roles, managedBy, teamId } }: UserList) {
  const parts: string[] = ['workspace_id = ?'];
  const parameters: SqlValue[] = [workspaceId];
  const add = (sql: string, value: SqlValue) => {
    parts.push(sql);
    parameters.push(value);
  };
  if (search !== undefined && search !== '') add('instr(search_text, ?) > 0', sortKey(search));
  if (statuses !== undefined) add('status in (select value from json_each(?))', JSON.stringify(statuses));
  if (roles !== undefined) add('role in (select value from json_each(?))', JSON.stringify(roles));
  if (managedBy !== undefined) add('managed_by = ?', managedBy);
  if (teamId !== undefined) {
    parts.push('id in (select user_id from memberships where workspace_id = ? and team_id = ?)');
    parameters.push(workspaceId, teamId);
  }
  return { where: parts.join(' and '), parameters };
}
