import type { AttributeChange } from './changes.ts';
import type { DomainEventName } from './events.ts';
import type { Context, Transaction } from './ports.ts';
import type { DirectoryCall, ProvisioningEvent, ProvisioningOperation } from './provisioning-event.ts';

/** What a command did, for the logs. */
export interface Deed {
  readonly name: DomainEventName;
  readonly operation: ProvisioningOperation;
  readonly targetType: 'User' | 'Team';
  readonly targetId: string;
  readonly targetName: string;
  readonly changes: readonly AttributeChange[];
  /** Whether anything is different now; a link to the directory is, even where no attribute is. */
  readonly hasChanged: boolean;
  /** The story in a sentence. */
  readonly summary: string;
}

/**
 * Writes the deed into the logs, in the command's own transaction: into the audit log where something changed, and into
 * the log of SCIM calls where a directory called.
 */
export async function record(ctx: Context, tx: Transaction, deed: Deed): Promise<void> {
  if (deed.hasChanged) await recordAudit(ctx, tx, deed);
  if (ctx.call === undefined) return;
  const event = eventOf(ctx, ctx.call, deed);
  await tx.recordProvisioningEvent(event);
  ctx.call.written = event;
}

/** Appends to the audit log alone: for commands that no directory can call. */
export async function recordAudit(
  ctx: Context,
  tx: Transaction,
  deed: Pick<Deed, 'name' | 'targetId' | 'targetName' | 'changes'>,
): Promise<void> {
  await tx.recordDomainEvent({
    workspaceId: ctx.workspaceId,
    id: ctx.ids.next(),
    occurredAt: ctx.clock.now(),
    actor: ctx.actor,
    name: deed.name,
    targetId: deed.targetId,
    targetName: deed.targetName,
    changes: deed.changes,
  });
}

function eventOf(ctx: Context, call: DirectoryCall, deed: Deed): ProvisioningEvent {
  return {
    workspaceId: ctx.workspaceId,
    id: ctx.ids.next(),
    occurredAt: call.receivedAt,
    durationMs: call.elapsedMs(),
    requestId: call.requestId,
    httpMethod: call.httpMethod,
    path: call.path,
    httpStatus: call.successStatus,
    ipAddress: call.ipAddress,
    userAgent: call.userAgent,
    operation: deed.operation,
    outcome: deed.hasChanged ? 'SUCCEEDED' : 'UNCHANGED',
    summary: deed.summary,
    errorCode: null,
    scimType: null,
    detail: null,
    changes: deed.changes,
    tolerated: [...call.tolerated],
    credentialId: call.credentialId,
    targetType: deed.targetType,
    targetId: isDeletion(deed) ? null : deed.targetId,
    targetName: deed.targetName,
  };
}

function isDeletion({ operation }: Deed): boolean {
  return operation === 'DELETE_USER' || operation === 'DELETE_TEAM';
}
