import { defineConfig } from 'vitest/config';

/** Tests that ask nothing of a database, or ask it of an SQLite file: once is enough. */
const WITHOUT_POSTGRESQL = [
  'test/db/database.test.ts',
  'test/scim/{filter,patch,schema}/*.test.ts',
  'test/scim/{errors,projection,fuzz}.test.ts',
  'test/graphql/schema.test.ts',
];

/** The tests in files that end so, on SQLite and once more on PostgreSQL. */
export const projects = (ending: '.test.ts' | '.long.test.ts') => [
  {
    extends: true as const,
    test: { name: 'sqlite', include: [`test/**/*${ending}`], exclude: ['test/postgresql/**'] },
  },
  {
    extends: true as const,
    test: {
      name: 'postgresql',
      include: [`test/{db,scim,graphql,postgresql}/**/*${ending}`, `test/http/sign-in${ending}`],
      exclude: WITHOUT_POSTGRESQL,
      globalSetup: ['test/support/postgresql-server.ts'],
      env: { TEST_DATABASE: 'postgresql' },
    },
  },
];

export default defineConfig({
  // Node loads graphql by `main`; by `module` the tests would hold a second copy of it, whose types are strangers.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    reporters: ['default', './test/support/tally-reporter.ts'],
    setupFiles: ['./test/support/tenant-statements.ts'],
    // Half of the time a file waits for a disk, a process or a browser.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 30_000,
    projects: projects('.test.ts'),
  },
});
