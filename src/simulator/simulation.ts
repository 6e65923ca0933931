import type { DirectoryClient } from './client.ts';
import type { Person } from './people/person.ts';

/** What a simulated identity provider does, in its order. */
export const STEPS = [
  'test',
  'provision',
  'update',
  'password',
  'groups',
  'deactivate',
  'reactivate',
  'delete',
  'import',
  'importGroups',
] as const;

/** One act of the simulation. */
export type Step = (typeof STEPS)[number];

/** A step about groups; it is left out when there are none. */
export type GroupStep = 'groups' | 'importGroups';

/** A step of people's lives; `password` is left out without password sync, `delete` is for those who leave for good. */
export type LifeStep = Exclude<Step, GroupStep | 'test' | 'import'>;

/** Whether this Okta writes users by GET and PUT (a custom app) or by PATCH (a catalogue app). */
export type Dialect = 'put' | 'patch';

/** A person's app user: what the directory believes about the account on the server. */
export interface Account {
  person: Person;
  /** The person's id in the directory, sent as `externalId`. */
  readonly externalId: string;
  /** The server's id, once the account was created or linked. */
  id?: string | undefined;
  /** The last status an accepted write left; undefined while none did. */
  active?: boolean;
  /** Whether the server accepted the whole profile in this run. */
  profilePushed: boolean;
  /** Whose report the person is. */
  readonly manager?: Account | undefined;
  /** Whether the person leaves for good, where the provider deletes users. */
  readonly leaves: boolean;
  /** Whether the user was deleted on the server. */
  deleted: boolean;
  /** Whether a failure left the directory unsure of the server's state; such an account is already red and is not compared again. */
  doubtful: boolean;
}

/** What the steps of one run share. */
export interface Simulation {
  readonly client: DirectoryClient;
  readonly dialect: Dialect;
  /** userNames whose POST was answered 201, in the order of the answers. */
  readonly acknowledgedCreates: string[];
  /** With password sync, how many passwords the server accepted; without, absent. */
  readonly passwords?: PasswordTally | undefined;
}

/** How many passwords the server accepted. */
export interface PasswordTally {
  /** In the create of a user. */
  created: number;
  /** As a change of a user's password. */
  changed: number;
}

const TEAM_SIZE = 10;

/** The accounts of people who are not provisioned yet: the first of each ten leads the others, and the last of each ten will leave. */
export function accountsOf(people: readonly Person[], idOf: (person: Person) => string): Account[] {
  const accounts: Account[] = [];
  for (const [index, person] of people.entries()) {
    const position = index % TEAM_SIZE;
    const manager = index === 0 ? undefined : accounts[position === 0 ? 0 : index - position];
    const leaves = position === TEAM_SIZE - 1;
    accounts.push({
      person,
      externalId: idOf(person),
      manager,
      leaves,
      profilePushed: false,
      deleted: false,
      doubtful: false,
    });
  }
  return accounts;
}
