import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { inject } from 'vitest';

/** Whether these tests run on PostgreSQL: the project of vitest says so. */
export const ON_POSTGRESQL = process.env['TEST_DATABASE'] === 'postgresql';

/** A database that nobody else uses. */
export interface TestDatabase {
  readonly url: string;
  /** The SQLite file; empty on PostgreSQL. */
  readonly file: string;
  drop(): Promise<void>;
}

/** Makes a database: an empty SQLite file to be, or on PostgreSQL a copy of one whose tables are there. */
export async function freshDatabase(): Promise<TestDatabase> {
  return ON_POSTGRESQL ? copiedDatabase() : databaseFile();
}

/** Names an SQLite file that is not there yet. */
export function databaseFile(): TestDatabase {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-'));
  const file = join(folder, 'rollcall.db');
  return {
    url: `sqlite:${file}`,
    file,
    drop: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function copiedDatabase(): Promise<TestDatabase> {
  const { server, template } = inject('postgresql');
  return newDatabase(server, template);
}

/** Makes a PostgreSQL database without tables. */
export function emptyDatabase(): Promise<TestDatabase> {
  return newDatabase(inject('postgresql').server, 'template0');
}

/** Makes a database on a server as a copy of another. */
export async function newDatabase(server: string, template: string): Promise<TestDatabase> {
  const name = `rollcall_${randomBytes(8).toString('hex')}`;
  await administer(server, `create database ${name} template ${template} encoding 'UTF8'`);
  return {
    url: urlOf(server, name),
    file: '',
    drop: () => administer(server, `drop database if exists ${name} with (force)`),
  };
}

/** Runs one statement on a server. */
export async function administer(server: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** The URL of another database on the same server. */
export function urlOf(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
