import type { Criteria, CriteriaField } from '../../domain/criteria.ts';
import type { FieldOrder } from '../../domain/criteria.ts';
import { invalidFilter, invalidValue, ScimError, shown } from '../errors.ts';
import { FILTER_NAMES, flagFromText } from '../quirks.ts';
import { subAttributeNamed } from '../schema/attribute.ts';
import type { ResourceSchema, Target } from '../schema/resource.ts';
import { resolve, wholeSchema } from '../schema/resource.ts';
import type { AttrPath, Compare, Filter } from './ast.ts';
import { instantOf } from './instant.ts';
import { printPath } from './printer.ts';

/** What of a resource may be filtered by: the attributes whose name leads to one of the domain's `fields`. */
export interface Filterable<Field extends string> {
  readonly schema: ResourceSchema;
  readonly fields: Readonly<Record<Field, CriteriaField>>;
  /** Where the domain calls it otherwise: a path such as `meta.created`, or an extension's URN. */
  readonly renamed: ReadonlyMap<string, string>;
  /** Some of what can be asked for, for messages. */
  readonly examples: string;
}

/**
 * Turns a filter into a question to the domain; values stay values, ready to be bound. An attribute that is not in the
 * table is refused, never skipped: an unfiltered list would let a directory link the wrong person (RFC 7644 §3.4.2.2).
 * Fails with: 400 invalidFilter naming the attribute.
 */
export function toCriteria<Field extends string>(filter: Filter, table: Filterable<Field>): Criteria<Field> {
  return new Translation(table).filter(filter);
}

/** What a list is to be sorted by (RFC 7644 §3.4.2.3). */
export interface Sort {
  readonly path: AttrPath;
  readonly descending: boolean;
}

/**
 * Turns `sortBy` into an order of the domain; what can be filtered by can be sorted by, a complex attribute by its
 * `value`. Fails with: 400 invalidValue naming the attribute.
 */
export function toFieldOrder<Field extends string>(sort: Sort, table: Filterable<Field>): FieldOrder<Field> {
  try {
    return { field: new Translation(table).single(sort.path), descending: sort.descending };
  } catch (error) {
    if (!(error instanceof ScimError)) throw error;
    throw invalidValue(`sortBy is ${shown(printPath(sort.path))}, which cannot be sorted by. Use ${table.examples}.`);
  }
}

interface Located<Field> {
  readonly field: Field;
  readonly is: CriteriaField;
  /** The attribute as the client wrote it, for messages. */
  readonly shown: string;
}

class Translation<Field extends string> {
  readonly #table: Filterable<Field>;
  /** The attribute whose brackets we are in. */
  readonly #inside: Target | undefined;

  constructor(table: Filterable<Field>, inside?: Target) {
    this.#table = table;
    this.#inside = inside;
  }

