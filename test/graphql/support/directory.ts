import type { Context } from '../../../src/domain/ports.ts';
import type { DirectoryCall, ProvisioningEvent } from '../../../src/domain/provisioning-event.ts';

/** The same workspace with the directory acting in it. */
export function directoryOf(ctx: Context, credentialId = ctx.ids.next()): Context {
  return { ...ctx, actor: { kind: 'scimCredential', credentialId } };
}

/** A call of the directory that a command is to answer. */
export function callOf(ctx: Context, changes: Partial<DirectoryCall> = {}): DirectoryCall {
  return {
    requestId: ctx.ids.next(),
    receivedAt: ctx.clock.now(),
    elapsedMs: () => 1.5,
    httpMethod: 'POST',
    path: '/Users',
    ipAddress: '192.0.2.1',
    userAgent: 'Okta SCIM Client 1.0.0',
    credentialId: null,
    successStatus: 201,
    tolerated: [],
    ...changes,
  };
}

/** A call that no command answered: a read, unless told otherwise. */
export function eventOf(ctx: Context, changes: Partial<ProvisioningEvent> = {}): ProvisioningEvent {
  return {
    workspaceId: ctx.workspaceId,
    id: ctx.ids.next(),
    occurredAt: ctx.clock.now(),
    durationMs: 0.5,
    requestId: ctx.ids.next(),
    httpMethod: 'GET',
    path: '/Users?filter=userName eq [masked]',
    httpStatus: 200,
    ipAddress: '192.0.2.1',
    userAgent: 'Okta SCIM Client 1.0.0',
    operation: 'READ_USERS',
    outcome: 'SUCCEEDED',
    summary: 'Looked for users',
    errorCode: null,
    scimType: null,
    detail: null,
    changes: [],
    tolerated: [],
    credentialId: null,
    targetType: null,
    targetId: null,
    targetName: null,
    ...changes,
  };
}
