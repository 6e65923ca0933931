import { Tooltip } from '@mantine/core';
import { useInterval } from '@mantine/hooks';
import { useState } from 'react';
import { now } from './clock.ts';

const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['week', 7 * 86_400],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];
const RELATIVE = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const EXACT = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium' });
const DAY = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });

/** How long ago or ahead an instant is, in one unit: `2 hours ago`, `tomorrow`, `just now`. */
export function relative(instant: string, from = now()): string {
  const seconds = (Date.parse(instant) - from) / 1_000;
  const [unit, size] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? [undefined, 1];
  if (unit === undefined) return seconds > 0 ? 'in a moment' : 'just now';
  return RELATIVE.format(Math.trunc(seconds / size), unit);
}

/** An instant to the second, in the reader's own time zone. */
export function exact(instant: string): string {
  return EXACT.format(new Date(instant));
}

/** The day of an instant, in the reader's own time zone. */
export function day(instant: string): string {
  return DAY.format(new Date(instant));
}

/** A time as people say it, exact on hover and on focus; `none` stands for null. Keeps itself up to date. */
export function RelativeTime({
  at,
  none = 'never',
}: {
  readonly at: string | null | undefined;
  readonly none?: string;
}) {
  const [, tick] = useState(0);
  useInterval(() => tick((times) => times + 1), 20_000, { autoInvoke: true });
  if (at == null) return <>{none}</>;
  return (
    <Tooltip label={exact(at)}>
      <time dateTime={at} tabIndex={-1}>
        {relative(at)}
      </time>
    </Tooltip>
  );
}
