import { ScimError } from './errors.ts';
import type { AttrPath } from './filter/ast.ts';
import { parsePath } from './filter/parser.ts';
import type { Json, JsonObject } from './json.ts';
import { isObject } from './json.ts';
import type { Attribute, Schema } from './schema/attribute.ts';
import type { ResourceSchema } from './schema/resource.ts';
import { resolve, wholeSchema } from './schema/resource.ts';

/** The query parameters of RFC 7644 §3.9, as they come. */
export interface ProjectionRequest {
  readonly attributes?: string | undefined;
  readonly excludedAttributes?: string | undefined;
}

/** Which attributes an answer holds. */
export interface Projection {
  readonly types: ResourceSchema;
  /** Whether the named ones are all there is, or all there is not. */
  readonly mode: 'only' | 'except';
  readonly named: ReadonlySet<Attribute>;
  /** Attributes of which a part is named. */
  readonly touched: ReadonlySet<Attribute>;
}

/**
 * Reads `attributes` and `excludedAttributes`, comma-separated names in any notation of RFC 7644 §3.10. The RFC does not
 * let both be sent; where they are, `attributes` wins. Unknown names change nothing.
 */
export function readProjection(types: ResourceSchema, request: ProjectionRequest): Projection {
  const only = namesIn(request.attributes);
  const names = only.length > 0 ? only : namesIn(request.excludedAttributes);
  const named = new Set<Attribute>();
  const touched = new Set<Attribute>();
  for (const path of names.map(readName)) {
    if (path === undefined) continue;
    for (const attribute of wholeSchema(types, path)?.attributes ?? []) named.add(attribute);
    const target = resolve(types, path);
    if (target === undefined) continue;
    named.add(target.sub ?? target.attribute);
    if (target.sub !== undefined) touched.add(target.attribute);
  }
  return { types, mode: only.length > 0 ? 'only' : 'except', named, touched };
}

/** Keeps what the client asked for, whatever is `returned: always`, and never what is `returned: never`. */
export function project(projection: Projection, resource: JsonObject): JsonObject {
  const { core, extensions } = projection.types;
  const result = projectObject(projection, core.attributes, resource);
  for (const { id, attributes } of extensions) {
    const held = resource[id];
    const kept = isObject(held) ? projectObject(projection, attributes, held) : {};
    if (Object.keys(kept).length > 0) result[id] = kept;
  }
  return result;
}

/** Tells whether the attribute of the core schema is in the answer at all, so that it need not be loaded if it is not. */
export function wants(projection: Projection, name: string): boolean {
  const target = resolve(projection.types, { name });
  return target !== undefined && (isKept(projection, target.attribute) || isTouched(projection, target.attribute));
}

function projectObject(projection: Projection, attributes: Schema['attributes'], object: JsonObject): JsonObject {
  const result: JsonObject = {};
  for (const attribute of attributes) {
    const value = object[attribute.name];
    const kept = value === undefined ? undefined : projectValue(projection, attribute, value);
    if (kept !== undefined) result[attribute.name] = kept;
  }
  return result;
}

function projectValue(projection: Projection, attribute: Attribute, value: Json): Json | undefined {
  const isWhole = isKept(projection, attribute);
  if (!projection.touched.has(attribute) || projection.named.has(attribute)) return isWhole ? value : undefined;
  if (attribute.returned === 'never') return undefined;
  return projectParts(projection, attribute.subAttributes ?? [], value);
}

/** The named parts of a complex value, or of each value of a list; undefined where none is left. */
function projectParts(projection: Projection, parts: Schema['attributes'], value: Json): Json | undefined {
  if (Array.isArray(value)) {
    const kept = value.map((item) => projectParts(projection, parts, item)).filter((item) => item !== undefined);
    return kept.length === 0 ? undefined : kept;
  }
  const kept = isObject(value) ? projectObject(projection, parts, value) : {};
  return Object.keys(kept).length === 0 ? undefined : kept;
}

/** RFC 7643 §7 `returned`, with RFC 7644 §3.9 on top. */
function isKept({ mode, named }: Projection, attribute: Attribute): boolean {
  if (attribute.returned === 'always') return true;
  if (attribute.returned === 'never') return false;
  if (mode === 'only') return named.has(attribute);
  return attribute.returned === 'default' && !named.has(attribute);
}

function isTouched({ mode, touched }: Projection, attribute: Attribute): boolean {
  return mode === 'only' && touched.has(attribute);
}

function namesIn(parameter: string | undefined): string[] {
  return (parameter ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

function readName(name: string): AttrPath | undefined {
  try {
    return parsePath(name).path;
  } catch (error) {
    if (error instanceof ScimError) return undefined;
    throw error;
  }
}
