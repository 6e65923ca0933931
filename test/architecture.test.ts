import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');
const SRC = join(ROOT, 'src');

/** What each folder may import: other folders and files of src by name, packages, and `node:` modules. */
const ALLOWED: Record<string, readonly (string | RegExp)[]> = {
  domain: ['domain', 'zod', 'node:crypto'],
  db: ['domain', 'db', /^@mikro-orm\//u, 'kysely', 'better-sqlite3', /^node:/u],
  scim: ['domain', 'scim', 'zod'],
  graphql: [
    'domain',
    'graphql',
    'type-graphql',
    'graphql-scalars',
    'graphql-query-complexity',
    'dataloader',
    'reflect-metadata',
    'zod',
  ],
  http: ['domain', 'http', 'express', 'helmet', 'openid-client', 'pino', 'prom-client', 'zod', /^node:/u, 'logging.ts'],
  simulator: ['simulator', 'zod', /^node:/u],
  'passwords.ts': ['domain', '@node-rs/argon2'],
  'secrets.ts': ['domain', 'node:crypto', 'node:zlib'],
};

/** Files that may import more: the skins of the faces. */
const SKINS: Record<string, readonly (string | RegExp)[]> = {
  'scim/express.ts': ['express'],
  'graphql/express.ts': ['express', /^@apollo\//u, /^@as-integrations\//u, /^node:/u],
  'graphql/plugins.ts': ['@apollo/server'],
  'graphql/field-endings.ts': ['@apollo/server'],
  'graphql/print-schema.ts': [/^node:/u],
};

/** What composes may import anything; only they and tests may import the application. */
const COMPOSERS = ['app.ts', 'serve.ts', 'cli', 'cli.ts', 'main.ts'];

interface Edge {
  readonly from: string;
  readonly to: string;
}

describe('the architecture (design §1)', () => {
  const edges = sources(SRC).flatMap(importsOf);

  it('has imports to look at', () => {
    expect(edges.length).toBeGreaterThan(200);
  });

  it('lets each folder import only what its row of the table allows', () => {
    const forbidden = edges.filter(({ from, to }) => {
      const rules = [...(ALLOWED[from.split('/')[0]!] ?? [/./u]), ...(SKINS[from] ?? [])];
      return !rules.some((rule) =>
        typeof rule === 'string' ? rule === to || to.startsWith(`${rule}/`) : rule.test(to),
      );
    });
    expect(forbidden).toEqual([]);
  });

  it('lets only the process and the tests import the application', () => {
    const importers = edges.filter(({ to }) => to === 'app.ts').map(({ from }) => from);
    expect(importers.filter((from) => !COMPOSERS.includes(from.split('/')[0]!))).toEqual([]);
  });

  it('keeps MikroORM, Kysely and better-sqlite3 inside src/db', () => {
    const storage = /^(?:@mikro-orm\/|kysely|better-sqlite3)/u;
    expect(edges.filter(({ from, to }) => storage.test(to) && !from.startsWith('db/'))).toEqual([]);
  });

  it('keeps the admin UI apart: it knows the server by schema.graphql alone, and the server knows only its files', () => {
    const web = sources(join(ROOT, 'web/src')).flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/\bfrom '(\.[^']+)'|\bimport\('(\.[^']+)'\)/gu)].map(([, a, b]) =>
        relative(join(ROOT, 'web/src'), resolve(dirname(file), a ?? b!)),
      ),
    );
    expect(web.length).toBeGreaterThan(50);
    expect(web.filter((to) => to.startsWith('..'))).toEqual([]);
    const importers = sources(SRC).filter((file) => /from '[^']*\bweb\//u.test(readFileSync(file, 'utf8')));
    expect(importers).toEqual([]);
  });

  it('has no circle of imports between folders below the composition', () => {
    const faces = ['scim', 'graphql', 'http', 'db'];
    const across = edges.filter(({ from, to }) => {
      const [source, target] = [from.split('/')[0]!, to.split('/')[0]!];
      return (
        faces.includes(source) &&
        faces.includes(target) &&
        source !== target &&
        !(source === 'graphql' && to === 'graphql')
      );
    });
    expect(across).toEqual([]);
  });
});

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/u.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

function importsOf(file: string): Edge[] {
  const from = relative(SRC, file);
  const text = readFileSync(file, 'utf8');
  const names = [
    ...text.matchAll(/^(?:import|export)\s[^;'"]*?from\s+'([^']+)'|^import\s+'([^']+)'|\bimport\('([^']+)'\)/gmu),
  ];
  return names
    .map(([, a, b, c]) => a ?? b ?? c!)
    .map((name) => ({ from, to: name.startsWith('.') ? relative(SRC, resolve(dirname(file), name)) : name }))
    .filter(({ to }) => !to.startsWith('..'));
}
