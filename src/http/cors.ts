import type { Request, RequestHandler, Response } from 'express';

const METHODS = 'GET, POST';
const HEADERS = 'Authorization, Content-Type, Apollo-Require-Preflight, X-Apollo-Operation-Name, X-Request-Id';
const EXPOSED = 'X-Request-Id, Retry-After';

/**
 * Lets the pages of exactly these origins call what it is mounted on (`/graphql`). Any other origin, `null` included,
 * gets an answer without the headers, which its browser then withholds from the page.
 */
export function cors(origins: readonly string[]): RequestHandler {
  const allowed = new Set(origins);
  return (req, res, next) => {
    res.vary('Origin');
    const origin = req.headers.origin;
    const welcome = origin !== undefined && origin !== 'null' && allowed.has(origin);
    if (welcome) {
      res.setHeader('Access-Control-Allow-Origin', origin);
      res.setHeader('Access-Control-Allow-Credentials', 'true');
    }
    if (isPreflight(req)) return answerPreflight(res, welcome);
    if (welcome) res.setHeader('Access-Control-Expose-Headers', EXPOSED);
    next();
  };
}

function isPreflight(req: Request): boolean {
  return req.method === 'OPTIONS' && req.headers['access-control-request-method'] !== undefined;
}

function answerPreflight(res: Response, welcome: boolean): void {
  if (welcome) {
    res.setHeader('Access-Control-Allow-Methods', METHODS);
    res.setHeader('Access-Control-Allow-Headers', HEADERS);
    res.setHeader('Access-Control-Max-Age', '600');
  }
  res.status(204).end();
}
