import type { OutgoingHttpHeaders } from 'node:http';
import type { DirectoryClient } from './client.ts';
import type { PushedGroup } from './groups/directory.ts';
import type { Person } from './people/person.ts';
import type { Account, LifeStep, Simulation, Step } from './simulation.ts';

/** What an identity provider does of its own: its messages, their order and its words; the walking is shared. */
export interface Provider {
  readonly name: 'Okta' | 'Entra ID';
  /** What the report calls its dialect, where it has just one. */
  readonly dialect?: 'entra';
  /** Its headers, in its spelling and order; Content-Type only with a body. */
  readonly headers: (token: string, body: string | undefined) => OutgoingHttpHeaders;
  /** A person's id in it, sent as `externalId`: always the same, so that a second run is the same directory. */
  readonly idOf: (person: Person) => string;
  /** The button that tests the connection. Fails with: DirectoryFailure, Stopped. */
  readonly test: (client: DirectoryClient) => Promise<void>;
  /** What it does for one account, in each step that it knows. Fails with: DirectoryFailure, Stopped. */
  readonly life: { readonly [Known in LifeStep]?: (simulation: Simulation, account: Account) => Promise<void> };
  /** Learns the server's id of an account whose life did not begin in this run. Fails with: DirectoryFailure, Stopped. */
  readonly meet: (simulation: Simulation, account: Account) => Promise<unknown>;
  /** One group's whole push. Fails with: DirectoryFailure, Stopped. */
  readonly pushGroup: (simulation: Simulation, group: PushedGroup) => Promise<void>;
  /** What its admin reads when `failure` ends a step for the user or group called `name`. */
  readonly sentences: Readonly<Record<Step, (name: string, failure: string) => string>>;
}
