import { readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { sourcesBelow } from './inputs.ts';

const TEXT = /\.(?:js|css|svg)$/u;
const WORTHWHILE_BYTES = 1_024;

/** Puts a `.br` and a `.gz` beside each text file of a built folder, so that the server never compresses one. */
export function compressBelow(folder: string): void {
  for (const file of sourcesBelow(folder).filter((file) => TEXT.test(file))) {
    const plain = readFileSync(file);
    if (plain.length < WORTHWHILE_BYTES) continue;
    writeFileSync(`${file}.br`, brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } }));
    writeFileSync(`${file}.gz`, gzipSync(plain, { level: 9 }));
  }
}
