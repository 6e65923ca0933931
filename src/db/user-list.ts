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

/** The index of users in the order of creation. */
export const BY_CREATION = 'users_by_creation';

// Creation is ordered by the number that grows with it: two users of one millisecond keep their order. Each order has an
// index of its own, which has the columns of the filters in it, too: where few answer, it is walked for a long way.
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
  const { where, parameters } = conditionOf(list, !order.startsWith('DISPLAY_NAME'));
  const table = order === 'CREATED_AT_DESC' ? byCreation(list) : 'users';
  return pageOf<UserRow, User>(
    list.session,
    { columns: USER_COLUMNS, table, where, parameters, key, descending, itemOf: userOf },
    page,
  );
}

/** How many users the list has. */
export async function countUsers(list: UserList): Promise<number> {
  const { where, parameters, isEveryone } = conditionOf(list);
  if (isEveryone) return (await totalsOf(list.session, list.workspaceId, 'users'))?.count ?? 0;
  const sql = `select count(*) as count from ${byCreation(list)} where ${where}`;
  return (await firstRow<{ count: number }>(list.session, sql, parameters))?.count ?? 0;
}

/** The users by the narrowest index that the conditions can be read from; those of a search or a team are read otherwise. */
function byCreation({ session, filter: { search, teamId } }: UserList): string {
  const isInIndex = !isAsked(search) && teamId === undefined;
  return isInIndex ? session.words.readBy('users', BY_CREATION) : 'users';
}

function isAsked(search: string | undefined): search is string {
  return search !== undefined && search !== '';
}

// In SQLite the text of a search stands in the index of names. Another order is walked by who was found there: in its own
// index each row would have to be read.
const FOUND_BY_NAME = `users.rowid in (select rowid from users indexed by users_by_name
  where workspace_id = ? and instr(search_text, ?) > 0)`;

function conditionOf({ session, workspaceId, filter }: UserList, isElsewhere = false) {
  const { search, statuses, roles, managedBy, teamId } = filter;
  const parts: string[] = ['workspace_id = ?'];
  const parameters: SqlValue[] = [workspaceId];
  const add = (sql: string, value: SqlValue) => {
    parts.push(sql);
    parameters.push(value);
  };
  if (isAsked(search) && isElsewhere && session.words.dialect === 'sqlite') {
    parts.push(FOUND_BY_NAME);
    parameters.push(workspaceId, sortKey(search));
  } else if (isAsked(search)) add('instr(search_text, ?) > 0', sortKey(search));
  const addEither = (column: string, values: readonly string[] | undefined) => {
    if (values === undefined) return;
    const either = [...new Set(values)];
    parts.push(either.length === 0 ? 'false' : `${column} in (${either.map(() => '?').join(', ')})`);
    parameters.push(...either);
  };
  addEither('status', statuses);
  addEither('role', roles);
  if (managedBy !== undefined) add('managed_by = ?', managedBy);
  if (teamId !== undefined) {
    parts.push('id in (select user_id from memberships where workspace_id = ? and team_id = ?)');
    parameters.push(workspaceId, teamId);
  }
  return { where: parts.join(' and '), parameters, isEveryone: parts.length === 1 };
}
