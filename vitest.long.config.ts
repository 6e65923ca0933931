import { defineConfig, mergeConfig } from 'vitest/config';
import ordinary from './vitest.config.ts';

// The tests named `*.long.test.ts` run with every `npm test`, on few inputs; here with as many as docs/reliability.md says.
export default mergeConfig(
  { ...ordinary, test: { ...ordinary.test, include: [] } },
  defineConfig({ test: { include: ['test/**/*.long.test.ts'], env: { ROLLCALL_LONG: '1' } } }),
);
