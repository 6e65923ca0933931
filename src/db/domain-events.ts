import type { Actor } from '../domain/actor.ts';
import type { DomainEvent } from '../domain/events.ts';
import type { Session, SqlValue } from './session.ts';

const INSERT = `insert into domain_events
  (workspace_id, id, occurred_at, actor_kind, actor_id, actor_role, name, target_id, target_name, changes)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/** Appends to the audit log. */
export async function addDomainEvent(session: Session, event: DomainEvent): Promise<void> {
  const { workspaceId, id, occurredAt, actor, name, targetId, targetName, changes } = event;
  const who = actorValues(actor);
  await session.run(INSERT, [workspaceId, id, occurredAt, ...who, name, targetId, targetName, JSON.stringify(changes)]);
}

function actorValues(actor: Actor): SqlValue[] {
  if (actor.kind === 'user') return [actor.kind, actor.userId, actor.role];
  return [actor.kind, actor.kind === 'scimCredential' ? actor.credentialId : null, null];
}
