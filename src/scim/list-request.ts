import { MAX_RESULTS } from './discovery.ts';
import { invalidValue } from './errors.ts';
import type { Filter } from './filter/ast.ts';
import { parseFilter } from './filter/parser.ts';

/** What a list request asks for (RFC 7644 §3.4.2). */
export interface ListRequest {
  readonly filter?: Filter;
  /** 1-based. */
  readonly startIndex: number;
  readonly count: number;
}

/** The page size where none is asked for: Okta's. */
export const DEFAULT_COUNT = 100;

/**
 * Reads `filter`, `startIndex` (below 1 is 1) and `count` (below 0 is 0, capped) (RFC 7644 §3.4.2.4).
 * Fails with: 400 invalidFilter, invalidValue.
 */
export function readListRequest(query: URLSearchParams): ListRequest {
  const filter = query.get('filter');
  const startIndex = Math.max(1, integer(query, 'startIndex') ?? 1);
  const count = Math.min(MAX_RESULTS, Math.max(0, integer(query, 'count') ?? DEFAULT_COUNT));
  return { ...(filter === null ? {} : { filter: parseFilter(filter) }), startIndex, count };
}

function integer(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name)?.trim();
  if (text === undefined || text === '') return undefined;
  const value = Number(text);
  if (/^[+-]?\d+$/u.test(text) && Number.isSafeInteger(value)) return value;
  throw invalidValue(
    `${name} is ${JSON.stringify(text.slice(0, 40))}, which is no whole number. Send one, such as 100.`,
  );
}
