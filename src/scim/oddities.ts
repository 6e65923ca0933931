import type { AttrPath, Filter } from './filter/ast.ts';
import { printPath } from './filter/printer.ts';
import { isObject, type Json, type Tolerate } from './json.ts';
import type { PatchOperation } from './patch/operations.ts';
import { FILTER_NAMES, flagFromText, operationsOf } from './quirks.ts';
import { subAttributeNamed, type Attribute } from './schema/attribute.ts';
import { shownName } from './schema/read.ts';
import { resolve, schemaNamed, type ResourceSchema } from './schema/resource.ts';
import { shown } from './errors.ts';
import { PATCH_OP } from './urns.ts';

// Habits of identity providers that need no reading of their own, for the readers take them as they come. Here they are
// told, so that the event of the call shows them (`tolerated`). Who sends them: docs/quirks.md.

/** Entra ID adds `aadOptscim062020`, OneLogin what an admin typed: parameters that RFC 7644 does not know are ignored. */
export function tellQuery(query: URLSearchParams, tolerate: Tolerate): void {
  for (const name of query.keys())
    if (!PARAMETERS.has(name) && name !== '') tolerate(`Ignored the query parameter ${shownName(name)}.`);
}

const PARAMETERS: ReadonlySet<string> = new Set(
  'attributes excludedAttributes filter sortBy sortOrder startIndex count cursor'.split(' '),
);

/** Microsoft's tools leave `schemas` out, OneLogin's templates misspell it, Entra ID names a schema of its own: none is read. */
export function tellSchemas(body: unknown, known: readonly string[], tolerate: Tolerate): void {
  if (!isObject(body)) return;
  const { schemas } = body;
  if (!Array.isArray(schemas)) return tolerate('Took the body without schemas.');
  const names = new Set(known.map((urn) => urn.toLowerCase()));
  for (const urn of schemas)
    if (typeof urn !== 'string' || !names.has(urn.toLowerCase())) tolerate(`Ignored ${shown(urn)} in schemas.`);
}

/** The schemas that the body of a resource may name. */
export function schemasOf({ core, extensions }: ResourceSchema): string[] {
  return [core.id, ...extensions.map(({ id }) => id)];
}

/** Entra ID writes `Add` and `name`, and Microsoft's validator sends no operations at all; what is in them is told by `tellOperation`. */
export function tellPatch(body: unknown, tolerate: Tolerate): void {
  tellSchemas(body, [PATCH_OP], tolerate);
  const operations = isObject(body) ? operationsOf(body, () => {}) : undefined;
  if (!Array.isArray(operations)) return;
  if (operations.length === 0) tolerate('Took a PATCH without operations.');
  for (const operation of operations.filter(isObject)) {
    const { op, path: _path, value: _value, ...more } = operation;
    if (typeof op === 'string' && op !== op.toLowerCase()) tolerate(`Read the op ${shown(op)} as ${op.toLowerCase()}.`);
    for (const name of Object.keys(more)) tolerate(`Ignored ${shown(name)} in an operation.`);
  }
}

/** Entra ID names attributes of the enterprise extension without its URN, and puts booleans in quotes. */
export function tellOperation(types: ResourceSchema, { path }: PatchOperation, tolerate: Tolerate): void {
  if (path === undefined) return;
  tellName(types, path.path, tolerate);
  const attribute = resolve(types, path.path)?.attribute;
  if (path.where !== undefined && attribute !== undefined) tellParts(attribute, path.where, tolerate);
}

/** The same in a filter; and Okta's `email eq`. */
export function tellFilter(types: ResourceSchema, filter: Filter, tolerate: Tolerate): void {
  if (filter.kind === 'and' || filter.kind === 'or') for (const part of filter.of) tellFilter(types, part, tolerate);
  else if (filter.kind === 'not') tellFilter(types, filter.of, tolerate);
  else {
    const name = filter.path.urn === undefined ? FILTER_NAMES.get(filter.path.name.toLowerCase()) : undefined;
    if (name !== undefined) tolerate(`Read ${printPath(filter.path)} as ${name}.`);
    const path = name === undefined ? filter.path : { ...filter.path, name };
    tellName(types, path, tolerate);
    const target = resolve(types, path);
    if (target === undefined) return;
    if (filter.kind === 'some') tellParts(target.attribute, filter.where, tolerate);
    if (filter.kind === 'compare') tellFlag(target.sub ?? target.attribute, filter.value, tolerate);
  }
}

function tellName(types: ResourceSchema, path: AttrPath, tolerate: Tolerate): void {
  const schema = path.urn === undefined ? resolve(types, path)?.schema : undefined;
  if (schema !== undefined && schema !== types.core && schemaNamed(types, path.name) === undefined)
    tolerate(`Read ${printPath(path)} as an attribute of ${schema.id}.`);
}

/** What stands in brackets after an attribute. */
function tellParts(attribute: Attribute, where: Filter, tolerate: Tolerate): void {
  if (where.kind === 'and' || where.kind === 'or') for (const part of where.of) tellParts(attribute, part, tolerate);
  else if (where.kind === 'not') tellParts(attribute, where.of, tolerate);
  else if (where.kind === 'compare') tellFlag(subAttributeNamed(attribute, where.path.name), where.value, tolerate);
}

function tellFlag(attribute: Attribute | undefined, value: Json, tolerate: Tolerate): void {
  if (attribute?.type === 'boolean' && typeof value === 'string' && flagFromText(value) !== undefined)
    tolerate(`Read ${shown(value)} for ${attribute.name} as a boolean.`);
}
