import { connect, type Socket } from 'node:net';

/** One request of the load; `path` follows the base URL. */
export interface LoadRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  readonly path: string;
  readonly body?: unknown;
}

/** What is sent, how often and how many at once. */
export interface Load {
  readonly url: string;
  readonly token: string;
  readonly total: number;
  readonly concurrency: number;
  /** The request with a number from 0; it is made when its turn comes. */
  readonly request: (index: number) => LoadRequest;
  /** The status that every answer must have. */
  readonly status: number;
  /** Reads an answer; without it bodies are passed over. */
  readonly onBody?: (body: string, index: number) => void;
}

/** How long it took, as a whole and each answer, in milliseconds. */
export interface LoadTimes {
  readonly milliseconds: number;
  readonly times: readonly number[];
}

/**
 * Sends the load over kept connections, one request at a time on each. It writes HTTP/1.1 into bare sockets: node:http's
 * client costs as much as a server's whole answer, so that on a small machine it, not the server, would be measured.
 */
export async function applyLoad(load: Load): Promise<LoadTimes> {
  const { hostname, port } = new URL(load.url);
  const times: number[] = [];
  let next = 0;
  const work = async () => {
    const connection = new Connection(connect({ host: hostname, port: Number(port), noDelay: true }));
    try {
      while (next < load.total) {
        const index = next++;
        const text = requestText(load, load.request(index));
        const sent = performance.now();
        const answer = await connection.exchange(text);
        times.push(performance.now() - sent);
        checkAnswer(load, index, answer);
        load.onBody?.(answer.body.toString('utf8'), index);
      }
    } finally {
      connection.close();
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: load.concurrency }, work));
  return { milliseconds: performance.now() - started, times };
}

function requestText({ url, token }: Load, { method, path, body }: LoadRequest): string {
  const { pathname, host } = new URL(url);
  const text = body === undefined ? '' : JSON.stringify(body);
  const content =
    body === undefined
      ? ''
      : `Content-Type: application/scim+json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(text)}\r\n`;
  return (
    `${method} ${pathname}${path} HTTP/1.1\r\nHost: ${host}\r\nAccept: application/scim+json\r\n` +
    `Authorization: Bearer ${token}\r\nUser-Agent: Rollcall bench\r\n${content}\r\n${text}`
  );
}

function checkAnswer({ request, status }: Load, index: number, answer: Answer): void {
  if (answer.status === status) return;
  const { method, path } = request(index);
  throw new Error(`${method} ${path} was answered ${answer.status}, not ${status}: ${answer.body.toString('utf8')}`);
}

interface Answer {
  readonly status: number;
  readonly body: Buffer;
}

/** A kept connection with at most one request under way. */
class Connection {
  readonly #socket: Socket;
  #received: Buffer = Buffer.alloc(0);
  #waiting: PromiseWithResolvers<Answer> | undefined;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.on('error', (error) => this.#waiting?.reject(error));
    socket.on('close', () => this.#waiting?.reject(new Error('The server closed the connection.')));
  }

  exchange(text: string): Promise<Answer> {
    this.#waiting = Promise.withResolvers<Answer>();
    this.#socket.write(text);
    return this.#waiting.promise;
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
    const answer = answerIn(this.#received);
    if (answer === undefined) return;
    const waiting = this.#waiting;
    this.#received = Buffer.alloc(0);
    this.#waiting = undefined;
    if (answer instanceof Error) waiting?.reject(answer);
    else waiting?.resolve(answer);
  }
}

const HEAD_END = Buffer.from('\r\n\r\n');

/** The answer that was received whole; undefined while some of it is missing. */
function answerIn(received: Buffer): Answer | Error | undefined {
  const end = received.indexOf(HEAD_END);
  if (end === -1) return undefined;
  const head = received.toString('latin1', 0, end);
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  const status = Number(head.slice(9, 12));
  const start = end + HEAD_END.length;
  if (status === 204) return { status, body: Buffer.alloc(0) };
  if (length === undefined) return new Error('The answer does not say its Content-Length.');
  if (received.length < start + Number(length)) return undefined;
  return { status, body: received.subarray(start, start + Number(length)) };
}
