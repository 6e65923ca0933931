import { DirectoryFailure } from './failures.ts';
import type { ScimUser } from './scim.ts';
import type { Account, Simulation } from './simulation.ts';
import { readUser } from './users.ts';

/** The one user whom a look-up found, if any. Fails with: DirectoryFailure where there are several. */
export function onlyOne(found: readonly ScimUser[]): ScimUser | undefined {
  if (found.length <= 1) return found[0];
  throw new DirectoryFailure(`${found.length} users answer to this look-up, so it is not clear which one to link.`);
}

/** Notes that the server took the whole profile of an active user. */
export function accepted(account: Account, id: string): void {
  account.id = id;
  account.active = true;
  account.profilePushed = true;
}

/** The id that a returning user must still have. Fails with: DirectoryFailure. */
export function sameId(account: Account, found: ScimUser | undefined): string {
  if (!found)
    throw new DirectoryFailure('the deactivated user is not found, so a second one would be created for them.');
  const known = account.id ?? found.id;
  if (found.id === known) return known;
  throw new DirectoryFailure(`the user came back with another id: ${found.id}, before it was ${known}.`);
}

/** Looks whether a status arrived. Fails with: DirectoryFailure, Stopped. */
export async function verifyActive({ client }: Simulation, id: string, expected: boolean): Promise<void> {
  const { active } = await readUser(client, id);
  if (active === expected) return;
  throw new DirectoryFailure(`the server accepted active: ${expected}, but the user still reads active: ${active}.`);
}
