import { Router } from 'express';

/** How the process knows whether it can do its work. */
export interface HealthProbe {
  /** Whether the store answers. A rejection, or silence for two seconds, means no. */
  readonly ready: () => Promise<boolean>;
  /** Whether the process has been told to end: nothing new should be sent to it. */
  readonly draining: () => boolean;
}

const PATIENCE_MS = 2_000;

/** `GET /livez` and `GET /readyz`: open to anyone, and telling no more than the one word. */
export function health(probe: HealthProbe): Router {
  const router = Router();
  router.get('/livez', (_req, res) => {
    res.json({ status: 'live' });
  });
  router.get('/readyz', async (_req, res) => {
    const ready = !probe.draining() && (await answersInTime(probe.ready));
    res.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'unavailable' });
  });
  return router;
}

async function answersInTime(ready: () => Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS, false);
  });
  try {
    return await Promise.race([ready(), silence]);
  } catch {
    // The store reports its own trouble; here it only means "not now".
    return false;
  } finally {
    clearTimeout(timer);
  }
}
