import type { EventLineFragment, ProvisioningEventFilter } from '../../gql/graphql.ts';

/** A list of events that grows at both ends. */
export interface Feed {
  /** Of which conditions it is; the shown events may still be those of the conditions before. */
  readonly key: string;
  readonly filter: ProvisioningEventFilter;
  readonly events: readonly EventLineFragment[];
  /** What came in since and is not shown yet, newest first. */
  readonly news: readonly EventLineFragment[];
  /** Whether so much came in that the list is to be read anew. */
  readonly behind: boolean;
  /** The IDs that were news when they were shown. */
  readonly shownNews: ReadonlySet<string>;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
  readonly hasMore: boolean;
  readonly loadingMore: boolean;
  /** Null beyond what the server counts. */
  readonly total: number | null;
  /** Whether the first page of these conditions is still under way. */
  readonly loading: boolean;
  /** Why the last read failed. */
  readonly error: unknown;
}

/** A page of the list as it was read. */
export interface ReadPage {
  readonly events: readonly EventLineFragment[];
  readonly startCursor: string | null;
  readonly endCursor: string | null;
  readonly hasMore: boolean;
  readonly total: number | null;
}

/** What came in since a cursor. */
export interface ReadNews {
  readonly events: readonly EventLineFragment[];
  readonly startCursor: string | null;
  /** Whether there is still more than was read. */
  readonly behind: boolean;
}

/** What happens to a list. */
export type Step =
  | { readonly kind: 'begun'; readonly key: string; readonly filter: ProvisioningEventFilter }
  | { readonly kind: 'page'; readonly page: ReadPage }
  | { readonly kind: 'news'; readonly page: ReadNews }
  | { readonly kind: 'newsShown' }
  | { readonly kind: 'moreBegun' }
  | { readonly kind: 'more'; readonly page: ReadPage }
  | { readonly kind: 'failed'; readonly error: unknown };

const NONE: ReadonlySet<string> = new Set();

/** A list before anything was read. */
export const EMPTY: Feed = {
  key: '',
  filter: {},
  events: [],
  news: [],
  behind: false,
  shownNews: NONE,
  startCursor: null,
  endCursor: null,
  hasMore: false,
  loadingMore: false,
  total: null,
  loading: true,
  error: undefined,
};

/** The list after a step. */
export function stepOf(feed: Feed, step: Step): Feed {
  switch (step.kind) {
    case 'begun':
      // What is shown stays until the new page is there, so that the page does not jump.
      return { ...EMPTY, key: step.key, filter: step.filter, events: feed.events, total: feed.total };
    case 'page':
      return { ...feed, ...step.page, loading: false, error: undefined };
    case 'news':
      return withNews(feed, step.page);
    case 'newsShown':
      return {
        ...feed,
        events: [...feed.news, ...feed.events],
        news: [],
        shownNews: new Set(feed.news.map(({ id }) => id)),
        total: feed.total === null ? null : feed.total + feed.news.length,
      };
    case 'moreBegun':
      return { ...feed, loadingMore: true };
    case 'more':
      return {
        ...feed,
        events: [...feed.events, ...step.page.events],
        endCursor: step.page.endCursor,
        hasMore: step.page.hasMore,
        loadingMore: false,
        error: undefined,
      };
    case 'failed':
      return { ...feed, loadingMore: false, error: step.error };
  }
}

function withNews(feed: Feed, { events, startCursor, behind }: ReadNews): Feed {
  if (events.length === 0) return feed.error === undefined ? feed : { ...feed, error: undefined };
  return {
    ...feed,
    news: [...events, ...feed.news],
    startCursor: startCursor ?? feed.startCursor,
    behind,
    error: undefined,
  };
}
