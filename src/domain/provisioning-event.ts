import type { AttributeChange } from './changes.ts';
import type { Instant } from './values.ts';

/** What a SCIM call meant. */
export const PROVISIONING_OPERATIONS = [
  'CREATE_USER',
  'UPDATE_USER',
  'DEACTIVATE_USER',
  'REACTIVATE_USER',
  'DELETE_USER',
  'READ_USERS',
  'CREATE_TEAM',
  'UPDATE_TEAM',
  'DELETE_TEAM',
  'READ_TEAMS',
  'OTHER',
] as const;
export type ProvisioningOperation = (typeof PROVISIONING_OPERATIONS)[number];

/** How a SCIM call ended. */
export const PROVISIONING_OUTCOMES = [
  'SUCCEEDED',
  'UNCHANGED',
  'UNAUTHENTICATED',
  'THROTTLED',
  'REFUSED',
  'FAILED',
] as const;
export type ProvisioningOutcome = (typeof PROVISIONING_OUTCOMES)[number];

/** Why a SCIM call failed. */
export const PROVISIONING_ERROR_CODES = [
  'CREDENTIAL_INVALID',
  'CREDENTIAL_EXPIRED',
  'CREDENTIAL_REVOKED',
  'SSO_NOT_IN_SUBSCRIPTION',
  'PAUSED',
  'GROUP_PUSH_OFF',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'INVALID_REQUEST',
  'TOO_LARGE',
  'LAST_OWNER',
  'VERSION_CONFLICT',
  'RATE_LIMITED',
  'INTERNAL',
] as const;
export type ProvisioningErrorCode = (typeof PROVISIONING_ERROR_CODES)[number];

/** A SCIM call: what was asked, what changed and how it ended. */
export interface ProvisioningEvent {
  readonly workspaceId: string;
  readonly id: string;
  readonly occurredAt: Instant;
  /** From the receipt of the call to its decision, in milliseconds. */
  readonly durationMs: number;
  readonly requestId: string;
  readonly httpMethod: string;
  /** The path and query below the base URL, with filter values masked. */
  readonly path: string;
  readonly httpStatus: number;
  readonly ipAddress: string;
  readonly userAgent: string | null;
  readonly operation: ProvisioningOperation;
  readonly outcome: ProvisioningOutcome;
  /** The story in a sentence. */
  readonly summary: string;
  readonly errorCode: ProvisioningErrorCode | null;
  /** The SCIM `scimType` answered. */
  readonly scimType: string | null;
  /** The SCIM `detail` answered, which Okta shows to its admin. */
  readonly detail: string | null;
  readonly changes: readonly AttributeChange[];
  /** What was put up with, in plain sentences. */
  readonly tolerated: readonly string[];
  readonly credentialId: string | null;
  readonly targetType: 'User' | 'Team' | null;
  readonly targetId: string | null;
  /** The name of the target at the time. */
  readonly targetName: string | null;
}

/** What is known of a directory's call before it is decided: the face hands it to the command, which writes the event. */
export interface DirectoryCall {
  readonly requestId: string;
  readonly receivedAt: Instant;
  /** Milliseconds since the call came in, by a steady clock. */
  readonly elapsedMs: () => number;
  readonly httpMethod: string;
  readonly path: string;
  readonly ipAddress: string;
  readonly userAgent: string | null;
  readonly credentialId: string | null;
  /** The status answered when the command succeeds. */
  readonly successStatus: number;
  readonly tolerated: string[];
  /** The event that the command wrote with its own transaction; absent as long as none is written. */
  written?: ProvisioningEvent;
}

/** Who has to act on a problem. */
export type RemedyAudience = 'WORKSPACE_ADMIN' | 'DIRECTORY_ADMIN' | 'SUPPORT';

/** What can be done about a problem. */
export interface Remedy {
  readonly text: string;
  readonly audience: RemedyAudience;
  /** Where in Okta's admin console; null when it is done here. */
  readonly oktaLocation: string | null;
}

const APP_PROVISIONING = 'Applications → your app → Provisioning → Integration';
const TASKS = 'Dashboard → Tasks';

/** What the admin does about each error; one place for the event log, the health page and the docs. */
export const REMEDIES: Record<ProvisioningErrorCode, Remedy> = {
  CREDENTIAL_INVALID: directory(
    'Copy the key again, or generate a new one here, and paste it into API Token.',
    APP_PROVISIONING,
  ),
  CREDENTIAL_EXPIRED: directory('Generate a new key here and paste it into API Token.', APP_PROVISIONING),
  CREDENTIAL_REVOKED: directory(
    'Paste a key that is still active into API Token, or generate a new one here.',
    APP_PROVISIONING,
  ),
  SSO_NOT_IN_SUBSCRIPTION: workspace('Change to a plan that includes SSO, then retry the failed tasks in Okta.'),
  PAUSED: workspace('Resume provisioning, then choose Retry Selected in Okta under Dashboard → Tasks.'),
  GROUP_PUSH_OFF: workspace('Switch group push on in the provisioning settings, or stop pushing groups in Okta.'),
  NOT_FOUND: directory(
    'It was deleted here. Unassign and assign the user again in Okta, or unlink the group and push it again.',
    'Applications → your app → Assignments',
  ),
  ALREADY_EXISTS: directory(
    'Another user or team here has this value. Change it for one of the two, then retry the task.',
    TASKS,
  ),
  INVALID_REQUEST: directory(
    'Correct the attribute that the message names, in the profile or the mapping, then retry the task.',
    'Applications → your app → Provisioning → To App',
  ),
  TOO_LARGE: directory('Send less in one call: fewer members or shorter values.', TASKS),
  LAST_OWNER: workspace('Make another active user an owner first, then retry the task in Okta.'),
  VERSION_CONFLICT: directory('Someone changed the object meanwhile. Retry the task.', TASKS),
  RATE_LIMITED: directory(
    'Nothing: Okta waits and tries again by itself. If it goes on, ask support for a higher limit.',
    TASKS,
  ),
  INTERNAL: {
    text: 'Retry the task; if it fails again, send the request id to support.',
    audience: 'SUPPORT',
    oktaLocation: TASKS,
  },
};

function directory(text: string, oktaLocation: string): Remedy {
  return { text, audience: 'DIRECTORY_ADMIN', oktaLocation };
}

function workspace(text: string): Remedy {
  return { text, audience: 'WORKSPACE_ADMIN', oktaLocation: null };
}
