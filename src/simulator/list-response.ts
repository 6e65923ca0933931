import { jsonOf, DirectoryFailure, requireSuccess, type AnswerText } from './failures.ts';
import type { ScimObject } from './scim.ts';

const LIST_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';

/** One page of a list, read as strictly as Okta reads it (RFC 7644 §3.4.2). */
export interface ListPage {
  readonly totalResults: number;
  readonly startIndex: number;
  readonly itemsPerPage: number;
  readonly resources: readonly ScimObject[];
}

/** Reads a list answer. Fails with: DirectoryFailure naming the first thing a directory would stumble over. */
export function listOf(answer: AnswerText): ListPage {
  requireSuccess(answer);
  const body = jsonOf(answer);
  if (!isObject(body)) throw new DirectoryFailure('The list answer is no JSON object.');
  if (!Array.isArray(body['schemas']) || !body['schemas'].includes(LIST_SCHEMA)) {
    throw new DirectoryFailure(`The list answer's schemas lack ${LIST_SCHEMA}.`);
  }
  const totalResults = numberIn(body, 'totalResults');
  const page = { totalResults, startIndex: numberIn(body, 'startIndex'), itemsPerPage: numberIn(body, 'itemsPerPage') };
  return { ...page, resources: resourcesIn(body) };
}

/** A value's kind, for sentences: `a string`, `null`, `missing`. */
export function kindOf(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is ScimObject {
  return kindOf(value) === 'an object';
}

function numberIn(body: ScimObject, name: string): number {
  const value = body[name];
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  const shown = value === undefined ? '' : ` (${JSON.stringify(value)})`;
  throw new DirectoryFailure(`The list answer's ${name} is ${kindOf(value)}${shown}; only a JSON integer is read.`);
}

function resourcesIn(body: ScimObject): ScimObject[] {
  const resources: unknown = body['Resources'];
  if (!Array.isArray(resources)) {
    throw new DirectoryFailure(`The list answer's Resources is ${kindOf(resources)}; only an array is read.`);
  }
  if (!resources.every(isObject))
    throw new DirectoryFailure("The list answer's Resources holds something that is no object.");
  return resources;
}
