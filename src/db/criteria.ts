import type { Comparison, ComparisonOperator, Criteria, CriteriaField } from '../domain/criteria.ts';
import type { UserField } from '../domain/user-fields.ts';
import { COLUMN_OF, folded, userField } from './comparable.ts';
import type { SqlValue } from './session.ts';

/** A condition on rows of `users`: always true or false, never null, and every literal is a parameter. */
export interface Condition {
  readonly sql: string;
  readonly parameters: readonly SqlValue[];
  /** Whether at most one user can answer, found by a unique index. */
  readonly unique: boolean;
}

type UserCriteria = Criteria<UserField>;

/** Where a field's value stands: an SQL expression, with the list whose elements are walked. */
interface Place {
  readonly value: string;
  readonly nullable: boolean;
  readonly list?: string;
}

const UNIQUE_FIELDS: ReadonlySet<string> = new Set(['id', 'userName', 'externalId']);

/** The condition that users answer a question about them. */
export function conditionOf(criteria: UserCriteria): Condition {
  const parameters: SqlValue[] = [];
  const sql = new Translation(parameters).condition(criteria);
  return { sql, parameters, unique: isUnique(criteria) };
}

function isUnique(criteria: UserCriteria): boolean {
  if (criteria.kind === 'and') return criteria.of.some(isUnique);
  return criteria.kind === 'compare' && criteria.operator === 'eq' && UNIQUE_FIELDS.has(criteria.field);
}

class Translation {
  readonly #parameters: SqlValue[];
  /** The list whose element stands in `element.value`, inside brackets. */
  readonly #within: string | undefined;

  constructor(parameters: SqlValue[], within?: string) {
    this.#parameters = parameters;
    this.#within = within;
  }

  condition(criteria: UserCriteria): string {
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
  #joined(parts: readonly UserCriteria[], word: 'and' | 'or'): string {
    if (parts.length === 0) return word === 'and' ? '1' : '0';
    if (parts.length === 1) return this.condition(parts[0]!);
    const half = parts.length >> 1;
    return `(${this.#joined(parts.slice(0, half), word)} ${word} ${this.#joined(parts.slice(half), word)})`;
  }

  #present(name: UserField): string {
    const field = userField(name);
    if (field.list === name)
      return this.#within === name ? '1' : `json_type(users.comparable, '$.${name}') is not null`;
    const { value, list } = this.#placeOf(name, field);
    return inList(list, `${value} is not null`);
  }

  #some(name: UserField, where: UserCriteria): string {
    if (userField(name).list !== name) throw new TypeError(`${name} is not a list.`);
    const hints = this.#within === undefined ? hintsOf(where).map((hint) => this.#hinted(hint)) : [];
    return all([...hints, inList(name, new Translation(this.#parameters, name).condition(where))]);
  }

  #comparison(comparison: Comparison<UserField>): string {
    const { field: name, operator, value } = comparison;
    const field = userField(name);
    if (field.type === 'complex') throw new TypeError(`${name} has parts; compare one of them.`);
    // A value of another type equals nothing.
    if ((typeof value === 'boolean') !== (field.type === 'boolean')) return operator === 'ne' ? '1' : '0';
    if (typeof value === 'boolean' && operator !== 'eq' && operator !== 'ne') return '0';
    const place = this.#placeOf(name, field);
    const hints = this.#within === undefined ? hintsOf(comparison).map((hint) => this.#hinted(hint)) : [];
    const wanted = typeof value === 'boolean' ? Number(value) : folded(value, field);
    const test = this.#test(place.value, operator, wanted);
    if (operator !== 'ne') return all([...hints, inList(place.list, neverNull(test, place, operator))]);
    if (place.list === undefined) return `coalesce(${test}, 1)`;
    return `(${inList(place.list, test)} or not ${inList(place.list, `${place.value} is not null`)})`;
  }

  /** Looks at the text of the comparable form first: most users need not be taken apart. */
  #hinted(hint: string): string {
    return `instr(users.comparable, ${this.#bind(hint)}) > 0`;
  }

  #test(value: string, operator: ComparisonOperator, wanted: string | number): string {
    if (operator in ORDER) return `${value} ${ORDER[operator]} ${this.#bind(wanted)}`;
    const text = String(wanted);
    if (text === '') return `${value} is not null`;
    // Characters are counted as SQLite counts them, by code point.
    const length = Array.from(text).length;
    if (operator === 'co') return `instr(${value}, ${this.#bind(text)}) > 0`;
    if (operator === 'sw') return `substr(${value}, 1, ${this.#bind(length)}) = ${this.#bind(text)}`;
    return `substr(${value}, ${this.#bind(-length)}) = ${this.#bind(text)}`;
  }

  #bind(value: SqlValue): string {
    this.#parameters.push(value);
    return '?';
  }

  #placeOf(name: UserField, { list }: CriteriaField): Place {
    const column = COLUMN_OF[name];
    if (column !== undefined) return { value: column.sql, nullable: column.nullable };
    if (list === undefined) return { value: `json_extract(users.comparable, '$.${name}')`, nullable: true };
    const value = `json_extract(element.value, '$.${name.slice(list.length + 1)}')`;
    return list === this.#within ? { value, nullable: true } : { value, nullable: true, list };
  }
}

/** What the text of the comparable form of everyone who answers has in it. */
function hintsOf(criteria: UserCriteria): string[] {
  if (criteria.kind === 'and') return criteria.of.flatMap(hintsOf);
  if (criteria.kind !== 'compare' || typeof criteria.value !== 'string' || criteria.field in COLUMN_OF) return [];
  const field = userField(criteria.field);
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

function inList(list: string | undefined, test: string): string {
  if (list === undefined) return test;
  return `exists (select 1 from json_each(users.comparable, '$.${list}') as element where ${test})`;
}

/** An equation of a column keeps its form, or its index would not be used. */
function neverNull(test: string, { value, nullable, list }: Place, operator: ComparisonOperator): string {
  if (!nullable || list !== undefined) return test;
  return operator === 'eq' && value === COLUMN_OF.externalId?.sql
    ? `(${value} is not null and ${test})`
    : `coalesce(${test}, 0)`;
}
