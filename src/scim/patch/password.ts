import { ScimError } from '../errors.ts';
import type { Json, JsonObject } from '../json.ts';
import { isObject } from '../json.ts';
import type { Schema } from '../schema/attribute.ts';
import type { ResourceSchema } from '../schema/resource.ts';
import { resolve, schemaNamed, wholeSchema } from '../schema/resource.ts';
import { applyPatch } from './apply.ts';
import type { PatchOperation } from './operations.ts';
import { targetOfKey } from './target.ts';

/**
 * The password that a PATCH would set, read before the resource is known: hashing it takes too long to be done while
 * others wait to write. It is what `applyPatch` makes of those operations, and of those parts of a path-less value, that
 * are about the password; the last one counts. Undefined where there is none, or a value that the PATCH will fail with.
 */
export function passwordOf(types: ResourceSchema, operations: readonly PatchOperation[]): string | undefined {
  const about = operations.map((operation) => aboutPassword(types, operation)).filter((part) => part !== undefined);
  if (about.length === 0) return undefined;
  try {
    return applyPatch(types, {}, { operations: about, tolerate: () => {} }).password;
  } catch (error) {
    if (error instanceof ScimError) return undefined;
    throw error;
  }
}

/** What of an operation is about the password. */
function aboutPassword(types: ResourceSchema, operation: PatchOperation): PatchOperation | undefined {
  const { op, path, value } = operation;
  const whole = path === undefined || path.where !== undefined ? undefined : wholeSchema(types, path.path);
  if (path !== undefined && whole === undefined)
    return resolve(types, path.path)?.attribute.mutability === 'writeOnly' ? operation : undefined;
  if (op === 'remove' || !isObject(value)) return undefined;
  const parts = secretParts(types, whole, value);
  return Object.keys(parts).length === 0 ? undefined : { ...operation, value: parts };
}

/** Those members of a value that are the password, or a schema's object that holds it. */
function secretParts(types: ResourceSchema, within: Schema | undefined, value: JsonObject): JsonObject {
  const parts: [string, Json][] = [];
  for (const [key, part] of Object.entries(value)) {
    const inner = within === undefined ? schemaNamed(types, key) : undefined;
    if (inner === undefined) {
      if (isSecret(types, key, within)) parts.push([key, part]);
    } else if (isObject(part)) parts.push([key, secretParts(types, inner, part)]);
  }
  return Object.fromEntries(parts);
}

function isSecret(types: ResourceSchema, key: string, within: Schema | undefined): boolean {
  const target = targetOfKey(types, key, { within, tolerate: () => {} });
  return target?.attribute.mutability === 'writeOnly';
}
