import { defineEntity, p } from '@mikro-orm/core';

// One table each. Column names are written out in the SQL of the repositories; the mapping is what migrations are
// generated from and checked against.

export const workspaces = defineEntity({
  name: 'Workspace',
  tableName: 'workspaces',
  properties: {
    id: p.string().primary(),
    slug: p.string().unique(),
    name: p.string(),
    plan: p.string(),
    paused: p.boolean(),
    settings: p.text(),
    provisioningVersion: p.integer(),
    createdAt: p.string(),
  },
});

/** Exact totals, and stamps that tell whether what was remembered of a list still holds. */
export const workspaceCounters = defineEntity({
  name: 'WorkspaceCounters',
  tableName: 'workspace_counters',
  properties: {
    workspace: () => p.manyToOne(workspaces).mapToPk().primary().joinColumn('workspace_id').index(false),
    userCount: p.integer(),
    lastUserSeq: p.integer(),
    /** Grows with each user deleted. */
    userDeletions: p.integer(),
    /** Grows with each user written. */
    userRevision: p.integer(),
    teamCount: p.integer().default(0),
    lastTeamSeq: p.integer().default(0),
    /** Grows with each team deleted. */
    teamDeletions: p.integer().default(0),
    /** Grows with each team written, and each change of who is in one. */
    teamRevision: p.integer().default(0),
    /** Grows with each membership made. */
    lastMembershipSeq: p.integer().default(0),
  },
});

export const users = defineEntity({
  name: 'User',
  tableName: 'users',
  properties: {
    workspace: () => p.manyToOne(workspaces).mapToPk().primary().joinColumn('workspace_id').index(false),
    id: p.string().primary(),
    /** The order of creation within the workspace. */
    seq: p.integer(),
    userName: p.string(),
    userNameKey: p.string(),
    externalId: p.string().nullable(),
    status: p.string(),
    role: p.string(),
    roleSource: p.string(),
    managedBy: p.string(),
    adopted: p.boolean(),
    linkedAt: p.string().nullable(),
    lastSyncedAt: p.string().nullable(),
    displayNameOverride: p.string().nullable(),
    deactivatedAt: p.string().nullable(),
    deactivatedBy: p.string().nullable(),
    lastActiveAt: p.string().nullable(),
    version: p.integer(),
    createdAt: p.string(),
    updatedAt: p.string(),
    displayNameKey: p.string(),
    searchText: p.text(),
    profile: p.text(),
    /** The folded form of what SCIM presents, which criteria are compared with. */
    comparable: p.text(),
    displayName: p.string().default(''),
    roleTeamId: p.string().nullable(),
    ownRole: p.string().default('MEMBER'),
    ownRoleSource: p.string().default('DEFAULT'),
  },
  uniques: [
    { name: 'users_user_name', properties: ['workspace', 'userNameKey'] },
    { name: 'users_external_id', properties: ['workspace', 'externalId'] },
    { name: 'users_seq', properties: ['workspace', 'seq'] },
  ],
  indexes: [
    listedBy('users_by_name', 'display_name_key, id'),
    listedBy('users_by_creation', 'seq'),
    listedBy('users_by_activity', "coalesce(last_active_at, ''), id"),
    listedBy('users_by_sync', "coalesce(last_synced_at, ''), id"),
    {
      name: 'users_active_owners',
      properties: ['workspace', 'id'],
      where: "role = 'OWNER' and status = 'ACTIVE'",
    },
    { name: 'users_role_team', properties: ['workspace', 'roleTeamId'], where: 'role_team_id is not null' },
  ],
});

export const teams = defineEntity({
  name: 'Team',
  tableName: 'teams',
  properties: {
    workspace: () => p.manyToOne(workspaces).mapToPk().primary().joinColumn('workspace_id').index(false),
    id: p.string().primary(),
    /** The order of creation within the workspace. */
    seq: p.integer(),
    name: p.string(),
    nameKey: p.string(),
    nameSortKey: p.string(),
    externalId: p.string().nullable(),
    managedBy: p.string(),
    adopted: p.boolean(),
    linkedAt: p.string().nullable(),
    lastSyncedAt: p.string().nullable(),
    roleMapping: p.string().nullable(),
    version: p.integer(),
    createdAt: p.string(),
    updatedAt: p.string(),
  },
  uniques: [
    { name: 'teams_name', properties: ['workspace', 'nameKey'] },
    { name: 'teams_external_id', properties: ['workspace', 'externalId'] },
    { name: 'teams_seq', properties: ['workspace', 'seq'] },
  ],
  indexes: [{ name: 'teams_name_sort', properties: ['workspace', 'nameSortKey', 'id'] }],
});

/** Addresses by which users are found. The row goes with the user, which the mapping does not say: the keys share a column. */
export const userEmails = defineEntity({
  name: 'UserEmail',
  tableName: 'user_emails',
  properties: {
    workspaceId: p.string().primary(),
    emailKey: p.string().primary(),
    userId: p.string().primary(),
  },
  indexes: [{ name: 'user_emails_user', properties: ['workspaceId', 'userId'] }],
});

/** Who is in which team. The table refers to both and goes with either, which the mapping does not say: the keys share a column. */
export const memberships = defineEntity({
  name: 'Membership',
  tableName: 'memberships',
  properties: {
    workspaceId: p.string().primary(),
    teamId: p.string().primary(),
    userId: p.string().primary(),
    /** The order of joining. */
    seq: p.integer(),
  },
  indexes: [{ name: 'memberships_user', properties: ['workspaceId', 'userId', 'teamId'] }],
});

export const scimCredentials = defineEntity({
  name: 'ScimCredential',
  tableName: 'scim_credentials',
  properties: {
    workspace: () => p.manyToOne(workspaces).mapToPk().primary().joinColumn('workspace_id').index(false),
    id: p.string().primary(),
    publicId: p.string().unique(),
    secretHash: p.string(),
    name: p.string(),
    expiresAt: p.string().nullable(),
    firstUsedAt: p.string().nullable(),
    lastUsedAt: p.string().nullable(),
    lastUsedIp: p.string().nullable(),
    lastUsedUserAgent: p.string().nullable(),
    predecessorId: p.string().nullable(),
    successorId: p.string().nullable(),
    overlapEndsAt: p.string().nullable(),
    revokedAt: p.string().nullable(),
    revokedById: p.string().nullable(),
    createdById: p.string().nullable(),
    createdAt: p.string(),
  },
});

/** An index of users in an order, with what they are filtered by. It is checked by its name alone, for it may have expressions. */
function listedBy(name: string, key: string) {
  return { name, expression: `create index ${name} on users (workspace_id, ${key}, role, status, managed_by)` };
}
