import { raw, Router, type ErrorRequestHandler, type Request, type Response } from 'express';
import { z } from 'zod';
import { TokenBuckets } from '../domain/token-buckets.ts';
import { maskedUrl } from '../logging.ts';
import { CSP_REPORTS_PATH } from './security-headers.ts';

/** How many violations come into the log at once after a quiet time, and how many a minute from then on. */
const LOGGED = { burst: 30, perMinute: 30 };

const readReport = raw({
  type: ['application/csp-report', 'application/reports+json'],
  limit: 8 * 1024,
  inflate: false,
});

/**
 * Takes what browsers report of pages that their policy kept from something. Anyone can send such a report, so that it is
 * always answered alike, changes nothing, and comes into the log at most 60 times a minute.
 */
export function cspReports(logger: { warn(fields: object, message: string): void }): Router {
  const buckets = new TokenBuckets(LOGGED.perMinute / 60, LOGGED.burst, () => performance.now());
  const router = Router();
  const answer = (req: Request, res: Response): void => {
    for (const violation of violationsIn(req.body)) {
      if (buckets.take('') > 0) break;
      logger.warn(loggedViolation(violation), 'the policy of a page kept it from something');
    }
    res.status(204).end();
  };
  router.post(CSP_REPORTS_PATH, readReport, answer, answerUnread);
  return router;
}

/** Too large, broken off or coded: nobody waits to hear of it, and the rest of the body is not waited for. */
const answerUnread: ErrorRequestHandler = (_error, _req, res, _next) => {
  res.status(204).setHeader('Connection', 'close').end();
};

interface Violation {
  readonly directive: string;
  /** A URL, or a word such as `inline`. */
  readonly blocked: string;
  readonly document: string;
}

const text = z.string().catch('');

/** The body of `report-uri` (CSP level 2 §4.4). */
const REPORT = z
  .object({ 'csp-report': z.object({ 'violated-directive': text, 'blocked-uri': text, 'document-uri': text }) })
  .transform(({ 'csp-report': report }): Violation[] => [
    { directive: report['violated-directive'], blocked: report['blocked-uri'], document: report['document-uri'] },
  ]);

/** The body of `report-to` (Reporting API §3.2, CSP level 3 §5.4): reports of any type, of any page. */
const REPORTS = z
  .array(
    z
      .object({
        type: z.literal('csp-violation'),
        body: z
          .object({ effectiveDirective: text, blockedURL: text, documentURL: text })
          .transform((body): Violation => {
            return { directive: body.effectiveDirective, blocked: body.blockedURL, document: body.documentURL };
          }),
      })
      .transform(({ body }) => body)
      .nullable()
      .catch(null),
  )
  .transform((reports) => reports.filter((report) => report !== null));

const BODY = z.union([REPORT, REPORTS]);

function violationsIn(body: unknown): readonly Violation[] {
  if (!Buffer.isBuffer(body)) return [];
  try {
    return BODY.safeParse(JSON.parse(body.toString())).data ?? [];
  } catch {
    return [];
  }
}

/** No more than tells where to look: a URL may hold a secret, and every word of a report may be a lie. */
function loggedViolation({ directive, blocked, document }: Violation): object {
  return {
    directive: /^[a-z][a-z-]{1,31}(?= |$)/u.exec(directive)?.[0] ?? 'unknown',
    blocked: hostOf(blocked),
    document: pathOf(document),
  };
}

function hostOf(blocked: string): string {
  if (/^[a-z][a-z-]{1,31}$/u.test(blocked)) return blocked;
  const url = URL.parse(blocked);
  return url === null ? 'unknown' : (url.host || url.protocol).slice(0, 256);
}

/** Masked as in the access log, and without a query or what follows `/invitation/`. */
function pathOf(document: string): string {
  const path = URL.parse(document)?.pathname ?? 'unknown';
  return maskedUrl(path.replace(/(?<=\/invitation\/).+$/u, '[masked]')).slice(0, 256);
}
