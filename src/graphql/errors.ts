import { GraphQLError } from 'graphql';
import { DomainError, type DomainErrorKind, type Refusal } from '../domain/errors.ts';

/** The codes of top-level errors. */
export type ErrorCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'RATE_LIMITED'
  | 'BAD_REQUEST'
  | 'BAD_USER_INPUT'
  | 'GRAPHQL_PARSE_FAILED'
  | 'GRAPHQL_VALIDATION_FAILED'
  | 'OPERATION_TOO_COMPLEX'
  | 'INTERNAL_SERVER_ERROR';

/** An argument cannot be taken. */
export function badUserInput(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' satisfies ErrorCode } });
}

/** A top-level error as it is answered. */
export interface TopLevelError {
  readonly message: string;
  readonly extensions: { readonly code: ErrorCode; readonly permission?: string };
}

type Answers = { readonly [Kind in DomainErrorKind]: (refusal: Extract<Refusal, { kind: Kind }>) => Extensions };
type Extensions = TopLevelError['extensions'];

const badInput = (): Extensions => ({ code: 'BAD_USER_INPUT' });

/** How each refusal of the domain is answered where it is no member of a mutation's union. */
const TOP_LEVEL: Answers = {
  NotFound: badInput,
  AlreadyExists: badInput,
  InvalidInput: badInput,
  RuleBroken: badInput,
  VersionMismatch: badInput,
  Forbidden: ({ permission }) => ({ code: 'FORBIDDEN', permission }),
  Unauthenticated: () => ({ code: 'UNAUTHENTICATED' }),
  Unavailable: () => ({ code: 'INTERNAL_SERVER_ERROR' }),
};

/** What Apollo calls the faults of a request, and what we call them. */
const OURS: Readonly<Record<string, ErrorCode>> = {
  FORBIDDEN: 'FORBIDDEN',
  BAD_REQUEST: 'BAD_REQUEST',
  OPERATION_RESOLUTION_FAILURE: 'BAD_REQUEST',
  PERSISTED_QUERY_NOT_SUPPORTED: 'BAD_REQUEST',
  PERSISTED_QUERY_NOT_FOUND: 'BAD_REQUEST',
  BAD_USER_INPUT: 'BAD_USER_INPUT',
  GRAPHQL_PARSE_FAILED: 'GRAPHQL_PARSE_FAILED',
  GRAPHQL_VALIDATION_FAILED: 'GRAPHQL_VALIDATION_FAILED',
  OPERATION_TOO_COMPLEX: 'OPERATION_TOO_COMPLEX',
  RATE_LIMITED: 'RATE_LIMITED',
};

const LONGEST_MESSAGE = 1_000;
/** What graphql-js says, without a code, of a null variable where an argument may not be, and of too many faults. */
const WRONG_VARIABLES =
  /^Argument "\w+" (?:\(type .+\) )?of (?:required|non-null) type |^Too many errors processing variables/u;
/** Apollo and graphql-js count what we limit, and call it a fault of syntax or validity. */
const TOO_LARGE = /^Syntax Error: Document contains more that? \d+ tokens|recursively requests too many selections/u;

/**
 * How an error is answered: `thrown` is what was thrown, `code` what Apollo called it. What is no fault of the request
 * tells nothing of itself.
 */
export function topLevelErrorOf(thrown: unknown, message: string, code: unknown): TopLevelError {
  if (thrown instanceof DomainError) {
    const { refusal } = thrown;
    const answer = TOP_LEVEL[refusal.kind] as (refusal: Refusal) => Extensions;
    return { message: thrown.message, extensions: answer(refusal) };
  }
  const ours = codeOf(message, code, thrown instanceof GraphQLError);
  if (ours === 'INTERNAL_SERVER_ERROR') return internalError();
  return { message: message.slice(0, LONGEST_MESSAGE), extensions: { code: ours } };
}

/** The answer where something broke on our side. */
export function internalError(): TopLevelError {
  return { message: 'Something went wrong on our side.', extensions: { code: 'INTERNAL_SERVER_ERROR' } };
}

function codeOf(message: string, code: unknown, isGraphQL: boolean): ErrorCode {
  if (isGraphQL && TOO_LARGE.test(message)) return 'OPERATION_TOO_COMPLEX';
  if (isGraphQL && WRONG_VARIABLES.test(message)) return 'BAD_USER_INPUT';
  return (typeof code === 'string' ? OURS[code] : undefined) ?? 'INTERNAL_SERVER_ERROR';
}
