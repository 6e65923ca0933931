import { assertNodeVersion } from './node-version.ts';

assertNodeVersion();
const { boundYoungGeneration } = await import('./young-generation.ts');
boundYoungGeneration();
const { serve } = await import('./serve.ts');
await serve(process.argv.slice(2));
