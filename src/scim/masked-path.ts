import { ScimError } from './errors.ts';
import { filterOf } from './filter/of-query.ts';
import { printFilter } from './filter/printer.ts';
import type { ScimRequest } from './message.ts';

const HARMLESS = new Set(['startIndex', 'count', 'attributes', 'excludedAttributes', 'sortBy', 'sortOrder']);
const LONGEST = 512;

/**
 * The path and query for the log: filter values are masked, for they are names of people (RFC 7644 §7.5.2), and so are
 * the values of parameters we do not know, for one may be a key in the wrong place.
 */
export function maskedPath({ segments, query }: ScimRequest): string {
  const parameters = [...query].map(([name, value]) => `${name}=${maskedValue(query, name, value)}`);
  const path = `/${segments.join('/')}`;
  const text = parameters.length === 0 ? path : `${path}?${parameters.join('&')}`;
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}

function maskedValue(query: URLSearchParams, name: string, value: string): string {
  if (HARMLESS.has(name) || value === '') return value;
  return name === 'filter' ? maskedFilter(query) : '[masked]';
}

function maskedFilter(query: URLSearchParams): string {
  try {
    const filter = filterOf(query);
    return filter === undefined ? '' : printFilter(filter, () => '[masked]');
  } catch (error) {
    if (error instanceof ScimError) return '[masked]';
    throw error;
  }
}