  filter(filter: Filter): Criteria<Field> {
    switch (filter.kind) {
      case 'and':
      case 'or':
        return { kind: filter.kind, of: filter.of.map((part) => this.filter(part)) };
      case 'not':
        return { kind: 'not', of: this.filter(filter.of) };
      case 'present':
        return { kind: 'present', field: this.#locate(filter.path).field };
      case 'compare':
        return this.#compare(filter);
      case 'some':
        return this.#some(filter.path, filter.where);
    }
  }

  /** The field of an attribute, or of its `value`. */
  single(path: AttrPath): Field {
    const located = this.#locate(path);
    return (located.is.type === 'complex' ? this.#valueOf(located) : located).field;
  }

  /** Brackets after an attribute with one value mean the same as dotted names. */
  #some(path: AttrPath, where: Filter): Criteria<Field> {
    const { field, is } = this.#locate(path);
    const inside = resolve(this.#table.schema, unaliased(path));
    if (is.type !== 'complex' || inside === undefined)
      throw invalidFilter(`${printPath(path)} has no parts to ask for in brackets; compare it directly.`);
    const criteria = new Translation(this.#table, inside).filter(where);
    return is.list === undefined ? criteria : { kind: 'some', list: field, where: criteria };
  }

  #compare({ path, operator, value }: Compare): Criteria<Field> {
    const located = this.#locate(path);
    if (value === null && (operator === 'eq' || operator === 'ne')) {
      const present = { kind: 'present', field: located.field } as const;
      return operator === 'ne' ? present : { kind: 'not', of: present };
    }
    const { field, is, shown } = located.is.type === 'complex' ? this.#valueOf(located) : located;
    if (!OPERATORS_OF[is.type].has(operator))
      throw invalidFilter(`${shown} is a ${is.type}: the operator ${operator} does not apply. ${REMEDY[is.type]}`);
    return { kind: 'compare', field, operator, value: VALUE_OF[is.type](value, shown) };
  }

  /** A complex attribute stands for its `value` (RFC 7644 §3.4.2.2, `emails co "@acme.example"`). */
  #valueOf({ field, shown }: Located<Field>): Located<Field> {
    const name = `${field}.value`;
    if (!this.#isField(name)) throw invalidFilter(`${shown} has no single value; compare one of its parts instead.`);
    return { field: name, is: this.#table.fields[name], shown };
  }

  #locate(path: AttrPath): Located<Field> {
    const shown = printPath(path);
    const name = this.#nameOf(path);
    if (name === undefined) throw unknown(shown);
    if (!this.#isField(name))
      throw invalidFilter(`${shown} cannot be used in a filter. Filter by ${this.#table.examples}, for example.`);
    return { field: name, is: this.#table.fields[name], shown };
  }

  #nameOf(path: AttrPath): string | undefined {
    const { renamed, schema } = this.#table;
    const whole = this.#inside === undefined ? wholeSchema(schema, path) : undefined;
    if (whole !== undefined) return renamed.get(whole.id);
    const target = this.#inside === undefined ? resolve(schema, unaliased(path)) : partOf(this.#inside, path);
    if (target === undefined) return undefined;
    const names = [target.attribute.name, target.sub?.name ?? []].flat().join('.');
    if (target.schema === schema.core) return renamed.get(names) ?? names;
    return `${renamed.get(target.schema.id) ?? target.schema.id}.${names}`;
  }

  #isField(name: string): name is Field {
    return Object.hasOwn(this.#table.fields, name);
  }
}

function unaliased(path: AttrPath): AttrPath {
  const name = path.urn === undefined ? FILTER_NAMES.get(path.name.toLowerCase()) : undefined;
  return name === undefined ? path : { ...path, name };
}

function partOf({ schema, attribute }: Target, path: AttrPath): Target | undefined {
  if (path.urn !== undefined || path.sub !== undefined) return undefined;
  const sub = subAttributeNamed(attribute, path.name);
  return sub === undefined ? undefined : { schema, attribute, sub };
}

function unknown(name: string) {
  return invalidFilter(`There is no attribute ${shown(name)} to filter by. GET /Schemas lists the attributes.`);
}

type Literal = Compare['value'];

const TEXT_OPERATORS = new Set(['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le']);

const OPERATORS_OF: Record<CriteriaField['type'], ReadonlySet<string>> = {
  string: TEXT_OPERATORS,
  complex: TEXT_OPERATORS,
  boolean: new Set(['eq', 'ne']),
  dateTime: new Set(['eq', 'ne', 'gt', 'ge', 'lt', 'le']),
};

const REMEDY: Record<CriteriaField['type'], string> = {
  string: '',
  complex: '',
  boolean: 'Use eq or ne with true or false.',
  dateTime: 'Use eq, ne, gt, ge, lt or le.',
};

const VALUE_OF: Record<CriteriaField['type'], (value: Literal, name: string) => string | boolean> = {
  string: textOf,
  complex: textOf,
  boolean: booleanOf,
  dateTime: dateTimeOf,
};

function textOf(value: Literal, name: string): string {
  if (typeof value === 'string') return value;
  throw invalidFilter(`${name} is text and cannot be compared with ${shown(value)}; put the value in double quotes.`);
}

function booleanOf(value: Literal, name: string): boolean {
  const flag = typeof value === 'string' ? flagFromText(value) : value;
  if (typeof flag === 'boolean') return flag;
  throw invalidFilter(`${name} is a boolean and cannot be compared with ${shown(value)}; use true or false.`);
}

function dateTimeOf(value: Literal, name: string): string {
  const instant = typeof value === 'string' ? instantOf(value) : undefined;
  if (instant !== undefined) return instant;
  throw invalidFilter(
    `${name} is a date and time and cannot be compared with ${shown(value)}; write it as "2026-01-31T12:00:00Z".`,
  );
}
