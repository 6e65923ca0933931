import type { AccessToken } from './access-token.ts';
import type { Invitation } from './invitation.ts';
import type { Session } from './session.ts';
import type { Identity, SsoConnection } from './sso-connection.ts';
import type { Instant } from './values.ts';

export interface AccessTokenReader {
  get(id: string): Promise<AccessToken | undefined>;
  /** Oldest first, those that have ended included. */
  ofUser(userId: string): Promise<AccessToken[]>;
}

export interface AccessTokenRepository extends AccessTokenReader {
  add(token: AccessToken): Promise<void>;
  /** Ends one token, for good. */
  remove(id: string): Promise<void>;
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
  /** Ends a session; how many there were with the id. */
  remove(id: string): Promise<number>;
  /** Ends all sessions of a user; how many. */
  removeOfUser(userId: string): Promise<number>;
  /** Forgets those sessions of a user that have ended by themselves: by their age, or not used since `unusedSince`. */
  removeEnded(userId: string, now: Instant, unusedSince: Instant): Promise<void>;
}

export interface InvitationRepository {
  /** The invitation of a user, usable or not; each has one at most. */
  ofUser(userId: string): Promise<Invitation | undefined>;
  /** Keeps an invitation in place of any other that its user had. */
  put(invitation: Invitation): Promise<void>;
  removeOfUser(userId: string): Promise<void>;
}

export interface SsoReader {
  connection(): Promise<SsoConnection | undefined>;
  /** The user who has signed in as a subject of an issuer. */
  userIdOf(issuer: string, subject: string): Promise<string | undefined>;
}

export interface SsoRepository {
  connection(): Promise<SsoConnection | undefined>;
  setConnection(connection: SsoConnection): Promise<void>;
  removeConnection(): Promise<void>;
  /** Who a user is to the identity provider. */
  identityOf(userId: string): Promise<Identity | undefined>;
  /** Takes the place of what the user was before, and of whoever the subject was. */
  setIdentity(identity: Identity): Promise<void>;
  /** Forgets who everybody is. */
  forgetIdentities(): Promise<void>;
}
