import { HOUR, later, MINUTE, type Instant } from './values.ts';

/** A signed-in browser of a user. Only a keyed hash of its secret is kept. */
export interface Session {
  readonly workspaceId: string;
  readonly id: string;
  readonly userId: string;
  /** The part of the secret that identifies the session; no secret. */
  readonly publicId: string;
  /** HMAC-SHA-256 of the secret, in hexadecimal. */
  readonly secretHash: string;
  readonly createdAt: Instant;
  /** To the minute. */
  readonly lastUsedAt: Instant;
  /** When it ends, however busy it is. */
  readonly expiresAt: Instant;
}

/** How long a session lives at most. */
export const SESSION_LIFE = 12 * HOUR;
/** How long a session lives that is not used. */
export const SESSION_IDLE = 30 * MINUTE;
/** How often the use of a session is noted. */
export const SESSION_NOTED = MINUTE;

/** When a session ends if nothing more is asked. */
export function sessionEnd({ lastUsedAt, expiresAt }: Session): Instant {
  const idle = later(lastUsedAt, SESSION_IDLE);
  return idle < expiresAt ? idle : expiresAt;
}

/** The session after a use: the same where one was noted within the minute. */
export function usedSession(session: Session, at: Instant): Session {
  return later(session.lastUsedAt, SESSION_NOTED) <= at ? { ...session, lastUsedAt: at } : session;
}
