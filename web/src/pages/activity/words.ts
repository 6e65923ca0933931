import type {
  EventLineFragment,
  ProvisioningErrorCode,
  ProvisioningOperation,
  ProvisioningOutcome,
} from '../../gql/graphql.ts';
import type { Tone } from '../../parts/status-badge.tsx';

interface OutcomeWords {
  readonly word: string;
  readonly tone: Tone;
  /** What it means, for people who have never seen a status code. */
  readonly meaning: string;
}

/** How calls end, as people read it, in the order in which a filter offers them. */
export const OUTCOMES: Readonly<Record<ProvisioningOutcome, OutcomeWords>> = {
  SUCCEEDED: { word: 'Succeeded', tone: 'good', meaning: 'Something was changed or read.' },
  UNCHANGED: { word: 'No change', tone: 'quiet', meaning: 'Everything was as it should be already.' },
  REFUSED: { word: 'Refused', tone: 'bad', meaning: 'It could not be done; the event says why.' },
  UNAUTHENTICATED: { word: 'Key refused', tone: 'bad', meaning: 'The call carried no key that works.' },
  THROTTLED: { word: 'Slowed down', tone: 'warning', meaning: 'Too many calls at once; they are sent again.' },
  FAILED: { word: 'Failed', tone: 'bad', meaning: 'The fault was ours.' },
};

/** The outcomes that want a look. */
export const PROBLEMS: readonly ProvisioningOutcome[] = ['REFUSED', 'UNAUTHENTICATED', 'THROTTLED', 'FAILED'];

/** What calls ask for, as people read it. */
export const OPERATIONS: Readonly<Record<ProvisioningOperation, string>> = {
  CREATE_USER: 'Create user',
  UPDATE_USER: 'Update user',
  DEACTIVATE_USER: 'Deactivate user',
  REACTIVATE_USER: 'Reactivate user',
  DELETE_USER: 'Delete user',
  READ_USERS: 'Look for users',
  CREATE_TEAM: 'Create team',
  UPDATE_TEAM: 'Update team',
  DELETE_TEAM: 'Delete team',
  READ_TEAMS: 'Look for teams',
  OTHER: 'Other',
};

/** Why calls fail, as people read it. */
export const ERRORS: Readonly<Record<ProvisioningErrorCode, string>> = {
  CREDENTIAL_INVALID: 'Key is wrong',
  CREDENTIAL_EXPIRED: 'Key has expired',
  CREDENTIAL_REVOKED: 'Key was revoked',
  SSO_NOT_IN_SUBSCRIPTION: 'SSO not in subscription',
  PAUSED: 'Provisioning is paused',
  GROUP_PUSH_OFF: 'Group push is off',
  NOT_FOUND: 'Not found',
  ALREADY_EXISTS: 'Already exists',
  INVALID_REQUEST: 'Invalid request',
  TOO_LARGE: 'Too large',
  LAST_OWNER: 'Last owner',
  VERSION_CONFLICT: 'Changed in between',
  RATE_LIMITED: 'Too many calls',
  INTERNAL: 'Our fault',
};

/** How long a call took. */
export function took(milliseconds: number): string {
  if (milliseconds < 1) return '< 1 ms';
  return milliseconds < 1_000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1_000).toFixed(1)} s`;
}

/** Whom or what an event was about: a name, and where its page is while there is one. */
export function targetOf({ target, targetName }: Pick<EventLineFragment, 'target' | 'targetName'>): {
  readonly name: string | null;
  readonly to: string | null;
} {
  if (target == null) return { name: targetName, to: null };
  if (target.__typename === 'User') return { name: target.displayName, to: `/members/${target.id}` };
  return { name: target.teamName, to: `/teams/${target.id}` };
}
