import { compareKey } from '../../src/domain/values.ts';
import type { ScimCredential } from '../../src/domain/scim-credential.ts';
import type { User } from '../../src/domain/user.ts';
import type { Workspace } from '../../src/domain/workspace.ts';
import { DEFAULT_SETTINGS } from '../../src/domain/provisioning-settings.ts';

export const NOW = '2026-05-04T09:00:00.000Z';

/** A user of the directory, with what the test says of them. */
export function aUser(over: Partial<User> = {}): User {
  const userName = over.userName ?? 'maya.ortiz@acme.example';
  return {
    workspaceId: 'w',
    id: '0196a0c0-0000-7000-8000-000000000001',
    userName,
    userNameKey: compareKey(userName),
    externalId: null,
    status: 'ACTIVE',
    role: 'MEMBER',
    roleSource: 'DEFAULT',
    roleTeamId: null,
    ownRole: over.role ?? 'MEMBER',
    ownRoleSource: over.roleSource === 'ASSIGNED' ? 'ASSIGNED' : 'DEFAULT',
    managedBy: 'DIRECTORY',
    adopted: false,
    linkedAt: NOW,
    lastSyncedAt: NOW,
    profile: {},
    displayNameOverride: null,
    deactivatedAt: null,
    deactivatedBy: null,
    lastActiveAt: null,
    version: 1,
    createdAt: NOW,
    updatedAt: NOW,
    ...over,
  };
}

export function aWorkspace(over: Partial<Workspace> = {}): Workspace {
  return {
    id: 'w',
    slug: 'acme',
    name: 'Acme',
    plan: 'ENTERPRISE',
    paused: false,
    settings: DEFAULT_SETTINGS,
    provisioningVersion: 1,
    createdAt: NOW,
    ...over,
  };
}

export function aCredential(over: Partial<ScimCredential> = {}): ScimCredential {
  return {
    workspaceId: 'w',
    id: 'c',
    publicId: 'AAAAAAAAAA',
    secretHash: '',
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
    ...over,
  };
}
