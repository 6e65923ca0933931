import { unavailable } from '../../domain/errors.ts';

const PASSING = /^SQLITE_(?:BUSY|LOCKED|FULL|READONLY|IOERR|CANTOPEN|NOMEM|PROTOCOL)/u;
const UNIQUE = /^UNIQUE constraint failed: (?<columns>.+)$/u;

/** What to throw for a failure of SQLite: `Unavailable` where the disk or another process is in the way (it may pass). */
export function translated(error: unknown): unknown {
  if (!PASSING.test(codeOf(error))) return error;
  return Object.assign(unavailable(), { cause: error });
}

/** The columns, as SQLite lists them, whose values together are taken already; undefined for any other failure. */
export function columnsTaken(error: unknown): string | undefined {
  return error instanceof Error ? UNIQUE.exec(error.message)?.groups?.['columns'] : undefined;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
