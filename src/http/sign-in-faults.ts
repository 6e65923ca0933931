import { AuthorizationResponseError } from 'openid-client';
import { DomainError } from '../domain/errors.ts';
import type { SignInFault } from './sign-in-page.ts';

const TITLE = 'You are not signed in';

/** The browser came back without what it was sent away with. */
export const OUT_OF_TIME: SignInFault = {
  status: 400,
  title: TITLE,
  message: 'This sign-in was begun more than 10 minutes ago, in another browser, or has been finished before.',
  remedy: 'Begin again.',
};

/** The workspace has no connection by now. */
export const SSO_GONE: SignInFault = {
  status: 403,
  title: TITLE,
  message: 'People do not sign in to this workspace with an identity provider.',
  remedy: 'Sign in with your password, or ask an admin of the workspace.',
};

/** A sign-in that cannot begin, since the provider cannot be asked about itself. */
export const UNREACHABLE: SignInFault = {
  status: 502,
  title: TITLE,
  message: "The workspace's identity provider did not answer as one.",
  remedy: 'Try again in a minute. If it goes on, ask an admin of the workspace to check the connection.',
};

/** What a person reads of an error with which a sign-in ended; the details are for the log. */
export function faultOf(error: unknown): SignInFault | undefined {
  if (error instanceof DomainError) return refusalOf(error);
  if (error instanceof AuthorizationResponseError) return refusedThere(error.error);
  // What `openid-client` throws has a code, its own or that of the network.
  if (error instanceof Error && 'code' in error) return NOT_FINISHED;
  return undefined;
}

function refusalOf({ refusal, message }: DomainError): SignInFault | undefined {
  if (refusal.kind !== 'RuleBroken') return undefined;
  return { status: 403, title: TITLE, message, remedy: refusal.remedy };
}

function refusedThere(code: string): SignInFault {
  const word = /^[\w.-]{1,64}$/u.test(code) ? code : 'an error';
  return {
    status: 403,
    title: TITLE,
    message: `Your identity provider did not sign you in. It says: ${word}.`,
    remedy: 'Ask an admin of the workspace whether you are assigned to Rollcall there.',
  };
}

const NOT_FINISHED: SignInFault = {
  status: 400,
  title: TITLE,
  message: 'What your identity provider sent back could not be accepted.',
  remedy: 'Begin again. If it goes on, give an admin of the workspace the request ID below.',
};
