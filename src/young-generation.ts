const FLAG = '--max-semi-space-size';
const MEBIBYTES = 4;

/**
 * Bounds the part of the heap in which new objects are made: left alone it grows to 60 MB under load and gains nothing
 * (`bench/README.md`). V8 reads the size at its start only, so the process starts itself anew, under the same pid, unless
 * it was given a size; where the system cannot do that (Windows) it goes on as it is.
 */
export function boundYoungGeneration(): void {
  const isBounded = process.execArgv.some((argument) => argument.startsWith(FLAG));
  if (isBounded || process.execve === undefined) return;
  const [node, ...rest] = process.argv;
  process.execve(process.execPath, [node!, `${FLAG}=${MEBIBYTES}`, ...process.execArgv, ...rest], process.env);
}
