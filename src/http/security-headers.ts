import type { RequestHandler } from 'express';
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
  return (req, res, next) => {
    res.setHeader('Cache-Control', 'no-store');
    protect(req, res, next);
  };
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
