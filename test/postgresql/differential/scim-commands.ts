import { ENTERPRISE_USER } from '../../../src/scim/urns.ts';
import type { Chance } from './chance.ts';
import type { Command, Memory, Seen } from './memory.ts';

const NAMES = Array.from({ length: 90 }, (_, at) => `person-${at}@acme.example`);
const ODD_NAMES = [
  'ÉLODIE@acme.example',
  'e\u0301lodie@acme.example',
  'Ａda',
  'ada',
  'straße',
  'STRASSE',
  '王五',
  '🦊',
];
const GIVEN = ['Ada', 'Émile', 'emile', 'Zoë', 'Ørjan', 'Li', '王', ''];
const FAMILY = ['Byron', 'byron', 'Müller', 'Mueller', 'Şahin', 'O’Hara', '五'];
const TITLES = ['Judge', 'judge', 'Clerk', 'Größe', '_%\\', "x'; drop"];
export const TEAM_NAMES = ['Legal', 'LEGAL', 'Sales', 'Éire', 'éire', 'Ops', 'Ops 2', 'R&D', '研究', 'Board'];
const FILTERS = [
  'userName eq "person-7@acme.example"',
  'userName sw "PERSON-1"',
  'externalId eq "ext-3"',
  'active eq true and title pr',
  'name.familyName co "er" or not (title eq "Judge")',
  'emails[type eq "work" and value ew "example"]',
  'userName gt "person-5" and meta.created lt "2026-03-02T00:00:00Z"',
  'displayName ne "Ada Byron"',
  `${ENTERPRISE_USER}:department eq "Legal"`,
  'title ge "c"',
  'title co "_%"',
  'userName eq',
  'nonsense eq "1"',
] as const;
const GROUP_FILTERS = ['displayName eq "legal"', 'displayName sw "é"', 'externalId pr', 'id pr and'] as const;
const SORTS = ['userName', 'name.familyName', 'title', 'meta.created', 'externalId', 'id'] as const;

const cased = (chance: Chance, text: string) => (chance.is(0.15) ? text.toUpperCase() : text);

function userName(chance: Chance): string {
  return chance.is(0.08) ? chance.one(ODD_NAMES) : cased(chance, chance.one(NAMES));
}

/** Someone who is there, now and then someone who is gone or never was. */
export function anyOf(chance: Chance, there: readonly Seen[], gone: readonly Seen[]): Seen {
  if (chance.is(0.04)) return { id: '019ca000-0000-7000-8000-ffffffffffff', version: 1 };
  const from = (chance.is(0.06) || there.length === 0) && gone.length > 0 ? gone : there;
  return from.length === 0 ? { id: 'none', version: 1 } : chance.one(from);
}

function attributes(chance: Chance, memory: Memory): Record<string, unknown> {
  const maybe = <T>(probability: number, name: string, make: () => T) =>
    chance.is(probability) ? { [name]: make() } : {};
  const extension = {
    ...maybe(0.6, 'department', () => chance.one(['Legal', 'legal', 'Ops'])),
    ...maybe(0.2, 'manager', () => ({ value: anyOf(chance, memory.users, memory.gone).id })),
  };
  return {
    userName: userName(chance),
    ...maybe(0.7, 'name', () => ({ givenName: chance.one(GIVEN), familyName: chance.one(FAMILY) })),
    ...maybe(0.3, 'displayName', () => `${chance.one(GIVEN)} ${chance.one(FAMILY)}`),
    ...maybe(0.4, 'externalId', () => `ext-${chance.below(60)}`),
    ...maybe(0.4, 'title', () => chance.one(TITLES)),
    ...maybe(0.5, 'active', () => chance.is(0.75)),
    ...maybe(0.5, 'emails', () => [{ value: `mail-${chance.below(40)}@acme.example`, type: 'work', primary: true }]),
    ...maybe(0.3, ENTERPRISE_USER, () => extension),
  };
}

/** A precondition that holds, or is late, or none. */
function ifMatch(chance: Chance, { version }: Seen): { headers?: Record<string, string> } {
  if (chance.is(0.75)) return {};
  return { headers: { 'If-Match': `W/"${chance.is(0.7) ? version : version + 1}"` } };
}

