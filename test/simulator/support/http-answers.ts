import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

/** A request as it came over the wire. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly rawHeaders: readonly string[];
  readonly body: string;
}

/** Starts a server on a free local port. */
export async function listen(listener: RequestListener): Promise<{ server: Server; url: string }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return { server, url: `http://127.0.0.1:${address.port}` };
}

/** Stops a server with its open connections. */
export async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

/** Starts a server that keeps what it was asked and answers the n-th request with `answer(response, n)`. */
export async function recording(answer: (response: ServerResponse, index: number) => void) {
  const seen: SeenRequest[] = [];
  const listening = await listen((request, response) => {
    void read(request).then((one) => answer(response, seen.push(one) - 1));
  });
  return { ...listening, seen };
}

async function read(request: IncomingMessage): Promise<SeenRequest> {
  const { method = '', url = '', rawHeaders } = request;
  return { method, url, rawHeaders: [...rawHeaders], body: await text(request) };
}
