import type { Criteria, Page, PageOf, Slice } from '../domain/criteria.ts';
import type { FieldOrder } from '../domain/criteria.ts';
import type { UserListFilter, UserOrder, UserReader } from '../domain/user-repository.ts';
import type { UserField } from '../domain/user-fields.ts';
import type { User } from '../domain/user.ts';
import { compareKey, type Instant } from '../domain/values.ts';
import { USER_PLACES } from './comparable.ts';
import { firstRow, type Session } from './session.ts';
import { findSlice, type SliceMemory, type SlicedTable } from './slices.ts';
import { BY_CREATION, countUsers, pageOfUsers } from './user-list.ts';
import { USER_COLUMNS, userOf, type UserRow } from './user-rows.ts';
import { hasOtherActiveOwner, userById } from './users.ts';

const SELECT = `select ${USER_COLUMNS} from users where workspace_id = ?`;
const MANY = `${SELECT} and id in (select value from json_each(?))`;
const BY_USER_NAME = `${SELECT} and user_name_key = ?`;
const BY_EXTERNAL_ID = `${SELECT} and external_id = ?`;
const FIRST_LINKED = {
  of: 'select linked_at from',
  where: `where workspace_id = ? and managed_by = 'DIRECTORY' and linked_at is not null order by seq limit 1`,
};

const TABLE: SlicedTable<UserRow, User, UserField> = {
  name: 'users',
  columns: USER_COLUMNS,
  places: USER_PLACES,
  itemOf: userOf,
};

/** Reads of the users of one workspace. */
export class StoredUsers implements UserReader {
  readonly #session: Session;
  readonly #workspaceId: string;
  readonly #memory: SliceMemory;

  constructor(session: Session, workspaceId: string, memory: SliceMemory) {
    this.#session = session;
    this.#workspaceId = workspaceId;
    this.#memory = memory;
  }

  get(id: string): Promise<User | undefined> {
    return userById(this.#session, this.#workspaceId, id);
  }

  async many(ids: readonly string[]): Promise<User[]> {
    const rows = await this.#session.rows<UserRow>(MANY, [this.#workspaceId, JSON.stringify(ids)]);
    return rows.map((row) => userOf(row));
  }

  async byUserName(userName: string): Promise<User | undefined> {
    return userOf(await firstRow<UserRow>(this.#session, BY_USER_NAME, [this.#workspaceId, compareKey(userName)]));
  }

  async byExternalId(externalId: string): Promise<User | undefined> {
    return userOf(await firstRow<UserRow>(this.#session, BY_EXTERNAL_ID, [this.#workspaceId, externalId]));
  }

  async find(
    criteria: Criteria<UserField> | undefined,
    slice: Slice,
    order?: FieldOrder<UserField>,
  ): Promise<{ users: User[]; total: number; next?: number }> {
    const source = { session: this.#session, workspaceId: this.#workspaceId, memory: this.#memory };
    const { items, ...found } = await findSlice(source, TABLE, { criteria, slice, order });
    return { users: items, ...found };
  }

  page(filter: UserListFilter, order: UserOrder, page: Page): Promise<PageOf<User>> {
    return pageOfUsers({ session: this.#session, workspaceId: this.#workspaceId, filter }, order, page);
  }

  count(filter: UserListFilter): Promise<number> {
    return countUsers({ session: this.#session, workspaceId: this.#workspaceId, filter });
  }

  hasOtherActiveOwner(id: string): Promise<boolean> {
    return hasOtherActiveOwner(this.#session, this.#workspaceId, id);
  }

  async firstLinkedAt(): Promise<Instant | null> {
    const sql = `${FIRST_LINKED.of} ${this.#session.words.readBy('users', BY_CREATION)} ${FIRST_LINKED.where}`;
    return (await firstRow<{ linked_at: string }>(this.#session, sql, [this.#workspaceId]))?.linked_at ?? null;
  }
}
