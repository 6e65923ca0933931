import { authorize } from './actor.ts';
import { notFound } from './errors.ts';
import type { Context } from './ports.ts';
import { recordAudit } from './record.ts';
import { displayNameOf } from './user-profile.ts';
import type { User } from './user.ts';

/** Stops directory management of a user, who stays as they are otherwise. Fails with: Forbidden, NotFound. */
export async function unlinkUser(ctx: Context, id: string): Promise<User> {
  authorize(ctx.actor, 'unlink');
  return ctx.store.inWorkspace(ctx.workspaceId, async (tx) => {
    const before = await tx.users.get(id);
    if (before === undefined) throw notFound('User', id, 'userId');
    if (before.managedBy === 'WORKSPACE') return before;
    const after = { ...unlinked(before), version: before.version + 1, updatedAt: ctx.clock.now() };
    await tx.users.save(after);
    const { externalId } = before;
    const changes =
      externalId === null
        ? []
        : [{ path: 'externalId', before: JSON.stringify(externalId), after: null, redacted: false }];
    await recordAudit(ctx, tx, { name: 'UserUnlinked', targetId: id, targetName: displayNameOf(after), changes });
    return after;
  });
}

function unlinked(user: User): User {
  return { ...user, managedBy: 'WORKSPACE', externalId: null, adopted: false, linkedAt: null, lastSyncedAt: null };
}
