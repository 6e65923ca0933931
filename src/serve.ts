import type { RequestListener, Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Logger } from 'pino';
import { createApp, refusalBody, type App } from './app.ts';
import { ConfigError, parseConfig, poolOf, type Config } from './config.ts';
import { openStore } from './db/store.ts';
import { seedDemo } from './demo.ts';
import type { World } from './domain/ports.ts';
import { greeting } from './greeting.ts';
import { createHttpServer, drain, listen } from './http/server.ts';
import { systemClock, uuidV7Ids } from './ids.ts';
import { createLogger } from './logging.ts';
import { createPasswords } from './passwords.ts';
import { createSecrets } from './secrets.ts';
import { secretOf } from './secret-file.ts';
import { VERSION } from './version.ts';

/** How long requests under way may take to end after a signal. */
const GRACE_MS = 8_000;

/** The server as a process: settings, store, listen, drain on a signal. */
export async function serve(argv: readonly string[]): Promise<void> {
  try {
    const { values } = parseArgs({ args: [...argv], options: { dev: { type: 'boolean', default: false } } });
    await start(parseConfig(process.env, { dev: values.dev }));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(error instanceof ConfigError || error instanceof TypeError ? 2 : 1);
  }
}

async function start(config: Config): Promise<void> {
  const logger = createLogger(config);
  const secrets = createSecrets(secretOf(config));
  const store = await openStore(config.databaseUrl, { clock: systemClock, pool: poolOf(config) });
  store.lockForServing();
  await store.migrate();
  const passwords = createPasswords((sentence) => logger.error(sentence));
  const world: World = { store, clock: systemClock, ids: uuidV7Ids(), secrets, passwords };

  const life = { isDraining: false };
  let listener: RequestListener = (_req, res) => void res.writeHead(503, { 'Retry-After': '1' }).end();
  const server = createHttpServer((req, res) => listener(req, res), refusalBody);
  const url = await listen(server, config.port, config.host);
  const publicUrl = portIsUnknown(config) ? url : config.publicUrl;
  const app = await createApp({
    world,
    config: { ...config, publicUrl },
    logger,
    version: VERSION,
    isDraining: () => life.isDraining,
  });
  // Only when all else is in place: a start that fails later would take the token it made with it.
  const demo = config.dev ? await seedDemo(world) : undefined;
  listener = app.express as RequestListener;
  endOnSignal({ server, app, world, logger, life, delayMs: config.drainDelayMs });
  if (config.dev) process.stdout.write(greeting(publicUrl, config.sandbox, demo));
  logger.info({ url, version: VERSION }, 'listening');
}

/** Whether the public URL is the default one of a port that the system picks. */
function portIsUnknown({ dev, port, publicUrl }: Config): boolean {
  return dev && port === 0 && publicUrl === 'http://localhost:0';
}

interface Running {
  readonly server: Server;
  readonly app: App;
  readonly world: World;
  readonly logger: Logger;
  readonly life: { isDraining: boolean };
  readonly delayMs: number;
}

function endOnSignal(running: Running): void {
  const { logger } = running;
  process.once('SIGTERM', () => void end(running, 0));
  process.once('SIGINT', () => void end(running, 0));
  for (const fault of ['uncaughtException', 'unhandledRejection'] as const) {
    process.once(fault, (error: unknown) => {
      logger.fatal({ err: error }, `${fault}: ending, for what is in memory can no longer be trusted`);
      void end(running, 1);
    });
  }
}

/** Says so at `/readyz`, lets requests under way end, writes what is waiting, and goes. */
async function end({ server, app, world, logger, life, delayMs }: Running, code: number): Promise<void> {
  if (life.isDraining) return;
  life.isDraining = true;
  logger.info('draining');
  // A load balancer that has not seen it yet still sends requests here; a closed door would reset them.
  if (code === 0) await pause(delayMs);
  const isWhole = await drain(server, GRACE_MS);
  await app.stop();
  await world.store.close();
  logger.info({ isWhole }, 'ended');
  process.exit(code);
}
