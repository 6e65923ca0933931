import type { CallKind } from './client.ts';
import { OktaFailure, within } from './failures.ts';
import {
  changedAttributes,
  createMessage,
  patchMessage,
  profileOf,
  replaceMessage,
  statusMessage,
} from './okta-messages.ts';
import type { ScimUser } from './okta-messages.ts';
import { promoted } from './people/person.ts';
import type { Account, LifeStep, Simulation } from './simulation.ts';
import { createUser, findUsers, patchUser, readUser, replaceUser } from './users.ts';

/** What Okta does for one account in each step. Fails with: OktaFailure, Stopped. */
export const LIFE: Record<LifeStep, (simulation: Simulation, account: Account) => Promise<void>> = {
  provision,
  update,
  deactivate,
  reactivate,
};

/** Assignment: the existence check, then create the user or link the one that is there. */
async function provision(simulation: Simulation, account: Account): Promise<void> {
  const found = await lookUp(simulation, account);
  if (found) return await link(simulation, account, found.id);
  const { person, oktaId } = account;
  const acknowledged = () => void simulation.acknowledgedCreates.push(person.userName);
  const user = await within(`Error while creating user ${person.displayName ?? person.userName}`, () =>
    createUser(simulation.client, createMessage(person, oktaId), acknowledged),
  );
  accepted(account, user.id);
}

/** Okta keeps the id of the user it found and pushes its own profile over it. */
async function link(simulation: Simulation, account: Account, id: string): Promise<void> {
  await pushAll(simulation, account, { kind: 'link', id });
}

/** A profile push: the person was promoted. */
async function update(simulation: Simulation, account: Account): Promise<void> {
  const { client, dialect } = simulation;
  const id = await idOf(simulation, account);
  const before = account.profilePushed ? profileOf(account.person, account.oktaId) : {};
  account.person = promoted(account.person);
  if (dialect === 'patch') {
    const changed = changedAttributes(before, profileOf(account.person, account.oktaId));
    await patchUser(client, 'update', id, patchMessage(changed));
  } else {
    const existing = await readUser(client, id);
    account.active ??= existing.active;
    await replaceUser(client, 'update', id, replaceMessage(existing, account.person, account.oktaId, existing.active));
  }
  account.profilePushed = true;
}

/** Unassignment: only the status travels; then Okta looks whether it arrived. */
async function deactivate(simulation: Simulation, account: Account): Promise<void> {
  const { client, dialect } = simulation;
  const id = await idOf(simulation, account);
  if (dialect === 'patch') await patchUser(client, 'deactivate', id, patchMessage({ active: false }));
  else await replaceUser(client, 'deactivate', id, statusMessage(await readUser(client, id), false));
  account.active = false;
  await verifyActive(simulation, id, false);
}

/** Re-assignment: the existence check must find the inactive user; its status is written twice, as Okta was seen to do. */
async function reactivate(simulation: Simulation, account: Account): Promise<void> {
  const found = await lookUp(simulation, account);
  if (!found)
    throw new OktaFailure('the deactivated user is not found by its userName, so Okta would create a second one.');
  const known = account.id ?? found.id;
  if (found.id !== known)
    throw new OktaFailure(`the user came back with another id: ${found.id}, before it was ${known}.`);
  for (let time = 1; time <= 2; time++) {
    if (simulation.dialect === 'put') await pushAll(simulation, account, { kind: 'reactivate', id: known });
    else await patchUser(simulation.client, 'reactivate', known, patchMessage({ active: true }));
  }
  account.id = known;
  account.active = true;
  await verifyActive(simulation, known, true);
}

async function lookUp({ client }: Simulation, { person: { userName } }: Account): Promise<ScimUser | undefined> {
  return await within(`Error while verifying if user ${userName} exists`, async () => {
    const found = await findUsers(client, userName);
    if (found.length <= 1) return found[0];
    throw new OktaFailure(`${found.length} users answer to this userName, so Okta cannot tell which one to link.`);
  });
}

/** The server's id: known from provisioning, or looked up when a run starts later in the person's life. Fails with: OktaFailure, Stopped. */
export async function idOf(simulation: Simulation, account: Account): Promise<string> {
  account.id ??= (await lookUp(simulation, account))?.id;
  if (account.id === undefined) throw new OktaFailure('the user does not exist on the server; provision it first.');
  return account.id;
}

async function pushAll(
  simulation: Simulation,
  account: Account,
  target: { kind: CallKind; id: string },
): Promise<void> {
  const { client, dialect } = simulation;
  const { person, oktaId } = account;
  const { kind, id } = target;
  const existing = await readUser(client, id);
  if (dialect === 'put') await replaceUser(client, kind, id, replaceMessage(existing, person, oktaId, true));
  else await patchUser(client, kind, id, patchMessage({ ...profileOf(person, oktaId), active: true }));
  accepted(account, id);
}

function accepted(account: Account, id: string): void {
  account.id = id;
  account.active = true;
  account.profilePushed = true;
}

async function verifyActive({ client }: Simulation, id: string, expected: boolean): Promise<void> {
  const { active } = await readUser(client, id);
  if (active === expected) return;
  throw new OktaFailure(`the server accepted active: ${expected}, but the user still reads active: ${active}.`);
}
