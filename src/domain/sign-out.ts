import { unauthenticated } from './errors.ts';
import type { Context } from './ports.ts';
import { recordAudit } from './record.ts';
import { SESSION_IDLE, type Session } from './session.ts';
import { displayNameOf } from './user-profile.ts';
import { later } from './values.ts';

/** What is to end. */
export interface SignOut {
  /** The session in hand; absent where the user came without one. */
  readonly session: Session | undefined;
  /** Whether all other sessions of the user end as well. */
  readonly everywhere: boolean;
}

/** Ends the user's session, or all of them; how many. Their access tokens stay. Fails with: Unauthenticated. */
export async function signOut(ctx: Context, { session, everywhere }: SignOut): Promise<number> {
  const { actor } = ctx;
  if (actor.kind !== 'user') throw unauthenticated();
  return ctx.store.inWorkspace(ctx.workspaceId, async (tx) => {
    const user = await tx.users.get(actor.userId);
    if (user === undefined) throw unauthenticated();
    const now = ctx.clock.now();
    // Those that have ended by themselves do not count.
    await tx.sessions.removeEnded(user.id, now, later(now, -SESSION_IDLE));
    const ended = everywhere ? await tx.sessions.removeOfUser(user.id) : await tx.sessions.remove(session?.id ?? '');
    if (ended === 0) return 0;
    const target = { targetId: user.id, targetName: displayNameOf(user) };
    await recordAudit(ctx, tx, { name: 'UserSignedOut', ...target, changes: [] });
    return ended;
  });
}
