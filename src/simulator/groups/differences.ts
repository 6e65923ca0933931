import type { ReadGroup } from './calls.ts';
import type { PushedGroup } from './directory.ts';

const SHOWN_IDS = 3;

/** In what a group on the server is not the group of the simulated directory: each a piece of a sentence whose subject is the group. */
export function differencesOf({ displayName, members }: PushedGroup, read: ReadGroup): string[] {
  const name =
    read.displayName === displayName
      ? []
      : [
          `has displayName ${JSON.stringify(displayName)} in the directory, but ${JSON.stringify(read.displayName)} on the server`,
        ];
  const wanted = members.map(({ value }) => value);
  return [...name, ...setDifferences(wanted, read.memberIds, 'member')];
}

/** What is missing, what is too much, and what is there twice. */
export function setDifferences(wanted: readonly string[], found: readonly string[], noun: string): string[] {
  const [wantedSet, foundSet] = [new Set(wanted), new Set(found)];
  const missing = wanted.filter((id) => !foundSet.has(id));
  const extra = [...foundSet].filter((id) => !wantedSet.has(id));
  const repeated = found.length - foundSet.size;
  return [
    ...(missing.length > 0 ? [`lacks ${counted(missing.length, noun)} on the server (${shown(missing)})`] : []),
    ...(extra.length > 0 ? [`has ${counted(extra.length, noun)} too many on the server (${shown(extra)})`] : []),
    ...(repeated > 0 ? [`lists ${counted(repeated, noun)} a second time`] : []),
  ];
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function shown(ids: readonly string[]): string {
  return ids.slice(0, SHOWN_IDS).join(', ') + (ids.length > SHOWN_IDS ? ', …' : '');
}
