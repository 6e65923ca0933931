import type { SessionRepository } from '../domain/sign-in-repository.ts';
import type { Session as UserSession } from '../domain/session.ts';
import type { Instant } from '../domain/values.ts';
import type { Session } from './session.ts';

/** A row of `sessions`. */
export interface UserSessionRow {
  readonly workspace_id: string;
  readonly id: string;
  readonly user_id: string;
  readonly public_id: string;
  readonly secret_hash: string;
  readonly created_at: string;
  readonly last_used_at: string;
  readonly expires_at: string;
}

/** The columns of a `UserSessionRow`, for a select list. */
export const USER_SESSION_COLUMNS =
  'workspace_id, id, user_id, public_id, secret_hash, created_at, last_used_at, expires_at';

const OF_USER = `select ${USER_SESSION_COLUMNS} from sessions where workspace_id = ? and user_id = ? order by created_at, id`;
const INSERT = `insert into sessions (${USER_SESSION_COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?)`;
const REMOVE_OF_USER = 'delete from sessions where workspace_id = ? and user_id = ?';
const REMOVE = 'delete from sessions where workspace_id = ? and id = ?';
const REMOVE_ENDED = `delete from sessions
  where workspace_id = ? and user_id = ? and (expires_at <= ? or last_used_at <= ?)`;

/** Sessions of users within one transaction on one workspace; they go with their users. */
export class UserSessions implements SessionRepository {
  readonly #session: Session;
  readonly #workspaceId: string;

  constructor(session: Session, workspaceId: string) {
    this.#session = session;
    this.#workspaceId = workspaceId;
  }

  async ofUser(userId: string): Promise<UserSession[]> {
    const rows = await this.#session.rows<UserSessionRow>(OF_USER, [this.#workspaceId, userId]);
    return rows.map((row) => userSessionOf(row));
  }

  async add({ id, userId, publicId, secretHash, createdAt, lastUsedAt, expiresAt }: UserSession): Promise<void> {
    const values = [id, userId, publicId, secretHash, createdAt, lastUsedAt, expiresAt];
    await this.#session.run(INSERT, [this.#workspaceId, ...values]);
  }

  remove(id: string): Promise<number> {
    return this.#session.run(REMOVE, [this.#workspaceId, id]);
  }

  removeOfUser(userId: string): Promise<number> {
    return this.#session.run(REMOVE_OF_USER, [this.#workspaceId, userId]);
  }

  async removeEnded(userId: string, now: Instant, unusedSince: Instant): Promise<void> {
    await this.#session.run(REMOVE_ENDED, [this.#workspaceId, userId, now, unusedSince]);
  }
}

/** The session in a row. */
export function userSessionOf(row: UserSessionRow): UserSession {
  return {
    workspaceId: row.workspace_id,
    id: row.id,
    userId: row.user_id,
    publicId: row.public_id,
    secretHash: row.secret_hash,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    expiresAt: row.expires_at,
  };
}
