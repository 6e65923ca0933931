import type { ComparisonOperator } from '../../domain/criteria.ts';

/** An attribute as a client names it, in the client's own case: `urn:…:2.0:User:name.givenName` (RFC 7644 §3.10). */
export interface AttrPath {
  readonly urn?: string;
  readonly name: string;
  readonly sub?: string;
}

/** What an attribute is compared with; numbers are whatever JSON calls one. */
export type Literal = string | number | boolean | null;

/** A filter as RFC 7644 §3.4.2.2 writes it, before anyone knows whether its attributes exist. */
export type Filter =
  /** Two or more; a nested `and` stood in parentheses. */
  | { readonly kind: 'and'; readonly of: readonly Filter[] }
  | { readonly kind: 'or'; readonly of: readonly Filter[] }
  | { readonly kind: 'not'; readonly of: Filter }
  | { readonly kind: 'present'; readonly path: AttrPath }
  | Compare
  /** One value of `path` answers all of `where`, whose paths are sub-attributes: `emails[type eq "work"]`. */
  | { readonly kind: 'some'; readonly path: AttrPath; readonly where: Filter };

/** One comparison. */
export interface Compare {
  readonly kind: 'compare';
  readonly path: AttrPath;
  readonly operator: ComparisonOperator;
  readonly value: Literal;
}

/** What a PATCH operation names: an attribute, one part of it, or those values of a list that answer `where`. */
export interface Path {
  readonly path: AttrPath;
  readonly where?: Filter;
}
