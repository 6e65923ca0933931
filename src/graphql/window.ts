import type { Page, PageOf, Position } from '../domain/criteria.ts';
import { compareCodePoints } from '../domain/values.ts';
import { badUserInput } from './errors.ts';

/** A list that is short enough to be in memory as a whole, and the texts that it is sorted by: together unique. */
export interface ShortList<Item> {
  readonly items: readonly Item[];
  readonly keyOf: (item: Item) => readonly string[];
}

/** A window on a short list, sorted; it answers as the store does of long ones. */
export function windowOn<Item>(list: ShortList<Item>, { first, last, after, before }: Page): PageOf<Item> {
  const entries = list.items
    .map((item) => ({ item, position: list.keyOf(item) }))
    .toSorted((a, b) => compareKeys(a.position, b.position));
  const beyond = after === undefined ? 0 : placeOf(entries, 'after', after).end;
  const upTo = before === undefined ? entries.length : placeOf(entries, 'before', before).start;
  const start = last === undefined ? beyond : Math.max(beyond, upTo - last);
  const end = first === undefined ? upTo : Math.min(upTo, beyond + first);
  return { items: entries.slice(start, end), hasPreviousPage: start > 0, hasNextPage: end < entries.length };
}

type Entries = readonly { readonly position: readonly string[] }[];

/** Where an item with this position stands or would stand. */
function placeOf(entries: Entries, argument: string, position: Position): { start: number; end: number } {
  const width = entries[0]?.position.length ?? position.length;
  if (position.length !== width || !position.every((value) => typeof value === 'string'))
    throw badUserInput(`\`${argument}\` is no cursor of this list. Use one that it gave.`);
  const start = entries.filter((entry) => compareKeys(entry.position, position) < 0).length;
  const end = entries.filter((entry) => compareKeys(entry.position, position) <= 0).length;
  return { start, end };
}

function compareKeys(a: readonly string[], b: readonly string[]): number {
  for (const [index, text] of a.entries()) {
    const order = compareCodePoints(text, b[index]!);
    if (order !== 0) return order;
  }
  return 0;
}
