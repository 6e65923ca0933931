import type { SsoReader, SsoRepository } from '../domain/sign-in-repository.ts';
import type { Identity, SsoConnection } from '../domain/sso-connection.ts';
import { firstRow, type Session } from './session.ts';

interface ConnectionRow {
  readonly issuer: string;
  readonly client_id: string;
  readonly sealed_secret: string;
  readonly updated_at: string;
}

interface IdentityRow {
  readonly issuer: string;
  readonly subject: string;
  readonly user_id: string;
  readonly linked_at: string;
}

const CONNECTION = 'select issuer, client_id, sealed_secret, updated_at from sso_connections where workspace_id = ?';
const SET_CONNECTION = `insert into sso_connections (workspace_id, issuer, client_id, sealed_secret, updated_at)
  values (?, ?, ?, ?, ?)
  on conflict (workspace_id) do update set issuer = excluded.issuer, client_id = excluded.client_id,
    sealed_secret = excluded.sealed_secret, updated_at = excluded.updated_at`;
const REMOVE_CONNECTION = 'delete from sso_connections where workspace_id = ?';
const USER_ID_OF = 'select user_id from user_identities where workspace_id = ? and issuer = ? and subject = ?';
const IDENTITY_OF = `select issuer, subject, user_id, linked_at from user_identities
  where workspace_id = ? and user_id = ?`;
// A subject is one user's, and a user has one subject: the newest link takes the place of both.
const UNLINK_SUBJECT = 'delete from user_identities where workspace_id = ? and issuer = ? and subject = ?';
const SET_IDENTITY = `insert into user_identities (workspace_id, user_id, issuer, subject, linked_at)
  values (?, ?, ?, ?, ?)
  on conflict (workspace_id, user_id) do update set issuer = excluded.issuer, subject = excluded.subject,
    linked_at = excluded.linked_at`;
const FORGET_IDENTITIES = 'delete from user_identities where workspace_id = ?';

/** A workspace's connection with its identity provider, and who its users are there. */
export class StoredSso implements SsoReader, SsoRepository {
  readonly #session: Session;
  readonly #workspaceId: string;

  constructor(session: Session, workspaceId: string) {
    this.#session = session;
    this.#workspaceId = workspaceId;
  }

  async connection(): Promise<SsoConnection | undefined> {
    const workspaceId = this.#workspaceId;
    const row = await firstRow<ConnectionRow>(this.#session, CONNECTION, [workspaceId]);
    if (row === undefined) return undefined;
    const { issuer, client_id: clientId, sealed_secret: sealedSecret, updated_at: updatedAt } = row;
    return { workspaceId, issuer, clientId, sealedSecret, updatedAt };
  }

  async setConnection({ issuer, clientId, sealedSecret, updatedAt }: SsoConnection): Promise<void> {
    await this.#session.run(SET_CONNECTION, [this.#workspaceId, issuer, clientId, sealedSecret, updatedAt]);
  }

  async removeConnection(): Promise<void> {
    await this.#session.run(REMOVE_CONNECTION, [this.#workspaceId]);
  }

  async userIdOf(issuer: string, subject: string): Promise<string | undefined> {
    const values = [this.#workspaceId, issuer, subject];
    return (await firstRow<{ user_id: string }>(this.#session, USER_ID_OF, values))?.user_id;
  }

  async identityOf(userId: string): Promise<Identity | undefined> {
    const row = await firstRow<IdentityRow>(this.#session, IDENTITY_OF, [this.#workspaceId, userId]);
    if (row === undefined) return undefined;
    return { issuer: row.issuer, subject: row.subject, userId: row.user_id, linkedAt: row.linked_at };
  }

  async setIdentity({ issuer, subject, userId, linkedAt }: Identity): Promise<void> {
    await this.#session.run(UNLINK_SUBJECT, [this.#workspaceId, issuer, subject]);
    await this.#session.run(SET_IDENTITY, [this.#workspaceId, userId, issuer, subject, linkedAt]);
  }

  async forgetIdentities(): Promise<void> {
    await this.#session.run(FORGET_IDENTITIES, [this.#workspaceId]);
  }
}
