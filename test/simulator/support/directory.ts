import { expect } from 'vitest';
import { groupsOf, type PushedGroup } from '../../../src/simulator/groups/directory.ts';
import { emailOf, oktaIdOf, promoted, type Person } from '../../../src/simulator/people/person.ts';
import { scim, type ScimAnswer } from '../../support/scim-client.ts';

type Target = Parameters<typeof scim>[0];

/** What the server must hold of a person at the end of a life: the promoted one, active again, under the same id in the directory. */
export function expectedUser(person: Person, externalId = oktaIdOf(person)) {
  const { userName, givenName, familyName, displayName, title, department } = promoted(person);
  const email = emailOf(person);
  return {
    userName,
    externalId,
    active: true,
    title,
    ...(givenName === undefined && familyName === undefined
      ? {}
      : {
          name: expect.objectContaining({
            ...(givenName === undefined ? {} : { givenName }),
            ...(familyName === undefined ? {} : { familyName }),
          }),
        }),
    ...(displayName === undefined ? {} : { displayName }),
    ...(email === undefined ? {} : { emails: expect.arrayContaining([expect.objectContaining({ value: email })]) }),
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': expect.objectContaining({ department }),
  };
}

/** The names of the groups that must be there at the end, and the userNames of their members, in order; `gone` have left. */
export function expectedGroups(count: number, userNames: readonly string[], ...gone: string[]): Map<string, string[]> {
  const people = userNames.map((userName) => ({ value: userName, display: userName }));
  const kept = groupsOf(count, people).filter(({ ending }) => ending !== 'unlinked');
  const membersOf = (group: PushedGroup) => membersAtTheEnd(group).filter((name) => !gone.includes(name));
  return new Map(kept.map((group) => [group.name, membersOf(group).toSorted()]));
}

/** The groups of a server by their names, with the userNames of their members, in order. */
export async function memberNames(
  target: Target,
  users: ReadonlyMap<string, ScimAnswer['body']>,
): Promise<Map<string, string[]>> {
  const names = new Map([...users].map(([userName, { id }]) => [id, userName]));
  const nameOf = ({ value }: { value: string }) => names.get(value) ?? `stranger ${value}`;
  const groups = await everything(target, 'Groups');
  return new Map([...groups].map(([name, { members }]) => [name, members.map(nameOf).toSorted()]));
}

function membersAtTheEnd({ ending, first, later }: PushedGroup): string[] {
  if (ending === 'emptied') return [];
  return (ending === 'pushed now' ? first : later).map(({ value }) => value);
}

/** Every user or group of a server, by its name. */
export async function everything(target: Target, endpoint: 'Users' | 'Groups') {
  const resources: ScimAnswer['body'][] = [];
  for (let startIndex = 1, total = 1; startIndex <= total; startIndex += 500) {
    const { body } = await scim(target, 'GET', `/${endpoint}?startIndex=${startIndex}&count=500`);
    total = body.totalResults;
    resources.push(...body.Resources);
  }
  const name = endpoint === 'Users' ? 'userName' : 'displayName';
  const byName = new Map<string, ScimAnswer['body']>(resources.map((resource) => [resource[name], resource]));
  expect(byName.size, `${endpoint} with a name of their own`).toBe(resources.length);
  return byName;
}
