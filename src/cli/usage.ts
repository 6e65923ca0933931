import { InvalidArgumentError } from 'commander';
import { DAY, HOUR, MINUTE } from '../domain/values.ts';

/** The command was used wrongly; the message is the one sentence on stderr. */
export class UsageError extends Error {}

const UNITS: Readonly<Record<string, number>> = { m: MINUTE, h: HOUR, d: DAY };

/** Reads a length of time such as `365d`, `12h` or `30m` into milliseconds. */
export function durationArgument(text: string): number {
  const [, amount = '', unit = ''] = /^(\d{1,5})([mhd])$/u.exec(text) ?? [];
  if (unit === '' || Number(amount) === 0)
    throw new InvalidArgumentError('Give a length of time such as 365d, 12h or 30m.');
  return Number(amount) * UNITS[unit]!;
}

/** Reads a whole number of at least 1. */
export function countArgument(text: string): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 1) throw new InvalidArgumentError('Give a whole number of at least 1.');
  return count;
}
