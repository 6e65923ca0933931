import type { Comparison, ComparisonOperator, Criteria, CriteriaField } from '../domain/criteria.ts';
import { anyElement, columnAt, fieldAt, folded, valueAt, type Column, type Places, type Site } from './places.ts';
import type { SqlValue } from './session.ts';
import type { Words } from './words.ts';

/** A condition on rows of a table: always true or false, never null, and every literal is a parameter. */
export interface Condition {
  readonly sql: string;
  readonly parameters: readonly SqlValue[];
  /** Whether at most one row of a workspace can answer, found by a unique index. */
  readonly unique: boolean;
  /** Whether an index finds the few rows that can answer. */
  readonly narrow: boolean;
}

/** Where a field's value stands, with the list whose elements are walked. */
interface Place extends Column {
  readonly list?: string;
}

/** The condition that rows of a workspace answer a question about them. */
export function conditionOf<Field extends string>(
  criteria: Criteria<Field>,
  site: Site<Field> & { readonly workspaceId: string },
): Condition {
  const parameters: SqlValue[] = [];
  const { places } = site;
  const sql = new Translation({ ...site, parameters }).condition(criteria);
  return { sql, parameters, unique: isUnique(criteria, places), narrow: isNarrow(criteria, places) };
}

function isUnique<Field extends string>(criteria: Criteria<Field>, places: Places<Field>): boolean {
  if (criteria.kind === 'and') return criteria.of.some((part) => isUnique(part, places));
  return criteria.kind === 'compare' && criteria.operator === 'eq' && columnAt(places, criteria.field)?.unique === true;
}

function isNarrow<Field extends string>(criteria: Criteria<Field>, places: Places<Field>): boolean {
  if (criteria.kind === 'and') return criteria.of.some((part) => isNarrow(part, places));
  return keysOf(criteria.kind === 'some' ? criteria.where : criteria, places).length > 0;
}

interface Ground<Field extends string> extends Site<Field> {
  readonly parameters: SqlValue[];
  readonly workspaceId: string;
}

class Translation<Field extends string> {
  readonly #ground: Ground<Field>;
  readonly #places: Places<Field>;
  readonly #words: Words;
  readonly #parameters: SqlValue[];
  /** The list whose element stands in `element`, inside brackets. */
  readonly #within: string | undefined;

  constructor(ground: Ground<Field>, within?: string) {
    this.#ground = ground;
    this.#places = ground.places;
    this.#words = ground.words;
    this.#parameters = ground.parameters;
    this.#within = within;
  }

  condition(criteria: Criteria<Field>): string {
    switch (criteria.kind) {
      case 'and':
      case 'or':
        return this.#joined(criteria.of, criteria.kind);
      case 'not':
        return `not (${this.condition(criteria.of)})`;
      case 'present':
        return this.#present(criteria.field);
      case 'compare':
        return this.#comparison(criteria);
      case 'some':
        return this.#some(criteria.list, criteria.where);
    }
  }

