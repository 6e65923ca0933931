import express, { type Request, type RequestHandler, type Response } from 'express';
import { errorBody, invalidSyntax, ScimError, tooLarge } from './errors.ts';
import { scimHandler, type ScimOptions } from './handler.ts';
import { SCIM_MEDIA_TYPE, type ScimRequest, type ScimResponse } from './message.ts';
import { MAX_BODY_BYTES } from './request-body.ts';

const readRaw = express.raw({ type: () => true, limit: MAX_BODY_BYTES });

/**
 * The SCIM face for Express, to be mounted on `/scim`: `/<workspace slug>/v2/…`, with or without a slash at the end or a
 * doubled one. Whatever happens below, the answer is SCIM JSON.
 */
export function scimFace(options: ScimOptions): RequestHandler {
  const handle = scimHandler(options);
  return async (req, res) => {
    try {
      send(res, await handle(scimRequest(req, res)));
    } catch (error) {
      const requestId = requestIdOf(req);
      options.onUnexpected(error, requestId);
      send(res, crashed());
    }
  };
}

function scimRequest(req: Request, res: Response): ScimRequest {
  const [path, query] = splitAt(req.url, '?');
  const [slug = '', version = '', ...segments] = path
    .split('/')
    .filter((part) => part !== '')
    .map(decoded);
  return {
    method: req.method,
    slug,
    version,
    segments,
    query: new URLSearchParams(query),
    header: (name) => headerOf(req, name),
    readBody: () => readBody(req, res),
    ipAddress: req.ip ?? '',
    requestId: requestIdOf(req),
  };
}

function splitAt(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

/** What the middleware before us named the request. */
function requestIdOf(req: Request): string {
  return typeof req.id === 'string' ? req.id : '';
}

function headerOf(req: Request, name: string): string | undefined {
  const value = req.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function readBody(req: Request, res: Response): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    readRaw(req, res, (error?: unknown) => {
      if (error !== undefined && error !== null) reject(bodyError(error));
      else resolve(Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0));
    });
  });
}

function bodyError(error: unknown): unknown {
  const status = (error as { status?: unknown }).status;
  if (status === 413)
    return tooLarge(`The body is larger than ${MAX_BODY_BYTES / 1024 / 1024} MiB. Send less in one call.`);
  if (status === 415)
    return new ScimError(415, 'The Content-Encoding is not read. Send the body plain, gzip or deflate.');
  if (status === 400) return invalidSyntax('The body broke off or could not be unpacked. Send it again.');
  return error;
}

function send(res: Response, { status, headers, body }: ScimResponse): void {
  if (res.headersSent || res.destroyed) return;
  res.status(status);
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
  if (body === undefined) res.removeHeader('Content-Type');
  res.end(body === undefined ? undefined : JSON.stringify(body));
}

function crashed(): ScimResponse {
  const body = errorBody(500, 'The server failed. Try again, and quote the X-Request-Id to support.');
  return { status: 500, headers: { 'Content-Type': SCIM_MEDIA_TYPE }, body };
}
