import type { Role } from './actor.ts';
import { notFound } from './errors.ts';
import type { Context, Transaction } from './ports.ts';
import type { UserAttributes } from './user-attributes.ts';
import { profileToStore } from './user-profile.ts';
import { deactivated, ownRoleOf, type ManagedBy, type User } from './user.ts';
import { compareKey } from './values.ts';

/** What a user begins with. */
export interface Beginning {
  readonly attributes: UserAttributes;
  /** Left out, the role is the workspace's default. */
  readonly role?: Role | undefined;
  readonly isInvited?: boolean;
}

/** A user as they are created, managed by whoever acts; not kept yet. Fails with: NotFound(Workspace). */
export async function newUser(
  ctx: Context,
  tx: Transaction,
  { attributes, role, isInvited = false }: Beginning,
): Promise<User> {
  const workspace = await tx.workspace();
  if (workspace === undefined) throw notFound('Workspace', ctx.workspaceId);
  const now = ctx.clock.now();
  const managedBy = managerOf(ctx);
  const bySync = managedBy === 'DIRECTORY';
  const user: User = {
    workspaceId: ctx.workspaceId,
    id: ctx.ids.next(),
    userName: attributes.userName,
    userNameKey: compareKey(attributes.userName),
    externalId: attributes.externalId ?? null,
    status: isInvited ? 'INVITED' : 'ACTIVE',
    ...ownRoleOf(role ?? workspace.settings.defaultRole, role === undefined ? 'DEFAULT' : 'ASSIGNED'),
    managedBy,
    adopted: false,
    linkedAt: bySync ? now : null,
    lastSyncedAt: bySync ? now : null,
    profile: {},
    displayNameOverride: null,
    deactivatedAt: null,
    deactivatedBy: null,
    lastActiveAt: null,
    version: 1,
    createdAt: now,
    updatedAt: now,
  };
  const described = { ...user, profile: profileToStore(attributes, undefined, user) };
  return attributes.active ? described : deactivated(described, managedBy, now);
}

/** Who manages what the actor creates, and may change. */
export function managerOf(ctx: Context): ManagedBy {
  return ctx.actor.kind === 'scimCredential' ? 'DIRECTORY' : 'WORKSPACE';
}
