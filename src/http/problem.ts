import { STATUS_CODES } from 'node:http';
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';

/** Answers what no route has taken, outside /scim and /graphql (RFC 9457). */
export const problemNotFound: RequestHandler = (req, res) => {
  sendProblem(req, res, 404, 'There is nothing at this address.');
};

/** Answers what a route threw, outside /scim and /graphql (RFC 9457). The error goes to the access log alone. */
export const problemErrors: ErrorRequestHandler = (error: unknown, req, res, next) => {
  const status = refusalStatusOf(error) ?? 500;
  if (status >= 500) res.locals.fault = error;
  if (res.headersSent) return next(error);
  sendProblem(req, res, status, DETAILS[status] ?? 'The request cannot be taken as it was sent.');
};

const DETAILS: Readonly<Record<number, string>> = {
  400: 'The request is not well formed.',
  401: 'Send the token of this server as "Authorization: Bearer <token>".',
  413: 'The request is too large.',
  500: 'Something went wrong on our side. Name the request id when you ask for help.',
};

function sendProblem(req: Request, res: Response, status: number, detail: string): void {
  res
    .status(status)
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', title: STATUS_CODES[status], status, detail, requestId: req.id }));
}

/** The status of an error by which Express or a parser blames the request (4xx); anything else is our own fault. */
function refusalStatusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('status' in error)) return undefined;
  const { status } = error;
  return typeof status === 'number' && status >= 400 && status < 500 && status in STATUS_CODES ? status : undefined;
}
