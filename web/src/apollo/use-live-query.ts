import type { OperationVariables, TypedDocumentNode } from '@apollo/client';
import { useQuery } from '@apollo/client/react';

const EVERY_MS = 5_000;

/** What a page needs of a query. */
export interface Live<Data> {
  /** The last that was read; stays while a later read is under way or has failed. */
  readonly data: Data | undefined;
  /** Why there is nothing to show; undefined while there is something. */
  readonly error: unknown;
  /** Whether the last read failed though there is something to show. */
  readonly stale: boolean;
  /** Whether what is shown answers an earlier question, and the answer to this one is under way. */
  readonly pending: boolean;
  readonly refetch: () => Promise<unknown>;
}

/**
 * Reads a query, and again every five seconds while the page is looked at. A read that fails leaves on the screen what
 * was there.
 */
export function useLiveQuery<Data, Variables extends OperationVariables>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  { poll = true }: { readonly poll?: boolean } = {},
): Live<Data> {
  const { data, previousData, error, refetch } = useQuery<Data>(query, {
    variables,
    fetchPolicy: 'cache-and-network',
    nextFetchPolicy: 'cache-first',
    pollInterval: poll ? EVERY_MS : 0,
    skipPollAttempt: () => document.hidden || !navigator.onLine,
  });
  const shown = data ?? previousData;
  return {
    data: shown,
    error: shown === undefined ? error : undefined,
    stale: error !== undefined,
    pending: data === undefined && error === undefined && shown !== undefined,
    refetch,
  };
}
