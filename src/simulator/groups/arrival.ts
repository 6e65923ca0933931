import { DirectoryFailure } from '../failures.ts';
import type { Simulation } from '../simulation.ts';
import { readGroup } from './calls.ts';
import { differencesOf } from './differences.ts';
import type { LinkedGroup } from './directory.ts';

/** Reads a group after its rename, which must change the name and leave the members alone. Fails with: DirectoryFailure, Stopped. */
export async function requireArrival({ client }: Simulation, group: LinkedGroup): Promise<void> {
  const differences = differencesOf(group, await readGroup(client, group.id));
  if (differences.length === 0) return;
  throw new DirectoryFailure(`the server accepted the rename, but the group ${differences.join(' and ')}.`);
}
