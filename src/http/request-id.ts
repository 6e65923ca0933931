import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';

declare global {
  namespace Express {
    interface Request {
      /** Names the request in its answer and in the logs. */
      id: string;
    }
  }
}

const ACCEPTED = /^[\w.-]{8,64}$/;

/** Names every request: as the caller did in `X-Request-Id` when that is a plain word, else anew. The answer says it. */
export const requestId: RequestHandler = (req, res, next) => {
  const given = req.headers['x-request-id'];
  const id = typeof given === 'string' && ACCEPTED.test(given) ? given : randomUUID();
  req.id = id;
  res.setHeader('X-Request-Id', id);
  next();
};
