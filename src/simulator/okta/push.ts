import type { CallKind } from '../client.ts';
import { DirectoryFailure, within } from '../failures.ts';
import { requireArrival } from '../groups/arrival.ts';
import {
  createGroup,
  deleteGroup,
  findGroups,
  patchGroup,
  readGroup,
  replaceGroup,
  type ReadGroup,
} from '../groups/calls.ts';
import type { GroupMember, LinkedGroup, PushedGroup } from '../groups/directory.ts';
import { madeBefore } from '../recovery.ts';
import type { Simulation } from '../simulation.ts';
import {
  createGroupMessage,
  membershipMessage,
  pushNowMessage,
  renameMessage,
  replaceGroupMessage,
} from './group-messages.ts';
import { lookUpQuery } from './transport.ts';

/** One group's whole push: create or link, members, a new name for a time, a change of members, its ending. Fails with: DirectoryFailure, Stopped. */
export async function pushGroup(simulation: Simulation, group: PushedGroup): Promise<void> {
  const linked = await createOrLink(simulation, group);
  await within(`Error while updating user group ${group.name}`, async () => {
    await rename(simulation, linked, `${group.name} (renamed)`);
    await requireArrival(simulation, linked);
    await pushMembers(simulation, linked, group.later);
    await rename(simulation, linked, group.name);
  });
  await end(simulation, linked);
}

/** A group found by its name keeps its id and gets Okta's members in place of its own. */
async function createOrLink(simulation: Simulation, group: PushedGroup): Promise<LinkedGroup> {
  const { client } = simulation;
  const found = await lookUp(simulation, group);
  const creation = () => createGroup(client, createGroupMessage(group.name));
  const made = found ? undefined : await within(`Error while creating user group ${group.name}`, creation);
  const { id } = found ?? made ?? madeBefore(await lookUp(simulation, group));
  const linked = Object.assign(group, { id });
  await within(`Error while updating user group ${group.name}`, async () => {
    if (made || simulation.dialect === 'put') return await pushMembers(simulation, linked, group.first);
    await rename(simulation, linked, group.name);
    await pushNow(simulation, linked, group.first);
  });
  return linked;
}

async function lookUp({ client }: Simulation, { name }: PushedGroup): Promise<ReadGroup | undefined> {
  const query = lookUpQuery('displayName', name);
  const found = await within(`Error while looking up user group ${name}`, () => findGroups(client, query));
  if (found.length <= 1) return found[0];
  throw new DirectoryFailure(`${found.length} groups answer to this name, so Okta cannot tell which one to link.`);
}

async function rename(simulation: Simulation, group: LinkedGroup, displayName: string): Promise<void> {
  if (simulation.dialect === 'put') await putGroup(simulation, group, { kind: 'rename group', displayName });
  else await patchGroup(simulation.client, 'rename group', group.id, renameMessage(group.id, displayName));
  group.displayName = displayName;
}

/** Okta patches only the difference, and the name before it each time. */
async function pushMembers(simulation: Simulation, group: LinkedGroup, members: readonly GroupMember[]): Promise<void> {
  if (simulation.dialect === 'put') {
    await putGroup(simulation, group, { kind: 'push members', members });
  } else {
    await rename(simulation, group, group.displayName);
    const message = membershipMessage(group.members, members);
    if (message) await patchGroup(simulation.client, 'push members', group.id, message);
  }
  group.members = members;
}

async function pushNow(simulation: Simulation, group: LinkedGroup, members: readonly GroupMember[]): Promise<void> {
  if (simulation.dialect === 'put') await putGroup(simulation, group, { kind: 'push now', members });
  else await patchGroup(simulation.client, 'push now', group.id, pushNowMessage(members));
  group.members = members;
}

async function putGroup({ client }: Simulation, group: LinkedGroup, change: GroupChange): Promise<void> {
  const { kind, displayName = group.displayName, members = group.members } = change;
  await readGroup(client, group.id);
  await replaceGroup(client, kind, group.id, replaceGroupMessage(group.id, displayName, members));
}

interface GroupChange {
  readonly kind: CallKind;
  readonly displayName?: string;
  readonly members?: readonly GroupMember[];
}

async function end(simulation: Simulation, group: LinkedGroup): Promise<void> {
  const { ending, name, first } = group;
  if (ending === 'unlinked') {
    await within(`Error while deleting user group ${name}`, () => deleteGroup(simulation.client, group.id));
    group.deleted = true;
  } else if (ending !== 'kept') {
    const members = ending === 'emptied' ? [] : first;
    await within(`Error while updating user group ${name}`, () => pushNow(simulation, group, members));
  }
}
