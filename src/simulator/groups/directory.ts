/** A member: the server's id and the userName. */
export interface GroupMember {
  readonly value: string;
  readonly display: string;
}

/** What happens to a group at the end of the push. */
export type Ending = 'kept' | 'pushed now' | 'emptied' | 'unlinked';

/** A group of the simulated directory with its push: what will happen to it, and what the directory believes about it. */
export interface PushedGroup {
  /** Its name, save while it is renamed for a time. */
  readonly name: string;
  /** Its members when it is first pushed. */
  readonly first: readonly GroupMember[];
  /** Its members after some have left and some have come. */
  readonly later: readonly GroupMember[];
  readonly ending: Ending;
  /** The server's id, once the group was created or linked. */
  id?: string;
  /** The name and members that the last accepted write left. */
  displayName: string;
  members: readonly GroupMember[];
  deleted: boolean;
  /** Whether a failure left the directory unsure of the server's state; such a group is already red and is not compared again. */
  doubtful: boolean;
}

/** A group on the server. */
export type LinkedGroup = PushedGroup & { id: string };

/** Groups over these people, always the same: the first holds everyone, others fewer and fewer, some nobody; four groups see every ending. */
export function groupsOf(count: number, people: readonly GroupMember[], prefix = ''): PushedGroup[] {
  return Array.from({ length: count }, (_, index) => {
    const first = people.filter((_person, position) => isMember(index, position));
    const name = prefix + nameOf(index);
    const later = changed(first, people, index);
    return {
      name,
      first,
      later,
      ending: endingOf(index, count),
      displayName: name,
      members: [],
      deleted: false,
      doubtful: false,
    };
  });
}

/** Names with what a filter must survive: spaces, quotes, `&`, `+`, backslashes and other scripts. */
const NAMES = ['Everyone', 'Legal Ops', 'R&D', 'Équipe "Ventes"', '営業部', 'Sales + Marketing', String.raw`Ops\Night`];

function nameOf(index: number): string {
  const name = NAMES[index % NAMES.length] ?? '';
  return index < NAMES.length ? name : `${name} ${Math.floor(index / NAMES.length) + 1}`;
}

function isMember(group: number, person: number): boolean {
  if (group % 5 === 1) return false;
  return (person + Math.floor(group / 3)) % (group + 1) === 0;
}

/** Every third member leaves and a neighbour takes the place; a group of nobody gets its first member, every other time. */
function changed(first: readonly GroupMember[], people: readonly GroupMember[], index: number): GroupMember[] {
  if (first.length === 0) return index % 2 === 1 ? [] : people.slice(index % people.length).slice(0, 1);
  const leaving = new Set(first.filter((_, position) => position % 3 === 0));
  const members = new Set(first);
  const came = people.filter((person, position) => {
    const before = people[position - 1];
    return before !== undefined && leaving.has(before) && !members.has(person);
  });
  return [...first.filter((member) => !leaving.has(member)), ...came];
}

function endingOf(index: number, count: number): Ending {
  if (index === 0) return 'pushed now';
  if (index === count - 1) return 'unlinked';
  return index === 2 ? 'emptied' : 'kept';
}

/** The members who are not among the others. */
export function without(members: readonly GroupMember[], others: readonly GroupMember[]): GroupMember[] {
  const known = new Set(others.map(({ value }) => value));
  return members.filter(({ value }) => !known.has(value));
}
