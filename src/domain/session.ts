import { HOUR, type Instant } from './values.ts';

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
