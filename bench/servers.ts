import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import { Client } from 'pg';
import { z } from 'zod';
import { startCluster, type Cluster } from '../test/support/postgresql-cluster.ts';
import { PEER_NAMES, PEERS, type PeerName } from './peers.ts';

/** The servers that can be measured. */
export const SERVER_NAMES = [
  'rollcall',
  'reference-full',
  'reference-normal',
  'reference-full-alone',
  'rollcall-postgresql',
  'reference-postgresql',
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
  'rollcall-postgresql': 'Rollcall, PostgreSQL',
  'reference-postgresql': 'Reference, PostgreSQL',
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
  /** How many events the database holds; absent where it is not asked to hold any. Ask when the server has ended. */
  readonly countEvents?: () => Promise<number>;
  /** From its start to the first 200 of `/readyz`; absent for the others. */
  readonly readyMilliseconds?: number;
  /** Asks it to end, and ends it after ten seconds. */
  stop(): Promise<void>;
  /** Ends its database server, too, where it has one. */
  release(): Promise<void>;
}

/** Whether the figures of a server are Rollcall's, and those of the others are held against them. */
export const isRollcall = (name: ServerName | undefined): boolean => name?.startsWith('rollcall') ?? false;

const ROOT = join(import.meta.dirname, '..');
const PATIENCE_MS = 30_000;

/** Starts a server as a process of its own on a free port of this machine, its database in a new folder below `folder`. */
export async function startServer(name: ServerName, folder: string): Promise<RunningServer> {
  mkdirSync(folder, { recursive: true });
  if (name === 'rollcall' || name === 'rollcall-postgresql') return startRollcall(name, folder);
  if (name === 'reference-postgresql') return startReferenceOnPostgresql();
  if (isPeer(name))
    return startGreeting(name, PEERS[name].script, { ...PEERS[name].settings, ...databaseIn(folder, name) });
  const env = { ...REFERENCE_SETTINGS[name], ...databaseIn(folder, name) };
  const server = await startGreeting(name, 'bench/reference/sqlite.ts', env);
  return { ...server, countEvents: async () => countInFile(env.DATABASE, 'events') };
}

const REFERENCE_SETTINGS = {
  'reference-full': { SYNCHRONOUS: 'FULL', GROUP_COMMIT: 'on' },
  'reference-normal': { SYNCHRONOUS: 'NORMAL', GROUP_COMMIT: 'on' },
  'reference-full-alone': { SYNCHRONOUS: 'FULL', GROUP_COMMIT: 'off' },
};
const isPeer = (name: ServerName): name is PeerName => name in PEERS;
const databaseIn = (folder: string, name: ServerName) => ({ DATABASE: join(folder, `${name}.db`) });
const nothing = () => Promise.resolve();

const Greeting = z.object({ url: z.string(), token: z.string() });

/** Starts a server that says in its first line where it listens and with which key. */
async function startGreeting(name: ServerName, script: string, env: Record<string, string>): Promise<RunningServer> {
  const child = start([script], { ...env, PORT: String(await freePort()) });
  const [line]: unknown[] = await Promise.race([once(child.stdout!, 'data'), ended(child)]);
  const greeting = Greeting.parse(JSON.parse(String(line)));
  return { name, pid: child.pid!, ...greeting, stop: () => stop(child), release: nothing };
}

async function startReferenceOnPostgresql(): Promise<RunningServer> {
  const cluster = await startCluster({ durable: true });
  const env = { DATABASE_URL: cluster.url };
  const server = await startGreeting('reference-postgresql', 'bench/reference/postgresql.ts', env);
  return { ...server, countEvents: () => countInCluster(cluster, 'events'), release: () => cluster.stop() };
}

/** Starts Rollcall on a database of its own, made by its CLI. */
async function startRollcall(name: 'rollcall' | 'rollcall-postgresql', folder: string): Promise<RunningServer> {
  const file = join(folder, 'rollcall.db');
  const cluster = name === 'rollcall' ? undefined : await startCluster({ durable: true });
  const port = await freePort();
  const secret = { ROLLCALL_SECRET: randomBytes(32).toString('hex') };
  const env = { ...rollcallSettings(file, port), ...(cluster && { ...secret, DATABASE_URL: cluster.url }) };
  const slug = 'bench';
  await cli(['workspace', 'create', '--slug', slug, '--name', 'Bench', '--plan', 'enterprise', '--json'], env);
  const made = await cli(['credential', 'generate', '--workspace', slug, '--name', 'bench', '--json'], env);
  const { secret: token } = z.object({ secret: z.string() }).parse(JSON.parse(made));
  const { child, milliseconds } = await startRollcallProcess(env);
  const table = 'provisioning_events';
  return {
    name,
    pid: child.pid!,
    url: `http://127.0.0.1:${port}/scim/${slug}/v2`,
    token,
    readyMilliseconds: milliseconds,
    countEvents: async () => (cluster ? countInCluster(cluster, table) : countInFile(file, table)),
    stop: () => stop(child),
    release: async () => cluster?.stop(),
  };
}

function countInFile(file: string, table: string): number {
  const db = new Database(file, { readonly: true });
  const count = db.prepare<[], number>(`select count(*) from ${table}`).pluck().get();
  db.close();
  return count ?? 0;
}

async function countInCluster({ url }: Cluster, table: string): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ count: number }>(`select count(*)::int as count from ${table}`);
  await client.end();
  return rows[0]?.count ?? 0;
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
