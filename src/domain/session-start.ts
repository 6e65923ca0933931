import type { AttributeChange } from './changes.ts';
import type { DomainEventName } from './events.ts';
import type { Context, Transaction, World } from './ports.ts';
import { recordAudit } from './record.ts';
import { SESSION_IDLE, SESSION_LIFE, type Session } from './session.ts';
import { displayNameOf } from './user-profile.ts';
import { accepted, type User } from './user.ts';
import { later } from './values.ts';

/** A person let in; the secret is the session's, told this once. */
export interface SignedIn {
  readonly user: User;
  readonly session: Session;
  readonly secret: string;
}

/** The context of a user who is about to be let in. */
export function contextOf(world: World, user: User): Context {
  const { workspaceId, id, role } = user;
  return { ...world, workspaceId, actor: { kind: 'user', userId: id, role } };
}

/**
 * Starts a session of a user who has shown who they are, within the transaction that found them active, and writes down
 * the event by which they came in.
 */
export async function startSession(
  ctx: Context,
  tx: Transaction,
  found: User,
  event: { readonly name: DomainEventName; readonly changes: readonly AttributeChange[] } = SIGNED_IN,
): Promise<SignedIn> {
  const { session, secret } = newSession(ctx, found);
  const user = accepted(found, session.createdAt);
  if (user !== found) await tx.users.save(user);
  await tx.sessions.removeEnded(user.id, session.createdAt, later(session.createdAt, -SESSION_IDLE));
  await tx.sessions.add(session);
  const target = { targetId: user.id, targetName: displayNameOf(user) };
  const changes = [...statusChange(found, user), ...event.changes];
  await recordAudit(ctx, tx, { name: event.name, ...target, changes });
  return { user, session, secret };
}

const SIGNED_IN = { name: 'UserSignedIn', changes: [] } as const;

/** Ends the session that the browser held until it signed in anew, whoever's it was: a secret never outlives a sign-in. */
export async function endReplaced(world: World, replaced: Session | undefined): Promise<void> {
  if (replaced === undefined) return;
  await world.store.inWorkspace(replaced.workspaceId, (tx) => tx.sessions.remove(replaced.id));
}

function newSession(ctx: Context, user: User): { session: Session; secret: string } {
  const { plain, publicId, hash } = ctx.secrets.issue('ses');
  const createdAt = ctx.clock.now();
  const session: Session = {
    workspaceId: ctx.workspaceId,
    id: ctx.ids.next(),
    userId: user.id,
    publicId,
    secretHash: hash,
    createdAt,
    lastUsedAt: createdAt,
    expiresAt: later(createdAt, SESSION_LIFE),
  };
  return { session, secret: plain };
}

function statusChange(before: User, after: User): AttributeChange[] {
  if (before.status === after.status) return [];
  const [was, is] = [JSON.stringify(before.status), JSON.stringify(after.status)];
  return [{ path: 'status', before: was, after: is, redacted: false }];
}
