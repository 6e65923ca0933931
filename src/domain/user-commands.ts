import { authorize, type Role } from './actor.ts';
import { changesBetween } from './changes.ts';
import { notFound, versionMismatch } from './errors.ts';
import { managerOf, newUser } from './new-user.ts';
import {
  acceptedPassword,
  PASSWORD_CHANGE,
  passwordOfNewUser,
  passwordOfUser,
  requirePassword,
} from './password-sync.ts';
import type { Context, Transaction } from './ports.ts';
import type { ProvisioningOperation } from './provisioning-event.ts';
import { record } from './record.ts';
import { namingTheUser } from './unique-holder.ts';
import type { UserAttributes } from './user-attributes.ts';
import { fieldBehind } from './user-edit.ts';
import { authorizeOver, requireOtherOwner, requireUnmanaged } from './user-permissions.ts';
import { displayNameOf, presentedAttributes, profileToStore, storedAttributes } from './user-profile.ts';
import { roleChanges, withOwnRole } from './user-role.ts';
import { checkAttributes } from './user-rules.ts';
import { deactivated, isActive, isActiveOwner, reactivated, renamed, synced, type User } from './user.ts';

/**
 * Creates a user. The directory's users are managed by it and get the default role; others are managed by the workspace.
 * A password is kept where Sync Password is on and it keeps the rules; else the user is created without one.
 * Fails with: Forbidden, AlreadyExists(userName, externalId), InvalidInput, Unavailable.
 */
export async function createUser(
  ctx: Context,
  attributes: UserAttributes,
  role?: Role,
  password?: string,
): Promise<User> {
  authorize(ctx.actor, 'createUser');
  checkAttributes(attributes);
  const hash = await passwordOfNewUser(ctx, password, attributes.userName);
  return namingTheUser(ctx, () =>
    ctx.store.inWorkspace(ctx.workspaceId, async (tx) => {
      const user = await newUser(ctx, tx, { attributes, role });
      await tx.users.add(user);
      if (hash !== undefined) await tx.passwords.set(user.id, hash, user.createdAt);
      const deed = {
        targetType: 'User' as const,
        targetId: user.id,
        targetName: displayNameOf(user),
        changes: [...changesBetween({}, storedAttributes(user)), ...(hash === undefined ? [] : [PASSWORD_CHANGE])],
      };
      const summary = `Created ${deed.targetName}`;
      await record(ctx, tx, { ...deed, name: 'UserCreated', operation: 'CREATE_USER', hasChanged: true, summary });
      return user;
    }),
  );
}

/** What of an update was asked beside the attributes. */
export interface Expectation {
  /** The version the caller last read (`If-Match`, `expectedVersion`); left out, any version will do. */
  readonly version?: number;
}

/** What an update asks for beside the attributes. */
export interface UserUpdate extends Expectation {
  /** A new password, which is kept where Sync Password is on, and the user is no owner. */
  readonly password?: string | undefined;
  /** A new role of the user's own; people of the workspace alone give one, the directory's own included. */
  readonly role?: Role | undefined;
}

/**
 * Changes a user as `change` says, which reads what the directory would read and answers the whole of what shall be.
 * The directory's write links a user whom the workspace managed.
 * Fails with: Forbidden, NotFound, VersionMismatch, AlreadyExists(userName, externalId), InvalidInput,
 * RuleBroken(LAST_OWNER, MANAGED_BY_DIRECTORY, ROLE_GIVEN_BY_TEAM), Unavailable.
 */
export async function updateUser(
  ctx: Context,
  id: string,
  change: (user: Readonly<UserAttributes>) => UserAttributes,
  { password, role, ...expect }: UserUpdate = {},
): Promise<User> {
  authorize(ctx.actor, 'updateUser');
  const sent = await passwordOfUser(ctx, id, password);
  return namingTheUser(ctx, () =>
    ctx.store.inWorkspace(ctx.workspaceId, async (tx) => {
      const before = await existing(tx, id);
      authorizeOver(ctx.actor, 'updateUser', before);
      requireVersion(before, expect);
      const written = change(presentedAttributes(before));
      checkAttributes(written, presentedAttributes(before));
      const pushed = acceptedPassword(ctx, before, sent);
      if (pushed !== undefined) requirePassword(pushed.plain, written.userName);
      const after = await withOwnRole(ctx, tx, changed(ctx, before, written), role);
      await requireOwnerLeft(tx, before, after);
      return saveChange(ctx, tx, { before, after, passwordHash: pushed?.hash });
    }),
  );
}

/**
 * Deletes a user for good; userName and externalId are free again.
 * Fails with: Forbidden, NotFound, VersionMismatch, RuleBroken(LAST_OWNER, MANAGED_BY_DIRECTORY).
 */
