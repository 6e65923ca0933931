import type { OktaClient } from './client.ts';
import { oktaIdOf, type Person } from './people/person.ts';

/** What a simulated Okta does, in its order. */
export const STEPS = [
  'test',
  'provision',
  'update',
  'groups',
  'deactivate',
  'reactivate',
  'import',
  'importGroups',
] as const;

/** One act of the simulation. */
export type Step = (typeof STEPS)[number];

/** A step about groups; it is left out when there are none. */
export type GroupStep = 'groups' | 'importGroups';

/** A step that every person goes through. */
export type LifeStep = Exclude<Step, GroupStep | 'test' | 'import'>;

/** Whether this Okta writes users by GET and PUT (a custom app) or by PATCH (a catalogue app). */
export type Dialect = 'put' | 'patch';

/** A person's app user: what Okta believes about the account on the server. */
export interface Account {
  person: Person;
  /** The person's id in Okta, sent as `externalId`. */
  readonly oktaId: string;
  /** The server's id, once the account was created or linked. */
  id?: string | undefined;
  /** The last status an accepted write left; undefined while none did. */
  active?: boolean;
  /** Whether the server accepted the whole profile in this run. */
  profilePushed: boolean;
  /** Whether a failure left Okta unsure of the server's state; such an account is already red and is not compared again. */
  doubtful: boolean;
}

/** What the steps of one run share. */
export interface Simulation {
  readonly client: OktaClient;
  readonly dialect: Dialect;
  /** userNames whose POST was answered 201, in the order of the answers. */
  readonly acknowledgedCreates: string[];
}

/** An account Okta has not provisioned yet. */
export function accountOf(person: Person): Account {
  return { person, oktaId: oktaIdOf(person), profilePushed: false, doubtful: false };
}
