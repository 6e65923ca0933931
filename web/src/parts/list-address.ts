import { useSearchParams } from 'react-router';

/** Items on a page of a list. */
export const PAGE_SIZE = 50;

/** Where a page of a connection begins and ends. */
export interface PageEnds {
  readonly startCursor: string | null;
  readonly endCursor: string | null;
  readonly hasPreviousPage: boolean;
  readonly hasNextPage: boolean;
}

/** The arguments of a connection for the page that the address names. */
export interface PageArguments {
  readonly first: number | null;
  readonly after: string | null;
  readonly last: number | null;
  readonly before: string | null;
}

/** A list whose filters, order and page stand in the address, so that it can be gone back to and passed on. */
export interface ListAddress {
  readonly get: (name: string) => string | null;
  /** Sets or, by null, lifts conditions; the list begins anew. */
  readonly set: (conditions: Readonly<Record<string, string | null>>) => void;
  readonly page: PageArguments;
  /** The number of the page's first item, counted as one pages. */
  readonly first: number;
  readonly goOn: (ends: PageEnds, shown: number) => void;
  readonly goBack: (ends: PageEnds) => void;
}

const PAGE_NAMES = ['after', 'before', 'from'] as const;

/** The list at this address. */
export function useListAddress(): ListAddress {
  const [params, setParams] = useSearchParams();
  const change = (changes: Readonly<Record<string, string | null>>, replace: boolean) =>
    setParams((before) => changed(before, changes), { replace, preventScrollReset: true });
  const first = Math.max(1, Math.trunc(Number(params.get('from') ?? 1)) || 1);
  return {
    get: (name) => params.get(name),
    set: (conditions) => change({ ...START, ...conditions }, true),
    page: pageOf(params),
    first,
    goOn: ({ endCursor }, shown) => change({ ...START, after: endCursor, from: String(first + shown) }, false),
    goBack: ({ startCursor }) => {
      const from = first - PAGE_SIZE;
      // The first page is asked for as such, so that it is always a full one.
      change(from <= 1 ? START : { ...START, before: startCursor, from: String(from) }, false);
    },
  };
}

const START = Object.fromEntries(PAGE_NAMES.map((name) => [name, null]));

function changed(before: URLSearchParams, changes: Readonly<Record<string, string | null>>): URLSearchParams {
  const after = new URLSearchParams(before);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === '') after.delete(name);
    else after.set(name, value);
  }
  return after;
}

function pageOf(params: URLSearchParams): PageArguments {
  const before = params.get('before');
  if (before !== null) return { first: null, after: null, last: PAGE_SIZE, before };
  return { first: PAGE_SIZE, after: params.get('after'), last: null, before: null };
}

/** A value of the address where it is one of those that there are. */
export function oneOf<Value extends string>(value: string | null, known: readonly Value[]): Value | undefined {
  return known.find((each) => each === value);
}
