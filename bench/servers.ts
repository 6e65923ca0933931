import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { z } from 'zod';
import { PEER_NAMES, PEERS, type PeerName } from './peers.ts';

/** The servers that can be measured. */
export const SERVER_NAMES = [
  'rollcall',
  'reference-full',
  'reference-normal',
  'reference-full-alone',
  ...PEER_NAMES,
] as const;

/** One kind of server. */
export type ServerName = (typeof SERVER_NAMES)[number];

/** How a server is called in tables. */
export const TITLES: Record<ServerName, string> = {
  rollcall: 'Rollcall',
  'reference-full': 'Reference, FULL + group commit',
  'reference-normal': 'Reference, NORMAL',
  'reference-full-alone': 'Reference, FULL, a commit per write',
  scimmy: 'scimmy-routers',
  jackson: 'saml-jackson',
  'jackson-normal': 'saml-jackson, NORMAL',
};

/** A server that runs, with a fresh database and a key. */
export interface RunningServer {
  readonly name: ServerName;
  readonly pid: number;
  readonly url: string;
  readonly token: string;
  readonly database: string;
  /** From its start to the first 200 of `/readyz`; absent for the others. */
  readonly readyMilliseconds?: number;
  /** Asks it to end, and ends it after ten seconds. */
  stop(): Promise<void>;
}

const ROOT = join(import.meta.dirname, '..');
const PATIENCE_MS = 30_000;

/** Starts a server as a process of its own on a free port of this machine, its database in a new folder below `folder`. */
export async function startServer(name: ServerName, folder: string): Promise<RunningServer> {
  mkdirSync(folder, { recursive: true });
  if (name === 'rollcall') return startRollcall(folder);
  if (!isReference(name)) return startGreeting(name, { folder, script: PEERS[name].script, env: PEERS[name].settings });
  return startGreeting(name, { folder, script: 'bench/reference-server.ts', env: REFERENCE_SETTINGS[name] });
}

const REFERENCE_SETTINGS = {
  'reference-full': { SYNCHRONOUS: 'FULL', GROUP_COMMIT: 'on' },
  'reference-normal': { SYNCHRONOUS: 'NORMAL', GROUP_COMMIT: 'on' },
  'reference-full-alone': { SYNCHRONOUS: 'FULL', GROUP_COMMIT: 'off' },
};
type ReferenceName = keyof typeof REFERENCE_SETTINGS;
const isReference = (name: ReferenceName | PeerName): name is ReferenceName => name in REFERENCE_SETTINGS;

const Greeting = z.object({ url: z.string(), token: z.string() });

/** Starts a server that says in its first line where it listens and with which key. */
async function startGreeting(
  name: ServerName,
  { script, folder, env }: { script: string; folder: string; env: Record<string, string> },
): Promise<RunningServer> {
  const database = join(folder, `${name}.db`);
  const child = start([script], { ...env, PORT: String(await freePort()), DATABASE: database });
  const [line]: unknown[] = await Promise.race([once(child.stdout!, 'data'), ended(child)]);
  const greeting = Greeting.parse(JSON.parse(String(line)));
  return { name, pid: child.pid!, database, ...greeting, stop: () => stop(child) };
}

/** Starts Rollcall on a database of its own, made by its CLI. */
async function startRollcall(folder: string): Promise<RunningServer> {
  const database = join(folder, 'rollcall.db');
  const port = await freePort();
  const env = rollcallSettings(database, port);
  const slug = 'bench';
  await cli(['workspace', 'create', '--slug', slug, '--name', 'Bench', '--plan', 'enterprise', '--json'], env);
  const made = await cli(['credential', 'generate', '--workspace', slug, '--name', 'bench', '--json'], env);
  const { secret } = z.object({ secret: z.string() }).parse(JSON.parse(made));
  const { child, milliseconds } = await startRollcallProcess(env);
  return {
    name: 'rollcall',
    pid: child.pid!,
    url: `http://127.0.0.1:${port}/scim/${slug}/v2`,
    token: secret,
    database,
    readyMilliseconds: milliseconds,
    stop: () => stop(child),
  };
}

/** How Rollcall is set for measuring: no limits, few logs. */
export function rollcallSettings(database: string, port: number) {
  return {
    PORT: String(port),
    HOST: '127.0.0.1',
    DATABASE_URL: `sqlite:${database}`,
    SCIM_RATE_PER_SECOND: '0',
    SCIM_RATE_BURST: '0',
    SCIM_MAX_CONCURRENT: '0',
    LOG_LEVEL: 'warn',
  };
}

/** Starts the server and waits for its first 200 of `/readyz`. */
export async function startRollcallProcess(env: ReturnType<typeof rollcallSettings>) {
  const started = performance.now();
  const child = start(['dist/main.js', '--dev'], env);
  try {
    await Promise.race([ready(Number(env.PORT), started), ended(child)]);
  } catch (error) {
    await stop(child);
    throw error;
  }
  return { child, milliseconds: performance.now() - started };
}

async function ready(port: number, started: number): Promise<void> {
  while (performance.now() - started < PATIENCE_MS) {
    try {
      const { status } = await fetch(`http://127.0.0.1:${port}/readyz`);
      if (status === 200) return;
    } catch {
      // Nothing listens yet.
    }
    await sleep(5);
  }
  throw new Error('Rollcall did not get ready within 30 seconds.');
}

const alive = new Set<ChildProcess>();

/** Ends every process started here that still runs, at once: for the end of this process, however it comes. */
export function endAll(): void {
  for (const child of alive) child.kill('SIGKILL');
}

function start(args: readonly string[], env: Record<string, string>): ChildProcess {
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  alive.add(child);
  child.once('exit', () => alive.delete(child));
  child.stdout?.on('data', () => undefined);
  return child;
}

/** Runs a command of the CLI; the last line that it wrote. */
export async function cli(args: readonly string[], env: Record<string, string>): Promise<string> {
  const options = { cwd: ROOT, env: { PATH: process.env['PATH'], ...env } };
  const { stdout } = await promisify(execFile)(process.execPath, ['dist/cli.js', ...args], options);
  return stdout.trim().split('\n').at(-1) ?? '';
}

async function ended(child: ChildProcess): Promise<never> {
  const [code] = await once(child, 'exit');
  throw new Error(`The server ended by itself (${String(code)}).`);
}

/** Asks a process to end, and ends it after ten seconds. */
export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  const patience = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await exit;
  clearTimeout(patience);
}

/** A port that nobody has at the moment. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === 'string') throw new Error('There is no free port.');
  return address.port;
}
