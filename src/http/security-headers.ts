import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { RequestHandler, Response } from 'express';
import helmet from 'helmet';

const ONE_YEAR = 31_536_000;

/** The headers of every answer: nothing is cached, sniffed, framed or run. HSTS only where the outside uses https. */
export function securityHeaders(options: { readonly publicUrl: string }): RequestHandler {
  const protect = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
    strictTransportSecurity: options.publicUrl.startsWith('https://')
      ? { maxAge: ONE_YEAR, includeSubDomains: true }
      : false,
  });
  const headers = headersOf(protect);
  return (_req, res, next) => {
    res.removeHeader('X-Powered-By');
    for (const [name, value] of headers) res.setHeader(name, value);
    next();
  };
}

/** What helmet sets is the same for every answer: it is asked once, not with each of fifteen calls a request. */
function headersOf(protect: ReturnType<typeof helmet>): [string, string][] {
  const req = new IncomingMessage(new Socket());
  const res = new ServerResponse(req);
  res.setHeader('Cache-Control', 'no-store');
  protect(req, res, (error) => {
    if (error !== undefined) throw error;
  });
  return res.getHeaderNames().map((name) => [name, String(res.getHeader(name))]);
}

/** Where browsers report what the policy of a page kept it from. */
export const CSP_REPORTS_PATH = '/csp-reports';

/**
 * Gives a page of ours its policy, and tells its browser where to report what that kept it from: by `report-uri`, and by
 * `report-to` where the outside uses https. Over plain http Chromium knows no endpoints, and a policy with `report-to`
 * would keep it from using the other. Mount `securityHeaders` before.
 */
export function setPagePolicy(res: Response, directives: readonly string[]): void {
  const isHttps = res.hasHeader('Strict-Transport-Security');
  const reports = [`report-uri ${CSP_REPORTS_PATH}`, ...(isHttps ? ['report-to csp'] : [])];
  res.setHeader('Content-Security-Policy', [...directives, ...reports].join('; '));
  if (isHttps) res.setHeader('Reporting-Endpoints', `csp="${CSP_REPORTS_PATH}"`);
}

const LANDING_PAGE = 'https://apollo-server-landing-page.cdn.apollographql.com';
const SANDBOX = 'https://embeddable-sandbox.cdn.apollographql.com';

/**
 * What Apollo Sandbox's page may load. Apollo makes the nonces of its inline scripts itself and asks for them in a
 * policy inside the page; both policies hold, so that `'unsafe-inline'` here lets in those scripts alone.
 */
export const SANDBOX_POLICY = [
  "default-src 'none'",
  `script-src 'unsafe-inline' ${LANDING_PAGE} ${SANDBOX}`,
  `style-src 'unsafe-inline' ${LANDING_PAGE} ${SANDBOX} https://fonts.googleapis.com`,
  'font-src https://fonts.gstatic.com',
  `img-src ${LANDING_PAGE}`,
  `manifest-src ${LANDING_PAGE}`,
  "connect-src 'self'",
  'frame-src https://sandbox.embed.apollographql.com',
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Lets a browser's page view of `GET /graphql` be Apollo Sandbox. Mount it there, after `securityHeaders`. */
export const sandboxHeaders: RequestHandler = (req, res, next) => {
  if (req.method === 'GET' && (req.headers.accept ?? '').includes('text/html')) {
    res.setHeader('Content-Security-Policy', SANDBOX_POLICY);
  }
  next();
};
