import type { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Chaos } from './chaos.ts';
import { AnswerLost, ConnectionFailure, Stopped } from './failures.ts';
import type { GroupCallKind } from './groups/call-kind.ts';
import { connectionPool, exchange, type Answer, type HttpAnswer } from './http.ts';
import type { Provider } from './provider.ts';

/** Why the directory makes a call; the report counts by it. */
export type CallKind =
  | 'test'
  | 'look up'
  | 'create'
  | 'link'
  | 'read'
  | 'update'
  | 'push password'
  | 'deactivate'
  | 'reactivate'
  | 'delete'
  | 'import'
  | GroupCallKind;

/** A call as the report wants it: `status` is `no answer` when none came. */
export interface CallRecord {
  readonly kind: CallKind;
  readonly method: string;
  readonly status: number | 'no answer';
  readonly milliseconds: number;
}

/** One request; `path` follows the base URL. */
export interface Call {
  readonly kind: CallKind;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
}

/** What a DirectoryClient is made of. */
export interface DirectoryClientOptions {
  readonly baseUrl: string;
  readonly token: string;
  readonly headers: Provider['headers'];
  readonly concurrency: number;
  /** Connection failures in a row after which the client stops for good. */
  readonly maxConnectionErrors: number;
  readonly timeoutMilliseconds?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onCall?: (call: CallRecord) => void;
  /** The bad network that calls have to pass. */
  readonly chaos?: Chaos | undefined;
  /** How to wait after a 429; tests hand in their own. */
  readonly wait?: (milliseconds: number, signal: AbortSignal) => Promise<unknown>;
}

const MAX_ATTEMPTS = 10;
const DEFAULT_WAIT = 5 * 60_000;
const DEFAULT_TIMEOUT = 60_000;

/** Speaks HTTP as a provider's SCIM client does: its headers, kept connections, and Okta's 60 seconds of patience and manners on 429. */
export class DirectoryClient {
  readonly #options: DirectoryClientOptions;
  readonly #root: string;
  readonly #agent: Agent;
  readonly #stop = new AbortController();
  readonly #signal: AbortSignal;
  #connectionErrors = 0;

  constructor(options: DirectoryClientOptions) {
    this.#options = options;
    this.#root = options.baseUrl.replace(/\/+$/, '');
    this.#agent = connectionPool(this.#root, options.concurrency);
    this.#signal = options.signal ? AbortSignal.any([options.signal, this.#stop.signal]) : this.#stop.signal;
  }

  /** Why no further call will be made; undefined while calls are made. */
  get stopReason(): string | undefined {
    if (!this.#signal.aborted) return undefined;
    const reason: unknown = this.#signal.reason;
    return reason instanceof Stopped ? reason.message : 'The simulation was interrupted before its end.';
  }

  /** Makes one call; a 429 is waited out and tried again, ten times at most. Fails with: ConnectionFailure, Stopped. */
  async call(call: Call): Promise<Answer> {
    let [wait, repeated] = [0, false];
    for (let attempt = 1; ; attempt++) {
      const answer = await this.#carried(call);
      repeated ||= answer.repeated;
      if (answer.status !== 429 || attempt === MAX_ATTEMPTS) return { ...answer, repeated };
      wait = attempt === 1 ? firstWait(answer.headers['retry-after']) : wait * 2;
      await this.#sleep(wait);
    }
  }

  /** Closes the kept connections. */
  close(): void {
    this.#agent.destroy();
  }

  async #carried(call: Call): Promise<Answer> {
    const { chaos } = this.#options;
    if (chaos) return await chaos.carry((isLost) => this.#once(call, isLost));
    return { ...(await this.#once(call, false)), repeated: false };
  }

  async #once(call: Call, isLost: boolean): Promise<HttpAnswer> {
    this.#requireGoing();
    const started = performance.now();
    try {
      const answer = await exchange(this.#exchangeOf(call));
      if (isLost) throw new AnswerLost(`The connection to ${this.#root} was closed before an answer came.`);
      this.#record(call, answer.status, started);
      this.#connectionErrors = 0;
      return answer;
    } catch (error) {
      if (!(error instanceof ConnectionFailure)) this.#requireGoing();
      this.#record(call, 'no answer', started);
      if (error instanceof ConnectionFailure && !(error instanceof AnswerLost)) this.#countConnectionError(error);
      throw error;
    }
  }

  #exchangeOf({ method, path, body }: Call) {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const timeoutMilliseconds = this.#options.timeoutMilliseconds ?? DEFAULT_TIMEOUT;
    const headers = this.#options.headers(this.#options.token, text);
    return {
      url: this.#root + path,
      method,
      headers,
      body: text,
      agent: this.#agent,
      timeoutMilliseconds,
      signal: this.#signal,
    };
  }

  #record({ kind, method }: Call, status: CallRecord['status'], started: number): void {
    this.#options.onCall?.({ kind, method, status, milliseconds: performance.now() - started });
  }

  #countConnectionError(error: ConnectionFailure): void {
    this.#connectionErrors++;
    if (this.#connectionErrors < this.#options.maxConnectionErrors) return;
    this.#stop.abort(
      new Stopped(`Stopped after ${this.#connectionErrors} connection failures in a row. ${error.message}`),
    );
  }

  #requireGoing(): void {
    if (this.stopReason !== undefined) throw new Stopped(this.stopReason);
  }

  async #sleep(milliseconds: number): Promise<void> {
    const wait = this.#options.wait ?? ((time, signal) => sleep(time, undefined, { signal }));
    try {
      await wait(milliseconds, this.#signal);
    } catch (error) {
      this.#requireGoing();
      throw error;
    }
  }
}

/** Okta waits exactly an integer Retry-After, and five minutes for a date or nothing. */
function firstWait(retryAfter: string | undefined): number {
  return retryAfter !== undefined && /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : DEFAULT_WAIT;
}
