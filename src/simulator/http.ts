import * as http from 'node:http';
import * as https from 'node:https';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { gunzip, inflate } from 'node:zlib';
import { ConnectionFailure } from './failures.ts';

/** One HTTP request. */
export interface Exchange {
  readonly url: string;
  readonly method: string;
  readonly headers: http.OutgoingHttpHeaders;
  readonly body?: string | undefined;
  readonly agent: http.Agent;
  readonly timeoutMilliseconds: number;
  readonly signal: AbortSignal;
}

/** One HTTP answer, its body decoded. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
}

/** An answer to a call, however often it had to be sent. */
export interface Answer extends HttpAnswer {
  /** Whether the server may have acted on an earlier copy of the request. */
  readonly repeated: boolean;
}

/** A pool of at most `sockets` connections that are kept alive. */
export function connectionPool(url: string, sockets: number): http.Agent {
  const options = { keepAlive: true, maxSockets: sockets };
  return url.startsWith('https:') ? new https.Agent(options) : new http.Agent(options);
}

/** Sends one request and reads its whole answer. Fails with: ConnectionFailure; the signal's reason. */
export async function exchange(call: Exchange): Promise<HttpAnswer> {
  const attempt = start(call);
  try {
    return await attempt.answer;
  } catch (error) {
    call.signal.throwIfAborted();
    if (attempt.timedOut()) throw new ConnectionFailure(timeoutSentence(call), { cause: error });
    if (attempt.wasStale(error)) return await exchange(call);
    throw new ConnectionFailure(connectionSentence(call, error), { cause: error });
  }
}

function start(call: Exchange) {
  const { url, method, headers, agent, signal } = call;
  const send = url.startsWith('https:') ? https.request : http.request;
  const request = send(url, { method, headers, agent, signal });
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    request.destroy();
  }, call.timeoutMilliseconds);
  const answer = new Promise<http.IncomingMessage>((resolve, reject) => {
    request.once('response', resolve).once('error', reject);
  })
    .then(read)
    .finally(() => clearTimeout(timer));
  request.on('error', () => undefined).end(call.body);
  /** A kept connection the server closed just then says nothing about the server; a POST may have arrived all the same. */
  const wasStale = (error: unknown) => request.reusedSocket && method !== 'POST' && codeOf(error) === 'ECONNRESET';
  return { answer, timedOut: () => late, wasStale };
}

async function read(response: http.IncomingMessage): Promise<HttpAnswer> {
  const body = await decode(await buffer(response), response.headers['content-encoding']);
  return { status: response.statusCode ?? 0, headers: response.headers, text: body.toString('utf8') };
}

const unzip = { gzip: promisify<Buffer, Buffer>(gunzip), deflate: promisify<Buffer, Buffer>(inflate) };

async function decode(body: Buffer, encoding = 'identity'): Promise<Buffer> {
  return encoding === 'gzip' || encoding === 'deflate' ? await unzip[encoding](body) : body;
}

function timeoutSentence({ url, method, timeoutMilliseconds }: Exchange): string {
  const path = new URL(url).pathname;
  return `No answer from ${new URL(url).origin} to ${method} ${path} within ${timeoutMilliseconds / 1000} seconds.`;
}

/** What the network's error codes mean to an admin. */
const MEANINGS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Connection refused by $: nothing listens there; check the address and that the server runs.',
  ENOTFOUND: 'No server found at $: its host name is unknown; check the address.',
  EAI_AGAIN: 'No server found at $: its host name could not be looked up; check the address and the network.',
  ECONNRESET: 'The connection to $ was closed before an answer came.',
  EPIPE: 'The connection to $ was closed while the request was sent.',
};

function connectionSentence({ url }: Exchange, error: unknown): string {
  const { origin } = new URL(url);
  const meaning = MEANINGS[codeOf(error) ?? ''];
  if (meaning !== undefined) return meaning.replace('$', () => origin);
  return `The connection to ${origin} failed: ${error instanceof Error ? error.message : String(error)}.`;
}

function codeOf(error: unknown): string | undefined {
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
