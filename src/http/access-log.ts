import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { CSP_REPORTS_PATH } from './security-headers.ts';

declare global {
  namespace Express {
    interface Locals {
      /** The slug of the workspace that a face found the request to be for. */
      workspace?: string;
      /** The public id of the key that the request came with. */
      keyId?: string;
      /** What went wrong, where a handler failed. */
      fault?: unknown;
    }
  }
}

/** Asked all the time, or by anyone who likes to fill the log. */
const QUIET = new Set(['/livez', '/readyz', CSP_REPORTS_PATH]);
const SLUG = /^\/scim\/([a-z0-9-]{1,40})(?:[/?]|$)/;
const KEY_ID = /\b(?:scim|pat)_([0-9A-Za-z]{10})_/;

/**
 * One line for each answer: who asked for what, what it got and how long it took. `logger` is one of `createLogger`,
 * whose serializers mask what a URL may hold. Mount it after `requestId`. A request whose line the level leaves out costs
 * nothing but a listener.
 */
export function accessLog(logger: Logger): RequestHandler {
  return (req, res, next) => {
    const started = performance.now();
    res.once('error', (error) => (res.locals.fault = error));
    // Comes in any case, and after the whole answer has left or the client has gone.
    res.once('close', () => write(logger, { req, res, durationMs: Math.round(performance.now() - started) }));
    next();
  };
}

interface Answered {
  readonly req: Request;
  readonly res: Response;
  readonly durationMs: number;
}

function write(logger: Logger, answered: Answered): void {
  const level = levelOf(answered);
  if (!logger.isLevelEnabled(level)) return;
  logger[level](entry(answered), messageOf(answered));
}

function levelOf({ req, res }: Answered): 'debug' | 'info' | 'error' {
  if (QUIET.has(pathOf(req))) return 'debug';
  return hasFailed(res) ? 'error' : 'info';
}

function messageOf({ res }: Answered): string {
  if (hasFailed(res)) return 'request failed';
  return res.writableFinished ? 'request completed' : 'request aborted';
}

function hasFailed(res: Response): boolean {
  return res.statusCode >= 500 || res.locals.fault !== undefined;
}

function entry({ req, res, durationMs }: Answered): object {
  return {
    requestId: req.id,
    req,
    ...(res.headersSent ? { status: res.statusCode } : {}),
    durationMs,
    workspace: res.locals.workspace ?? SLUG.exec(req.originalUrl)?.[1],
    keyId: res.locals.keyId ?? KEY_ID.exec(req.headers.authorization ?? '')?.[1],
    ...(res.locals.fault === undefined ? {} : { err: res.locals.fault }),
  };
}

function pathOf(req: Request): string {
  return req.originalUrl.split('?', 1)[0] ?? '';
}
