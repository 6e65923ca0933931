import type { ApolloLink } from '@apollo/client';
import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors';
import { ErrorLink } from '@apollo/client/link/error';
import { OperationTypeNode } from 'graphql';
import { mergeMap, timer } from 'rxjs';

/** Who is told of what concerns the whole application, not one page. */
export interface ErrorListeners {
  /** The session is over. */
  readonly onUnauthenticated: () => void;
}

const MOST_SECONDS_TO_WAIT = 30;

/** Tells of an ended session, and asks once more what was refused for its rate, when the server says it may be. */
export function answerErrors({ onUnauthenticated }: ErrorListeners): ErrorLink {
  return new ErrorLink(({ error, operation, forward }) => {
    // The first question of all is who is signed in: nobody is an answer to it, and no session has ended.
    if (hasCode(error, 'UNAUTHENTICATED')) return operation.operationName === 'Me' ? undefined : onUnauthenticated();
    const { askedAgain } = operation.getContext();
    // A form says so itself; only what the page reads is asked for again.
    const isRead = operation.operationType === OperationTypeNode.QUERY;
    if (!isRateLimited(error) || !isRead || askedAgain === true) return undefined;
    operation.setContext({ askedAgain: true });
    return timer(secondsToWait(operation) * 1_000).pipe(mergeMap(() => forward(operation)));
  });
}

/** Whether the server answered with this top-level error. */
export function hasCode(error: unknown, code: string): boolean {
  return CombinedGraphQLErrors.is(error) && error.errors.some(({ extensions }) => extensions?.['code'] === code);
}

function isRateLimited(error: unknown): boolean {
  return hasCode(error, 'RATE_LIMITED') || (ServerError.is(error) && error.statusCode === 429);
}

function secondsToWait(operation: ApolloLink.Operation): number {
  const response = operation.getContext()['response'] as Response | undefined;
  const seconds = Number(response?.headers.get('Retry-After'));
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, MOST_SECONDS_TO_WAIT) : 2;
}
