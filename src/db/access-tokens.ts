import type { AccessToken } from '../domain/access-token.ts';
import type { AccessTokenRepository } from '../domain/sign-in-repository.ts';
import { firstRow, type Session } from './session.ts';

/** A row of `access_tokens`. */
export interface AccessTokenRow {
  readonly workspace_id: string;
  readonly id: string;
  readonly user_id: string;
  readonly public_id: string;
  readonly secret_hash: string;
  readonly name: string;
  readonly expires_at: string;
  readonly last_used_at: string | null;
  readonly created_at: string;
}

/** The columns of an `AccessTokenRow`, for a select list. */
export const ACCESS_TOKEN_COLUMNS =
  'workspace_id, id, user_id, public_id, secret_hash, name, expires_at, last_used_at, created_at';

const GET = `select ${ACCESS_TOKEN_COLUMNS} from access_tokens where workspace_id = ? and id = ?`;
const OF_USER = `select ${ACCESS_TOKEN_COLUMNS} from access_tokens
  where workspace_id = ? and user_id = ? order by created_at, id`;
const INSERT = `insert into access_tokens (${ACCESS_TOKEN_COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const REMOVE = 'delete from access_tokens where workspace_id = ? and id = ?';
const REMOVE_OF_USER = 'delete from access_tokens where workspace_id = ? and user_id = ?';

/** Access tokens of one workspace. */
export class AccessTokens implements AccessTokenRepository {
  readonly #session: Session;
  readonly #workspaceId: string;

  constructor(session: Session, workspaceId: string) {
    this.#session = session;
    this.#workspaceId = workspaceId;
  }

  async get(id: string): Promise<AccessToken | undefined> {
    const row = await firstRow<AccessTokenRow>(this.#session, GET, [this.#workspaceId, id]);
    return row === undefined ? undefined : accessTokenOf(row);
  }

  async ofUser(userId: string): Promise<AccessToken[]> {
    const rows = await this.#session.rows<AccessTokenRow>(OF_USER, [this.#workspaceId, userId]);
    return rows.map((row) => accessTokenOf(row));
  }

  async add({ id, userId, publicId, secretHash, name, expiresAt, lastUsedAt, createdAt }: AccessToken): Promise<void> {
    const values = [id, userId, publicId, secretHash, name, expiresAt, lastUsedAt, createdAt];
    await this.#session.run(INSERT, [this.#workspaceId, ...values]);
  }

  async remove(id: string): Promise<void> {
    await this.#session.run(REMOVE, [this.#workspaceId, id]);
  }

  async removeOfUser(userId: string): Promise<void> {
    await this.#session.run(REMOVE_OF_USER, [this.#workspaceId, userId]);
  }
}

/** The access token in a row. */
export function accessTokenOf(row: AccessTokenRow): AccessToken {
  return {
    workspaceId: row.workspace_id,
    id: row.id,
    userId: row.user_id,
    publicId: row.public_id,
    secretHash: row.secret_hash,
    name: row.name,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
    createdAt: row.created_at,
  };
}
