import { join } from 'node:path';
import { compressBelow } from './compress.ts';
import { digestOf, onceFor, ROOT, sourcesBelow } from './inputs.ts';
import { generateTypes } from './types.ts';

// `--types` stops after the types, which is all that the type checker needs.
await generateTypes();
if (!process.argv.includes('--types')) await buildPages();

/** Builds `dist/web`, unless it is there for these sources. */
async function buildPages(): Promise<void> {
  const out = join(ROOT, 'dist/web');
  const files = [...sourcesBelow(join(ROOT, 'web')), join(ROOT, 'schema.graphql'), join(ROOT, 'package-lock.json')];
  await onceFor(digestOf(files), join(out, '.inputs'), async () => {
    process.env['NODE_ENV'] = 'production';
    const { build } = await import('vite');
    await build({ configFile: join(ROOT, 'web/vite.config.ts') });
    compressBelow(out);
  });
}
