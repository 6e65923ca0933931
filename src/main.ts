import { assertNodeVersion } from './node-version.ts';

assertNodeVersion();
const { serve } = await import('./serve.ts');
await serve(process.argv.slice(2));
