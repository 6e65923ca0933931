import type { AttrPath } from '../filter/ast.ts';
import type { JsonObject } from '../json.ts';
import { isObject } from '../json.ts';
import { attributeNamed, subAttributeNamed } from './attribute.ts';
import type { Attribute, Schema } from './attribute.ts';

/** What a resource of one type is made of: a core schema, and extensions under their URN (RFC 7643 §3.3). */
export interface ResourceSchema {
  readonly core: Schema;
  readonly extensions: readonly Schema[];
}

/** Where an attribute name leads. */
export interface Target {
  readonly schema: Schema;
  readonly attribute: Attribute;
  readonly sub?: Attribute;
}

/** The schema of that URN, without regard to case. */
export function schemaNamed(resource: ResourceSchema, urn: string): Schema | undefined {
  const wanted = urn.toLowerCase();
  return [resource.core, ...resource.extensions].find((schema) => schema.id.toLowerCase() === wanted);
}

/** The schema that a path names as a whole; `urn:…:2.0:User` reads as attribute `User` of `urn:…:2.0`. */
export function wholeSchema(resource: ResourceSchema, path: AttrPath): Schema | undefined {
  if (path.urn === undefined || path.sub !== undefined) return undefined;
  return schemaNamed(resource, `${path.urn}:${path.name}`);
}

/**
 * Finds what a path names (RFC 7644 §3.10). A name without a URN is one of the core schema or else of an extension:
 * Entra ID writes `manager` and `department` bare.
 */
export function resolve(resource: ResourceSchema, path: AttrPath): Target | undefined {
  const named = path.urn === undefined ? undefined : schemaNamed(resource, path.urn);
  if (path.urn !== undefined && named === undefined) return undefined;
  for (const schema of named === undefined ? [resource.core, ...resource.extensions] : [named]) {
    const attribute = attributeNamed(schema.attributes, path.name);
    if (attribute !== undefined) return withSub(schema, attribute, path.sub);
  }
  return undefined;
}

function withSub(schema: Schema, attribute: Attribute, name: string | undefined): Target | undefined {
  if (name === undefined) return { schema, attribute };
  const sub = subAttributeNamed(attribute, name);
  return sub === undefined ? undefined : { schema, attribute, sub };
}

/** The object that holds a schema's attributes: the resource itself, or what stands under the extension's URN. */
export function holderOf(types: ResourceSchema, schema: Schema, resource: JsonObject): JsonObject {
  if (schema === types.core) return resource;
  const held = resource[schema.id];
  if (isObject(held)) return held;
  const made: JsonObject = {};
  resource[schema.id] = made;
  return made;
}
