/** The rules that a command can break; the GraphQL enum `Rule` has the same names. */
export type Rule =
  | 'CREDENTIAL_LIMIT'
  | 'CREDENTIAL_NOT_USABLE'
  | 'LAST_OWNER'
  | 'MANAGED_BY_DIRECTORY'
  | 'OVERRIDE_NOT_ALLOWED'
  | 'SSO_NOT_IN_SUBSCRIPTION'
  | 'ACCESS_TOKEN_LIMIT'
  | 'GROUP_PUSH_OFF'
  | 'INVITATION_NOT_USABLE'
  | 'PROVISIONING_PAUSED'
  | 'ROLE_GIVEN_BY_TEAM'
  | 'SIGN_IN_REFUSED';

/** One thing wrong with an input: the field as a path, and a sentence. */
export interface Issue {
  readonly path: readonly string[];
  readonly message: string;
}

/** Why a command was refused. The union is closed: a face that does not answer for a new kind does not compile. */
export type Refusal =
  /** No such object in the workspace; `field` is the input that named it. */
  | { readonly kind: 'NotFound'; readonly type: ObjectType; readonly id: string; readonly field?: string }
  /** A value that has to be unique is taken; `holder` says by whom, where the caller may know. */
  | {
      readonly kind: 'AlreadyExists';
      readonly type: ObjectType;
      readonly field: string;
      readonly value: string;
      readonly holder?: Holder;
    }
  | { readonly kind: 'InvalidInput'; readonly issues: readonly Issue[] }
  | { readonly kind: 'RuleBroken'; readonly rule: Rule; readonly field?: string; readonly remedy: string }
  | { readonly kind: 'VersionMismatch'; readonly expected: number; readonly actual: number }
  | { readonly kind: 'Forbidden'; readonly permission: string }
  | { readonly kind: 'Unauthenticated' }
  /** The store cannot take the write now; trying again later may work. */
  | { readonly kind: 'Unavailable' };

/** What can be not found or clash. */
export type ObjectType = 'Workspace' | 'User' | 'Team' | 'ScimCredential' | 'AccessToken';

/** Who holds a unique value. */
export interface Holder {
  readonly id: string;
  readonly state: string;
}

/** The kinds of refusal. */
export type DomainErrorKind = Refusal['kind'];

/** Why not: thrown by a command, which rolls its transaction back. The message is one sentence for a person. */
export class DomainError extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal, message: string) {
    super(message);
    this.name = 'DomainError';
    this.refusal = refusal;
  }
}

const NAMES: Record<ObjectType, string> = {
  Workspace: 'workspace',
  User: 'user',
  Team: 'team',
  ScimCredential: 'SCIM credential',
  AccessToken: 'personal access token',
};

/** The workspace has no such object. */
export function notFound(type: ObjectType, id: string, field?: string): DomainError {
  return new DomainError(
    { kind: 'NotFound', type, id, ...(field === undefined ? {} : { field }) },
    `There is no ${NAMES[type]} ${JSON.stringify(id)} in this workspace.`,
  );
}

/** Another object has the value already. */
export function alreadyExists(type: ObjectType, field: string, value: string, holder?: Holder): DomainError {
  const who = holder === undefined ? '' : ` (${holder.id}, ${holder.state})`;
  return new DomainError(
    { kind: 'AlreadyExists', type, field, value, ...(holder === undefined ? {} : { holder }) },
    `A ${NAMES[type]} with ${field} ${JSON.stringify(value)} already exists${who}.`,
  );
}

/** The input cannot be taken; all that is wrong at once. */
export function invalidInput(issues: readonly Issue[]): DomainError {
  return new DomainError({ kind: 'InvalidInput', issues }, issues.map((issue) => issue.message).join(' '));
}

/** The input has one thing wrong. */
export function invalid(path: readonly string[], message: string): DomainError {
  return invalidInput([{ path, message }]);
}

/** A rule of the workspace forbids it now; `remedy` says what must happen first. */
export function ruleBroken(rule: Rule, message: string, remedy: string, field?: string): DomainError {
  return new DomainError({ kind: 'RuleBroken', rule, remedy, ...(field === undefined ? {} : { field }) }, message);
}

/** Someone changed the object since it was read. */
export function versionMismatch(expected: number, actual: number): DomainError {
  return new DomainError(
    { kind: 'VersionMismatch', expected, actual },
    `It was changed since you read it: you sent version ${expected}, it is at version ${actual}.`,
  );
}

/** The actor lacks a permission. */
export function forbidden(permission: string): DomainError {
  return new DomainError({ kind: 'Forbidden', permission }, `This needs the permission ${permission}.`);
}

/** Nobody is signed in, or the key does not work. */
export function unauthenticated(): DomainError {
  return new DomainError({ kind: 'Unauthenticated' }, 'Sign in first.');
}

/** A personal access token is not enough: it asks for the person. */
export function sessionNeeded(): DomainError {
  return new DomainError({ kind: 'Unauthenticated' }, 'This needs a session: sign in, not with an access token.');
}

/** The store cannot take the write now. */
export function unavailable(): DomainError {
  return new DomainError({ kind: 'Unavailable' }, 'The server cannot save this right now. Try again in a moment.');
}
