import { callTallies, domainEvents, provisioningEvents } from './mapping-log.ts';
import {
  accessTokens,
  invitations,
  sessions,
  ssoConnections,
  userIdentities,
  userPasswords,
} from './mapping-sign-in.ts';
import { memberships, scimCredentials, teams, userEmails, users, workspaceCounters, workspaces } from './mapping.ts';

/** Every table, those that others refer to first. */
export const entities = [
  workspaces,
  workspaceCounters,
  users,
  userEmails,
  teams,
  memberships,
  scimCredentials,
  accessTokens,
  userPasswords,
  sessions,
  invitations,
  ssoConnections,
  userIdentities,
  provisioningEvents,
  domainEvents,
  callTallies,
];
