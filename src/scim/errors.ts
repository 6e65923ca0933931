import type { JsonObject } from './json.ts';
import { ERROR } from './urns.ts';

/** The error keywords of RFC 7644 §3.12, and those that RFC 9865 §2 adds for cursors. */
export type ScimType =
  | 'invalidFilter'
  | 'tooMany'
  | 'uniqueness'
  | 'mutability'
  | 'invalidSyntax'
  | 'invalidPath'
  | 'noTarget'
  | 'invalidValue'
  | 'invalidVers'
  | 'sensitive'
  | 'invalidCursor'
  | 'expiredCursor'
  | 'invalidCount';

/** What an error may carry beside its status and text. */
export interface ScimErrorDetails {
  readonly scimType?: ScimType;
  readonly headers?: Record<string, string>;
}

/**
 * A refusal in the words of RFC 7644 §3.12. The message becomes `detail`, the only text an Okta admin sees: it names the
 * attribute, the offending value and the remedy.
 */
export class ScimError extends Error {
  readonly status: number;
  readonly scimType?: ScimType;
  readonly headers?: Record<string, string>;

  constructor(status: number, detail: string, { scimType, headers }: ScimErrorDetails = {}) {
    super(detail);
    this.name = 'ScimError';
    this.status = status;
    if (scimType !== undefined) this.scimType = scimType;
    if (headers !== undefined) this.headers = headers;
  }
}

/** The filter cannot be read, or compares what cannot be compared. */
export const invalidFilter = badRequest('invalidFilter');

/** The `path` of a PATCH operation cannot be read or names no attribute. */
export const invalidPath = badRequest('invalidPath');

/** A value has the wrong type or form for its attribute. */
export const invalidValue = badRequest('invalidValue');

/** The body does not have the structure of its message. */
export const invalidSyntax = badRequest('invalidSyntax');

/** A PATCH operation names nothing that exists. */
export const noTarget = badRequest('noTarget');

/** The change is not allowed by the attribute's `mutability`, or would leave a required attribute without a value. */
export const mutability = badRequest('mutability');

/** The request asks for more than the server takes at once. */
export const tooMany = badRequest('tooMany');

/** The cursor is none of ours, or belongs to another question (RFC 9865 §2). */
export const invalidCursor = badRequest('invalidCursor');

/** The cursor was one of ours once (RFC 9865 §2). */
export const expiredCursor = badRequest('expiredCursor');

/** The page size that was asked for with a cursor is not offered (RFC 9865 §2). */
export const invalidCount = badRequest('invalidCount');

/** The body is larger than the server reads. */
export function tooLarge(detail: string): ScimError {
  return new ScimError(413, detail);
}

/** The error body of RFC 7644 §3.12, whose `status` is text. */
export function errorBody(status: number, detail: string, scimType?: ScimType): JsonObject {
  return { schemas: [ERROR], status: String(status), ...(scimType === undefined ? {} : { scimType }), detail };
}

/** A value as JSON for an error text, cut to about 100 characters. */
export function shown(value: unknown): string {
  const text = jsonOf(value);
  return text.length > 100 ? `${text.slice(0, 99).toWellFormed()}…` : text;
}

/** What kind of value it is, for an error text that must not show it: there might be a password in it. */
export function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function badRequest(scimType: ScimType): (detail: string) => ScimError {
  return (detail) => new ScimError(400, detail, { scimType });
}

/** JSON can be read at a depth at which it cannot be written. */
function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'nothing';
  } catch {
    return 'a value nested too deeply';
  }
}
