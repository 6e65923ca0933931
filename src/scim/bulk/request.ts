import { invalidSyntax, invalidValue, kindOf, shown, tooLarge } from '../errors.ts';
import type { Json, JsonObject, Tolerate } from '../json.ts';
import { isObject } from '../json.ts';
import type { ScimRequest } from '../message.ts';
import { operationsOf } from '../quirks.ts';
import { readJson } from '../request-body.ts';
import { BULK_BYTES, BULK_OPERATIONS } from './limits.ts';

/** One operation of a bulk request, read but not yet understood (RFC 7644 §3.7). */
export interface BulkOperation {
  /** In capitals. */
  readonly method: string;
  readonly path: string;
  readonly bulkId?: string;
  /** The entity tag that the resource must have. */
  readonly version?: string;
  readonly data?: Json;
}

/** A bulk request (RFC 7644 §3.7). */
export interface BulkRequest {
  readonly operations: readonly BulkOperation[];
  /** How many errors end it. */
  readonly failOnErrors: number;
}

/**
 * Reads a bulk request; names in any case, as everywhere (RFC 7643 §2.1).
 * Fails with: 413 for too many operations or bytes, 400 invalidSyntax, invalidValue, 415.
 */
export async function readBulkRequest(request: ScimRequest, tolerate: Tolerate): Promise<BulkRequest> {
  const body = await readJson(bounded(request));
  if (!isObject(body)) throw invalidSyntax(`The body must be a JSON object, but it is ${kindOf(body)}.`);
  const list = operationsOf(body, tolerate);
  if (!Array.isArray(list)) throw invalidSyntax(`Operations must be a list of operations, but it is ${kindOf(list)}.`);
  if (list.length > BULK_OPERATIONS)
    throw tooLarge(`There are ${list.length} operations, more than maxOperations (${BULK_OPERATIONS}). Send fewer.`);
  const operations = list.map((operation, index) => readOperation(operation, index + 1));
  checkBulkIds(operations);
  return { operations, failOnErrors: readFailOnErrors(valueOf(body, 'failOnErrors')) };
}

/** The request with a body of no more than the bulk's bytes; one that says it is larger is not even read. */
function bounded(request: ScimRequest): ScimRequest {
  const readBody = async () => {
    if (Number(request.header('content-length') ?? 0) > BULK_BYTES) throw tooManyBytes();
    const bytes = await request.readBody();
    if (bytes.length > BULK_BYTES) throw tooManyBytes();
    return bytes;
  };
  return { ...request, readBody };
}

function tooManyBytes() {
  return tooLarge(`The size of the bulk request exceeds maxPayloadSize (${BULK_BYTES} bytes). Send less in one call.`);
}

function readOperation(operation: Json, number: number): BulkOperation {
  if (!isObject(operation))
    throw invalidSyntax(`Operation ${number} must be an object, but it is ${kindOf(operation)}.`);
  const text = (name: string) => readText(operation, name, number);
  const [method, path, bulkId, version] = [text('method'), text('path'), text('bulkId'), text('version')];
  if (method === undefined) throw invalidSyntax(`Operation ${number} has no method. Send POST, PUT, PATCH or DELETE.`);
  if (path === undefined) throw invalidSyntax(`Operation ${number} has no path. Send one, such as /Users.`);
  const data = valueOf(operation, 'data');
  return {
    method: method.toUpperCase(),
    path,
    ...(bulkId === undefined ? {} : { bulkId }),
    ...(version === undefined ? {} : { version }),
    ...(data === undefined ? {} : { data }),
  };
}

function readText(operation: JsonObject, name: string, number: number): string | undefined {
  const value = valueOf(operation, name);
  if (value === undefined || typeof value === 'string') return value === '' ? undefined : value;
  throw invalidSyntax(`The ${name} of operation ${number} must be text, but it is ${kindOf(value)}.`);
}

/** `null` is no value (RFC 7643 §2.5). */
function valueOf(object: JsonObject, name: string): Json | undefined {
  const key = Object.keys(object).find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : (object[key] ?? undefined);
}

function readFailOnErrors(value: Json | undefined): number {
  if (value === undefined) return Number.POSITIVE_INFINITY;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 1) return value;
  throw invalidValue(`failOnErrors is ${shown(value)}. Send a whole number from 1 on, or leave it out.`);
}

/** A `bulkId` is the client's name for one operation (RFC 7644 §3.7.2). */
function checkBulkIds(operations: readonly BulkOperation[]): void {
  const seen = new Set<string>();
  for (const { bulkId } of operations) {
    if (bulkId !== undefined && seen.has(bulkId))
      throw invalidValue(`Two operations have the bulkId ${shown(bulkId)}. Give each its own.`);
    if (bulkId !== undefined) seen.add(bulkId);
  }
}
