import type { ServerResponse } from 'node:http';
import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';

declare global {
  namespace Express {
    interface Locals {
      /** The slug of the workspace that a face found the request to be for. */
      workspace?: string;
      /** The public id of the key that the request came with. */
      keyId?: string;
    }
  }
}

const HEALTH = new Set(['/livez', '/readyz']);
const SLUG = /^\/scim\/([a-z0-9-]{1,40})(?:[/?]|$)/;
const KEY_ID = /\b(?:scim|pat)_([0-9A-Za-z]{10})_/;

/**
 * One line for each answer: who asked for what, what it got and how long it took. `logger` is one of `createLogger`,
 * whose serializers mask what a URL may hold. Mount it after `requestId`.
 */
export function accessLog(logger: Logger): RequestHandler {
  return pinoHttp<Request, Response>({
    logger,
    wrapSerializers: false,
    quietReqLogger: true,
    quietResLogger: true,
    customAttributeKeys: { reqId: 'requestId', responseTime: 'durationMs' },
    customLogLevel: (req, res) => {
      if (HEALTH.has(pathOf(req))) return 'debug';
      return res.statusCode >= 500 ? 'error' : 'info';
    },
    customSuccessObject: (req, res, { durationMs }: Timing) => entry(req, res, durationMs),
    customErrorObject: (req, res, _error, { durationMs }: Timing) => ({
      ...entry(req, res, durationMs),
      // pino-http makes an error up where a face has dealt with its own.
      ...(res.err === undefined ? {} : { err: res.err }),
    }),
    customErrorMessage: () => 'request failed',
  });
}

interface Timing {
  readonly durationMs: number;
}

function entry(req: Request, res: Response, durationMs: number): object {
  return {
    req,
    ...(wasAnswered(res) ? { status: res.statusCode } : {}),
    durationMs,
    workspace: res.locals.workspace ?? SLUG.exec(req.originalUrl)?.[1],
    keyId: res.locals.keyId ?? KEY_ID.exec(req.headers.authorization ?? '')?.[1],
  };
}

function wasAnswered(res: ServerResponse): boolean {
  return res.headersSent;
}

function pathOf(req: Request): string {
  return req.originalUrl.split('?', 1)[0] ?? '';
}
