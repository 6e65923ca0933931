/** The oldest Node that Rollcall runs on. */
const OLDEST = 24;

/** What to tell a person who runs `version` of Node, or `undefined` when it is new enough. */
export function nodeVersionFault(version: string): string | undefined {
  const major = Number(version.replace(/^v/, '').split('.')[0]);
  if (major >= OLDEST) return undefined;
  return (
    'Rollcall needs Node ' +
    OLDEST +
    ' or newer, and this is Node ' +
    version.replace(/^v/, '') +
    '. Run it through npm (`npm start`), which brings its own Node.'
  );
}

/**
 * Ends the process with one line on stderr and exit code 1 on a Node that is too old. Call it before any other import
 * (the rest through `import()`): older versions fail in the middle of loading a library, or crash without a word. For
 * the same reason this file imports nothing and uses old syntax alone.
 */
export function assertNodeVersion(): void {
  const fault = nodeVersionFault(process.version);
  if (fault === undefined) return;
  process.stderr.write(fault + '\n');
  process.exit(1);
}
