import { ruleBroken, type DomainError } from './errors.ts';
import { isActive, type User } from './user.ts';
import { DAY, type Instant } from './values.ts';

/** Lets a user set their password, once. Each user has one at most; only a keyed hash of its token is kept. */
export interface Invitation {
  readonly workspaceId: string;
  readonly userId: string;
  /** The part of the token that identifies the invitation; no secret. */
  readonly publicId: string;
  /** HMAC-SHA-256 of the token, in hexadecimal. */
  readonly secretHash: string;
  readonly expiresAt: Instant;
  readonly usedAt: Instant | null;
  readonly createdAt: Instant;
}

/** How long an invitation can be accepted. */
export const INVITATION_LIFE = 7 * DAY;

/** Whether an invitation can be accepted by its user now. */
export function isUsable({ usedAt, expiresAt }: Invitation, user: User, now: Instant): boolean {
  return usedAt === null && expiresAt > now && isActive(user);
}

/** The refusal that is the same for every invitation that cannot be accepted, and for none. */
export function invitationNotUsable(): DomainError {
  return ruleBroken(
    'INVITATION_NOT_USABLE',
    'The invitation is unknown, was used before, or is older than 7 days.',
    'Ask whoever invited you for a new invitation. If you have set a password already, sign in with it.',
    'token',
  );
}
