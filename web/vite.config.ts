import react from '@vitejs/plugin-react';
import { join } from 'node:path';
import { defineConfig } from 'vite';
import { colorScheme } from './build/color-scheme-plugin.ts';
import { documents } from './build/documents-plugin.ts';

/** Where `npm run web` finds the server. */
const SERVER = process.env['ROLLCALL_URL'] ?? 'http://127.0.0.1:4000';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [documents(), react(), colorScheme()],
  // The server puts the nonce of each answer in its place.
  html: { cspNonce: 'ROLLCALL_CSP_NONCE' },
  resolve: { conditions: ['production', 'browser', 'module', 'import', 'default'] },
  build: {
    outDir: join(import.meta.dirname, '..', 'dist', 'web'),
    emptyOutDir: true,
    target: 'es2023',
    reportCompressedSize: false,
    assetsInlineLimit: 0,
    // The test of the first load is the limit that counts.
    chunkSizeWarningLimit: 800,
    manifest: 'manifest.json',
  },
  server: { proxy: { '/graphql': SERVER, '^/sign-in/[^/]+(/(callback|options))?$': SERVER } },
  logLevel: 'warn',
});