export async function deleteUser(ctx: Context, id: string, expect: Expectation = {}): Promise<void> {
  authorize(ctx.actor, 'deleteUser');
  await ctx.store.inWorkspace(ctx.workspaceId, async (tx) => {
    const user = await existing(tx, id);
    authorizeOver(ctx.actor, 'deleteUser', user);
    requireVersion(user, expect);
    if (managerOf(ctx) === 'WORKSPACE') requireUnmanaged(user);
    if (isActiveOwner(user)) await requireOtherOwner(tx, id, 'deleted');
    await tx.users.remove(id);
    const deed = {
      targetType: 'User' as const,
      targetId: id,
      targetName: displayNameOf(user),
      changes: changesBetween(storedAttributes(user), {}),
    };
    const summary = `Deleted ${deed.targetName}`;
    await record(ctx, tx, { ...deed, name: 'UserDeleted', operation: 'DELETE_USER', hasChanged: true, summary });
  });
}

async function existing(tx: Transaction, id: string): Promise<User> {
  const user = await tx.users.get(id);
  if (user === undefined) throw notFound('User', id, 'userId');
  return user;
}

function requireVersion(user: User, { version }: Expectation): void {
  if (version !== undefined && version !== user.version) throw versionMismatch(version, user.version);
}

function changed(ctx: Context, before: User, written: UserAttributes): User {
  const now = ctx.clock.now();
  const manager = managerOf(ctx);
  if (manager === 'WORKSPACE') {
    const touched = changesBetween(presentedAttributes(before), written).map(({ path }) => path);
    if (touched.length === 0) return before;
    requireUnmanaged(before, fieldBehind(touched));
  }
  const managed = manager === 'DIRECTORY' ? synced(before, now) : before;
  const named = renamed({ ...managed, externalId: written.externalId ?? null }, written.userName);
  const described = { ...named, profile: profileToStore(written, before, named) };
  if (written.active === isActive(before)) return described;
  return written.active ? reactivated(described) : deactivated(described, manager, now);
}

interface UserChange {
  readonly before: User;
  readonly after: User;
  /** The hash of the password that the user has from now on; undefined where it stays. */
  readonly passwordHash: string | undefined;
}

async function saveChange(ctx: Context, tx: Transaction, { before, after, passwordHash }: UserChange): Promise<User> {
  const isNewPassword = passwordHash !== undefined && passwordHash !== (await tx.passwords.hashOf(before.id));
  const changes = [
    ...changesBetween(storedAttributes(before), storedAttributes(after)),
    ...roleChanges(before, after),
    ...(isNewPassword ? [PASSWORD_CHANGE] : []),
  ];
  const hasChanged = changes.length > 0 || before.managedBy !== after.managedBy;
  const deed = {
    targetType: 'User' as const,
    targetId: after.id,
    targetName: displayNameOf(after),
    changes,
    hasChanged,
  };
  await record(ctx, tx, { ...deed, ...story(before, after, hasChanged) });
  if (!hasChanged) {
    if (after.lastSyncedAt !== null) await tx.users.touchSynced(after.id, after.lastSyncedAt);
    return { ...before, lastSyncedAt: after.lastSyncedAt };
  }
  const next = { ...after, version: before.version + 1, updatedAt: ctx.clock.now() };
  await tx.users.save(next);
  if (isNewPassword) await tx.passwords.set(next.id, passwordHash, next.updatedAt);
  const isShutOut = isActive(before) && !isActive(next);
  if (isShutOut) await tx.accessTokens.removeOfUser(next.id);
  if (isShutOut || isNewPassword) await tx.sessions.removeOfUser(next.id);
  // Whoever invited them holds the invitation, too, and an admin is not to come in as an owner.
  const isMadeOwner = before.role !== 'OWNER' && next.role === 'OWNER';
  if (isShutOut || isNewPassword || isMadeOwner) await tx.invitations.removeOfUser(next.id);
  return next;
}

function story(before: User, after: User, hasChanged: boolean) {
  const name = displayNameOf(after);
  if (isActive(before) && !isActive(after)) return told('UserDeactivated', 'DEACTIVATE_USER', `Deactivated ${name}`);
  if (!isActive(before) && isActive(after)) return told('UserReactivated', 'REACTIVATE_USER', `Reactivated ${name}`);
  if (before.managedBy !== after.managedBy)
    return told('UserUpdated', 'UPDATE_USER', `Linked ${name} to the directory`);
  const summary = hasChanged ? `Updated ${name}` : `${name} was up to date already`;
  return told('UserUpdated', 'UPDATE_USER', summary);
}

function told<Name extends string>(name: Name, operation: ProvisioningOperation, summary: string) {
  return { name, operation, summary };
}

async function requireOwnerLeft(tx: Transaction, before: User, after: User): Promise<void> {
  if (!isActiveOwner(before) || isActiveOwner(after)) return;
  if (after.role === 'OWNER') await requireOtherOwner(tx, before.id, 'deactivated');
  else await requireOtherOwner(tx, before.id, 'demoted', 'role');
}
