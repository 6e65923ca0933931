import { invalidFilter, invalidPath, shown } from '../errors.ts';
import type { Compare, Filter } from '../filter/ast.ts';
import { printFilter, printPath } from '../filter/printer.ts';
import { flagFromText } from '../quirks.ts';
import { subAttributeNamed } from '../schema/attribute.ts';
import type { Attribute } from '../schema/attribute.ts';

/**
 * Checks the filter of a path: it may name parts of the attribute alone, and compare them only as their types can be
 * compared (RFC 7644 §3.4.2.2 and §3.12). Fails with: 400 invalidPath, invalidFilter.
 */
export function checkWhere(attribute: Attribute, where: Filter): void {
  if (where.kind === 'and' || where.kind === 'or') for (const part of where.of) checkWhere(attribute, part);
  else if (where.kind === 'not') checkWhere(attribute, where.of);
  else {
    const { path } = where;
    const part = path.urn === undefined && path.sub === undefined ? subAttributeNamed(attribute, path.name) : undefined;
    if (part === undefined)
      throw invalidPath(
        `${attribute.name} has no part ${shown(printPath(path))}; GET /Schemas lists the parts that a filter can name.`,
      );
    if (where.kind === 'compare' && !isComparable(part, where))
      throw invalidFilter(
        `${attribute.name}.${part.name} is a ${part.type}, which ${shown(printFilter(where))} cannot be asked of.`,
      );
  }
}

const ORDER: ReadonlySet<string> = new Set(['gt', 'ge', 'lt', 'le']);

function isComparable({ type }: Attribute, { operator, value }: Compare): boolean {
  const isEquality = operator === 'eq' || operator === 'ne';
  if (value === null) return isEquality;
  if (type === 'boolean')
    return isEquality && typeof (typeof value === 'string' ? flagFromText(value) : value) === 'boolean';
  return typeof value === 'string' && !(type === 'binary' && ORDER.has(operator));
}
