import { DirectoryFailure } from '../failures.ts';
import { requireArrival } from '../groups/arrival.ts';
import { createGroup, deleteGroup, findGroups, patchGroup, readGroup } from '../groups/calls.ts';
import { without, type GroupMember, type LinkedGroup, type PushedGroup } from '../groups/directory.ts';
import { madeBefore } from '../recovery.ts';
import type { Simulation } from '../simulation.ts';
import { filterBy } from '../users.ts';
import { createGroupMessage, linkGroupMessage, memberMessage, renameMessage } from './messages.ts';

/** One group's whole push: create or match, members one at a time, a new name for a time, a change of members, its ending. Fails with: DirectoryFailure, Stopped. */
export async function pushGroup(simulation: Simulation, group: PushedGroup): Promise<void> {
  const linked = await createOrLink(simulation, group);
  await setMembers(simulation, linked, group.first);
  await rename(simulation, linked, `${group.name} (renamed)`);
  await requireArrival(simulation, linked);
  await setMembers(simulation, linked, group.later);
  await rename(simulation, linked, group.name);
  await end(simulation, linked);
}

/** A group that is matched by its name loses, with the first change of members, those whom the directory does not know. */
async function createOrLink(simulation: Simulation, group: PushedGroup): Promise<LinkedGroup> {
  const { client } = simulation;
  const found = await lookUp(simulation, group);
  const made = found ? undefined : await createGroup(client, createGroupMessage(group.name));
  const { id } = found ?? made ?? madeBefore(await lookUp(simulation, group));
  if (made) return Object.assign(group, { id });
  await patchGroup(client, 'rename group', id, linkGroupMessage(group.name));
  const { memberIds } = await readGroup(client, id);
  return Object.assign(group, { id, members: memberIds.map((value) => ({ value, display: value })) });
}

async function lookUp({ client }: Simulation, { name }: PushedGroup): Promise<{ id: string } | undefined> {
  const found = await findGroups(client, `excludedAttributes=members&${filterBy({ displayName: name })}`);
  if (found.length <= 1) return found[0];
  throw new DirectoryFailure(`${found.length} groups answer to this name, so it is not clear which one to link.`);
}

async function rename({ client }: Simulation, group: LinkedGroup, displayName: string): Promise<void> {
  await readGroup(client, group.id, 'excludedAttributes=members');
  await patchGroup(client, 'rename group', group.id, renameMessage(displayName));
  group.displayName = displayName;
}

async function setMembers({ client }: Simulation, group: LinkedGroup, members: readonly GroupMember[]): Promise<void> {
  for (const [op, moved] of [
    ['Remove', without(group.members, members)],
    ['Add', without(members, group.members)],
  ] as const)
    for (const { value } of moved) await patchGroup(client, 'push members', group.id, memberMessage(op, value));
  group.members = members;
}

async function end(simulation: Simulation, group: LinkedGroup): Promise<void> {
  const { ending, first } = group;
  if (ending === 'kept') return;
  if (ending !== 'unlinked') return await setMembers(simulation, group, ending === 'emptied' ? [] : first);
  await deleteGroup(simulation.client, group.id);
  group.deleted = true;
}
