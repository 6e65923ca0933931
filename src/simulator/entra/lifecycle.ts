import { accepted, onlyOne, sameId, verifyActive } from '../accounts.ts';
import { DirectoryFailure } from '../failures.ts';
import { promoted } from '../people/person.ts';
import type { Provider } from '../provider.ts';
import { madeBefore } from '../recovery.ts';
import { patchOf, type ScimUser } from '../scim.ts';
import type { Account, Simulation } from '../simulation.ts';
import { createUser, deleteUser, filterBy, findUsers, patchUser, readUser } from '../users.ts';
import {
  attributesHeld,
  attributesOf,
  changeOperations,
  createMessage,
  managerMessage,
  statusOperation,
} from './messages.ts';

/** What Entra ID does for one account in each step. */
export const LIFE: Provider['life'] = { provision, update, deactivate, reactivate, delete: remove };

/** In scope: matched by its id, then by its userName; else created. */
async function provision(simulation: Simulation, account: Account): Promise<void> {
  const found = await lookUp(simulation, account);
  if (found) return await link(simulation, account, found);
  const { person, externalId } = account;
  const acknowledged = () => void simulation.acknowledgedCreates.push(person.userName);
  const user = await createUser(simulation.client, createMessage(person, externalId), acknowledged);
  if (user) return accepted(account, user.id);
  await link(simulation, account, madeBefore(await lookUp(simulation, account)));
}

/** A matched user is compared, and written only where it differs. */
async function link(simulation: Simulation, account: Account, user: ScimUser): Promise<void> {
  const changes = changeOperations(attributesHeld(user), attributesOf(account.person, account.externalId));
  const operations = user['active'] === true ? changes : [...changes, statusOperation(true)];
  if (operations.length > 0) await patchUser(simulation.client, 'link', user.id, patchOf(...operations));
  accepted(account, user.id);
}

/** The person was promoted, and has a manager now. */
async function update(simulation: Simulation, account: Account): Promise<void> {
  const { client } = simulation;
  const id = await idOf(simulation, account);
  const existing = await readUser(client, id);
  account.active ??= existing.active;
  account.person = promoted(account.person);
  const changes = changeOperations(attributesHeld(existing), attributesOf(account.person, account.externalId));
  if (changes.length > 0) await patchUser(client, 'update', id, patchOf(...changes));
  account.profilePushed = true;
  const managerId = account.manager?.id;
  if (managerId !== undefined) await giveManager(simulation, id, managerId);
}

/** Entra ID asks for a reference by a filter, and does not read it. */
async function giveManager({ client }: Simulation, id: string, managerId: string): Promise<void> {
  const query = `${filterBy({ id, manager: managerId })}&attributes=id`;
  if ((await findUsers(client, query)).length === 1) return;
  await patchUser(client, 'update', id, managerMessage(managerId));
  if ((await findUsers(client, query)).length === 1) return;
  throw new DirectoryFailure(`the server accepted the manager ${managerId}, but does not find the user by it.`);
}

/** Out of scope: a soft delete. */
async function deactivate(simulation: Simulation, account: Account): Promise<void> {
  const id = await idOf(simulation, account);
  await patchUser(simulation.client, 'deactivate', id, patchOf(statusOperation(false)));
  account.active = false;
  await verifyActive(simulation, id, false);
}

/** In scope again. */
async function reactivate(simulation: Simulation, account: Account): Promise<void> {
  const id = sameId(account, await lookUp(simulation, account));
  await patchUser(simulation.client, 'reactivate', id, patchOf(statusOperation(true)));
  account.id = id;
  account.active = true;
  await verifyActive(simulation, id, true);
}

/** Who leaves for good is disabled, and deleted thirty days later. */
async function remove(simulation: Simulation, account: Account): Promise<void> {
  await deactivate(simulation, account);
  const id = await idOf(simulation, account);
  await deleteUser(simulation.client, id);
  account.deleted = true;
}

async function lookUp({ client }: Simulation, account: Account): Promise<ScimUser | undefined> {
  const { externalId, person } = account;
  const matched = onlyOne(await findUsers(client, filterBy({ externalId })));
  return matched ?? onlyOne(await findUsers(client, filterBy({ userName: person.userName })));
}

/** The server's id: known from provisioning, or looked up. Fails with: DirectoryFailure, Stopped. */
export async function idOf(simulation: Simulation, account: Account): Promise<string> {
  account.id ??= (await lookUp(simulation, account))?.id;
  if (account.id === undefined)
    throw new DirectoryFailure('the user does not exist on the server; provision it first.');
  return account.id;
}