function userOperation(chance: Chance): object {
  return chance.weighted<() => object>([
    [5, () => ({ op: 'replace', value: { active: chance.is(0.6) } })],
    [4, () => ({ op: chance.one(['add', 'Replace']), path: 'title', value: chance.one(TITLES) })],
    [3, () => ({ op: 'replace', path: 'userName', value: userName(chance) })],
    [3, () => ({ op: 'replace', path: 'name.givenName', value: chance.one(GIVEN) })],
    [2, () => ({ op: 'remove', path: chance.one(['title', 'displayName', 'externalId', 'nickName', 'userName']) })],
    [2, () => ({ op: 'replace', path: 'externalId', value: `ext-${chance.below(60)}` })],
    [2, () => ({ op: 'add', path: 'emails[type eq "home"].value', value: `home-${chance.below(9)}@acme.example` })],
    [1, () => ({ op: 'remove', path: 'emails[type eq "work"]' })],
    [1, () => ({ op: 'replace', path: `${ENTERPRISE_USER}:department`, value: 'Ops' })],
    [1, () => ({ op: 'replace', path: 'emails[', value: 'x' })],
  ])();
}

function members(chance: Chance, memory: Memory): { value: string }[] {
  return Array.from({ length: chance.below(4) }, () => ({ value: anyOf(chance, memory.users, memory.gone).id }));
}

function groupOperation(chance: Chance, memory: Memory): object {
  return chance.weighted<() => object>([
    [5, () => ({ op: 'add', path: 'members', value: members(chance, memory) })],
    [3, () => ({ op: 'remove', path: `members[value eq "${anyOf(chance, memory.users, memory.gone).id}"]` })],
    [2, () => ({ op: 'replace', path: 'members', value: members(chance, memory) })],
    [2, () => ({ op: 'replace', value: { displayName: chance.one(TEAM_NAMES) } })],
    [1, () => ({ op: 'remove', path: 'members' })],
  ])();
}

const listOf = <T>(chance: Chance, most: number, make: () => T): T[] =>
  Array.from({ length: 1 + chance.below(most) }, make);

/** A request on users, from a directory. */
export function userCommand(chance: Chance, memory: Memory): Command {
  const face = 'scim';
  const user = anyOf(chance, memory.users, memory.gone);
  const there = { face, path: `/Users/${user.id}`, id: user.id } as const;
  return chance.weighted<() => Command>([
    [20, () => ({ face, method: 'POST', path: '/Users', body: attributes(chance, memory) })],
    [12, () => ({ ...there, ...ifMatch(chance, user), method: 'PUT', body: attributes(chance, memory) })],
    [
      22,
      () => ({
        ...there,
        ...ifMatch(chance, user),
        method: 'PATCH',
        body: { Operations: listOf(chance, 3, () => userOperation(chance)) },
      }),
    ],
    [memory.users.length > 80 ? 14 : 4, () => ({ ...there, ...ifMatch(chance, user), method: 'DELETE' })],
    [4, () => ({ ...there, method: 'GET' })],
    [9, () => ({ face, method: 'GET', path: `/Users?${query(chance, FILTERS)}` })],
  ])();
}

/** A request on groups, from a directory. */
export function groupCommand(chance: Chance, memory: Memory): Command {
  const face = 'scim';
  const team = anyOf(chance, memory.teams, memory.gone);
  const there = { face, path: `/Groups/${team.id}`, id: team.id } as const;
  const group = () => ({
    displayName: chance.one(TEAM_NAMES),
    ...(chance.is(0.3) ? { externalId: `team-${chance.below(6)}` } : {}),
    members: members(chance, memory),
  });
  return chance.weighted<() => Command>([
    [5, () => ({ face, method: 'POST', path: '/Groups', body: group() })],
    [4, () => ({ ...there, ...ifMatch(chance, team), method: 'PUT', body: group() })],
    [
      10,
      () => ({
        ...there,
        ...ifMatch(chance, team),
        method: 'PATCH',
        body: { Operations: listOf(chance, 2, () => groupOperation(chance, memory)) },
      }),
    ],
    [memory.teams.length > 6 ? 2 : 0.5, () => ({ ...there, method: 'DELETE' })],
    [2, () => ({ ...there, method: 'GET' })],
    [3, () => ({ face, method: 'GET', path: `/Groups?${query(chance, GROUP_FILTERS)}` })],
  ])();
}

function query(chance: Chance, filters: readonly string[]): string {
  const asked = new URLSearchParams();
  if (chance.is(0.75)) asked.set('filter', chance.one(filters));
  if (chance.is(0.4)) asked.set('sortBy', chance.one(SORTS));
  if (chance.is(0.3)) asked.set('sortOrder', 'descending');
  if (chance.is(0.5)) asked.set('startIndex', String(chance.below(40)));
  if (chance.is(0.6)) asked.set('count', String(chance.below(30)));
  return asked.toString();
}
