import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Node loads graphql by `main`; by `module` the tests would hold a second copy of it, whose types are strangers.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['test/**/*.test.ts'],
    reporters: ['default', './test/support/tally-reporter.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
