import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { unwrapResolverError } from '@apollo/server/errors';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloServerPluginLandingPageLocalDefault } from '@apollo/server/plugin/landingPage/default';
import { expressMiddleware } from '@as-integrations/express5';
import { json, Router, type ErrorRequestHandler, type Request, type RequestHandler, type Response } from 'express';
import type { GraphQLFormattedError } from 'graphql';
import type { World } from '../domain/ports.ts';
import { friendlyOrigins, originFault } from './browser-origin.ts';
import { callerOf, presentedBy } from './caller.ts';
import type { FaceConfig, GraphContext, SessionCookie } from './context.ts';
import { internalError, topLevelErrorOf, type ErrorCode } from './errors.ts';
import { tellFieldEndings, type FieldEnding } from './field-endings.ts';
import { LIMITS } from './limits.ts';
import { limitOperations, sendReplyHeaders } from './plugins.ts';
import { bodyFaultOf, verifyBody } from './request-body.ts';
import { FIRST_HEADERS, FIRST_QUERY } from './sandbox.ts';
import { buildRollcallSchema } from './schema.ts';
import { SignInAttempts } from './sign-in-attempts.ts';

/** As much of pino's logger as is used here. */
export interface Log {
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** What the face is made of. */
export interface GraphqlOptions {
  readonly world: World;
  readonly config: FaceConfig;
  readonly logger: Log;
  /** The policy for the page of Apollo Sandbox, which loads from Apollo's servers. */
  readonly sandboxContentSecurityPolicy: string;
  /** The origins, beside the server's own, whose pages may act for a signed-in user. */
  readonly corsOrigins: readonly string[];
  readonly sessionCookie: SessionCookie & { read(header: string | undefined): string | undefined };
  /** How long an answer may take, in milliseconds; 10 s unless told. */
  readonly timeLimit?: number;
  /** Hears how each root field of an operation ended. */
  readonly fieldEnded?: ((ending: FieldEnding) => void) | undefined;
}

/** The GraphQL face, ready to serve `/graphql`. `drain` lets what is under way finish and takes nothing more. */
export async function graphqlHandler(options: GraphqlOptions): Promise<{ router: Router; drain(): Promise<void> }> {
  const server = createServer(options);
  await server.start();
  const contexts = new WeakMap<Request, GraphContext>();
  const signInAttempts = new SignInAttempts(() => Date.parse(options.world.clock.now()));
  const router = Router();
  router.all(
    '/graphql',
    headers(options),
    limitTime(options),
    refuseForeignPages(options),
    json({ limit: LIMITS.bodyBytes, inflate: false, verify: verifyBody }),
    async (req, res, next) => {
      contexts.set(req, { ...(await contextOf(options, req, res)), signInAttempts });
      next();
    },
    expressMiddleware(server, { context: async ({ req }) => contexts.get(req)! }),
  );
  router.use(answerFault(options));
  return { router, drain: () => server.stop() };
}

function createServer({ config, logger, fieldEnded }: GraphqlOptions): ApolloServer<GraphContext> {
  const schema = buildRollcallSchema();
  return new ApolloServer<GraphContext>({
    schema,
    introspection: true,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: !config.sandbox,
    stopOnTerminationSignals: false,
    nodeEnv: 'production',
    parseOptions: { maxTokens: LIMITS.tokens },
    maxRecursiveSelections: LIMITS.selections,
    formatError,
    logger: apolloLogger(logger),
    plugins: [
      limitOperations,
      reportFaults(config, logger),
      sendReplyHeaders,
      ...(fieldEnded === undefined ? [] : [tellFieldEndings(schema, fieldEnded)]),
      config.sandbox ? sandbox() : ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
}

/** Apollo's own remarks; its errors reach `reportFaults`. */
function apolloLogger(logger: Log) {
  const silent = () => undefined;
  const warn = (message: unknown) => logger.warn({ detail: String(message) }, 'apollo server');
  return { debug: silent, info: silent, warn, error: warn };
}

function sandbox(): ApolloServerPlugin<GraphContext> {
  return ApolloServerPluginLandingPageLocalDefault({
    document: FIRST_QUERY,
    headers: FIRST_HEADERS,
    includeCookies: true,
    embed: { runTelemetry: false, endpointIsEditable: false },
  });
}

/** Logs what is our own fault, and gives the answer the request's id. */
function reportFaults({ supportUrl }: FaceConfig, logger: Log): ApolloServerPlugin<GraphContext> {
  const help = supportUrl === undefined ? '' : ` For help, quote the request ID at ${supportUrl}.`;
  return {
    requestDidStart: async () => ({
      didEncounterErrors: async ({ errors, contextValue: { requestId } }) => {
        for (const error of errors) {
          const err = unwrapResolverError(error);
          if (isOurs(formatError(error.toJSON(), error)))
            logger.error({ err, requestId, path: error.path?.join('.') }, 'a GraphQL field failed');
        }
      },
      willSendResponse: async ({ response: { body }, contextValue: { requestId } }) => {
        if (body.kind !== 'single' || body.singleResult.errors === undefined) return;
        body.singleResult.errors = body.singleResult.errors.map((error) => {
          if (!isOurs(error)) return error;
          return { ...error, message: error.message + help, extensions: { ...error.extensions, requestId } };
        });
      },
    }),
  };
}

function isOurs(error: GraphQLFormattedError): boolean {
  return error.extensions?.['code'] === ('INTERNAL_SERVER_ERROR' satisfies ErrorCode);
}

function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const { message, extensions, locations, path } = formatted;
  return {
    ...topLevelErrorOf(unwrapResolverError(error), message, extensions?.['code']),
    ...(locations === undefined ? {} : { locations }),
    ...(path === undefined ? {} : { path }),
  };
}

function headers({ config, sandboxContentSecurityPolicy }: GraphqlOptions): RequestHandler {
  return (req, res, next) => {
    res.setHeader('Cache-Control', 'no-store');
    if (config.sandbox && isPageView(req)) res.setHeader('Content-Security-Policy', sandboxContentSecurityPolicy);
    next();
  };
}

function isPageView({ method, headers }: Request): boolean {
  return method === 'GET' && (headers.accept ?? '').includes('text/html');
}

/** Keeps the pages of other sites from acting for whoever is signed in here. A page view does nothing. */
function refuseForeignPages({ config, corsOrigins, sessionCookie }: GraphqlOptions): RequestHandler {
  const friendly = friendlyOrigins(config.publicUrl, corsOrigins);
  return (req, res, next) => {
    const { accessToken, session } = presentedBy(req.headers.authorization, sessionCookie.read(req.headers.cookie));
    if (accessToken !== undefined || (config.sandbox && isPageView(req))) return next();
    const fault = originFault(req.headers, session !== undefined, friendly);
    if (fault === undefined) next();
    else sendError(res, 403, { message: fault });
  };
}

function limitTime({ timeLimit = LIMITS.milliseconds, logger }: GraphqlOptions): RequestHandler {
  return (_req, res, next) => {
    const timer = setTimeout(() => {
      if (res.headersSent) return;
      logger.error({ requestId: requestIdOf(res) }, 'a GraphQL operation took too long');
      sendError(res, 503, { message: `The operation took longer than ${timeLimit / 1_000} s.` });
    }, timeLimit);
    res.once('close', () => clearTimeout(timer));
    next();
  };
}

async function contextOf(
  { world, config, sessionCookie }: GraphqlOptions,
  req: Request,
  res: Response,
): Promise<Omit<GraphContext, 'signInAttempts'>> {
  const presented = presentedBy(req.headers.authorization, sessionCookie.read(req.headers.cookie));
  return {
    world,
    config,
    sessionCookie,
    requestId: requestIdOf(res),
    address: req.ip ?? '',
    replyHeaders: new Map(),
    session: await callerOf(world, presented),
  };
}

/** The id that the answer bears; one of its own where nothing before has named the request. */
function requestIdOf(res: Response): string {
  const named = res.getHeader('X-Request-Id');
  if (typeof named === 'string') return named;
  const id = randomUUID();
  res.setHeader('X-Request-Id', id);
  return id;
}

/** Answers what was thrown outside Apollo; without it a broken body would get Express's HTML page. */
function answerFault({ logger }: GraphqlOptions): ErrorRequestHandler {
  return (error: unknown, _req, res, _next) => {
    if (res.headersSent) return;
    const fault = bodyFaultOf(error);
    if (fault === undefined) logger.error({ err: error, requestId: requestIdOf(res) }, 'a GraphQL request failed');
    sendError(res, fault?.status ?? 500, fault);
  };
}

function sendError(res: Response, status: number, fault: { readonly message: string } | undefined): void {
  const { message, extensions } = internalError();
  const ours = { ...extensions, requestId: requestIdOf(res) };
  const blamed: { code: ErrorCode } = { code: 'BAD_REQUEST' };
  const error = { message: fault?.message ?? message, extensions: status >= 500 ? ours : blamed };
  res.status(status).json({ errors: [error] });
}
