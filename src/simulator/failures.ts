import { STATUS_CODES } from 'node:http';

/** Something the directory would show its admin in red; the message is the part that stands inside the directory's own sentence. */
export class DirectoryFailure extends Error {
  override readonly name: string = 'DirectoryFailure';
}

/** No answer came at all: the message is a whole sentence that says why, as far as the network says. */
export class ConnectionFailure extends DirectoryFailure {
  override readonly name = 'ConnectionFailure';
}

/** No answer came, though the server had acted: what chaos does to a call. */
export class AnswerLost extends ConnectionFailure {}

/** The run was told to stop, by its caller or after too many connection failures; nothing of it is a failure of one person. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

/** An answer as far as failures look at it. */
export interface AnswerText {
  readonly status: number;
  readonly text: string;
}

/** The answer's JSON; undefined for an empty body. Fails with: DirectoryFailure, in the words of Okta's JSON parser. */
export function jsonOf({ text }: AnswerText): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new DirectoryFailure(invalidJson(text));
  }
}

/** Lets a 2xx pass. Fails with: DirectoryFailure carrying the status' reason and the server's `detail`. */
export function requireSuccess(answer: AnswerText): void {
  if (answer.status >= 200 && answer.status < 300) return;
  const reason = STATUS_CODES[answer.status] ?? `HTTP ${answer.status}`;
  throw new DirectoryFailure(`${reason}. Errors reported by remote server: ${detailOf(answer)}`);
}

function detailOf(answer: AnswerText): string {
  try {
    const body = jsonOf(answer);
    const detail = typeof body === 'object' && body !== null && 'detail' in body ? body.detail : undefined;
    return typeof detail === 'string' && detail !== '' ? detail : '(the answer has no detail)';
  } catch (error) {
    return error instanceof DirectoryFailure ? error.message : String(error);
  }
}

function invalidJson(text: string): string {
  const token = /^<[^\s>]*>?|^[^\s,:[\]{}"]+|^./.exec(text.trim())?.[0] ?? '';
  return `Invalid JSON: Unrecognized token '${token.slice(0, 60)}'`;
}

/** Runs `work` and puts `context` (`Error while creating user …`) before the failure it may end with. */
export async function within<Result>(context: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DirectoryFailure)) throw error;
    const Failure = error instanceof ConnectionFailure ? ConnectionFailure : DirectoryFailure;
    throw new Failure(`${context}: ${error.message}`, { cause: error });
  }
}
