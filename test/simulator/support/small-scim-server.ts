import type { IncomingMessage, Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { close, listen } from './http-answers.ts';

const Json = z.record(z.string(), z.unknown());

type User = Record<string, unknown> & { id: string; userName: string };

/** An answer: its status and its body, an object to be sent as JSON or a text to be sent as it is. */
export type Answer = readonly [status: number, body?: object | string];

/** Looks at a request first; what it returns is answered in place of the server's own answer. */
export type Override = (method: string, url: URL, own: () => Answer) => Answer | undefined;

/** Just enough of SCIM, in memory, to be provisioned by Okta; `override` is where a test makes it misbehave. */
export class SmallScimServer {
  readonly users = new Map<string, User>();
  readonly calls: string[] = [];
  override: Override = () => undefined;
  #server: Server | undefined;
  #url = '';

  get baseUrl(): string {
    return `${this.#url}/scim/v2`;
  }

  async start(): Promise<void> {
    const { server, url } = await listen((request, response) => {
      void this.#answer(request).then(([status, body]) =>
        response
          .writeHead(status, { 'Content-Type': 'application/scim+json' })
          .end(typeof body === 'object' ? JSON.stringify(body) : body),
      );
    });
    [this.#server, this.#url] = [server, url];
  }

  async stop(): Promise<void> {
    if (this.#server) await close(this.#server);
  }

  async #answer(request: IncomingMessage): Promise<Answer> {
    const { method = '', headers } = request;
    const url = new URL(request.url ?? '', 'http://local');
    this.calls.push(`${method} ${decodeURIComponent(request.url ?? '').replace('/scim/v2', '')}`);
    const body = (await text(request)) || '{}';
    if (headers.authorization !== 'Bearer right') return scimError(401, 'The key is unknown or revoked.');
    const own = () => this.#own(method, url, Json.parse(JSON.parse(body)));
    return this.override(method, url, own) ?? own();
  }

  #own(method: string, url: URL, body: Record<string, unknown>): Answer {
    const id = /\/Users\/(.+)$/.exec(url.pathname)?.[1];
    if (id === undefined) return method === 'POST' ? this.#create(body) : this.#list(url.searchParams);
    const user = this.users.get(id);
    if (!user) return scimError(404, `No user has the id ${id}.`);
    if (method === 'PUT') return this.#keep({ ...body, id, userName: String(body['userName']) });
    if (method === 'PATCH') return this.#keep({ ...user, ...valueOf(body) });
    return [200, user];
  }

  #create(body: Record<string, unknown>): Answer {
    const userName = String(body['userName']);
    if (this.#named(userName)) return scimError(409, `A user with userName ${userName} already exists.`);
    const { password: _, ...kept } = body;
    const [, user] = this.#keep({ ...kept, userName, id: `id-${this.users.size + 1}` });
    return [201, user];
  }

  #list(query: URLSearchParams): Answer {
    const wanted = /^userName eq "(.*)"$/.exec(query.get('filter') ?? '')?.[1];
    const one = wanted === undefined ? undefined : this.#named(wanted);
    const all = wanted === undefined ? [...this.users.values()] : one ? [one] : [];
    const startIndex = Number(query.get('startIndex'));
    const Resources = all.slice(startIndex - 1, startIndex - 1 + Number(query.get('count')));
    const schemas = ['urn:ietf:params:scim:api:messages:2.0:ListResponse'];
    return [200, { schemas, totalResults: all.length, startIndex, itemsPerPage: Resources.length, Resources }];
  }

  #keep(user: User): [200, User] {
    this.users.set(user.id, user);
    return [200, user];
  }

  #named(userName: string): User | undefined {
    return [...this.users.values()].find((user) => user.userName.toLowerCase() === userName.toLowerCase());
  }
}

/** The server's own answer with some of its body replaced. */
export function changed([status, body]: Answer, changes: object): Answer {
  return [status, { ...(typeof body === 'object' ? body : {}), ...changes }];
}

/** An answer in the RFC 7644 §3.12 form. */
export function scimError(status: number, detail: string): Answer {
  return [status, { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: String(status), detail }];
}

const PatchBody = z.object({ Operations: z.tuple([z.object({ value: z.looseObject({}) })]) });

function valueOf(body: unknown): object {
  return PatchBody.parse(body).Operations[0].value;
}
