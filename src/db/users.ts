import { alreadyExists, type DomainError } from '../domain/errors.ts';
import type { Clock } from '../domain/ports.ts';
import type { UserRepository } from '../domain/user-repository.ts';
import type { RoleFromTeam } from '../domain/user-role.ts';
import type { User } from '../domain/user.ts';
import type { Instant } from '../domain/values.ts';
import { clashingField } from './constraints.ts';
import { count } from './counters.ts';
import { numberedInsert } from './order.ts';
import { highestTeamRole, keepRole } from './roles.ts';
import { firstRow, holding, holdWorkspace, textFor, type Session, type Statement } from './session.ts';
import { emailKeysOf, keepEmails } from './user-emails.ts';
import {
  ADDED_COLUMNS,
  addedValues,
  isFoundAlike,
  SAVED_COLUMNS,
  savedValues,
  USER_COLUMNS,
  userOf,
  WHOLE_COLUMNS,
  wholeValues,
  type UserRow,
} from './user-rows.ts';

const WHERE_ID = 'where workspace_id = ? and id = ?';
const GET = holding(`select ${USER_COLUMNS} from users ${WHERE_ID}`);
const OTHER_OWNER = `select 1 from users
  where workspace_id = ? and id <> ? and role = 'OWNER' and status = 'ACTIVE' limit 1`;
const INSERT = numberedInsert('users', ADDED_COLUMNS);
const UPDATE = updateOf(SAVED_COLUMNS);
const UPDATE_WHOLE = updateOf(WHOLE_COLUMNS);
const NAME_TAKEN = 'select 1 from users where workspace_id = ? and user_name_key = ? and id <> ?';
const TOUCH = `update users set last_synced_at = ? ${WHERE_ID}`;
// Every team of the user changes with their going.
const LEAVE_TEAMS = `update teams set version = version + 1, updated_at = ? where workspace_id = ?
  and id in (select team_id from memberships where workspace_id = ? and user_id = ?)`;
const DELETE_TOKENS = 'delete from access_tokens where workspace_id = ? and user_id = ?';
const DELETE = `delete from users ${WHERE_ID}`;

/** The user with an id. */
export async function userById(session: Session, workspaceId: string, id: string): Promise<User | undefined> {
  return userOf(await firstRow<UserRow>(session, textFor(session, GET), [workspaceId, id]));
}

/** Whether an active owner other than one user exists. */
export async function hasOtherActiveOwner(session: Session, workspaceId: string, id: string): Promise<boolean> {
  await holdWorkspace(session, workspaceId);
  return (await firstRow(session, OTHER_OWNER, [workspaceId, id])) !== undefined;
}

/** A user as read, with the addresses that have rows. */
interface UserRead {
  readonly user: User;
  readonly emails: readonly string[];
}

/** Users within one transaction on one workspace. */
export class Users implements UserRepository {
  readonly #session: Session;
  readonly #workspaceId: string;
  readonly #clock: Clock;
  /** Users as they were read; a save need not write anew what follows from what it leaves as it was. */
  readonly #read = new Map<string, UserRead>();

  constructor(session: Session, workspaceId: string, clock: Clock) {
    this.#session = session;
    this.#workspaceId = workspaceId;
    this.#clock = clock;
  }

  async get(id: string): Promise<User | undefined> {
    const user = await userById(this.#session, this.#workspaceId, id);
    if (user === undefined) return undefined;
    this.#read.set(id, { user, emails: emailKeysOf(user) });
    return user;
  }

  hasOtherActiveOwner(id: string): Promise<boolean> {
    return hasOtherActiveOwner(this.#session, this.#workspaceId, id);
  }

  highestTeamRole(id: string): Promise<RoleFromTeam | undefined> {
    return highestTeamRole(this.#session, this.#workspaceId, id);
  }

  async add(user: User): Promise<void> {
    const workspaceId = this.#workspaceId;
    await this.#write(user, INSERT(this.#session, { workspaceId, id: user.id, values: addedValues(user) }));
    await keepEmails(this.#session, user, []);
    await count(this.#session, workspaceId, 'userAdded');
  }

  async save(user: User): Promise<void> {
    const before = this.#read.get(user.id);
    this.#read.delete(user.id);
    const isAlike = before !== undefined && isFoundAlike(before.user, user);
    const where = [this.#workspaceId, user.id];
    if (isAlike) await this.#write(user, { sql: UPDATE, parameters: [...savedValues(user), ...where] });
    else await this.#write(user, { sql: UPDATE_WHOLE, parameters: [...wholeValues(user), ...where] });
    if (before === undefined || !hasSameOwnRole(before.user, user))
      await keepRole(this.#session, this.#workspaceId, user.id);
    await keepEmails(this.#session, user, before?.emails);
    await count(this.#session, this.#workspaceId, 'userSaved');
  }

  async touchSynced(id: string, at: Instant): Promise<void> {
    await this.#session.run(TOUCH, [at, this.#workspaceId, id]);
  }

  async remove(id: string): Promise<void> {
    const workspaceId = this.#workspaceId;
    const left = await this.#session.run(LEAVE_TEAMS, [this.#clock.now(), workspaceId, workspaceId, id]);
    if (left > 0) await count(this.#session, workspaceId, 'teamSaved');
    await this.#session.run(DELETE_TOKENS, [workspaceId, id]);
    const removed = await this.#session.run(DELETE, [workspaceId, id]);
    if (removed > 0) await count(this.#session, workspaceId, 'userRemoved');
  }

  async #write(user: User, { sql, parameters }: Statement): Promise<void> {
    try {
      await this.#session.run(sql, parameters);
    } catch (error) {
      const values = [this.#workspaceId, user.userNameKey, user.id];
      const first = { field: 'userName', taken: { sql: NAME_TAKEN, parameters: values } };
      throw refusalOf(user, await clashingField(this.#session, error, first)) ?? error;
    }
  }
}

function updateOf(columns: readonly string[]): string {
  return `update users set ${columns.map((column) => `${column} = ?`).join(', ')} ${WHERE_ID}`;
}

function hasSameOwnRole(one: User, other: User): boolean {
  return one.ownRole === other.ownRole && one.ownRoleSource === other.ownRoleSource;
}

function refusalOf(user: User, field: string | undefined): DomainError | undefined {
  if (field === 'userName') return alreadyExists('User', field, user.userName);
  if (field === 'externalId' && user.externalId !== null) return alreadyExists('User', field, user.externalId);
  return undefined;
}
