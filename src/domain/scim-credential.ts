import { ruleBroken } from './errors.ts';
import { DAY, later, type Instant } from './values.ts';

/** A key for SCIM. The workspace owns it, so it outlives its creator. Only a keyed hash of the secret is kept. */
export interface ScimCredential {
  readonly workspaceId: string;
  readonly id: string;
  /** The part of the key that identifies it; no secret. */
  readonly publicId: string;
  /** HMAC-SHA-256 of the key, in hexadecimal. */
  readonly secretHash: string;
  readonly name: string;
  readonly expiresAt: Instant | null;
  readonly firstUsedAt: Instant | null;
  /** To the minute. */
  readonly lastUsedAt: Instant | null;
  readonly lastUsedIp: string | null;
  readonly lastUsedUserAgent: string | null;
  /** The credential that this one replaces. */
  readonly predecessorId: string | null;
  readonly successorId: string | null;
  /** When it stops working because it was rotated. */
  readonly overlapEndsAt: Instant | null;
  readonly revokedAt: Instant | null;
  readonly revokedById: string | null;
  readonly createdById: string | null;
  readonly createdAt: Instant;
}

/** Where a credential stands. Only ACTIVE and RETIRING ones work. */
export const SCIM_CREDENTIAL_STATUSES = ['ACTIVE', 'RETIRING', 'EXPIRED', 'REVOKED'] as const;
export type ScimCredentialStatus = (typeof SCIM_CREDENTIAL_STATUSES)[number];

/** The most credentials a workspace may have active at once. */
export const CREDENTIAL_LIMIT = 5;
/** The longest overlap of a rotation, in hours. */
export const LONGEST_OVERLAP_HOURS = 168;
/** The longest name of a credential or an access token, in characters. */
export const KEY_NAME_LENGTH = 80;
/** How long before its end a credential in use is worth a warning. */
export const EXPIRY_WARNING = 14 * DAY;

/** Where a credential stands at an instant. */
export function credentialStatus(credential: ScimCredential, now: Instant): ScimCredentialStatus {
  if (credential.revokedAt !== null) return 'REVOKED';
  const end = endOf(credential);
  if (end !== null && end <= now) return 'EXPIRED';
  return credential.overlapEndsAt === null ? 'ACTIVE' : 'RETIRING';
}

/** Whether calls with it are accepted at an instant. */
export function isUsable(credential: ScimCredential, now: Instant): boolean {
  const status = credentialStatus(credential, now);
  return status === 'ACTIVE' || status === 'RETIRING';
}

/** Whether it is in use and ends within 14 days, so that the admin should be warned (A18). */
export function isEndingSoon(credential: ScimCredential, now: Instant): boolean {
  const { expiresAt, lastUsedAt } = credential;
  if (expiresAt === null || lastUsedAt === null || credential.overlapEndsAt !== null) return false;
  return isUsable(credential, now) && expiresAt <= later(now, EXPIRY_WARNING);
}

/** The refusal of one credential too many. */
export function credentialLimit() {
  return ruleBroken(
    'CREDENTIAL_LIMIT',
    `A workspace has at most ${CREDENTIAL_LIMIT} active credentials.`,
    'Revoke one that is no longer used, then generate the new one.',
  );
}

/** The refusal to rotate what no longer works, or was rotated already. */
export function credentialNotUsable(status: ScimCredentialStatus) {
  return ruleBroken(
    'CREDENTIAL_NOT_USABLE',
    `Only an active credential can be rotated; this one is ${status.toLowerCase()}.`,
    'Generate a new credential instead.',
    'scimCredentialId',
  );
}

function endOf(credential: ScimCredential): Instant | null {
  const { expiresAt, overlapEndsAt } = credential;
  if (expiresAt === null || overlapEndsAt === null) return expiresAt ?? overlapEndsAt;
  return expiresAt < overlapEndsAt ? expiresAt : overlapEndsAt;
}
