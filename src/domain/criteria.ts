/**
 * A question about entities, free of any query language: SCIM filters and GraphQL arguments translate into it, storage
 * translates it into SQL, and `matches` answers it in memory.
 *
 * `Field` names the fields that may be asked about; a name with a dot is a part of a complex value (`name.givenName`)
 * or of each element of a list (`emails.value`).
 */
export type Criteria<Field extends string> =
  | { readonly kind: 'and'; readonly of: readonly Criteria<Field>[] }
  | { readonly kind: 'or'; readonly of: readonly Criteria<Field>[] }
  | { readonly kind: 'not'; readonly of: Criteria<Field> }
  /** True where the field has a value: not absent, and not an empty list or complex value. */
  | { readonly kind: 'present'; readonly field: Field }
  | Comparison<Field>
  /** True where one element of the list `list` answers all of `where`, whose fields are still named in full. */
  | { readonly kind: 'some'; readonly list: Field; readonly where: Criteria<Field> };

/**
 * Compares a field with a value. A field of a list is compared element by element and one hit is enough. `ne` is also
 * true where the field has no value; every other operator is false there. Text compares by code point, after folding
 * where the field is not case-exact; instants are compared as UTC text with milliseconds.
 */
export interface Comparison<Field extends string> {
  readonly kind: 'compare';
  readonly field: Field;
  readonly operator: ComparisonOperator;
  readonly value: string | boolean;
}

/** The operators of RFC 7644 §3.4.2.2, `pr` excepted. */
export type ComparisonOperator = 'eq' | 'ne' | 'co' | 'sw' | 'ew' | 'gt' | 'ge' | 'lt' | 'le';

/** What a field is, for those who compare it. */
export interface CriteriaField {
  readonly type: 'string' | 'boolean' | 'dateTime' | 'complex';
  /** Whether case counts when text is compared (RFC 7643 §2.2 `caseExact`). */
  readonly caseExact: boolean;
  /** The name of the list that the field is, or is a part of; absent for a field with one value. */
  readonly list?: string;
}

/** A slice by position: skip `offset`, then take at most `limit`. */
export interface Slice {
  readonly offset: number;
  readonly limit: number;
  /**
   * In place of an offset: 0 for the first slice, then the `next` of the slice before. By creation nobody is met twice or
   * passed over, whatever is made or deleted meanwhile.
   */
  readonly after?: number;
}

/** A window on an ordered list by cursor; exactly one of `first` and `last` is set (Relay's connection model). */
export interface Page {
  readonly first?: number;
  readonly last?: number;
  /** Position of the last item before the window: the values of its sort key, in order. */
  readonly after?: Position;
  readonly before?: Position;
}

/** Where an item stands in an ordered list: the values of its sort key, most significant first. */
export type Position = readonly (string | number | null)[];

/** A window's items with what a pager needs to know. */
export interface PageOf<T> {
  readonly items: readonly { readonly item: T; readonly position: Position }[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

/**
 * An order by the value of a field, a list's primary or else first one; those without come last ascending and first
 * descending, ties by creation (RFC 7644 §3.4.2.3).
 */
export interface FieldOrder<Field extends string> {
  readonly field: Field;
  readonly descending: boolean;
}
