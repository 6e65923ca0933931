import { readCursorPaging, type CursorAsked } from './cursor.ts';
import { invalidValue, ScimError, shown } from './errors.ts';
import type { AttrPath, Filter } from './filter/ast.ts';
import { filterOf } from './filter/of-query.ts';
import { parsePath } from './filter/parser.ts';
import type { Sort } from './filter/to-criteria.ts';
import { DEFAULT_COUNT, MAX_RESULTS } from './paging.ts';

/** What a list request asks for (RFC 7644 §3.4.2). */
export interface ListRequest {
  readonly filter?: Filter;
  readonly sort?: Sort;
  /** 1-based. */
  readonly startIndex: number;
  readonly count: number;
  /** The cursor as it came, for a list that is read by cursor (RFC 9865 §2). */
  readonly cursor?: CursorAsked;
  /** Where the page begins that a cursor asked for; then `startIndex` says nothing. */
  readonly after?: number;
}

/**
 * Reads `filter`, `sortBy`, `sortOrder` (§3.4.2.3), `startIndex` (below 1 is 1) and `count` (below 0 is 0, capped)
 * (RFC 7644 §3.4.2.4), or `cursor` (RFC 9865 §2). Fails with: 400 invalidFilter, invalidValue, invalidCursor, invalidCount.
 */
export function readListRequest(query: URLSearchParams): ListRequest {
  const filter = filterOf(query);
  const sort = readSort(query);
  const cursor = readCursorPaging(query);
  const startIndex = Math.max(1, integer(query, 'startIndex') ?? 1);
  const count = cursor?.count ?? Math.min(MAX_RESULTS, Math.max(0, integer(query, 'count') ?? DEFAULT_COUNT));
  return {
    ...(filter === undefined ? {} : { filter }),
    ...(sort === undefined ? {} : { sort }),
    startIndex,
    count,
    ...(cursor === undefined ? {} : { cursor }),
  };
}

/** Ascending unless `sortOrder` says otherwise; without a `sortBy` it says nothing. */
function readSort(query: URLSearchParams): Sort | undefined {
  const sortBy = query.get('sortBy')?.trim() ?? '';
  if (sortBy === '') return undefined;
  const path = readSortBy(sortBy);
  const order = query.get('sortOrder')?.trim() ?? '';
  if (!['', 'ascending', 'descending'].includes(order.toLowerCase()))
    throw invalidValue(`sortOrder is ${shown(order)}. Send ascending or descending.`);
  return { path, descending: order.toLowerCase() === 'descending' };
}

function readSortBy(text: string): AttrPath {
  try {
    const { path, where } = parsePath(text);
    if (where === undefined) return path;
  } catch (error) {
    if (!(error instanceof ScimError)) throw error;
  }
  throw invalidValue(`sortBy is ${shown(text)}, which is no name of an attribute. Send one, such as displayName.`);
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
