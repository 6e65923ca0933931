import type { TestWorkspace } from '../../support/rollcall.ts';

const GIVEN = ['Ada', 'Ben', 'Chidi', 'Dana', 'Elif', 'Farid', 'Grace', 'Hana', 'Ivan', 'Jun', 'Kofi', 'Lena', 'Mina'];
const FAMILY = [
  'Okafor',
  'Lovelace',
  'Marsh',
  'Nakamura',
  'Petrov',
  'Silva',
  'Toledo',
  'Ueda',
  'Vance',
  'Weber',
  'Yilmaz',
];
const AT_ONCE = 200;

/** Fills a workspace with users of every kind; answers their ids. */
export async function manyUsers(workspace: TestWorkspace, howMany: number): Promise<string[]> {
  const ids: string[] = [];
  for (let start = 0; start < howMany; start += AT_ONCE) {
    const numbers = Array.from({ length: Math.min(AT_ONCE, howMany - start) }, (_, index) => start + index);
    const users = await Promise.all(numbers.map((number) => workspace.user(person(number), roleOf(number))));
    ids.push(...users.map(({ id }) => id));
  }
  return ids;
}

function person(number: number) {
  const [givenName, familyName] = [GIVEN[number % GIVEN.length]!, FAMILY[number % FAMILY.length]!];
  const userName = `${givenName}.${familyName}.${number}@acme.example`.toLowerCase();
  return { userName, name: { givenName, familyName }, title: 'Engineer', active: number % 9 !== 0 };
}

function roleOf(number: number) {
  return number % 40 === 7 ? ('ADMIN' as const) : ('MEMBER' as const);
}
