import { DomainError, type DomainErrorKind, type ObjectType, type Refusal, type Rule } from '../domain/errors.ts';
import type { ProvisioningErrorCode } from '../domain/provisioning-event.ts';
import { ScimError, type ScimType } from './errors.ts';

/** A refusal on the wire and in the log. */
export interface Answer {
  readonly status: number;
  readonly scimType?: ScimType;
  readonly code: ProvisioningErrorCode;
  /** In place of the domain's sentence, where that has words that SCIM has not. */
  readonly message?: string;
  /** What the sentence needs to be useful to an admin who sees nothing else. */
  readonly remedy?: string;
}

/** How long a client waits when the store cannot write: 2 to 9 s, so that not all come back at once (B13). */
function retryAfter(): string {
  return String(2 + Math.floor(Math.random() * 8));
}

/** How each kind of domain error is answered (RFC 7644 §3.12); a new kind does not compile until it is here. */
const ANSWERS: { [Kind in DomainErrorKind]: (refusal: Extract<Refusal, { kind: Kind }>) => Answer } = {
  NotFound: ({ type, id }) => ({
    status: 404,
    code: 'NOT_FOUND',
    message: `There is no ${wordFor(type)} ${JSON.stringify(id)} in this workspace.`,
    remedy: type === 'Team' ? PUSH_AGAIN : ASSIGN_AGAIN,
  }),
  AlreadyExists: ({ type, field, value, holder }) => ({
    status: 409,
    scimType: 'uniqueness',
    code: 'ALREADY_EXISTS',
    message:
      `A ${wordFor(type)} with ${nameOf(field)} ${JSON.stringify(value)} already exists` +
      (holder === undefined ? '.' : ` (id ${holder.id}, ${holder.state}).`),
    remedy: `Look for that ${nameOf(field)} with a filter and update what is found, or choose another ${nameOf(field)}.`,
  }),
  InvalidInput: () => ({ status: 400, scimType: 'invalidValue', code: 'INVALID_REQUEST' }),
  RuleBroken: ({ rule, remedy }) => ({ status: 403, code: codeOfRule(rule), remedy }),
  VersionMismatch: () => ({ status: 412, code: 'VERSION_CONFLICT', remedy: 'Read it again, then send the change.' }),
  Forbidden: () => ({ status: 403, code: 'INVALID_REQUEST' }),
  Unauthenticated: () => ({ status: 401, code: 'CREDENTIAL_INVALID' }),
  Unavailable: () => ({ status: 503, code: 'INTERNAL' }),
};

const ASSIGN_AGAIN = 'Unassign and assign the user again in the directory.';
const PUSH_AGAIN = 'Unlink the group and push it again in the directory.';

/** A team is a group in SCIM (RFC 7643 §4.2). */
function wordFor(type: ObjectType): string {
  return type === 'Team' ? 'group' : 'user';
}

/** The name of a team is its `displayName` in SCIM. */
function nameOf(field: string): string {
  return field === 'name' ? 'displayName' : field;
}

function codeOfRule(rule: Rule): ProvisioningErrorCode {
  if (rule === 'SSO_NOT_IN_SUBSCRIPTION' || rule === 'LAST_OWNER' || rule === 'GROUP_PUSH_OFF') return rule;
  return rule === 'PROVISIONING_PAUSED' ? 'PAUSED' : 'INVALID_REQUEST';
}

/** What went wrong, for the answer and the log. */
export interface Failure {
  readonly error: ScimError;
  readonly code: ProvisioningErrorCode;
  /** Whether it is our fault: then the cause is worth a line in the server's log. */
  readonly isUnexpected: boolean;
}

/** Reads any thrown thing as a SCIM error; what is not ours becomes a 500 that tells nothing of the inside. */
export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof ScimError) return { error: thrown, code: codeOfStatus(thrown.status), isUnexpected: false };
  if (!(thrown instanceof DomainError)) return { error: crash(), code: 'INTERNAL', isUnexpected: true };
  const { refusal, message } = thrown;
  const answer = (ANSWERS[refusal.kind] as (refusal: Refusal) => Answer)(refusal);
  const detail = [answer.message ?? message, answer.remedy ?? []].flat().join(' ');
  const headers = answer.status === 503 ? { headers: { 'Retry-After': retryAfter() } } : {};
  const scimType = answer.scimType === undefined ? {} : { scimType: answer.scimType };
  return {
    error: new ScimError(answer.status, detail, { ...scimType, ...headers }),
    code: answer.code,
    isUnexpected: false,
  };
}

function crash(): ScimError {
  return new ScimError(
    500,
    'The server failed. Nothing was changed; try again, and quote the X-Request-Id to support.',
  );
}

function codeOfStatus(status: number): ProvisioningErrorCode {
  if (status === 413) return 'TOO_LARGE';
  if (status === 429) return 'RATE_LIMITED';
  return status >= 500 && status !== 501 ? 'INTERNAL' : 'INVALID_REQUEST';
}
