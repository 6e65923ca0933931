import type { CallKind, DirectoryClient } from './client.ts';
import { DirectoryFailure } from './failures.ts';
import { isObject, kindOf, listOf, type ListPage } from './list-response.ts';
import type { ScimObject } from './scim.ts';
import type { Account } from './simulation.ts';

const PAGE_SIZE = 100;

/** A user as the import read it. */
export interface ImportedUser {
  readonly id: string;
  readonly userName: string;
  readonly active: unknown;
  readonly givenName: unknown;
  readonly familyName: unknown;
  readonly title: unknown;
}

/** Told after each page: how many were read, of how many. */
export type OnPage = (read: number, total: number) => void;

/** Reads every user, a hundred at a time. Fails with: DirectoryFailure at the first page that does not add up. */
export async function importUsers(client: DirectoryClient, onPage: OnPage): Promise<Map<string, ImportedUser>> {
  const nameOf = ({ userName }: ImportedUser) => userName;
  return await walk(client, { kind: 'import', endpoint: 'Users', item: importedUser, nameOf }, onPage);
}

/** What an import walks over, and how it reads it. */
export interface WalkedList<Item> {
  readonly kind: CallKind;
  readonly endpoint: 'Users' | 'Groups';
  readonly item: (resource: ScimObject) => Item;
  readonly nameOf: (item: Item) => string;
}

/** Reads a list page by page, until `startIndex` passes `totalResults`. Fails with: DirectoryFailure at the first page that does not add up. */
export async function walk<Item extends { readonly id: string }>(
  client: DirectoryClient,
  { kind, endpoint, item, nameOf }: WalkedList<Item>,
  onPage: OnPage,
): Promise<Map<string, Item>> {
  const items = new Map<string, Item>();
  let total: number | undefined;
  for (let startIndex = 1; total === undefined || startIndex <= total; startIndex += PAGE_SIZE) {
    const path = `/${endpoint}?startIndex=${startIndex}&count=${PAGE_SIZE}`;
    const page = listOf(await client.call({ kind, method: 'GET', path }));
    total ??= page.totalResults;
    checkPage(page, { startIndex, total, noun: endpoint.toLowerCase() });
    for (const one of page.resources.map(item)) {
      if (items.has(one.id)) throw new DirectoryFailure(repetition(nameOf(one), one.id, startIndex));
      items.set(one.id, one);
    }
    onPage(items.size, total);
  }
  return items;
}

interface ExpectedPage {
  readonly startIndex: number;
  readonly total: number;
  readonly noun: string;
}

function checkPage(
  { totalResults, startIndex, itemsPerPage, resources }: ListPage,
  { startIndex: asked, total, noun }: ExpectedPage,
): void {
  const page = `The page at startIndex ${asked}`;
  if (totalResults !== total)
    throw new DirectoryFailure(`${page} says totalResults ${totalResults}; the first said ${total}.`);
  if (startIndex !== asked) throw new DirectoryFailure(`${page} says it starts at ${startIndex}.`);
  if (itemsPerPage !== resources.length) {
    throw new DirectoryFailure(`${page} says itemsPerPage ${itemsPerPage} and holds ${resources.length} ${noun}.`);
  }
  const expected = Math.max(0, Math.min(PAGE_SIZE, total - asked + 1));
  if (resources.length === expected) return;
  const loss = `the next page asked for is 100 further, so ${noun} would be skipped`;
  throw new DirectoryFailure(
    `${page} holds ${resources.length} of the ${expected} ${noun} it must hold of ${total}; ${loss}.`,
  );
}

function importedUser(resource: ScimObject): ImportedUser {
  const { id, userName, active, title } = resource;
  if (typeof id !== 'string' || id === '') throw new DirectoryFailure('A listed user has no id.');
  if (typeof userName !== 'string') throw new DirectoryFailure(`The listed user ${id} has no userName.`);
  const name = isObject(resource['name']) ? resource['name'] : {};
  return { id, userName, active, title, givenName: name['givenName'], familyName: name['familyName'] };
}

function repetition(name: string, id: string, startIndex: number): string {
  return `${name} (id ${id}) is listed a second time on the page at startIndex ${startIndex}.`;
}

/** One difference between the simulated directory and the server. */
export interface Difference {
  readonly userName?: string;
  readonly group?: string;
  readonly message: string;
}

/** Compares the accounts this run wrote with what the import read; an account that already failed is passed over. */
export function differences(accounts: readonly Account[], imported: ReadonlyMap<string, ImportedUser>): Difference[] {
  return accounts
    .filter(({ id, doubtful }) => id !== undefined && !doubtful)
    .flatMap((account) => {
      const { userName } = account.person;
      const user = imported.get(account.id ?? '');
      const messages = messagesOf(account, user);
      return messages.map((message) => ({ userName, message: `Import difference: ${userName} ${message}.` }));
    });
}

function messagesOf(account: Account, user: ImportedUser | undefined): string[] {
  const { id, deleted } = account;
  if (deleted) return user ? [`was deleted (id ${id}), but the import still lists it`] : [];
  return user ? differencesOf(account, user) : [`was provisioned (id ${id}), but the import does not list it`];
}

function differencesOf({ person, active, profilePushed }: Account, user: ImportedUser): string[] {
  const { givenName, familyName, title } = user;
  const status = [['active', active ?? user.active, user.active]] as const;
  const profile = [
    ['userName', person.userName, user.userName],
    ['givenName', person.givenName ?? '', givenName ?? ''],
    ['familyName', person.familyName ?? '', familyName ?? ''],
    ['title', person.title ?? '', title ?? ''],
  ] as const;
  return [...status, ...(profilePushed ? profile : [])]
    .filter(([, wanted, read]) => wanted !== read)
    .map(
      ([name, wanted, read]) =>
        `has ${name} ${JSON.stringify(wanted)} in the directory, but ${shown(read)} on the server`,
    );
}

function shown(value: unknown): string {
  return value === undefined ? kindOf(value) : JSON.stringify(value);
}
