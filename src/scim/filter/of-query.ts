import { ScimError } from '../errors.ts';
import type { Filter } from './ast.ts';
import { parseFilter } from './parser.ts';

const read = new WeakMap<URLSearchParams, Filter | ScimError>();

/**
 * The filter that a query carries (RFC 7644 §3.4.2.2), parsed once: the log masks its values, the answer runs it.
 * Fails with: 400 invalidFilter.
 */
export function filterOf(query: URLSearchParams): Filter | undefined {
  const text = query.get('filter');
  if (text === null) return undefined;
  const filter = read.get(query) ?? parsed(text);
  read.set(query, filter);
  if (filter instanceof ScimError) throw filter;
  return filter;
}

function parsed(text: string): Filter | ScimError {
  try {
    return parseFilter(text);
  } catch (error) {
    if (error instanceof ScimError) return error;
    throw error;
  }
}
