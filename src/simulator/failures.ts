import { STATUS_CODES } from 'node:http';
import type { Step } from './simulation.ts';

/** Something Okta would show its admin in red; the message is the part that stands inside Okta's own sentence. */
export class OktaFailure extends Error {
  override readonly name: string = 'OktaFailure';
}

/** No answer came at all: the message is a whole sentence that says why, as far as the network says. */
export class ConnectionFailure extends OktaFailure {
  override readonly name = 'ConnectionFailure';
}

/** The run was told to stop, by its caller or after too many connection failures; nothing of it is a failure of one person. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

/** An answer as far as failures look at it. */
export interface AnswerText {
  readonly status: number;
  readonly text: string;
}

/** The answer's JSON; undefined for an empty body. Fails with: OktaFailure, in the words of Okta's JSON parser. */
export function jsonOf({ text }: AnswerText): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new OktaFailure(invalidJson(text));
  }
}

/** Lets a 2xx pass. Fails with: OktaFailure carrying the status' reason and the server's `detail`. */
export function requireSuccess(answer: AnswerText): void {
  if (answer.status >= 200 && answer.status < 300) return;
  const reason = STATUS_CODES[answer.status] ?? `HTTP ${answer.status}`;
  throw new OktaFailure(`${reason}. Errors reported by remote server: ${detailOf(answer)}`);
}

function detailOf(answer: AnswerText): string {
  try {
    const body = jsonOf(answer);
    const detail = typeof body === 'object' && body !== null && 'detail' in body ? body.detail : undefined;
    return typeof detail === 'string' && detail !== '' ? detail : '(the answer has no detail)';
  } catch (error) {
    return error instanceof OktaFailure ? error.message : String(error);
  }
}

function invalidJson(text: string): string {
  const token = /^<[^\s>]*>?|^[^\s,:[\]{}"]+|^./.exec(text.trim())?.[0] ?? '';
  return `Invalid JSON: Unrecognized token '${token.slice(0, 60)}'`;
}

const APP = 'SCIM 2.0 app';

/** Okta's sentence around a failure, by the step it happened in. Those of `test`, `provision` and `update` are Okta's own; the others follow their form. */
const SENTENCES: Record<Step, (name: string, failure: string) => string> = {
  test: (_, failure) =>
    `Error authenticating: ${failure}. The connector configuration could not be tested. Make sure that the URL, Authentication Parameters are correct.`,
  provision: (userName, failure) => `Automatic provisioning of user ${userName} to app ${APP} failed: ${failure}`,
  update: (userName, failure) => `Error while trying to push profile update for ${userName}: ${failure}`,
  deactivate: (userName, failure) => `Automatic deactivation of user ${userName} in app ${APP} failed: ${failure}`,
  reactivate: (userName, failure) => `Automatic provisioning of user ${userName} to app ${APP} failed: ${failure}`,
  import: (_, failure) => `Error while importing users from app ${APP}: ${failure}`,
  groups: (name, failure) => `Unable to update Group Push mapping target App group ${name}: ${failure}`,
  importGroups: (_, failure) => `Error while importing groups from app ${APP}: ${failure}`,
};

/** What Okta's admin reads when `failure` ends `step` for the user or group called `name`; a connection that failed in the test is one plain sentence. */
export function oktaSentence(step: Step, failure: OktaFailure, name = ''): string {
  if (step === 'test' && failure instanceof ConnectionFailure) return failure.message;
  const failed = step === 'test' ? failure.message.replace(/\.$/, '') : failure.message;
  return SENTENCES[step](name, failed);
}

/** Runs `work` and puts `context` (`Error while creating user …`) before the failure it may end with. */
export async function within<Result>(context: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof OktaFailure)) throw error;
    const Failure = error instanceof ConnectionFailure ? ConnectionFailure : OktaFailure;
    throw new Failure(`${context}: ${error.message}`, { cause: error });
  }
}
