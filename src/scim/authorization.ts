import { ScimError } from './errors.ts';

const CHALLENGE = 'Bearer realm="scim"';

/** Why a call is not let in, as a text for the admin; outside, an unknown, wrong, expired or revoked key are all one. */
const NO_KEY = 'No key was sent. Send the SCIM key of this workspace in the header Authorization: Bearer <key>.';
const BAD_KEY =
  'The key does not work here: it is unknown, expired, revoked or of another workspace. Generate a key in Security & Identity → Provisioning and enter it in the identity provider.';
const DOUBLED =
  'The key is preceded by "Bearer" twice. Enter the key alone; the identity provider adds "Bearer" itself.';
const OTHER_SCHEME = 'The authorization scheme is not read. Use Authorization: Bearer <key>.';

/** A presented key, or the refusal where there is none to check. */
export type Presented = { readonly key: string } | { readonly refusal: ScimError };

/**
 * Reads the `Authorization` header: `Bearer <key>` in any case (RFC 9110 §11.1), or the bare key, which Okta's header
 * template and its SPEC suite send (contract §2.3).
 */
export function readAuthorization(header: string | undefined): Presented {
  const words = (header ?? '')
    .trim()
    .split(/\s+/u)
    .filter((word) => word !== '');
  const [first, second, ...more] = words;
  if (first === undefined) return { refusal: unauthorized(NO_KEY, CHALLENGE) };
  const isBearer = first.toLowerCase() === 'bearer';
  if (second === undefined) return isBearer ? { refusal: unauthorized(NO_KEY, CHALLENGE) } : { key: first };
  if (isBearer && second.toLowerCase() === 'bearer') return { refusal: invalidToken(DOUBLED) };
  return isBearer && more.length === 0 ? { key: second } : { refusal: invalidToken(OTHER_SCHEME) };
}

/** The one answer to every key that does not work (RFC 6750 §3.1). */
export function keyRefused(): ScimError {
  return invalidToken(BAD_KEY);
}

function invalidToken(detail: string): ScimError {
  return unauthorized(detail, `${CHALLENGE}, error="invalid_token"`);
}

function unauthorized(detail: string, challenge: string): ScimError {
  return new ScimError(401, detail, { headers: { 'WWW-Authenticate': challenge } });
}
