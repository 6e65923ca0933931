import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { Server as NetServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

const MAX_HEADERS = 100;
const MAX_HEADER_BYTES = 16 * 1024;
const MAX_URL_LENGTH = 8 * 1024;
const TIMEOUTS = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 65_000,
  // Node looks for late clients this often; its own 30 s would let headers take 40.
  connectionsCheckingInterval: 1_000,
};

/** What a server still owes: its connections, and the answers under way on each. */
interface Debts {
  readonly answers: Map<Socket, Set<ServerResponse>>;
  draining: boolean;
}

const debtsOf = new WeakMap<Server, Debts>();

/** Says an early refusal in the words of the face that the URL is of; without one its body is empty. */
export type RefusalBody = (url: string, status: number) => { readonly type: string; readonly body: string } | undefined;

/** An HTTP server with limits on what a client may send and how slowly. */
export function createHttpServer(app: RequestListener, refusalBody: RefusalBody = () => undefined): Server {
  const debts: Debts = { answers: new Map(), draining: false };
  const server = createServer({ ...TIMEOUTS, maxHeaderSize: MAX_HEADER_BYTES }, (req, res) => {
    keepCount(debts, req.socket, res);
    const refusal = refusalOf(req);
    if (refusal === undefined) app(req, res);
    else refuse(res, refusal, refusalBody(req.url ?? '', refusal));
  });
  server.on('connection', (socket: Socket) => {
    debts.answers.set(socket, new Set());
    socket.once('close', () => debts.answers.delete(socket));
  });
  // Node drops the headers beyond its limit without a word; leave room to see that there were more.
  server.maxHeadersCount = 2 * MAX_HEADERS;
  debtsOf.set(server, debts);
  return server;
}

function keepCount(debts: Debts, socket: Socket, res: ServerResponse): void {
  const answers = debts.answers.get(socket);
  answers?.add(res);
  if (debts.draining) res.shouldKeepAlive = false;
  res.once('close', () => {
    answers?.delete(res);
    if (debts.draining && answers?.size === 0) socket.destroySoon();
  });
}

function refuse(res: ServerResponse, status: number, said: ReturnType<RefusalBody>): void {
  const type = said === undefined ? {} : { 'Content-Type': said.type };
  res.writeHead(status, { ...type, Connection: 'close', 'Cache-Control': 'no-store' }).end(said?.body);
}

/** The status for a request line or headers beyond the limits. */
function refusalOf(req: IncomingMessage): number | undefined {
  if ((req.url ?? '').length > MAX_URL_LENGTH) return 414;
  if (req.rawHeaders.length / 2 > MAX_HEADERS) return 431;
  return undefined;
}

/** Starts to listen and says at which URL. Rejects with a sentence when the port cannot be had. */
export function listen(server: Server, port: number, host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) => reject(cannotListen(error, port, host));
    server.once('error', fail);
    server.listen(port, host, () => {
      server.off('error', fail);
      resolve(urlOf(server.address()));
    });
  });
}

function urlOf(address: AddressInfo | string | null): string {
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port.');
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `http://${host}:${address.port}`;
}

const LISTEN_FAULTS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another process has it; stop that one or set PORT to another',
  EACCES: 'the system does not allow it; set PORT to 1024 or more',
  EADDRNOTAVAIL: 'this machine has no such address; set HOST to one of its own',
  ENOTFOUND: 'HOST names no known host',
};

function cannotListen(error: NodeJS.ErrnoException, port: number, host: string): Error {
  const why = LISTEN_FAULTS[error.code ?? ''] ?? error.message;
  return new Error(`Cannot listen on ${host} port ${port}: ${why}.`, { cause: error });
}

/** How long an idle client may still send the request that it is about to send. */
const LINGER_MS = 250;

/**
 * Takes no more connections, lets the requests under way finish with `Connection: close`, and hangs up on idle clients.
 * True when all was answered, false when some were cut off after the grace. Let `/readyz` say 503 before.
 */
export async function drain(server: Server, graceMs: number): Promise<boolean> {
  const debts = debtsOf.get(server);
  if (debts === undefined) throw new Error('drain takes a server of createHttpServer.');
  debts.draining = true;
  for (const res of [...debts.answers.values()].flatMap((answers) => [...answers])) {
    if (!res.headersSent) res.shouldKeepAlive = false;
  }
  const lingering = setTimeout(hangUpOnIdle, Math.min(LINGER_MS, graceMs), debts);
  const whole = await within(graceMs, stopListening(server));
  clearTimeout(lingering);
  if (!whole) server.closeAllConnections();
  return whole;
}

function hangUpOnIdle({ answers }: Debts): void {
  for (const [socket, open] of answers) if (open.size === 0) socket.destroySoon();
}

/**
 * Resolves when the last connection has ended. Not http's own `close`: that one also destroys connections whose answer
 * is written but not yet sent, so that a slow client would lose the rest of it.
 */
function stopListening(server: Server): Promise<void> {
  return new Promise((resolve) => {
    NetServer.prototype.close.call(server, () => resolve());
  });
}

async function within(ms: number, work: Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, ms, false);
  });
  const inTime = await Promise.race([work.then(() => true), timeUp]);
  clearTimeout(timer);
  return inTime;
}
