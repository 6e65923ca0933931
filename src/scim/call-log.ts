import type { World } from '../domain/ports.ts';
import type {
  DirectoryCall,
  ProvisioningEvent,
  ProvisioningOperation,
  ProvisioningOutcome,
} from '../domain/provisioning-event.ts';
import type { Ending } from './endpoints.ts';
import type { ScimRequest } from './message.ts';
import { withoutKeys } from './key-mask.ts';
import type { Failure } from './refusals.ts';

/** What is learned of a call on its way, for the log. */
export interface Trail {
  readonly call: Omit<DirectoryCall, 'credentialId' | 'successStatus' | 'written'>;
  /** In whose log it belongs; unknown until the key or the slug says, and for calls that concern nobody. */
  workspaceId?: string;
  credentialId?: string;
  operation: ProvisioningOperation;
  /** Whom the URL names. */
  targetId?: string;
  /** The event that a command wrote with its transaction. */
  written?: () => ProvisioningEvent | undefined;
}

const DEEDS: Record<ProvisioningOperation, string> = {
  CREATE_USER: 'create a user',
  UPDATE_USER: 'update a user',
  DEACTIVATE_USER: 'deactivate a user',
  REACTIVATE_USER: 'reactivate a user',
  DELETE_USER: 'delete a user',
  READ_USERS: 'read users',
  CREATE_TEAM: 'create a team',
  UPDATE_TEAM: 'update a team',
  DELETE_TEAM: 'delete a team',
  READ_TEAMS: 'read teams',
  OTHER: 'answer a call',
};

const TEAM_OPERATIONS: ReadonlySet<ProvisioningOperation> = new Set([
  'CREATE_TEAM',
  'UPDATE_TEAM',
  'DELETE_TEAM',
  'READ_TEAMS',
]);

/** Puts a call that ended well into the log: reads in batches, a write is there already. */
export function logSuccess(world: World, trail: Trail, ending: Ending): void {
  const event = trail.written?.() ?? readEvent(world, trail, ending);
  if (event === undefined) return;
  if (trail.written?.() === undefined) world.store.journal.record(event);
  world.store.journal.tally(event);
}

/** Puts a refused or failed call into the log; `isKept` false only counts it. */
export function logFailure(world: World, trail: Trail, failure: Failure, isKept: boolean): void {
  const { status, message, scimType } = failure.error;
  const event = eventOf(world, trail, {
    httpStatus: status,
    outcome: outcomeOf(status),
    summary: `${status >= 500 ? 'Failed' : 'Refused'} to ${DEEDS[trail.operation]}`,
    errorCode: failure.code,
    scimType: scimType ?? null,
    detail: withoutKeys(message),
    targetId: status === 404 ? null : (trail.targetId ?? null),
    targetName: null,
  });
  if (event === undefined) return;
  if (isKept) world.store.journal.record(event);
  world.store.journal.tally(event);
}

/** The call as the log keeps it, apart from how it ends. */
export function describeCall(request: ScimRequest, path: string, receivedAt: string): Trail['call'] {
  const start = performance.now();
  return {
    requestId: request.requestId,
    receivedAt,
    elapsedMs: () => Math.round((performance.now() - start) * 1000) / 1000,
    httpMethod: request.method,
    path: withoutKeys(path),
    ipAddress: request.ipAddress,
    userAgent: withoutKeys(request.header('user-agent') ?? '').slice(0, 256) || null,
    tolerated: [],
  };
}

function readEvent(world: World, trail: Trail, ending: Ending): ProvisioningEvent | undefined {
  return eventOf(world, trail, {
    httpStatus: ending.status,
    outcome: 'SUCCEEDED',
    summary: ending.summary ?? 'Answered',
    errorCode: null,
    scimType: null,
    detail: null,
    targetId: ending.target?.id ?? null,
    targetName: ending.target?.name ?? null,
  });
}

type EventEnd = Pick<
  ProvisioningEvent,
  'httpStatus' | 'outcome' | 'summary' | 'errorCode' | 'scimType' | 'detail' | 'targetId' | 'targetName'
>;

function eventOf(world: World, trail: Trail, end: EventEnd): ProvisioningEvent | undefined {
  if (trail.workspaceId === undefined) return undefined;
  const { receivedAt, elapsedMs, tolerated, ...call } = trail.call;
  return {
    ...call,
    ...end,
    workspaceId: trail.workspaceId,
    id: world.ids.next(),
    occurredAt: receivedAt,
    durationMs: elapsedMs(),
    operation: trail.operation,
    changes: [],
    tolerated: [...tolerated],
    credentialId: trail.credentialId ?? null,
    targetType: end.targetId === null ? null : TEAM_OPERATIONS.has(trail.operation) ? 'Team' : 'User',
  };
}

function outcomeOf(status: number): ProvisioningOutcome {
  if (status === 401) return 'UNAUTHENTICATED';
  if (status === 429) return 'THROTTLED';
  return status >= 500 ? 'FAILED' : 'REFUSED';
}
