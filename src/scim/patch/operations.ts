import { invalidSyntax, invalidValue, kindOf, noTarget, shown, tooMany } from '../errors.ts';
import type { Path } from '../filter/ast.ts';
import { parsePath } from '../filter/parser.ts';
import type { Json, JsonObject, Tolerate } from '../json.ts';
import { isObject } from '../json.ts';
import { operationsOf } from '../quirks.ts';

/** How many operations one PATCH may have. */
export const MAX_OPERATIONS = 1000;

/** One operation of a PATCH, read once (RFC 7644 §3.5.2). */
export interface PatchOperation {
  readonly op: 'add' | 'remove' | 'replace';
  readonly path?: OperationPath;
  /** Absent from most removes, present in all others. */
  readonly value?: Json;
}

/** What an operation names. */
export interface OperationPath extends Path {
  /** As the client wrote it, for messages. */
  readonly text: string;
}

/**
 * Reads the body of a PATCH request. An empty list is a PATCH that changes nothing: Microsoft's validator sends one.
 * Fails with: 400 invalidSyntax, noTarget, invalidPath, invalidValue, tooMany.
 */
export function readOperations(body: unknown, tolerate: Tolerate): PatchOperation[] {
  if (!isObject(body)) throw invalidSyntax(`The body must be a JSON object, but it is ${kindOf(body)}.`);
  const operations = operationsOf(body, tolerate);
  if (!Array.isArray(operations))
    throw invalidSyntax(`Operations must be a list of operations, but it is ${kindOf(operations)}.`);
  if (operations.length > MAX_OPERATIONS)
    throw tooMany(`Operations has ${operations.length} entries; send at most ${MAX_OPERATIONS} in one request.`);
  return operations.map((operation, index) => readOperation(operation, index + 1));
}

/** The attributes of an add or replace without a path (RFC 7644 §3.5.2). Fails with: 400 invalidValue, tooMany. */
export function attributesOf(op: PatchOperation['op'], value: Json): [string, Json][] {
  if (!isObject(value))
    throw invalidValue(`An ${op} without a path takes an object of attributes, but ${kindOf(value)} was sent.`);
  const entries = Object.entries(value);
  if (entries.length > MAX_OPERATIONS)
    throw tooMany(`An ${op} without a path has ${entries.length} attributes; send at most ${MAX_OPERATIONS}.`);
  return entries;
}

function readOperation(operation: Json, number: number): PatchOperation {
  if (!isObject(operation))
    throw invalidSyntax(`Operation ${number} must be an object, but it is ${kindOf(operation)}.`);
  const op = opOf(own(operation, 'op'), number);
  const path = pathOf(own(operation, 'path'), number);
  const value = own(operation, 'value');
  if (op === 'remove' && path === undefined)
    throw noTarget(`Operation ${number} removes, but has no path; name the attribute to remove in path.`);
  if (op !== 'remove' && value === undefined)
    throw invalidValue(`Operation ${number} (${op} ${path?.text ?? 'without a path'}) has no value; send one.`);
  return { op, ...(path === undefined ? {} : { path }), ...(value === undefined ? {} : { value }) };
}

/** Entra ID writes `Add`, `Replace` and `Remove`. */
function opOf(op: Json | undefined, number: number): PatchOperation['op'] {
  const name = typeof op === 'string' ? op.toLowerCase() : undefined;
  if (name === 'add' || name === 'remove' || name === 'replace') return name;
  throw invalidSyntax(`Operation ${number} has the op ${shown(op)}; it must be add, remove or replace.`);
}

function pathOf(path: Json | undefined, number: number): OperationPath | undefined {
  if (path === undefined || path === null || path === '') return undefined;
  if (typeof path !== 'string')
    throw invalidSyntax(`Operation ${number} has the path ${shown(path)}; it must be text such as "displayName".`);
  return { ...parsePath(path), text: path };
}

function own(object: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}
