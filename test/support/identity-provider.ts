import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';

type Claims = Record<string, unknown>;

/** A client that the provider knows. */
export const CLIENT = { clientId: 'rollcall', clientSecret: 'a-client-secret-of-the-tests' } as const;

/** A real identity provider on this machine, at which whoever comes is signed in as `person`. */
export interface IdentityProvider {
  readonly issuer: string;
  /** Who signs in: `sub` and what is told of them. */
  person: { sub: string } & Claims;
  /** Whether a page asks them first, with one button; else they are sent on at once. */
  asks: boolean;
  /** Changes the claims of ID tokens, which are then signed again. */
  forge: ((claims: Claims) => Claims) | undefined;
  /** Whether what is forged is signed with a key that is not the provider's. */
  forgesKey: boolean;
  /** Requests for tokens. */
  tokenRequests: number;
  close(): Promise<void>;
}

const PAGE = `<!doctype html><html lang="en"><title>Acme Directory</title><link rel="icon" href="data:,">
<h1>Acme Directory</h1><form method="post"><button>Confirm</button></form></html>`;

/** Starts a provider that lets `redirectUris` be returned to. */
export async function startIdentityProvider(redirectUris: readonly string[]): Promise<IdentityProvider> {
  const server = createServer((req, res) => listener(req, res));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const keys = [rsaKey(), rsaKey()] as const;
  const idp: IdentityProvider = {
    issuer,
    person: { sub: 'nobody' },
    asks: false,
    forge: undefined,
    forgesKey: false,
    tokenRequests: 0,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => void server.close(() => resolve()));
    },
  };
  const provider = providerOf(idp, keys[0], redirectUris);
  const answer = provider.callback();
  const listener = (req: IncomingMessage, res: ServerResponse) => {
    if (req.url?.startsWith('/interaction/')) {
      if (idp.asks && req.method === 'GET') {
        res.setHeader('Content-Type', 'text/html; charset=utf-8').end(PAGE);
        return;
      }
      void provider.interactionFinished(req, res, { login: { accountId: idp.person.sub } });
      return;
    }
    if (req.url === '/token') {
      idp.tokenRequests += 1;
      forgeAnswer(res, idp, keys);
    }
    answer(req, res);
  };
  return idp;
}

function providerOf(idp: IdentityProvider, key: KeyObject, redirectUris: readonly string[]): Provider {
  const client = { client_id: CLIENT.clientId, client_secret: CLIENT.clientSecret };
  const provider = new Provider(idp.issuer, {
    clients: [{ ...client, redirect_uris: redirectUris }],
    cookies: { keys: ['a cookie key of the tests'] },
    jwks: { keys: [{ ...key.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }] },
    claims: { openid: ['sub'], profile: ['preferred_username'], email: ['email', 'email_verified'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    findAccount: (_ctx: unknown, accountId: string) => ({ accountId, claims: () => ({ ...idp.person }) }),
    loadExistingGrant: async () => {
      const grant = new provider.Grant({ accountId: idp.person.sub, clientId: CLIENT.clientId });
      grant.addOIDCScope('openid profile email');
      await grant.save();
      return grant;
    },
    ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
  });
  return provider;
}

/** Puts the forged ID token into the answer in place of the genuine one. */
function forgeAnswer(
  res: ServerResponse,
  idp: IdentityProvider,
  [own, foreign]: readonly [KeyObject, KeyObject],
): void {
  const end = res.end.bind(res);
  res.end = ((body: string | Buffer) => {
    const answer = JSON.parse(body.toString()) as { id_token?: string };
    if ((idp.forge === undefined && !idp.forgesKey) || answer.id_token === undefined) return end(body);
    const [head, claims] = answer.id_token.split('.').slice(0, 2) as [string, string];
    const genuine = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Claims;
    const forged = Buffer.from(JSON.stringify(idp.forge?.(genuine) ?? genuine)).toString('base64url');
    const signature = sign('sha256', Buffer.from(`${head}.${forged}`), idp.forgesKey ? foreign : own);
    const text = JSON.stringify({ ...answer, id_token: `${head}.${forged}.${signature.toString('base64url')}` });
    res.setHeader('Content-Length', Buffer.byteLength(text));
    return end(text);
  }) as typeof res.end;
}

function rsaKey(): KeyObject {
  return generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey;
}

/** A browser that goes from page to page with its cookies, and stops where it is told to. */
export class Traveller {
  readonly #jars = new Map<string, Map<string, string>>();

  /** Follows redirects from `url`; `reroute` sees each address before it is visited, and undefined ends the way there. */
  async go(
    url: string,
    reroute: (url: URL) => URL | undefined = (next) => next,
  ): Promise<{ url: URL; response: Response }> {
    let at = new URL(url);
    for (;;) {
      const response = await fetch(at, { redirect: 'manual', headers: { cookie: this.cookies(at) } });
      this.#keep(at, response);
      const location = response.headers.get('location');
      if (location === null) return { url: at, response };
      const next = reroute(new URL(location, at));
      if (next === undefined) return { url: new URL(location, at), response };
      at = next;
    }
  }

  /** The `Cookie` header for an address. */
  cookies(url: URL | string): string {
    return [...this.#jarOf(new URL(url))].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  setCookie(url: string, name: string, value: string): void {
    this.#jarOf(new URL(url)).set(name, value);
  }

  #keep(url: URL, response: Response): void {
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/u.exec(cookie)!;
      if (/max-age=0|expires=Thu, 01 Jan 1970/iu.test(cookie)) this.#jarOf(url).delete(name!);
      else this.#jarOf(url).set(name!, value!);
    }
  }

  #jarOf({ host }: URL): Map<string, string> {
    const jar = this.#jars.get(host) ?? new Map<string, string>();
    this.#jars.set(host, jar);
    return jar;
  }
}
