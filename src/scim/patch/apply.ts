import { invalidValue, kindOf } from '../errors.ts';
import type { Json, JsonObject, Tolerate } from '../json.ts';
import { isObject } from '../json.ts';
import type { Schema } from '../schema/attribute.ts';
import type { ResourceSchema } from '../schema/resource.ts';
import { holderOf, schemaNamed, wholeSchema } from '../schema/resource.ts';
import { emptied, partOf, readParts, readValue } from '../schema/value.ts';
import type { Reading } from '../schema/value.ts';
import { changeList } from './list.ts';
import { attributesOf } from './operations.ts';
import type { PatchOperation } from './operations.ts';
import { emptiesRequired, namesTheResource, targetOfKey, targetOfPath } from './target.ts';
import type { PatchTarget } from './target.ts';

/** What a PATCH makes of a resource. */
export interface Patched {
  readonly resource: JsonObject;
  /** Kept apart so that it cannot be stored, logged or given back by accident. */
  readonly password?: string;
}

/** What is to be done, and who hears of what was put up with. */
export interface Patch {
  readonly operations: readonly PatchOperation[];
  readonly tolerate: Tolerate;
}

/**
 * Applies a PATCH to a copy of the resource, all of it or nothing (RFC 7644 §3.5.2). The result holds only names of the
 * attribute tables. Fails with: 400 invalidPath, invalidValue, kindOf, mutability, noTarget.
 */
export function applyPatch(types: ResourceSchema, resource: JsonObject, patch: Patch): Patched {
  const patcher = new Patcher(types, structuredClone(resource), patch.tolerate);
  for (const operation of patch.operations) patcher.apply(operation);
  return patcher.result();
}

interface Change extends PatchTarget {
  readonly op: PatchOperation['op'];
  readonly value?: Json;
}

class Patcher {
  readonly #types: ResourceSchema;
  readonly #resource: JsonObject;
  readonly #tolerate: Tolerate;
  #password: string | undefined;

  constructor(types: ResourceSchema, resource: JsonObject, tolerate: Tolerate) {
    this.#types = types;
    this.#resource = resource;
    this.#tolerate = tolerate;
  }

  result(): Patched {
    return { resource: this.#resource, ...(this.#password === undefined ? {} : { password: this.#password }) };
  }

  apply({ op, path, value }: PatchOperation): void {
    if (path === undefined) return this.#each(op, undefined, value ?? null);
    const whole = path.where === undefined ? wholeSchema(this.#types, path.path) : undefined;
    if (whole !== undefined) return this.#whole(op, whole, value ?? null);
    this.#change({ op, ...targetOfPath(this.#types, path), ...(value === undefined ? {} : { value }) });
  }

  /** §3.5.2.1 and §3.5.2.3: without a path the value holds the attributes; its keys may be paths (Entra ID). */
  #each(op: Change['op'], within: Schema | undefined, value: Json): void {
    for (const [key, part] of attributesOf(op, value)) this.#entry({ op, value: part }, within, key);
  }

  #entry(change: { op: Change['op']; value: Json }, within: Schema | undefined, key: string): void {
    const inner = within === undefined ? schemaNamed(this.#types, key) : undefined;
    if (inner !== undefined) return this.#whole(change.op, inner, change.value);
    const target = targetOfKey(this.#types, key, { within, tolerate: this.#tolerate });
    if (target !== undefined) this.#change({ ...change, ...target });
  }

  /** An operation on all that stands under a schema's URN. */
  #whole(op: Change['op'], schema: Schema, value: Json): void {
    if (op !== 'remove' && isObject(value)) return this.#each(op, schema, value);
    if (schema === this.#types.core) throw namesTheResource(schema, op);
    if (op !== 'remove' && value !== null && value !== '')
      throw invalidValue(`${schema.id} must be an object, but ${kindOf(value)} was sent.`);
    delete this.#resource[schema.id];
  }

  #change(change: Change): void {
    const { schema, attribute } = change;
    const at = { name: attribute.name, tolerate: this.#tolerate };
    if (attribute.mutability === 'writeOnly') return this.#keepSecret(change, at);
    const holder = holderOf(this.#types, schema, this.#resource);
    const result = changed(holder[attribute.name], change, at);
    if (result !== undefined) holder[attribute.name] = result;
    else delete holder[attribute.name];
    if (result === undefined && attribute.required) throw emptiesRequired(attribute);
    if (schema !== this.#types.core && Object.keys(holder).length === 0) delete this.#resource[schema.id];
  }

  #keepSecret({ op, attribute, value }: Change, at: Reading): void {
    const read = op === 'remove' ? undefined : readValue(attribute, value, at);
    this.#password = typeof read === 'string' ? read : undefined;
  }
}

/** The new value of an attribute; undefined is none. */
function changed(held: Json | undefined, change: Change, at: Reading): Json | undefined {
  if (change.attribute.multiValued) {
    const elements = changeList(Array.isArray(held) ? held.filter(isObject) : [], { ...change, at });
    return elements.length === 0 ? undefined : elements;
  }
  if (change.attribute.type === 'complex') return unlessEmpty(changedComplex(isObject(held) ? held : {}, change, at));
  return change.op === 'remove' ? undefined : readValue(change.attribute, change.value, at);
}

/** §3.5.2.3: of a complex attribute only those parts are replaced that the value has. */
function changedComplex(held: JsonObject, { op, attribute, sub, value }: Change, at: Reading): JsonObject {
  if (op === 'remove') return sub === undefined ? {} : withParts(held, [[sub.name, undefined]]);
  if (sub !== undefined) return referring(held, new Map([[sub.name, readValue(sub, value, partOf(at, sub))]]));
  const [only = null] = Array.isArray(value) && value.length <= 1 ? value : [value];
  if (only === '') return emptied(at) ?? {};
  return only === null ? {} : referring(held, readParts(attribute, only, at));
}

/** A complex value with a `value` is a reference: who becomes the manager does not keep the name of the last one. */
function referring(held: JsonObject, parts: ReadonlyMap<string, Json | undefined>): JsonObject {
  const refersElsewhere = parts.has('value') && parts.get('value') !== held['value'];
  return withParts(refersElsewhere ? {} : held, parts);
}

function withParts(held: JsonObject, parts: Iterable<[string, Json | undefined]>): JsonObject {
  const result = { ...held };
  for (const [name, part] of parts) {
    if (part === undefined) delete result[name];
    else result[name] = part;
  }
  return result;
}

function unlessEmpty(object: JsonObject): JsonObject | undefined {
  return Object.keys(object).length === 0 ? undefined : object;
}
