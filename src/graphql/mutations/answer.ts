import { DomainError, type DomainErrorKind, type ObjectType, type Refusal } from '../../domain/errors.ts';
import { signedIn, type GraphContext, type Session } from '../context.ts';
import type { Remedy } from '../remedy.ts';
import {
  AlreadyExistsError,
  InvalidInputError,
  NotFoundError,
  RuleBrokenError,
  VersionConflictError,
  type MutationError,
} from './mutation-error.ts';

/**
 * Runs a command for the viewer. An expected refusal is the answer, as a member of the mutation's union; any other is
 * thrown on and becomes a top-level error. What the request had read before is forgotten.
 */
export async function answer<Success extends object>(
  ctx: GraphContext,
  input: object,
  command: (session: Session) => Promise<Success>,
): Promise<Success | MutationError> {
  const session = signedIn(ctx);
  try {
    return await answerAnyone(input, () => command(session));
  } finally {
    session.forget();
  }
}

/** The same for a command that needs nobody to be signed in. */
export async function answerAnyone<Success extends object>(
  input: object,
  command: () => Promise<Success>,
): Promise<Success | MutationError> {
  try {
    return await command();
  } catch (error) {
    const expected = error instanceof DomainError ? mutationErrorOf(error, input) : undefined;
    if (expected === undefined) throw error;
    return expected;
  }
}

type ReadAs<Kind extends DomainErrorKind> = (
  refusal: Extract<Refusal, { kind: Kind }>,
  message: string,
  input: object,
) => MutationError | undefined;

const topLevel = () => undefined;

const MUTATION_ERRORS: { readonly [Kind in DomainErrorKind]: ReadAs<Kind> } = {
  AlreadyExists: ({ field, value, holder }, message) =>
    new AlreadyExistsError({
      // The domain names the holder by an id that is not of this API.
      message: holder === undefined ? message : `The ${field} ${JSON.stringify(value)} is taken already.`,
      field,
      path: [field],
      remedy: here(`Choose another ${field}.`),
    }),
  InvalidInput: ({ issues }, message) =>
    new InvalidInputError({ message, issues, path: issues.length === 1 ? issues[0]!.path : null, remedy: null }),
  NotFound: ({ type, field }, _message, input) =>
    new NotFoundError({
      message: `There is no ${NAMES[type]}${sentAs(input, field)} in this workspace.`,
      path: field === undefined ? null : [field],
      remedy: here('Load the page again: it may be gone.'),
    }),
  RuleBroken: ({ rule, remedy, field }, message) =>
    new RuleBrokenError({ message, rule, path: field === undefined ? null : [field], remedy: here(remedy) }),
  VersionMismatch: ({ actual }, message) =>
    new VersionConflictError({
      message,
      currentVersion: actual,
      path: ['expectedVersion'],
      remedy: here('Load the page again, then repeat the change.'),
    }),
  Forbidden: topLevel,
  Unauthenticated: topLevel,
  Unavailable: topLevel,
};

function mutationErrorOf(error: DomainError, input: object): MutationError | undefined {
  const { refusal } = error;
  const read = MUTATION_ERRORS[refusal.kind] as ReadAs<DomainErrorKind>;
  return read(refusal, error.message, input);
}

const NAMES: Record<ObjectType, string> = {
  Workspace: 'workspace',
  User: 'user',
  Team: 'team',
  ScimCredential: 'SCIM credential',
  AccessToken: 'personal access token',
};

const LONGEST_ID = 100;

/** The ID as the caller sent it: the domain knows its own form alone. */
function sentAs(input: object, field: string | undefined): string {
  const sent = Object.entries(input).find(([name]) => name === field)?.[1] as unknown;
  return typeof sent === 'string' ? ` with the ID ${JSON.stringify(sent.slice(0, LONGEST_ID))}` : '';
}

function here(text: string): Remedy {
  return { text, audience: 'WORKSPACE_ADMIN', oktaLocation: null };
}
