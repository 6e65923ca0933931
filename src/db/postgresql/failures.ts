import { unavailable } from '../../domain/errors.ts';
import { Superseded } from '../commits.ts';

/** What PostgreSQL reports beside a message; the state is five characters (SQLSTATE). */
interface Reported {
  readonly code: string;
  readonly constraint?: string;
}

const UNIQUE_VIOLATION = '23505';
/** Another transaction was in the way: a conflict, a deadlock, or a row referred to that has just gone. */
const AGAIN: ReadonlySet<string> = new Set(['40001', '40P01', '23503']);
/**
 * Connection lost, resources short, statement ended by its time limit or by an operator, server going down or, after a
 * failover, only to be read: all may pass.
 */
const PASSING = /^(?:08|53|57|58)|^(?:25006|25P03|55P03)$/u;

/** What to throw for a failure of PostgreSQL: `Unavailable` where it may pass. */
export function translated(error: unknown): unknown {
  const code = reportOf(error)?.code;
  if (code !== undefined && !PASSING.test(code)) return error;
  return Object.assign(unavailable(), { cause: error });
}

/** Whether the work may succeed when it is run once more from its start. */
export function isWorthAnotherTry(error: unknown): boolean {
  return error instanceof Superseded || AGAIN.has(reportOf(error)?.code ?? '');
}

/** The name of the constraint whose values are taken already; undefined for any other failure. */
export function constraintBroken(error: unknown): string | undefined {
  const report = reportOf(error);
  return report?.code === UNIQUE_VIOLATION ? report.constraint : undefined;
}

/** What the database reported; undefined for a failure of the connection, which has no SQLSTATE. */
function reportOf(error: unknown): Reported | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  return /^[0-9A-Z]{5}$/u.test(error.code) && 'severity' in error ? (error as Error & Reported) : undefined;
}
