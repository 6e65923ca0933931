import { accepted, onlyOne, sameId, verifyActive } from '../accounts.ts';
import type { CallKind } from '../client.ts';
import { DirectoryFailure, within } from '../failures.ts';
import { promoted } from '../people/person.ts';
import { madeBefore } from '../recovery.ts';
import type { ScimUser } from '../scim.ts';
import type { Account, LifeStep, Simulation } from '../simulation.ts';
import { createUser, findUsers, patchUser, readUser, replaceUser } from '../users.ts';
import {
  changedAttributes,
  createMessage,
  newPassword,
  passwordMessage,
  patchMessage,
  profileOf,
  replaceMessage,
  statusMessage,
} from './messages.ts';
import { lookUpQuery } from './transport.ts';

/** What Okta does for one account in each step. Fails with: DirectoryFailure, Stopped. */
export const LIFE: Record<Exclude<LifeStep, 'delete'>, (simulation: Simulation, account: Account) => Promise<void>> = {
  provision,
  update,
  password,
  deactivate,
  reactivate,
};

/** Assignment: the existence check, then create the user or link the one that is there. */
async function provision(simulation: Simulation, account: Account): Promise<void> {
  const found = await lookUp(simulation, account);
  if (found) return await link(simulation, account, found.id);
  const { client, passwords, acknowledgedCreates } = simulation;
  const { person, externalId } = account;
  const message = createMessage(person, externalId, passwords && newPassword());
  const user = await within(`Error while creating user ${person.displayName ?? person.userName}`, () =>
    createUser(client, message, () => void acknowledgedCreates.push(person.userName)),
  );
  if (passwords) passwords.created++;
  if (user) return accepted(account, user.id);
  await link(simulation, account, madeBefore(await lookUp(simulation, account)).id);
}

/** Okta keeps the id of the user it found and pushes its own profile over it. */
async function link(simulation: Simulation, account: Account, id: string): Promise<void> {
  await pushAll(simulation, account, { kind: 'link', id });
}

/** A profile push: the person was promoted. */
async function update(simulation: Simulation, account: Account): Promise<void> {
  const { client, dialect } = simulation;
  const id = await idOf(simulation, account);
  const before = account.profilePushed ? profileOf(account.person, account.externalId) : {};
  account.person = promoted(account.person);
  if (dialect === 'patch') {
    const changed = changedAttributes(before, profileOf(account.person, account.externalId));
    await patchUser(client, 'update', id, patchMessage(changed));
  } else {
    const existing = await readUser(client, id);
    account.active ??= existing.active;
    await replaceUser(
      client,
      'update',
      id,
      replaceMessage(existing, account.person, account.externalId, existing.active),
    );
  }
  account.profilePushed = true;
}

/** Password sync: the person has chosen another password in Okta. */
async function password(simulation: Simulation, account: Account): Promise<void> {
  const { client, dialect, passwords } = simulation;
  const id = await idOf(simulation, account);
  const chosen = newPassword();
  if (dialect === 'patch') await patchUser(client, 'push password', id, patchMessage({ password: chosen }));
  else await replaceUser(client, 'push password', id, passwordMessage(await readUser(client, id), chosen));
  if (passwords) passwords.changed++;
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
  const known = sameId(account, await lookUp(simulation, account));
  for (let time = 1; time <= 2; time++) {
    if (simulation.dialect === 'put') await pushAll(simulation, account, { kind: 'reactivate', id: known });
    else await patchUser(simulation.client, 'reactivate', known, patchMessage({ active: true }));
  }
  account.id = known;
  account.active = true;
  await verifyActive(simulation, known, true);
}

async function lookUp({ client }: Simulation, { person: { userName } }: Account): Promise<ScimUser | undefined> {
  return await within(`Error while verifying if user ${userName} exists`, async () =>
    onlyOne(await findUsers(client, lookUpQuery('userName', userName))),
  );
}

/** The server's id: known from provisioning, or looked up when a run starts later in the person's life. Fails with: DirectoryFailure, Stopped. */
export async function idOf(simulation: Simulation, account: Account): Promise<string> {
  account.id ??= (await lookUp(simulation, account))?.id;
  if (account.id === undefined)
    throw new DirectoryFailure('the user does not exist on the server; provision it first.');
  return account.id;
}

async function pushAll(
  simulation: Simulation,
  account: Account,
  target: { kind: CallKind; id: string },
): Promise<void> {
  const { client, dialect } = simulation;
  const { person, externalId } = account;
  const { kind, id } = target;
  const existing = await readUser(client, id);
  if (dialect === 'put') await replaceUser(client, kind, id, replaceMessage(existing, person, externalId, true));
  else await patchUser(client, kind, id, patchMessage({ ...profileOf(person, externalId), active: true }));
  accepted(account, id);
}
