import type { AttrPath, Filter } from './ast.ts';

/** Writes a filter so that reading it again gives the same tree. */
export function printFilter(filter: Filter): string {
  switch (filter.kind) {
    case 'or':
      return filter.of.map((part) => (part.kind === 'or' ? grouped(part) : printFilter(part))).join(' or ');
    case 'and':
      return filter.of.map((part) => (isChain(part) ? grouped(part) : printFilter(part))).join(' and ');
    case 'not':
      return `not ${grouped(filter.of)}`;
    case 'present':
      return `${printPath(filter.path)} pr`;
    case 'compare':
      return `${printPath(filter.path)} ${filter.operator} ${JSON.stringify(filter.value)}`;
    case 'some':
      return `${printPath(filter.path)}[${printFilter(filter.where)}]`;
  }
}

/** Writes an attribute as a client names it. */
export function printPath({ urn, name, sub }: AttrPath): string {
  return `${urn === undefined ? '' : `${urn}:`}${name}${sub === undefined ? '' : `.${sub}`}`;
}

function isChain(filter: Filter): boolean {
  return filter.kind === 'and' || filter.kind === 'or';
}

function grouped(filter: Filter): string {
  return `(${printFilter(filter)})`;
}
