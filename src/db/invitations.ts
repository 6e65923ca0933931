import type { Invitation } from '../domain/invitation.ts';
import type { InvitationRepository } from '../domain/sign-in-repository.ts';
import { firstRow, type Session } from './session.ts';

/** A row of `invitations`. */
export interface InvitationRow {
  readonly workspace_id: string;
  readonly user_id: string;
  readonly public_id: string;
  readonly secret_hash: string;
  readonly expires_at: string;
  readonly used_at: string | null;
  readonly created_at: string;
}

export const INVITATION_COLUMNS = 'workspace_id, user_id, public_id, secret_hash, expires_at, used_at, created_at';
const OF_USER = `select ${INVITATION_COLUMNS} from invitations where workspace_id = ? and user_id = ?`;
const PUT = `insert into invitations (${INVITATION_COLUMNS}) values (?, ?, ?, ?, ?, ?, ?)
  on conflict (workspace_id, user_id) do update set public_id = excluded.public_id, secret_hash = excluded.secret_hash,
    expires_at = excluded.expires_at, used_at = excluded.used_at, created_at = excluded.created_at`;
const REMOVE = 'delete from invitations where workspace_id = ? and user_id = ?';

/** Invitations within one transaction on one workspace; they go with their users. */
export class Invitations implements InvitationRepository {
  readonly #session: Session;
  readonly #workspaceId: string;

  constructor(session: Session, workspaceId: string) {
    this.#session = session;
    this.#workspaceId = workspaceId;
  }

  async ofUser(userId: string): Promise<Invitation | undefined> {
    const row = await firstRow<InvitationRow>(this.#session, OF_USER, [this.#workspaceId, userId]);
    return row === undefined ? undefined : invitationOf(row);
  }

  async put({ userId, publicId, secretHash, expiresAt, usedAt, createdAt }: Invitation): Promise<void> {
    const values = [userId, publicId, secretHash, expiresAt, usedAt, createdAt];
    await this.#session.run(PUT, [this.#workspaceId, ...values]);
  }

  async removeOfUser(userId: string): Promise<void> {
    await this.#session.run(REMOVE, [this.#workspaceId, userId]);
  }
}

/** The invitation that a row holds. */
export function invitationOf(row: InvitationRow): Invitation {
  return {
    workspaceId: row.workspace_id,
    userId: row.user_id,
    publicId: row.public_id,
    secretHash: row.secret_hash,
    expiresAt: row.expires_at,
    usedAt: row.used_at,
    createdAt: row.created_at,
  };
}
