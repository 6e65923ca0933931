import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';
import { routeLabel } from './route-label.ts';

/** How a root field of a GraphQL operation ended. */
export interface FieldEnding {
  /** Of the schema, so that there are only so many. */
  readonly field: string;
  readonly outcome: 'succeeded' | 'refused' | 'failed';
  readonly seconds: number;
}

/** What is counted of this process, and where it is read. */
export interface Metrics {
  /** Observes each answer. Mount it first, or what stands before is not in the durations. */
  readonly observe: RequestHandler;
  /** Answers `GET /metrics` to whoever knows the token. */
  readonly scrape: RequestHandler;
  readonly fieldEnded: (ending: FieldEnding) => void;
}

/**
 * Rate, errors and duration of every route and of every root field of GraphQL, and what Node tells of the process.
 *
 * The number of series is bounded by the routes and the schema, whatever clients send. That is why the status is on the
 * counter alone: on the histogram each class would cost ten series a route.
 */
export function createMetrics(token: string): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return { ...httpMetrics(registry), ...fieldMetrics(registry), scrape: scrape(registry, token) };
}

function httpMetrics(registry: Registry): Pick<Metrics, 'observe'> {
  const requests = new Counter({
    name: 'rollcall_http_requests_total',
    help: 'Requests that ended, by the class of their status; aborted where the client went before the whole answer.',
    labelNames: ['method', 'route', 'status'],
    registers: [registry],
  });
  const durations = new Histogram({
    name: 'rollcall_http_request_duration_seconds',
    help: 'From the headers of a request to the end of its answer.',
    labelNames: ['method', 'route'],
    buckets: [0.005, 0.025, 0.1, 0.25, 1, 2.5, 10],
    registers: [registry],
  });
  const ended = (req: Request, res: Response, started: number) => {
    const label = routeLabel({ method: req.method, url: req.originalUrl, accept: req.headers.accept ?? '' });
    requests.inc({ ...label, status: statusOf(res) });
    durations.observe({ ...label }, (performance.now() - started) / 1_000);
  };
  const observe: RequestHandler = (req, res, next) => {
    const started = performance.now();
    res.once('close', () => ended(req, res, started));
    next();
  };
  return { observe };
}

function statusOf(res: Response): string {
  return res.writableFinished ? `${Math.trunc(res.statusCode / 100)}xx` : 'aborted';
}

function fieldMetrics(registry: Registry): Pick<Metrics, 'fieldEnded'> {
  const fields = new Counter({
    name: 'rollcall_graphql_fields_total',
    help: 'Root fields of GraphQL operations that were answered; none for what was refused before it was run.',
    labelNames: ['field', 'outcome'],
    registers: [registry],
  });
  const durations = new Histogram({
    name: 'rollcall_graphql_operation_duration_seconds',
    help: 'GraphQL operations, under each root field that they ask for.',
    labelNames: ['field'],
    buckets: [0.1, 1],
    registers: [registry],
  });
  const fieldEnded = ({ field, outcome, seconds }: FieldEnding) => {
    fields.inc({ field, outcome });
    durations.observe({ field }, seconds);
  };
  return { fieldEnded };
}

const PRESENTED = /^bearer +(?<token>\S+)$/iu;

function scrape(registry: Registry, token: string): RequestHandler {
  const expected = digestOf(token);
  return async (req, res, next) => {
    const presented = PRESENTED.exec(req.headers.authorization ?? '')?.groups?.['token'] ?? '';
    if (!timingSafeEqual(digestOf(presented), expected)) {
      res.setHeader('WWW-Authenticate', 'Bearer realm="metrics"');
      return next(Object.assign(new Error('The scrape has not the token.'), { status: 401 }));
    }
    res.setHeader('Content-Type', registry.contentType);
    res.end(await registry.metrics());
  };
}

/** All digests are of one length, as a comparison in constant time needs them to be. */
function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
