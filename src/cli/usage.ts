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

/** Reads whole numbers from 1 to `most`. */
export function countArgument(most: number): (text: string) => number {
  return (text) => {
    const count = Number(text);
    if (/^\d+$/u.test(text) && count >= 1 && count <= most) return count;
    throw new InvalidArgumentError(`Give a whole number from 1 to ${most}.`);
  };
}

/** Reads an http or https URL. */
export function urlArgument(text: string): string {
  if (URL.canParse(text) && /^https?:\/\/[^/]/iu.test(text)) return text;
  throw new InvalidArgumentError('Give a URL that begins with http:// or https://.');
}

/** Reads anything but nothing. */
export function filledArgument(text: string): string {
  if (text !== '') return text;
  throw new InvalidArgumentError('Give it a value.');
}
