import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { Router, type Request, type RequestHandler, type Response } from 'express';
import { setPagePolicy } from './security-headers.ts';

/** Where `npm run build` puts the pages, seen from this file in `src` and in `dist` alike. */
export const ADMIN_UI_FOLDER = join(import.meta.dirname, '..', '..', 'dist', 'web');

/** What to tell where the pages are not built. */
export const ADMIN_UI_MISSING = 'The admin UI is not built. Build it with: npm run build';

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};
const ENCODINGS = [
  { name: 'br', suffix: '.br' },
  { name: 'gzip', suffix: '.gz' },
] as const;
const NONCE_PLACE = /ROLLCALL_CSP_NONCE/gu;
/** Below these the server has answers of its own, or none. */
const NOT_PAGES = /^\/(?:graphql|scim|livez|readyz|assets|metrics|csp-reports)(?:\/|$)/iu;

/** An asset as it is sent, by content coding; `identity` is always there. */
type Asset = Readonly<Record<string, Buffer>> & { readonly identity: Buffer };

/**
 * Serves the single-page application in `folder`: its assets for a year, since their names change with their content,
 * and its one page at every other address that a person opens. Mount it last. Undefined where nothing is built.
 */
export function adminUi(folder: string): RequestHandler | undefined {
  const index = join(folder, 'index.html');
  if (!existsSync(index)) return undefined;
  const page = readFileSync(index, 'utf8');
  const assets = readAssets(join(folder, 'assets'));
  const router = Router();
  router.get('/assets/:name', (req, res, next) => {
    const asset = assets.get(req.params.name);
    if (asset === undefined) next();
    else sendAsset(req, res, asset);
  });
  router.get('/{*path}', (req, res, next) => {
    if (isPageView(req)) sendPage(res, page);
    else next();
  });
  return router;
}

/** Takes the place of `adminUi` where nothing is built, so that a person at `/` learns what to do. */
export const adminUiMissing: RequestHandler = (req, res, next) => {
  if (isPageView(req)) res.status(503).type('text/plain').send(`${ADMIN_UI_MISSING}\n`);
  else next();
};

function isPageView(req: Request): boolean {
  const isRead = req.method === 'GET' || req.method === 'HEAD';
  return isRead && !NOT_PAGES.test(req.path) && (req.headers.accept ?? '').includes('text/html');
}

/** All of them are held in memory: they are few, and a name that is not in the map cannot reach the disk. */
function readAssets(folder: string): Map<string, Asset> {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const plain = names.filter((name) => !ENCODINGS.some(({ suffix }) => name.endsWith(suffix)));
  return new Map(plain.map((name) => [name, readAsset(join(folder, name))]));
}

function readAsset(file: string): Asset {
  const coded = ENCODINGS.filter(({ suffix }) => existsSync(file + suffix)).map(
    ({ name, suffix }) => [name, readFileSync(file + suffix)] as const,
  );
  return { ...Object.fromEntries(coded), identity: readFileSync(file) };
}

function sendAsset(req: Request<{ name: string }>, res: Response, asset: Asset): void {
  const coding = ENCODINGS.find(({ name }) => name in asset && req.acceptsEncodings(name) === name)?.name;
  if (coding !== undefined) res.setHeader('Content-Encoding', coding);
  res.setHeader('Content-Type', TYPES[extname(req.params.name)] ?? 'application/octet-stream');
  res.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
  res.vary('Accept-Encoding');
  res.send(asset[coding ?? 'identity']);
}

/** The page with a nonce of its own, by which the styles that the page makes are told from any that were slipped in. */
function sendPage(res: Response, page: string): void {
  const nonce = randomBytes(16).toString('base64url');
  setPagePolicy(res, policy(nonce));
  res.type('html').send(page.replace(NONCE_PLACE, nonce));
}

function policy(nonce: string): string[] {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "connect-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
  ];
}
