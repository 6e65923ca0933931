import type { ApolloClient } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useCallback, useEffect, useReducer, useRef } from 'react';
import type { EventLineFragment, ProvisioningEventFilter } from '../../gql/graphql.ts';
import { filterOf } from './filters.ts';
import { read, readNews, readPage } from './event-reader.ts';
import { EMPTY, stepOf, type Feed, type Step } from './feed.ts';

const EVERY_MS = 5_000;

/** The list as the page shows it, and what can be done with it. */
export interface Events extends Feed {
  /** Shows what has come in since; answers with how many that were. */
  readonly showNews: () => readonly EventLineFragment[];
  readonly showMore: () => Promise<void>;
  readonly reload: () => void;
}

/**
 * Reads the events of a filter, newest first, and asks every five seconds for newer ones. Those wait beside the list
 * until they are asked for, so that nothing moves that is being read; only an empty list takes them at once.
 */
export function useEvents(key: string): Events {
  const client = useApolloClient();
  const [feed, dispatch] = useReducer(stepOf, EMPTY);
  const [round, reload] = useReducer((times: number) => times + 1, 0);
  const latest = useRef(feed);
  useEffect(() => void (latest.current = feed), [feed]);

  useEffect(() => {
    const watch = new AbortController();
    const filter = filterOf(key);
    dispatch({ kind: 'begun', key, filter });
    void follow({ client, filter, dispatch, signal: watch.signal });
    return () => watch.abort();
  }, [client, key, round]);

  const showNews = useCallback(() => {
    const { news, behind } = latest.current;
    if (behind) reload();
    else dispatch({ kind: 'newsShown' });
    return news;
  }, []);
  const showMore = useCallback(async () => {
    const { filter, endCursor } = latest.current;
    if (endCursor === null) return;
    dispatch({ kind: 'moreBegun' });
    const step = await read(() => readPage(client, filter, endCursor), 'more');
    if (latest.current.filter === filter) dispatch(step);
  }, [client]);
  return { ...feed, showNews, showMore, reload };
}

interface Following {
  readonly client: ApolloClient;
  readonly filter: ProvisioningEventFilter;
  readonly dispatch: (step: Step) => void;
  readonly signal: AbortSignal;
}

/** Reads the first page, then what is new, until more came in than is worth catching up with. */
async function follow({ client, filter, dispatch, signal }: Following): Promise<void> {
  let cursor: string | null = null;
  let behind = false;
  while (!signal.aborted && !behind) {
    const step = await readAfter(client, filter, cursor);
    if (signal.aborted) return;
    dispatch(step);
    if (step.kind === 'page' || step.kind === 'news') cursor = step.page.startCursor ?? cursor;
    behind = step.kind === 'news' && step.page.behind;
    await sleep(EVERY_MS, signal);
    await looked(signal);
  }
}

function readAfter(client: ApolloClient, filter: ProvisioningEventFilter, cursor: string | null): Promise<Step> {
  if (cursor === null) return read(() => readPage(client, filter, null), 'page');
  return read(() => readNews(client, filter, cursor), 'news');
}

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timeout = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => (clearTimeout(timeout), resolve()), { once: true });
  });
}

/** Resolves once the page is looked at and the machine has a network. */
async function looked(signal: AbortSignal): Promise<void> {
  while (!signal.aborted && (document.hidden || !navigator.onLine)) await sleep(500, signal);
}
