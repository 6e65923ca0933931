import type { AccessToken } from './access-token.ts';
import type { Session } from './session.ts';
import type { Instant } from './values.ts';

export interface AccessTokenRepository {
  ofUser(userId: string): Promise<AccessToken[]>;
  add(token: AccessToken): Promise<void>;
  /** Ends all tokens of a user, for good. */
  removeOfUser(userId: string): Promise<void>;
}

export interface PasswordReader {
  /** The hash of a user's password; undefined where they have none. */
  hashOf(userId: string): Promise<string | undefined>;
}

export interface PasswordRepository extends PasswordReader {
  set(userId: string, hash: string, at: Instant): Promise<void>;
}

export interface SessionRepository {
  ofUser(userId: string): Promise<Session[]>;
  add(session: Session): Promise<void>;
  /** Ends all sessions of a user. */
  removeOfUser(userId: string): Promise<void>;
  /** Forgets those sessions of a user that have ended by themselves. */
  removeEnded(userId: string, now: Instant): Promise<void>;
}
