import express, { type Express, type RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import type { Store, World } from './domain/ports.ts';
import { graphqlHandler } from './graphql/express.ts';
import { accessLog } from './http/access-log.ts';
import { ADMIN_UI_FOLDER, ADMIN_UI_MISSING, adminUi, adminUiMissing } from './http/admin-ui.ts';
import { cors } from './http/cors.ts';
import { cspReports } from './http/csp-reports.ts';
import { health } from './http/health.ts';
import { createMetrics, type Metrics } from './http/metrics.ts';
import { problemErrors, problemNotFound } from './http/problem.ts';
import { requestId } from './http/request-id.ts';
import { SANDBOX_POLICY, securityHeaders } from './http/security-headers.ts';
import { sessionCookie } from './http/session-cookie.ts';
import { signInRoutes } from './http/sign-in.ts';
import { errorBody } from './scim/errors.ts';
import { scimFace } from './scim/express.ts';
import { SCIM_MEDIA_TYPE } from './scim/message.ts';

/** What the application is made of. */
export interface AppOptions {
  readonly world: World & { readonly store: Store };
  readonly config: Omit<Config, 'port' | 'host' | 'databaseUrl' | 'secret'>;
  readonly logger: Logger;
  readonly version: string;
  /** Whether the process has been told to end. */
  readonly isDraining: () => boolean;
}

/** The composed application: both faces, health, and what stands before them all. */
export interface App {
  readonly express: Express;
  /** Lets what is under way in the faces end. */
  stop(): Promise<void>;
}

/** Puts the faces together over one world: the only place that knows them all. */
export async function createApp({ world, config, logger, version, isDraining }: AppOptions): Promise<App> {
  const metrics = config.metricsToken === undefined ? undefined : createMetrics(config.metricsToken);
  const graphql = await graphqlHandler({
    world,
    config: { ...config, version },
    logger,
    sandboxContentSecurityPolicy: SANDBOX_POLICY,
    corsOrigins: config.corsOrigins,
    sessionCookie,
    fieldEnded: metrics?.fieldEnded,
  });
  const app = bareExpress(config.trustProxy, metrics);
  app.use(requestId, accessLog(logger), securityHeaders(config));
  app.use(health({ ready: () => world.store.isReady(), draining: isDraining }));
  if (metrics !== undefined) app.get('/metrics', metrics.scrape);
  app.use(
    '/scim',
    scimFace({ world, publicUrl: config.publicUrl, limits: limitsOf(config), onUnexpected: reporter(logger) }),
  );
  app.use('/graphql', cors(config.corsOrigins));
  app.use(graphql.router);
  app.use(signInRoutes({ world, publicUrl: config.publicUrl, logger }));
  app.use(cspReports(logger));
  app.use(pages(logger));
  app.use(problemNotFound, problemErrors);
  return { express: app, stop: () => graphql.drain() };
}

/** An Express of ours, which measures from the very first. */
function bareExpress(trustProxy: number, metrics: Metrics | undefined): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('query parser', false);
  app.set('trust proxy', trustProxy);
  if (metrics !== undefined) app.use(metrics.observe);
  return app;
}

/** What the HTTP server says when it refuses a request before the application sees it. */
export function refusalBody(url: string, status: number): { type: string; body: string } | undefined {
  if (!url.startsWith('/scim/')) return undefined;
  const detail =
    status === 414 ? 'The URL is too long. Send a shorter filter.' : 'There are too many headers. Send fewer.';
  return { type: SCIM_MEDIA_TYPE, body: JSON.stringify(errorBody(status, detail)) };
}

/** The admin UI; without it the API serves all the same. */
function pages(logger: Logger): RequestHandler {
  const built = adminUi(ADMIN_UI_FOLDER);
  if (built === undefined) logger.warn(ADMIN_UI_MISSING);
  return built ?? adminUiMissing;
}

function limitsOf(config: AppOptions['config']) {
  return {
    ratePerSecond: config.scimRatePerSecond,
    burst: config.scimRateBurst,
    maxConcurrent: config.scimMaxConcurrent,
  };
}

function reporter(logger: Logger) {
  return (error: unknown, requestId: string) => logger.error({ err: error, requestId }, 'a SCIM call failed');
}
