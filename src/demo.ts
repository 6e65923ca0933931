import { createAccessToken } from './domain/access-token-commands.ts';
import { createInvitation } from './domain/invitation-commands.ts';
import { DomainError } from './domain/errors.ts';
import type { World } from './domain/ports.ts';
import { createUser } from './domain/user-commands.ts';
import { createWorkspace } from './domain/workspace-commands.ts';
import type { Workspace } from './domain/workspace.ts';

/** What a first start made. */
export interface Demo {
  readonly slug: string;
  readonly ownerName: string;
  /** The owner's personal access token, in plain text this once. */
  readonly accessToken: string;
  /** The token of the owner's invitation to set a password, likewise. */
  readonly invitationToken: string;
}

const actor = { kind: 'system' } as const;

/** Fills an empty database with a workspace to try things on; leaves any other as it is. */
export async function seedDemo(world: World): Promise<Demo | undefined> {
  if (!(await world.store.acrossWorkspaces.isEmpty())) return undefined;
  const workspace = await createDemoWorkspace(world);
  if (workspace === undefined) return undefined;
  const ctx = { ...world, actor, workspaceId: workspace.id };
  const owner = await createUser(
    ctx,
    {
      userName: 'olivia.bennett@acme.example',
      active: true,
      displayName: 'Olivia Bennett',
      name: { givenName: 'Olivia', familyName: 'Bennett' },
      emails: [{ value: 'olivia.bennett@acme.example', type: 'work', primary: true }],
    },
    'OWNER',
  );
  const { secret } = await createAccessToken(ctx, { userId: owner.id, name: 'First start' });
  const invited = await createInvitation(ctx, owner.id);
  return {
    slug: workspace.slug,
    ownerName: 'Olivia Bennett',
    accessToken: secret,
    invitationToken: invited.secret,
  };
}

/** The workspace; undefined where another server that found the same database empty has just made it. */
async function createDemoWorkspace(world: World): Promise<Workspace | undefined> {
  try {
    return await createWorkspace({ ...world, actor }, { slug: 'acme', name: 'Acme Legal', plan: 'ENTERPRISE' });
  } catch (error) {
    if (error instanceof DomainError && error.refusal.kind === 'AlreadyExists') return undefined;
    throw error;
  }
}
