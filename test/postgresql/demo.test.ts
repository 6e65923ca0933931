import { expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../src/db/store.ts';
import { seedDemo } from '../../src/demo.ts';
import type { World } from '../../src/domain/ports.ts';
import { systemClock, uuidV7Ids } from '../../src/ids.ts';
import { createPasswords } from '../../src/passwords.ts';
import { createSecrets } from '../../src/secrets.ts';
import { freshDatabase } from '../support/database.ts';

it('servers that find one database empty at the same moment make one demo, and the others see it', async () => {
  const database = await freshDatabase();
  onTestFinished(() => database.drop());
  const worlds = await Promise.all([1, 2, 3].map(() => worldOn(database.url)));
  const demos = await Promise.all(worlds.map((world) => seedDemo(world)));
  const [made, ...others] = demos.filter((demo) => demo !== undefined);
  expect(made?.slug).toBe('acme');
  expect(others).toEqual([]);
  for (const { store } of worlds) {
    const workspace = await store.acrossWorkspaces.workspaceBySlug('acme');
    expect(await store.workspace(workspace!.id).users.count({ roles: ['OWNER'] })).toBe(1);
  }
});

/** One server's hold on the database, its connection made. */
async function worldOn(url: string): Promise<World> {
  const store = await openStore(url, { clock: systemClock });
  onTestFinished(() => store.close());
  expect(await store.acrossWorkspaces.isEmpty()).toBe(true);
  const secrets = createSecrets('a server secret of the tests, 32 characters');
  return { store, clock: systemClock, ids: uuidV7Ids(), secrets, passwords: createPasswords() };
}
