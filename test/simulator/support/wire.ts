import type { IncomingMessage, Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { close, listen } from './http-answers.ts';

/** A request on the wire; `path` follows the base URL. */
export interface WireCall {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

/** A call that was answered. */
export interface AnsweredCall extends WireCall {
  readonly answer: WireAnswer;
}

/** An answer on the wire. */
export interface WireAnswer {
  readonly status: number;
  readonly body: string;
}

/** Stands between a client and a real server: keeps the calls, and changes an answer where a test wants it. */
export class Wire {
  /** In the order of their answers. */
  readonly calls: AnsweredCall[] = [];
  /** Sees a call and the server's answer (for a DELETE, none: it is asked before); undefined lets the answer pass. */
  tamper: (call: WireCall, answer: WireAnswer) => WireAnswer | undefined = () => undefined;
  readonly #target: string;
  #server: Server | undefined;
  #url = '';

  static async to(target: string): Promise<Wire> {
    const wire = new Wire(target);
    await wire.#start();
    return wire;
  }

  private constructor(target: string) {
    this.#target = target;
  }

  get baseUrl(): string {
    return this.#url;
  }

  async close(): Promise<void> {
    if (this.#server) await close(this.#server);
  }

  async #start(): Promise<void> {
    const { server, url } = await listen((request, response) => {
      void this.#pass(request).then(({ status, body }) =>
        response.writeHead(status, { 'Content-Type': 'application/scim+json' }).end(body),
      );
    });
    [this.#server, this.#url] = [server, url];
  }

  async #pass(request: IncomingMessage): Promise<WireAnswer> {
    const { method = '', url = '', headers } = request;
    const call = { method, path: url, body: await text(request) };
    const answer = await this.#answer(call, headers.authorization);
    this.calls.push({ ...call, answer });
    return answer;
  }

  async #answer(call: WireCall, authorization = ''): Promise<WireAnswer> {
    const { method, path } = call;
    const early = method === 'DELETE' ? this.tamper(call, { status: 0, body: '' }) : undefined;
    if (early) return early;
    const response = await fetch(this.#target + path, {
      method,
      headers: { Authorization: authorization, 'Content-Type': 'application/scim+json' },
      ...(call.body !== '' && { body: call.body }),
    });
    const answer = { status: response.status, body: await response.text() };
    return this.tamper(call, answer) ?? answer;
  }
}
