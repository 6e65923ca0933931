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

/** An account that is not provisioned yet. */
export function accountOf(person: Person, externalId: string): Account {
  return { person, externalId, profilePushed: false, doubtful: false };
}
