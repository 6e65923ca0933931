import { Router, type Request, type Response } from 'express';
import { authenticateSession } from '../domain/authentication.ts';
import type { World } from '../domain/ports.ts';
import { signInWithDirectory } from '../domain/sign-in-with-directory.ts';
import { ssoProvider } from '../domain/sso-commands.ts';
import { MINUTE } from '../domain/values.ts';
import { createOidcClient, type OidcClient, type SignInFlow } from './oidc.ts';
import { sessionCookie, signInCookie } from './session-cookie.ts';
import { faultOf, OUT_OF_TIME, SSO_GONE, UNREACHABLE } from './sign-in-faults.ts';
import { sendSignInPage, type SignInFault } from './sign-in-page.ts';

/** How long a person may take at the identity provider. */
export const SIGN_IN_TIME = 10 * MINUTE;

/** What the routes of sign-in are made of. */
export interface SignInOptions {
  readonly world: World;
  /** Without a slash at its end. */
  readonly publicUrl: string;
  readonly logger: { warn(fields: object, message: string): void };
}

/** What a browser carries, sealed, while its person is at the identity provider. */
interface Away extends SignInFlow {
  readonly slug: string;
  /** Milliseconds since 1970. */
  readonly begunAt: number;
}

const BOUND = 'sign-in at an identity provider';
const SLUG = /^[a-z0-9-]{1,40}$/u;

/**
 * Sign-in at the workspace's identity provider: `/sign-in/<slug>` leads there, `…/callback` back, and `…/options` tells
 * whether there is one. Where there is none, `/sign-in/<slug>` is left to the routes after it.
 */
export function signInRoutes(options: SignInOptions): Router {
  const client = createOidcClient(() => nowMs(options.world));
  const router = Router();
  router.param('slug', (_req, _res, next, slug: string) => next(SLUG.test(slug) ? undefined : 'router'));
  router.get('/sign-in/:slug/options', async (req, res) => {
    const slug = req.params['slug'];
    res.json({ workspace: { slug }, sso: (await ssoProvider(options.world, slug)) !== undefined });
  });
  router.get('/sign-in/:slug', async (req, res, next) => {
    const isLedAway = await leadAway(options, client, { slug: req.params['slug'], res });
    if (!isLedAway) next();
  });
  router.get('/sign-in/:slug/callback', (req, res) =>
    comeBack(options, client, { slug: req.params['slug'], req, res }),
  );
  return router;
}

interface Visit {
  readonly slug: string;
  readonly res: Response;
}

async function leadAway(options: SignInOptions, client: OidcClient, { slug, res }: Visit): Promise<boolean> {
  const { world } = options;
  const provider = await ssoProvider(world, slug);
  if (provider === undefined) return false;
  try {
    const { url, flow } = await client.begin(provider, callbackOf(options, slug));
    const away: Away = { ...flow, slug, begunAt: nowMs(world) };
    const sealed = world.secrets.seal(JSON.stringify(away), BOUND);
    res.setHeader('Set-Cookie', signInCookie.started(sealed, SIGN_IN_TIME / 1_000));
    res.redirect(303, url);
  } catch (error) {
    log(options, slug, error);
    refuse(options, { slug, res }, UNREACHABLE);
  }
  return true;
}

async function comeBack(
  options: SignInOptions,
  client: OidcClient,
  { slug, req, res }: Visit & { readonly req: Request },
): Promise<void> {
  const { world } = options;
  // Whatever comes of it, the same return is not taken twice.
  res.setHeader('Set-Cookie', signInCookie.ended);
  const away = awayOf(world, signInCookie.read(req.headers.cookie));
  if (away?.slug !== slug) return refuse(options, { slug, res }, OUT_OF_TIME);
  const provider = await ssoProvider(world, slug);
  if (provider === undefined) return refuse(options, { slug, res }, SSO_GONE);
  try {
    const person = await client.finish(provider, new URL(callbackOf(options, slug) + queryOf(req)), away);
    const replaced = await sessionOf(world, req);
    const { secret } = await signInWithDirectory(world, { workspaceId: provider.workspaceId, person, replaced });
    res.setHeader('Set-Cookie', [signInCookie.ended, sessionCookie.started(secret)]);
    res.redirect(303, `${options.publicUrl}/`);
  } catch (error) {
    const fault = faultOf(error);
    if (fault === undefined) throw error;
    log(options, slug, error);
    refuse(options, { slug, res }, fault);
  }
}

/** What the browser was sent away with; undefined where it is not ours or too old. */
function awayOf(world: World, sealed: string | undefined): Away | undefined {
  const text = sealed === undefined ? undefined : world.secrets.unseal(sealed, BOUND);
  if (text === undefined) return undefined;
  const away = JSON.parse(text) as Away;
  return nowMs(world) - away.begunAt < SIGN_IN_TIME ? away : undefined;
}

/** The session that the browser holds until now. */
async function sessionOf(world: World, req: Request) {
  const secret = sessionCookie.read(req.headers.cookie);
  return secret === undefined ? undefined : (await authenticateSession(world, secret))?.session;
}

function refuse({ publicUrl }: SignInOptions, { slug, res }: Visit, fault: SignInFault): void {
  sendSignInPage(res, fault, `${publicUrl}/sign-in/${slug}`);
}

/** The code and the sentence alone: what caused an error may hold tokens. */
function log({ logger }: SignInOptions, workspace: string, error: unknown): void {
  const { message, code } = error as { message?: unknown; code?: unknown };
  logger.warn({ workspace, reason: String(message), code }, 'a sign-in at the identity provider failed');
}

function callbackOf({ publicUrl }: SignInOptions, slug: string): string {
  return `${publicUrl}/sign-in/${slug}/callback`;
}

function queryOf({ originalUrl }: Request): string {
  const start = originalUrl.indexOf('?');
  return start < 0 ? '' : originalUrl.slice(start);
}

function nowMs(world: World): number {
  return Date.parse(world.clock.now());
}
