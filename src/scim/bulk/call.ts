import type { Json } from '../json.ts';
import { SCIM_MEDIA_TYPE, type ScimRequest } from '../message.ts';
import type { BulkOperation } from './request.ts';

const REFERENCE = /^bulkId:(?<bulkId>.+)$/su;

/** The `bulkId` that a text refers to (RFC 7644 §3.7.2): `bulkId:` and a name, and nothing else. */
export function referenceIn(text: string): string | undefined {
  return REFERENCE.exec(text)?.groups?.['bulkId'];
}

/** All that an operation refers to, in its path and anywhere in its data. */
export function referencesOf({ path, data }: BulkOperation): Set<string> {
  const found = new Set<string>();
  const note = (text: string) => {
    const reference = referenceIn(text);
    if (reference !== undefined) found.add(reference);
    return text;
  };
  for (const segment of segmentsOf(path)) note(segment);
  jsonOf(data, note);
  return found;
}

/** An operation as the call that it stands for, every text of it passed through `resolve`. */
export function callOf(
  outer: ScimRequest,
  { method, path, version, data }: BulkOperation,
  resolve: (text: string) => string,
): ScimRequest {
  const headers: Record<string, string | undefined> = { 'content-type': SCIM_MEDIA_TYPE, 'if-match': version };
  const isOurs = (name: string) => Object.hasOwn(headers, name) || name.startsWith('content-');
  return {
    ...outer,
    method,
    segments: segmentsOf(path).map(resolve),
    query: urlOf(path).searchParams,
    header: (name) => (isOurs(name) ? headers[name] : outer.header(name)),
    readBody: async () => Buffer.from(jsonOf(data, resolve)),
  };
}

/** The data as JSON, every reference in it passed through `each`: a text that is one, and those that stand within one. */
function jsonOf(data: Json | undefined, each: (text: string) => string): string {
  const replaced = (key: string, value: Json) =>
    typeof value === 'string' ? (WITHIN.get(key)?.(value, each) ?? each(value)) : value;
  return JSON.stringify(data, replaced) ?? '';
}

type Replacement = (text: string, each: (reference: string) => string) => string | undefined;

/** Where a reference may be a part of a text: a filter in the path of a PATCH, and the last segment of an address. */
const WITHIN: ReadonlyMap<string, Replacement> = new Map<string, Replacement>([
  ['path', (text, each) => text.replace(/"(bulkId:[^"\\]+)"/gu, (_, reference: string) => `"${each(reference)}"`)],
  ['$ref', (text, each) => (text.includes('/') ? text.replace(/(?<=\/)bulkId:[^/]+$/u, each) : undefined)],
]);

function segmentsOf(path: string): string[] {
  return urlOf(path)
    .pathname.split('/')
    .filter((part) => part !== '')
    .map(decoded);
}

/** The path is relative to the base URL (RFC 7644 §3.7), with or without a slash before it. */
function urlOf(path: string): URL {
  return new URL(`http://localhost/${path.replace(/^\/+/u, '')}`);
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
