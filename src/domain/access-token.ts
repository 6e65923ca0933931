import type { Instant } from './values.ts';

/** A personal access token: a bearer token for GraphQL that acts as its user. Only a keyed hash of it is kept. */
export interface AccessToken {
  readonly workspaceId: string;
  readonly id: string;
  readonly userId: string;
  /** The part of the token that identifies it; no secret. */
  readonly publicId: string;
  /** HMAC-SHA-256 of the token, in hexadecimal. */
  readonly secretHash: string;
  readonly name: string;
  readonly expiresAt: Instant;
  /** To the minute. */
  readonly lastUsedAt: Instant | null;
  readonly createdAt: Instant;
}

/** Those that still work, newest first. */
export function usableTokens(tokens: readonly AccessToken[], now: Instant): AccessToken[] {
  return tokens.filter((token) => token.expiresAt > now).toReversed();
}

/** The most tokens a user may hold. */
export const ACCESS_TOKEN_LIMIT = 20;
/** How long a token lives unless told otherwise, in days. */
export const ACCESS_TOKEN_DAYS = 90;
/** The longest life of a token, in days. */
export const LONGEST_ACCESS_TOKEN_DAYS = 365;
