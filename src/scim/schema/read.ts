import { invalidSyntax, invalidValue, kindOf, shown } from '../errors.ts';
import type { Json, JsonObject, Tolerate } from '../json.ts';
import { isObject } from '../json.ts';
import type { Attribute, Schema } from './attribute.ts';
import { attributeNamed } from './attribute.ts';
import type { ResourceSchema, Target } from './resource.ts';
import { holderOf, resolve, schemaNamed } from './resource.ts';
import { readValue } from './value.ts';

/** What a POST or PUT says. */
export interface ReadResource {
  /** Attributes with a value, by the table's names; extensions under their URN. */
  readonly resource: JsonObject;
  /**
   * What was sent without a value (`null`, `""`, `[]`), which in a PUT differs from not being sent: names of core
   * attributes, `<URN>:<name>` in an extension, the URN for an extension as a whole.
   */
  readonly cleared: ReadonlySet<string>;
  /** Kept apart so that it cannot be stored, logged or given back by accident. */
  readonly password?: string;
}

/**
 * Reads the body of a POST or PUT (RFC 7644 §3.3 and §3.5.1). Read-only attributes are ignored, as §3.5.1 says, unknown
 * ones as well; of a name sent twice the last one counts. Fails with: 400 invalidSyntax, 400 invalidValue.
 */
export function readResource(types: ResourceSchema, body: unknown, tolerate: Tolerate): ReadResource {
  if (!isObject(body)) throw invalidSyntax(`The body must be a JSON object, but it is ${kindOf(body)}.`);
  const reader = new Reader(types, tolerate);
  reader.object(undefined, body);
  return reader.result();
}

/** What every read-modify-write client sends back as it got it; a report on it would say nothing. */
const ECHOES: ReadonlySet<string> = new Set(['schemas', 'id', 'meta']);

class Reader {
  readonly #types: ResourceSchema;
  readonly #tolerate: Tolerate;
  readonly #resource: JsonObject = {};
  readonly #cleared = new Set<string>();
  #password: string | undefined;

  constructor(types: ResourceSchema, tolerate: Tolerate) {
    this.#types = types;
    this.#tolerate = tolerate;
  }

  result(): ReadResource {
    const password = this.#password === undefined ? {} : { password: this.#password };
    return { resource: this.#resource, cleared: this.#cleared, ...password };
  }

  /** Reads attributes; `within` is the schema under whose URN they stand. */
  object(within: Schema | undefined, object: JsonObject): void {
    for (const [key, value] of Object.entries(object)) this.#entry(within, key, value);
  }

  #entry(within: Schema | undefined, key: string, value: Json): void {
    const inner = within === undefined ? schemaNamed(this.#types, key) : undefined;
    const target = this.#target(within, key);
    if (inner !== undefined) this.#inner(inner, value);
    else if (target === undefined) this.#tolerate(`Ignored the unknown attribute ${shownName(key)}.`);
    else if (target.attribute.mutability === 'readOnly') this.#readOnly(target.attribute, value);
    else this.#named(within, target, value);
  }

  /** Entra ID sends `manager` without its URN. */
  #target(within: Schema | undefined, name: string): Target | undefined {
    if (within === undefined) return resolve(this.#types, { name });
    const attribute = attributeNamed(within.attributes, name);
    return attribute === undefined ? undefined : { schema: within, attribute };
  }

  #inner(schema: Schema, value: Json): void {
    if (isObject(value) && Object.keys(value).length > 0) this.object(schema, value);
    else if (isObject(value) || value === null || value === '') this.#cleared.add(schema.id);
    else throw invalidValue(`${schema.id} must be an object, but ${kindOf(value)} was sent.`);
  }

  #readOnly(attribute: Attribute, value: Json): void {
    const isEmpty = value === null || (Array.isArray(value) && value.length === 0);
    if (!isEmpty && !ECHOES.has(attribute.name)) this.#tolerate(`Ignored the read-only attribute ${attribute.name}.`);
  }

  #named(within: Schema | undefined, target: Target, value: Json): void {
    const { schema, attribute } = target;
    if (within === undefined && schema !== this.#types.core && value !== null)
      this.#tolerate(`Read ${attribute.name} as an attribute of ${schema.id}.`);
    this.#attribute(target, value);
  }

  #attribute({ schema, attribute }: Target, value: Json): void {
    const read = readValue(attribute, value, { name: attribute.name, tolerate: this.#tolerate });
    if (attribute.mutability === 'writeOnly') this.#password = typeof read === 'string' ? read : undefined;
    else this.#put(schema, attribute, read);
  }

  #put(schema: Schema, attribute: Attribute, value: Json | undefined): void {
    const name = schema === this.#types.core ? attribute.name : `${schema.id}:${attribute.name}`;
    if (value === undefined) {
      this.#cleared.add(name);
      if (schema === this.#types.core || this.#resource[schema.id] !== undefined)
        delete holderOf(this.#types, schema, this.#resource)[attribute.name];
      return;
    }
    this.#cleared.delete(name);
    holderOf(this.#types, schema, this.#resource)[attribute.name] = value;
  }
}

/** A client's own name, short and quoted where it is not plain. */
export function shownName(name: string): string {
  return /^[\w$:.-]{1,100}$/.test(name) ? name : shown(name);
}
