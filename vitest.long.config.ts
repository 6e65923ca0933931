import { defineConfig, mergeConfig } from 'vitest/config';
import ordinary, { projects } from './vitest.config.ts';

// The tests named `*.long.test.ts` run with every `npm test`, on few inputs; here with as many as docs/reliability.md says.
export default mergeConfig(
  { ...ordinary, test: { ...ordinary.test, projects: [] } },
  // One file at a time: some kill processes and count requests per second.
  defineConfig({ test: { maxWorkers: 1, env: { ROLLCALL_LONG: '1' }, projects: projects('.long.test.ts') } }),
);
