import type { PasswordRepository } from '../domain/sign-in-repository.ts';
import type { Instant } from '../domain/values.ts';
import { firstRow, type Session } from './session.ts';

const HASH_OF = 'select hash from user_passwords where workspace_id = ? and user_id = ?';
const SET = `insert into user_passwords (workspace_id, user_id, hash, changed_at) values (?, ?, ?, ?)
  on conflict (workspace_id, user_id) do update set hash = excluded.hash, changed_at = excluded.changed_at`;

/** The hashes of passwords in one workspace; they go with their users. */
export class StoredPasswords implements PasswordRepository {
  readonly #session: Session;
  readonly #workspaceId: string;

  constructor(session: Session, workspaceId: string) {
    this.#session = session;
    this.#workspaceId = workspaceId;
  }

  async hashOf(userId: string): Promise<string | undefined> {
    return (await firstRow<{ hash: string }>(this.#session, HASH_OF, [this.#workspaceId, userId]))?.hash;
  }

  async set(userId: string, hash: string, at: Instant): Promise<void> {
    await this.#session.run(SET, [this.#workspaceId, userId, hash, at]);
  }
}
