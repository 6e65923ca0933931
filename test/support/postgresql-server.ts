import type { TestProject } from 'vitest/node';
import { openStore } from '../../src/db/store.ts';
import { newDatabase } from './database.ts';
import { startCluster } from './postgresql-cluster.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The URL of the server's own database, and the name of one with our tables to copy. */
    postgresql: { server: string; template: string };
  }
}

/** Gives the project `postgresql` a server: the one of TEST_DATABASE_URL, else one started from npm and ended after the run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['TEST_DATABASE_URL'];
  const cluster = given === undefined ? await startCluster({ durable: false }) : undefined;
  const server = given ?? cluster!.url;
  const template = await newDatabase(server, 'template0');
  const store = await openStore(template.url, { clock: { now: () => new Date().toISOString() } });
  await store.migrate();
  await store.close();
  project.provide('postgresql', { server, template: new URL(template.url).pathname.slice(1) });
  return async () => {
    await template.drop();
    await cluster?.stop();
  };
}
