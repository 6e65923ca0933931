import type { DirectoryClient } from '../client.ts';
import { walk, type Difference, type OnPage } from '../import-walk.ts';
import type { Account } from '../simulation.ts';
import { readUser } from '../users.ts';
import { asGroup, valuesOf, type ReadGroup } from './calls.ts';
import { differencesOf, setDifferences } from './differences.ts';
import type { PushedGroup } from './directory.ts';

const SAMPLE = 20;

/** Reads every group with its members, a hundred at a time. Fails with: DirectoryFailure at the first page that does not add up. */
export async function importGroups(client: DirectoryClient, onPage: OnPage): Promise<Map<string, ReadGroup>> {
  const list = { kind: 'import groups', endpoint: 'Groups', item: asGroup, nameOf } as const;
  return await walk(client, list, onPage);
}

function nameOf({ displayName }: ReadGroup): string {
  return typeof displayName === 'string' ? displayName : 'A group';
}

/** Compares the groups this run pushed with what the import read; a group that already failed is passed over. */
export function groupDifferences(
  groups: readonly PushedGroup[],
  imported: ReadonlyMap<string, ReadGroup>,
): Difference[] {
  return groups
    .filter(({ id, doubtful }) => id !== undefined && !doubtful)
    .flatMap((group) => {
      const messages = messagesOf(group, imported.get(group.id ?? ''));
      return messages.map((message) => ({
        group: group.name,
        message: `Import difference: group ${group.name} ${message}.`,
      }));
    });
}

function messagesOf(group: PushedGroup, read: ReadGroup | undefined): string[] {
  if (group.deleted) return read ? [`was deleted (id ${group.id}), but the import still lists it`] : [];
  return read ? differencesOf(group, read) : [`was pushed (id ${group.id}), but the import does not list it`];
}

/** Reads some people, spread over the whole list, and compares their `groups` with the members the import read (RFC 7643 §4.1.2). Fails with: DirectoryFailure. */
export async function inverseDifferences(
  client: DirectoryClient,
  accounts: readonly Account[],
  imported: ReadonlyMap<string, ReadGroup>,
): Promise<Difference[]> {
  const differences: Difference[] = [];
  for (const { id, userName } of sampleOf(accounts)) {
    const user = await readUser(client, id);
    const groups = valuesOf(user['groups'] ?? [], `groups of ${userName}`);
    const holding = [...imported.values()].filter(({ memberIds }) => memberIds.includes(id));
    const found = setDifferences(
      holding.map((group) => group.id),
      groups,
      'group',
    );
    differences.push(...found.map((message) => ({ userName, message: `Import difference: ${userName} ${message}.` })));
  }
  return differences;
}

function sampleOf(accounts: readonly Account[]): { id: string; userName: string }[] {
  const known = accounts.flatMap(({ id, deleted, person: { userName } }) =>
    id === undefined || deleted ? [] : [{ id, userName }],
  );
  const stride = Math.max(1, Math.floor(known.length / SAMPLE));
  return known.filter((_, index) => index % stride === 0).slice(0, SAMPLE);
}
