import type { AttrPath, Filter, Literal } from './ast.ts';

/** Writes a filter so that reading it again gives the same tree; `literal` says how values are written. */
export function printFilter(filter: Filter, literal: (value: Literal) => string = JSON.stringify): string {
  const print = (part: Filter) => printFilter(part, literal);
  const grouped = (part: Filter) => `(${print(part)})`;
  switch (filter.kind) {
    case 'or':
      return filter.of.map((part) => (part.kind === 'or' ? grouped(part) : print(part))).join(' or ');
    case 'and':
      return filter.of.map((part) => (isChain(part) ? grouped(part) : print(part))).join(' and ');
    case 'not':
      return `not ${grouped(filter.of)}`;
    case 'present':
      return `${printPath(filter.path)} pr`;
    case 'compare':
      return `${printPath(filter.path)} ${filter.operator} ${literal(filter.value)}`;
    case 'some':
      return `${printPath(filter.path)}[${print(filter.where)}]`;
  }
}

/** Writes an attribute as a client names it. */
export function printPath({ urn, name, sub }: AttrPath): string {
  return `${urn === undefined ? '' : `${urn}:`}${name}${sub === undefined ? '' : `.${sub}`}`;
}

function isChain(filter: Filter): boolean {
  return filter.kind === 'and' || filter.kind === 'or';
}
