import { defineEntity, p } from '@mikro-orm/core';
import { workspaces } from './mapping.ts';

// What lets people in: one table each.

export const accessTokens = defineEntity({
  name: 'AccessToken',
  tableName: 'access_tokens',
  properties: {
    workspace: () => p.manyToOne(workspaces).mapToPk().primary().joinColumn('workspace_id').index(false),
    id: p.string().primary(),
    userId: p.string(),
    publicId: p.string().unique(),
    secretHash: p.string(),
    name: p.string(),
    expiresAt: p.string(),
    lastUsedAt: p.string().nullable(),
    createdAt: p.string(),
  },
  indexes: [{ name: 'access_tokens_user', properties: ['workspace', 'userId'] }],
});

/** The row goes with the user, which the mapping does not say: the keys share a column. */
export const userPasswords = defineEntity({
  name: 'UserPassword',
  tableName: 'user_passwords',
  properties: {
    workspaceId: p.string().primary(),
    userId: p.string().primary(),
    hash: p.string(),
    changedAt: p.string(),
  },
});

/** As above. */
export const sessions = defineEntity({
  name: 'Session',
  tableName: 'sessions',
  properties: {
    workspaceId: p.string().primary(),
    id: p.string().primary(),
    userId: p.string(),
    publicId: p.string().unique(),
    secretHash: p.string(),
    createdAt: p.string(),
    lastUsedAt: p.string(),
    expiresAt: p.string(),
  },
  indexes: [{ name: 'sessions_user', properties: ['workspaceId', 'userId'] }],
});

/** As above: one for each user. */
export const invitations = defineEntity({
  name: 'Invitation',
  tableName: 'invitations',
  properties: {
    workspaceId: p.string().primary(),
    userId: p.string().primary(),
    publicId: p.string().unique(),
    secretHash: p.string(),
    expiresAt: p.string(),
    usedAt: p.string().nullable(),
    createdAt: p.string(),
  },
});

export const ssoConnections = defineEntity({
  name: 'SsoConnection',
  tableName: 'sso_connections',
  properties: {
    workspace: () => p.manyToOne(workspaces).mapToPk().primary().joinColumn('workspace_id').index(false),
    issuer: p.string(),
    clientId: p.string(),
    sealedSecret: p.string(),
    updatedAt: p.string(),
  },
});

/** Who a user is to the identity provider. The row goes with the user, as above. */
export const userIdentities = defineEntity({
  name: 'UserIdentity',
  tableName: 'user_identities',
  properties: {
    workspaceId: p.string().primary(),
    userId: p.string().primary(),
    issuer: p.string(),
    subject: p.string(),
    linkedAt: p.string(),
  },
  uniques: [{ name: 'user_identities_subject', properties: ['workspaceId', 'issuer', 'subject'] }],
});
