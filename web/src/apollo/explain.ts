import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors';
import { hasCode } from './error-link.ts';

/** A failure in words for the person at the screen. */
export interface Explanation {
  readonly title: string;
  readonly message: string;
  /** To quote to support; only where the fault is the server's. */
  readonly requestId?: string;
}

/** What to say of an error that is not data: the connection, the session, a permission, the server. */
export function explain(error: unknown): Explanation {
  if (hasCode(error, 'FORBIDDEN')) return FORBIDDEN;
  if (hasCode(error, 'UNAUTHENTICATED')) return SESSION_ENDED;
  if (hasCode(error, 'RATE_LIMITED')) return { ...TOO_MANY, message: firstMessage(error) ?? TOO_MANY.message };
  if (ServerError.is(error) && error.statusCode === 429) return TOO_MANY;
  if (CombinedGraphQLErrors.is(error)) return ofTheServer(error);
  if (ServerError.is(error))
    return { ...SERVER_FAILED, message: `${SERVER_FAILED.message} (HTTP ${error.statusCode})` };
  return UNREACHABLE;
}

function firstMessage(error: unknown): string | undefined {
  return CombinedGraphQLErrors.is(error) ? error.errors[0]?.message : undefined;
}

function ofTheServer(error: CombinedGraphQLErrors): Explanation {
  const [first] = error.errors;
  const requestId = first?.extensions?.['requestId'];
  return {
    title: SERVER_FAILED.title,
    message: first?.message ?? SERVER_FAILED.message,
    ...(typeof requestId === 'string' ? { requestId } : {}),
  };
}

const FORBIDDEN: Explanation = {
  title: 'Your role does not allow this',
  message: 'Ask an owner or admin of the workspace to do it, or to change your role.',
};
const SESSION_ENDED: Explanation = {
  title: 'Your session has ended',
  message: 'Sign in again to go on where you were.',
};
const TOO_MANY: Explanation = {
  title: 'Too many requests',
  message: 'The server asks to slow down. Wait a moment, then try again.',
};
const SERVER_FAILED: Explanation = {
  title: 'Something went wrong on our side',
  message: 'Nothing is lost. Try again in a moment.',
};
const UNREACHABLE: Explanation = {
  title: 'The server cannot be reached',
  message: 'Check your connection. What you see may be out of date until it is back.',
};
