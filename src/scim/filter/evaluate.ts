import type { ComparisonOperator } from '../../domain/criteria.ts';
import { compareKey } from '../../domain/values.ts';
import type { Json, JsonObject } from '../json.ts';
import { isObject } from '../json.ts';
import { flagFromText } from '../quirks.ts';
import { attributeNamed, subAttributeNamed } from '../schema/attribute.ts';
import type { Attribute } from '../schema/attribute.ts';
import type { AttrPath, Compare, Filter } from './ast.ts';
import { instantOf } from './instant.ts';

/** Tells whether a value with these attributes answers the filter (RFC 7644 §3.4.2.2); an unknown attribute is absent. */
export function matches(filter: Filter, value: JsonObject, attributes: readonly Attribute[]): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.of.every((part) => matches(part, value, attributes));
    case 'or':
      return filter.of.some((part) => matches(part, value, attributes));
    case 'not':
      return !matches(filter.of, value, attributes);
    case 'present':
      return valuesAt(filter.path, value, attributes).values.length > 0;
    case 'compare':
      return answers(filter, value, attributes);
    case 'some':
      return someMatches(filter.path, filter.where, { value, attributes });
  }
}

interface Subject {
  readonly value: JsonObject;
  readonly attributes: readonly Attribute[];
}

function someMatches(path: AttrPath, where: Filter, { value, attributes }: Subject): boolean {
  const attribute = attributeNamed(attributes, path.name);
  if (attribute?.subAttributes === undefined) return false;
  const parts = attribute.subAttributes;
  return each(value[attribute.name]).some((element) => isObject(element) && matches(where, element, parts));
}

function answers({ path, operator, value: literal }: Compare, value: JsonObject, attributes: readonly Attribute[]) {
  const { values, attribute } = valuesAt(path, value, attributes);
  if (literal === null) return operator === (values.length === 0 ? 'eq' : 'ne');
  if (operator === 'ne' && values.length === 0) return true;
  const wanted = comparable(literal, attribute);
  return values.some((held) => !isObject(held) && compares(comparable(held, attribute), operator, wanted));
}

/** The values a path names, where a list stands for its elements and a complex value, in a comparison, for its `value`. */
function valuesAt({ name, sub }: AttrPath, value: JsonObject, attributes: readonly Attribute[]) {
  const attribute = attributeNamed(attributes, name);
  if (attribute === undefined) return { values: [], attribute };
  const held = each(value[attribute.name]).filter(isHeld);
  const part = subAttributeNamed(attribute, sub ?? 'value');
  if (part === undefined) return { values: sub === undefined ? held : [], attribute };
  return { values: held.flatMap((element) => (isObject(element) ? each(element[part.name]) : [])), attribute: part };
}

function isHeld(value: Json): boolean {
  return value !== null && value !== '' && !(isObject(value) && Object.keys(value).length === 0);
}

function each(value: Json | undefined): Json[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function comparable(value: Json, attribute: Attribute | undefined): Json {
  if (typeof value !== 'string') return value;
  if (attribute?.type === 'boolean') return flagFromText(value) ?? value;
  if (attribute?.type === 'dateTime') return instantOf(value) ?? value;
  return attribute?.caseExact === true ? value : compareKey(value);
}

function compares(held: Json, operator: ComparisonOperator, wanted: Json): boolean {
  if (operator === 'eq') return held === wanted;
  if (operator === 'ne') return held !== wanted;
  return typeof held === 'string' && typeof wanted === 'string' && TEXT_TESTS[operator](held, wanted);
}

type Ordering = Exclude<ComparisonOperator, 'eq' | 'ne'>;

/** Text alone has an order and parts: no attribute of ours is a number. */
const TEXT_TESTS: Record<Ordering, (held: string, wanted: string) => boolean> = {
  co: (held, wanted) => held.includes(wanted),
  sw: (held, wanted) => held.startsWith(wanted),
  ew: (held, wanted) => held.endsWith(wanted),
  gt: (held, wanted) => byCodePoint(held, wanted) > 0,
  ge: (held, wanted) => byCodePoint(held, wanted) >= 0,
  lt: (held, wanted) => byCodePoint(held, wanted) < 0,
  le: (held, wanted) => byCodePoint(held, wanted) <= 0,
};

/** UTF-8 keeps the order of code points, which UTF-16 does not. */
function byCodePoint(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}