  /** Joins by halves: SQLite refuses expressions deeper than 1,000, which a long chain is. */
  #joined(parts: readonly Criteria<Field>[], word: 'and' | 'or'): string {
    if (parts.length === 0) return word === 'and' ? 'true' : 'false';
    if (parts.length === 1) return this.condition(parts[0]!);
    const half = parts.length >> 1;
    return `(${this.#joined(parts.slice(0, half), word)} ${word} ${this.#joined(parts.slice(half), word)})`;
  }

  #present(name: Field): string {
    const field = fieldAt(this.#places, name);
    if (field.list === name) return this.#within === name ? 'true' : anyElement(this.#ground, name, 'true');
    const { sql, list } = this.#placeOf(name, field);
    return this.#inList(list, `${sql} is not null`);
  }

  #some(name: Field, where: Criteria<Field>): string {
    if (fieldAt(this.#places, name).list !== name) throw new TypeError(`${name} is not a list.`);
    return all([
      ...this.#hints(where),
      anyElement(this.#ground, name, new Translation(this.#ground, name).condition(where)),
    ]);
  }

  #comparison(comparison: Comparison<Field>): string {
    const { field: name, operator, value } = comparison;
    const field = fieldAt(this.#places, name);
    if (field.type === 'complex') throw new TypeError(`${name} has parts; compare one of them.`);
    // A value of another type equals nothing.
    if ((typeof value === 'boolean') !== (field.type === 'boolean')) return operator === 'ne' ? 'true' : 'false';
    if (typeof value === 'boolean' && operator !== 'eq' && operator !== 'ne') return 'false';
    const place = this.#placeOf(name, field);
    const hints = this.#hints(comparison);
    const wanted = typeof value === 'boolean' ? this.#words.truth(value) : folded(value, field);
    const test = this.#test(place.sql, operator, wanted);
    if (operator !== 'ne') return all([...hints, this.#inList(place.list, neverNull(test, place, operator))]);
    if (place.list === undefined) return `coalesce(${test}, true)`;
    return `(${this.#inList(place.list, test)} or not ${this.#inList(place.list, `${place.sql} is not null`)})`;
  }

  /** What holds for everyone who answers and is quickly looked up: ids by an index, then the text of the comparable form. */
  #hints(criteria: Criteria<Field>): string[] {
    if (this.#within !== undefined) return [];
    const keys = keysOf(criteria, this.#places);
    if (keys.length > 0) return keys.map((key) => this.#indexed(key));
    return hintsOf(criteria, this.#places).map((hint) => `instr(${this.#places.comparable}, ${this.#bind(hint)}) > 0`);
  }

  #indexed({ id, sql, value }: Key): string {
    for (let at = 0; at < sql.split('?').length - 1; at += 2) {
      this.#bind(this.#ground.workspaceId);
      this.#bind(value);
    }
    return `${id} in (${sql})`;
  }

  #test(value: string, operator: ComparisonOperator, wanted: SqlValue): string {
    if (operator in ORDER) return `${value} ${ORDER[operator]} ${this.#bind(wanted)}`;
    const text = String(wanted);
    if (text === '') return `${value} is not null`;
    // Characters are counted as the databases count them, by code point.
    const length = Array.from(text).length;
    if (operator === 'co') return `instr(${value}, ${this.#bind(text)}) > 0`;
    if (operator === 'sw') return `substr(${value}, 1, ${this.#bind(length)}) = ${this.#bind(text)}`;
    return `${this.#words.suffix(value, this.#bind(length))} = ${this.#bind(text)}`;
  }

  #bind(value: SqlValue): string {
    this.#parameters.push(value);
    return '?';
  }

  #placeOf(name: Field, { list }: CriteriaField): Place {
    const place = valueAt(this.#ground, name);
    return list === undefined || list === this.#within ? place : { ...place, list };
  }

  #inList(list: string | undefined, test: string): string {
    return list === undefined ? test : anyElement(this.#ground, list, test);
  }
}

/** A value by which an index finds ids. */
interface Key {
  readonly id: string;
  readonly sql: string;
  readonly value: string;
}

/** The values that everyone who answers has, of fields by which an index finds ids. */
function keysOf<Field extends string>(criteria: Criteria<Field>, places: Places<Field>): Key[] {
  if (criteria.kind === 'and') return criteria.of.flatMap((part) => keysOf(part, places));
  if (criteria.kind !== 'compare' || criteria.operator !== 'eq' || typeof criteria.value !== 'string') return [];
  const ids = places.ids?.[criteria.field];
  return ids === undefined ? [] : [{ ...ids, value: folded(criteria.value, fieldAt(places, criteria.field)) }];
}

/** What the text of the comparable form of everyone who answers has in it. */
function hintsOf<Field extends string>(criteria: Criteria<Field>, places: Places<Field>): string[] {
  if (places.comparable === undefined) return [];
  if (criteria.kind === 'and') return criteria.of.flatMap((part) => hintsOf(part, places));
  if (criteria.kind !== 'compare' || typeof criteria.value !== 'string') return [];
  if (columnAt(places, criteria.field) !== undefined) return [];
  const field = fieldAt(places, criteria.field);
  if (field.type !== 'string' || !HINTING.has(criteria.operator)) return [];
  const text = JSON.stringify(folded(criteria.value, field)).slice(1, -1);
  const [begin, end] = [
    criteria.operator === 'co' || criteria.operator === 'ew',
    criteria.operator === 'co' || criteria.operator === 'sw',
  ];
  return [`${begin ? '' : '"'}${text}${end ? '' : '"'}`];
}

const HINTING: ReadonlySet<ComparisonOperator> = new Set(['eq', 'co', 'sw', 'ew']);

function all(conditions: readonly string[]): string {
  return conditions.length === 1 ? conditions[0]! : `(${conditions.join(' and ')})`;
}

const ORDER: Partial<Record<ComparisonOperator, string>> = { eq: '=', ne: '<>', gt: '>', ge: '>=', lt: '<', le: '<=' };

/** An equation of a column with a unique index keeps its form, or the index would not be used. */
function neverNull(test: string, { sql, nullable, unique, list }: Place, operator: ComparisonOperator): string {
  if (!nullable || list !== undefined) return test;
  return operator === 'eq' && unique ? `(${sql} is not null and ${test})` : `coalesce(${test}, false)`;
}
