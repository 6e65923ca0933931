import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { AccessToken } from '../../../src/domain/access-token.ts';
import { DomainError } from '../../../src/domain/errors.ts';
import type { DomainEvent } from '../../../src/domain/events.ts';
import type { ProvisioningEvent } from '../../../src/domain/provisioning-event.ts';
import { DEFAULT_SETTINGS } from '../../../src/domain/provisioning-settings.ts';
import type { ScimCredential } from '../../../src/domain/scim-credential.ts';
import type { Team } from '../../../src/domain/team.ts';
import type { User } from '../../../src/domain/user.ts';
import { compareKey, later } from '../../../src/domain/values.ts';
import type { Workspace } from '../../../src/domain/workspace.ts';
import { openStore, type DatabaseStore } from '../../../src/db/store.ts';
import { freshDatabase } from '../../support/database.ts';

/** When everything in these tests happens, unless they say otherwise. */
export const NOW = '2026-03-01T09:30:00.000Z';
export const clock = { now: () => NOW };

let made = 0;

/** An id like the product's: a UUID that grows. */
export function nextId(): string {
  made += 1;
  return `019ca000-0000-7000-8000-${made.toString(16).padStart(12, '0')}`;
}

/** A folder that goes when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-db-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The URL of a database of its own, gone when the test ends. */
export async function databaseUrl(): Promise<string> {
  const database = await freshDatabase();
  onTestFinished(() => database.drop());
  return database.url;
}

/** A migrated store on a database of its own, closed when the test ends. */
export async function freshStore(url?: string): Promise<DatabaseStore> {
  const store = await openStore(url ?? (await databaseUrl()), { clock });
  onTestFinished(() => store.close());
  await store.migrate();
  return store;
}

/** A store with one workspace. */
export async function storeWithWorkspace(): Promise<{ store: DatabaseStore; workspaceId: string }> {
  const store = await freshStore();
  return { store, workspaceId: await addedWorkspace(store) };
}

/** The id of a workspace just made. */
export async function addedWorkspace(store: DatabaseStore): Promise<string> {
  const workspace = aWorkspace();
  await store.acrossWorkspaces.createWorkspace(workspace, async () => {});
  return workspace.id;
}

/** Adds users in one transaction. */
export async function addUsers(store: DatabaseStore, workspaceId: string, users: readonly User[]): Promise<void> {
  await store.inWorkspace(workspaceId, async (tx) => {
    for (const user of users) await tx.users.add(user);
  });
}

export function aWorkspace(changes: Partial<Workspace> = {}): Workspace {
  const id = nextId();
  return {
    id,
    slug: `w-${id.slice(-12)}`,
    name: 'Acme Legal',
    plan: 'ENTERPRISE',
    paused: false,
    settings: DEFAULT_SETTINGS,
    provisioningVersion: 1,
    createdAt: NOW,
    ...changes,
  };
}

export function aUser(workspaceId: string, changes: Partial<User> = {}): User {
  const id = nextId();
  const userName = changes.userName ?? `user-${id.slice(-12)}@acme.example`;
  return {
    workspaceId,
    id,
    userName,
    userNameKey: compareKey(userName),
    externalId: `ext-${id.slice(-12)}`,
    status: 'ACTIVE',
    role: 'MEMBER',
    roleSource: 'DEFAULT',
    roleTeamId: null,
    ownRole: changes.role ?? 'MEMBER',
    ownRoleSource: changes.roleSource === 'ASSIGNED' ? 'ASSIGNED' : 'DEFAULT',
    managedBy: 'DIRECTORY',
    adopted: false,
    linkedAt: NOW,
    lastSyncedAt: NOW,
    profile: { name: { givenName: 'Ada', familyName: 'Byron' }, displayName: 'Ada Byron' },
    displayNameOverride: null,
    deactivatedAt: null,
    deactivatedBy: null,
    lastActiveAt: null,
    version: 1,
    createdAt: NOW,
    updatedAt: NOW,
    ...changes,
  };
}

export function aTeam(workspaceId: string, changes: Partial<Team> = {}): Team {
  const id = nextId();
  const name = changes.name ?? `Team ${id.slice(-12)}`;
  return {
    workspaceId,
    id,
    name,
    nameKey: compareKey(name),
    externalId: null,
    managedBy: 'DIRECTORY',
    adopted: false,
    linkedAt: NOW,
    lastSyncedAt: NOW,
    roleMapping: null,
    version: 1,
    createdAt: NOW,
    updatedAt: NOW,
    ...changes,
  };
}

export function aCredential(workspaceId: string, changes: Partial<ScimCredential> = {}): ScimCredential {
  const id = nextId();
  return {
    workspaceId,
    id,
    publicId: `k${id.slice(-9)}`,
    secretHash: 'ab'.repeat(32),
    name: 'Okta',
    expiresAt: null,
    firstUsedAt: null,
    lastUsedAt: null,
    lastUsedIp: null,
    lastUsedUserAgent: null,
    predecessorId: null,
    successorId: null,
    overlapEndsAt: null,
    revokedAt: null,
    revokedById: null,
    createdById: null,
    createdAt: NOW,
    ...changes,
  };
}

export function anAccessToken(workspaceId: string, userId: string, changes: Partial<AccessToken> = {}): AccessToken {
  const id = nextId();
  return {
    workspaceId,
    id,
    userId,
    publicId: `t${id.slice(-9)}`,
    secretHash: 'cd'.repeat(32),
    name: 'Laptop',
    expiresAt: later(NOW, 1_000_000),
    lastUsedAt: null,
    createdAt: NOW,
    ...changes,
  };
}

export function anEvent(workspaceId: string, changes: Partial<ProvisioningEvent> = {}): ProvisioningEvent {
  return {
    workspaceId,
    id: nextId(),
    occurredAt: NOW,
    durationMs: 3.5,
    requestId: 'req-1',
    httpMethod: 'POST',
    path: '/Users',
    httpStatus: 201,
    ipAddress: '203.0.113.7',
    userAgent: 'Okta SCIM Client 1.0.0',
    operation: 'CREATE_USER',
    outcome: 'SUCCEEDED',
    summary: 'Created Ada Byron.',
    errorCode: null,
    scimType: null,
    detail: null,
    changes: [{ path: 'title', before: null, after: '"Judge"', redacted: false }],
    tolerated: ['Put up with a missing schema.'],
    credentialId: null,
    targetType: null,
    targetId: null,
    targetName: null,
    ...changes,
  };
}

export function aDomainEvent(workspaceId: string, changes: Partial<DomainEvent> = {}): DomainEvent {
  return {
    workspaceId,
    id: nextId(),
    occurredAt: NOW,
    actor: { kind: 'system' },
    name: 'UserCreated',
    targetId: nextId(),
    targetName: 'Ada Byron',
    changes: [],
    ...changes,
  };
}

/** The refusal that a promise rejects with. */
export async function refusalOf(promise: Promise<unknown>) {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof DomainError) return error.refusal;
  throw new Error(`Not refused: ${String(error)}`, { cause: error });
}
