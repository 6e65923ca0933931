#!/usr/bin/env node
import { assertNodeVersion } from './node-version.ts';

assertNodeVersion();
const { run } = await import('./cli/run.ts');
process.exitCode = await run(process.argv.slice(2));
