import * as oidc from 'openid-client';
import type { DirectoryPerson } from '../domain/sign-in-with-directory.ts';
import type { SsoProvider } from '../domain/sso-commands.ts';

/** What a sign-in has to come back with: made before, and known to the browser only sealed. */
export interface SignInFlow {
  readonly state: string;
  readonly nonce: string;
  /** The PKCE code verifier (RFC 7636 §4.1). */
  readonly verifier: string;
}

/** Talks to identity providers. What it throws is of `openid-client`. */
export interface OidcClient {
  /** Where the browser is sent to sign in, and what has to come back. */
  begin(provider: SsoProvider, redirectUri: string): Promise<{ url: string; flow: SignInFlow }>;
  /** Who came back to `url`, after all that came with them has been checked. */
  finish(provider: SsoProvider, url: URL, flow: SignInFlow): Promise<DirectoryPerson>;
}

const TIMEOUT_SECONDS = 10;
/** How long what a provider says of itself is believed. */
const REMEMBERED_MS = 60 * 60_000;
const MOST_REMEMBERED = 1_000;

/** An OpenID Connect client: authorization code, PKCE, state, nonce, and ID tokens with a genuine signature alone. */
export function createOidcClient(nowMs: () => number): OidcClient {
  const configurations = new Map<string, { readonly at: number; readonly found: Promise<oidc.Configuration> }>();
  const configurationOf = (provider: SsoProvider): Promise<oidc.Configuration> => {
    const key = JSON.stringify([provider.issuer, provider.clientId, provider.clientSecret]);
    const known = configurations.get(key);
    if (known !== undefined && nowMs() - known.at < REMEMBERED_MS) return known.found;
    const found = discovered(provider);
    configurations.delete(key);
    configurations.set(key, { at: nowMs(), found });
    if (configurations.size > MOST_REMEMBERED) configurations.delete(configurations.keys().next().value!);
    // A provider that was away is asked again.
    found.catch(() => configurations.delete(key));
    return found;
  };
  return {
    begin: async (provider, redirectUri) => begun(await configurationOf(provider), redirectUri),
    finish: async (provider, url, flow) => finished(await configurationOf(provider), { provider, url, flow }),
  };
}

function discovered({ issuer, clientId, clientSecret }: SsoProvider): Promise<oidc.Configuration> {
  const isPlain = issuer.startsWith('http://');
  return oidc.discovery(new URL(issuer), clientId, undefined, secretAuth(clientSecret), {
    timeout: TIMEOUT_SECONDS,
    // Only for a provider on this machine.
    execute: [oidc.enableNonRepudiationChecks, ...(isPlain ? [oidc.allowInsecureRequests] : [])],
  });
}

/** By the header, which every provider has to know, unless it says that it does not (OpenID Connect Discovery §3). */
function secretAuth(secret: string): oidc.ClientAuth {
  const [byHeader, inBody] = [oidc.ClientSecretBasic(secret), oidc.ClientSecretPost(secret)];
  return (server, client, body, headers) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const authenticate = methods.includes('client_secret_basic') ? byHeader : inBody;
    return authenticate(server, client, body, headers);
  };
}

async function begun(configuration: oidc.Configuration, redirectUri: string) {
  const verifier = oidc.randomPKCECodeVerifier();
  const flow: SignInFlow = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier };
  const url = oidc.buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri,
    scope: 'openid profile email',
    state: flow.state,
    nonce: flow.nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  });
  return { url: url.href, flow };
}

interface Return {
  readonly provider: SsoProvider;
  readonly url: URL;
  readonly flow: SignInFlow;
}

async function finished(configuration: oidc.Configuration, { provider, url, flow }: Return): Promise<DirectoryPerson> {
  const tokens = await oidc.authorizationCodeGrant(configuration, url, {
    expectedState: flow.state,
    expectedNonce: flow.nonce,
    pkceCodeVerifier: flow.verifier,
    idTokenExpected: true,
  });
  const { sub: subject, ...idToken } = tokens.claims()!;
  // Okta's ID token is thin where there is an access token beside it: name and email are told at the other endpoint.
  const hasMore = configuration.serverMetadata().userinfo_endpoint !== undefined;
  const more = hasMore ? await oidc.fetchUserInfo(configuration, tokens.access_token, subject) : {};
  const claims: Record<string, unknown> = { ...idToken, ...more };
  return {
    issuer: provider.issuer,
    subject,
    userName: textOf(claims['preferred_username']),
    verifiedEmail: claims['email_verified'] === true ? textOf(claims['email']) : undefined,
  };
}

function textOf(claim: unknown): string | undefined {
  return typeof claim === 'string' && claim !== '' ? claim : undefined;
}
