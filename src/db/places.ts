import type { CriteriaField } from '../domain/criteria.ts';
import type { FieldOrder } from '../domain/criteria.ts';
import { compareKey } from '../domain/values.ts';
import type { Words } from './words.ts';

/** A column, or an expression of columns, that holds the value of a field. */
export interface Column {
  readonly sql: string;
  readonly nullable: boolean;
  /** Whether no two rows of a workspace share a value, by a unique index. */
  readonly unique: boolean;
}

/** Rows that are the elements of a list, named `element`. */
export interface Elements {
  readonly from: string;
  /** What an element has to answer to be one of the row's; always true where absent. */
  readonly where?: string;
  /** Which element speaks for the list where one has to: the first in this order. */
  readonly order: string;
}

/** Where the fields of the rows of a table stand. Whatever of it is asked for becomes SQL: names come from here alone. */
export interface Places<Field extends string> {
  readonly fields: Readonly<Record<Field, CriteriaField>>;
  readonly columns: Readonly<Partial<Record<Field, Column>>>;
  /** Fields by whose value an index finds the ids of the rows that may have it: the ids, the workspace and the value bound by turns. */
  readonly ids?: Readonly<Partial<Record<Field, { readonly id: string; readonly sql: string }>>>;
  /** The column with the JSON of the folded values of the fields that have no column, where there is one. */
  readonly comparable?: string;
  elements(list: string, words: Words): Elements;
  /** A part of `element`. */
  part(list: string, name: string, words: Words): Column;
}

/** Where fields stand, and in which words that is said. */
export interface Site<Field extends string> {
  readonly places: Places<Field>;
  readonly words: Words;
}

/** What a field is. Throws for a name that no field has: names go into SQL, so only the table's may. */
export function fieldAt<Field extends string>({ fields }: Places<Field>, name: string): CriteriaField {
  if (!Object.hasOwn(fields, name)) throw new TypeError(`There is no field ${JSON.stringify(name)}.`);
  return fields[name as Field];
}

/** The column of a field, if it has one. */
export function columnAt<Field extends string>({ columns }: Places<Field>, name: Field): Column | undefined {
  return Object.hasOwn(columns, name) ? columns[name] : undefined;
}

/** Where a field's value stands: in `element`, for part of a list, or in the row. */
export function valueAt<Field extends string>({ places, words }: Site<Field>, name: Field): Column {
  const { list } = fieldAt(places, name);
  if (list !== undefined) return places.part(list, name.slice(list.length + 1), words);
  const column = columnAt(places, name);
  if (column !== undefined) return column;
  return { sql: words.json(places.comparable!, name.split('.')), nullable: true, unique: false };
}

/** The condition that an element of a list passes a test. */
export function anyElement<Field extends string>({ places, words }: Site<Field>, list: string, test: string): string {
  const { from, where } = places.elements(list, words);
  return `exists (select 1 from ${from} where ${where === undefined ? '' : `${where} and `}${test})`;
}

/** The form in which a text is compared: folded unless its case counts, and well-formed as the database keeps it. */
export function folded(text: string, field: CriteriaField): string {
  const wellFormed = text.toWellFormed();
  return field.caseExact ? wellFormed : compareKey(wellFormed);
}

/**
 * An `order by` on a field, then by creation: those without a value come last ascending and first descending, and a
 * list stands where its primary value, or else its first, does (RFC 7644 §3.4.2.3).
 */
export function orderBy<Field extends string>(site: Site<Field>, { field, descending }: FieldOrder<Field>): string {
  const { type, list } = fieldAt(site.places, field);
  if (type === 'complex') throw new TypeError(`${field} has parts; order by one of them.`);
  const value = list === undefined ? valueAt(site, field).sql : firstOf(site, list, field);
  return `order by ${value} ${descending ? 'desc nulls first' : 'asc nulls last'}, seq`;
}

function firstOf<Field extends string>(site: Site<Field>, list: string, field: Field): string {
  const { from, where, order } = site.places.elements(list, site.words);
  return `(select ${valueAt(site, field).sql} from ${from} where ${where ?? 'true'} order by ${order} limit 1)`;
}
