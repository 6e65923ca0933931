import { useSearchParams } from 'react-router';
import type { ProvisioningEventFilter } from '../../gql/graphql.ts';
import { now } from '../../parts/clock.ts';
import { ERRORS, OPERATIONS, OUTCOMES } from './words.ts';

const HOUR_MS = 3_600_000;

/** How far back a filter may look, as the address spells it. */
export const RANGES = {
  '1h': { label: 'Last hour', ms: HOUR_MS },
  '24h': { label: 'Last 24 hours', ms: 24 * HOUR_MS },
  '7d': { label: 'Last 7 days', ms: 7 * 24 * HOUR_MS },
  '30d': { label: 'Last 30 days', ms: 30 * 24 * HOUR_MS },
} as const;

/** A range that there is. */
export type Range = keyof typeof RANGES;

/** The conditions, by their names in the address. Several values of one are joined by commas. */
export const CONDITIONS = [
  'outcome',
  'operation',
  'error',
  'credential',
  'target',
  'range',
  'from',
  'to',
  'request',
] as const;

/** The name of a condition in the address. */
export type Condition = (typeof CONDITIONS)[number];

/** The conditions of a list of events. They stand in the address, so that a list can be kept and passed on. */
export interface Filters {
  /** Two lists of equal key are one list. */
  readonly key: string;
  readonly one: (condition: Condition) => string | null;
  readonly several: (condition: Condition) => readonly string[];
  readonly set: (changes: Partial<Record<Condition, string | readonly string[] | null>>) => void;
  readonly clear: () => void;
}

/** Reads and writes the conditions in the address. */
export function useFilters(): Filters {
  const [search, setSearch] = useSearchParams();
  const set: Filters['set'] = (changes) =>
    setSearch(
      (before) => {
        const after = new URLSearchParams(before);
        for (const [name, value] of Object.entries(changes)) {
          const text = value === null ? '' : typeof value === 'string' ? value : value.join(',');
          if (text === '') after.delete(name);
          else after.set(name, text);
        }
        return after;
      },
      { replace: true, preventScrollReset: true },
    );
  return {
    key: keyOf(search),
    one: (condition) => search.get(condition),
    several: (condition) => valuesOf(search, condition),
    set,
    clear: () => set(Object.fromEntries(CONDITIONS.map((condition) => [condition, null]))),
  };
}

function keyOf(search: URLSearchParams): string {
  return new URLSearchParams(
    CONDITIONS.flatMap((condition) => {
      const value = search.get(condition);
      return value === null ? [] : [[condition, value]];
    }),
  ).toString();
}

function valuesOf(search: URLSearchParams, condition: Condition): readonly string[] {
  return search.get(condition)?.split(',').filter(Boolean) ?? [];
}

/** The filter that a key stands for at this moment. What the address may hold and the API does not know is left out. */
export function filterOf(key: string): ProvisioningEventFilter {
  const search = new URLSearchParams(key);
  const known = <Value extends string>(condition: Condition, words: Readonly<Record<Value, unknown>>) => {
    const values = valuesOf(search, condition).filter((value): value is Value => Object.hasOwn(words, value));
    return values.length === 0 ? undefined : values;
  };
  const range = search.get('range');
  const since =
    range !== null && Object.hasOwn(RANGES, range)
      ? new Date(now() - RANGES[range as Range].ms).toISOString()
      : instantOf(search.get('from'));
  const filter = {
    outcomes: known('outcome', OUTCOMES),
    operations: known('operation', OPERATIONS),
    errorCodes: known('error', ERRORS),
    credentialId: search.get('credential') ?? undefined,
    targetId: search.get('target') ?? undefined,
    occurredFrom: since,
    occurredBefore: instantOf(search.get('to')),
    requestId: search.get('request') ?? undefined,
  };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}

function instantOf(text: string | null): string | undefined {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
