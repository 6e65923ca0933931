import { Field, ID, InputType } from 'type-graphql';
import type { EventListFilter } from '../domain/provisioning-event-repository.ts';
import type {
  ProvisioningErrorCode as DomainErrorCode,
  ProvisioningOperation as DomainOperation,
  ProvisioningOutcome as DomainOutcome,
} from '../domain/provisioning-event.ts';
import type { Instant } from '../domain/values.ts';
import { enumeration } from './enumeration.ts';
import { given } from './given.ts';
import { localId, localIdOf } from './ids.ts';
import { DateTime } from './scalars.ts';

export const ProvisioningOperation = enumeration<DomainOperation>('ProvisioningOperation', 'What a SCIM call meant.', {
  CREATE_USER: 'Create a user.',
  UPDATE_USER: 'Update a user.',
  DEACTIVATE_USER: 'Deactivate a user.',
  REACTIVATE_USER: 'Reactivate a user.',
  DELETE_USER: 'Delete a user.',
  READ_USERS: 'Read or look for users.',
  CREATE_TEAM: 'Create a team.',
  UPDATE_TEAM: 'Update a team or its members.',
  DELETE_TEAM: 'Delete a team.',
  READ_TEAMS: 'Read or look for teams.',
  OTHER: 'Ask what the server can do, or a call that was not understood.',
});

export const ProvisioningOutcome = enumeration<DomainOutcome>('ProvisioningOutcome', 'How a SCIM call ended.', {
  SUCCEEDED: 'Succeeded, and changed or read something.',
  UNCHANGED: 'Succeeded, and there was nothing to change.',
  UNAUTHENTICATED: 'Refused because no working credential was used: 401.',
  THROTTLED: 'Refused because of the rate: 429.',
  REFUSED: 'Refused for any other reason: 4xx.',
  FAILED: 'The server failed: 5xx.',
});

export const ProvisioningErrorCode = enumeration<DomainErrorCode>('ProvisioningErrorCode', 'Why a SCIM call failed.', {
  CREDENTIAL_INVALID: 'No key, or one whose ID or secret is wrong.',
  CREDENTIAL_EXPIRED: 'The credential expired, or its overlap ended.',
  CREDENTIAL_REVOKED: 'The credential was revoked.',
  SSO_NOT_IN_SUBSCRIPTION: 'The subscription does not include SSO.',
  PAUSED: 'Provisioning is paused.',
  GROUP_PUSH_OFF: 'Group push is off.',
  NOT_FOUND: 'No such user or team.',
  ALREADY_EXISTS: 'Another user or team has the value.',
  INVALID_REQUEST: 'The body, path, filter or a value cannot be taken; `scimType` says which.',
  TOO_LARGE: 'The body, or a list in it, is too large.',
  LAST_OWNER: 'It would leave no active owner.',
  VERSION_CONFLICT: '`If-Match` names an older version.',
  RATE_LIMITED: 'Too many calls.',
  INTERNAL: 'The server failed.',
});

@InputType({
  description:
    'Narrows a list of events. Conditions are joined by AND, values of one condition by OR. An unknown ID matches nothing.',
})
export class ProvisioningEventFilter {
  @Field(() => [ProvisioningOutcome], { nullable: true, description: 'Ended in one of these ways.' })
  outcomes?: DomainOutcome[] | null;

  @Field(() => [ProvisioningOperation], { nullable: true, description: 'Meant one of these.' })
  operations?: DomainOperation[] | null;

  @Field(() => [ProvisioningErrorCode], { nullable: true, description: 'Failed for one of these reasons.' })
  errorCodes?: DomainErrorCode[] | null;

  @Field(() => ID, { nullable: true, description: 'Used this credential.' })
  credentialId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Were about this user or team.' })
  targetId?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Came in at or after this instant.' })
  occurredFrom?: Instant | null;

  @Field(() => DateTime, { nullable: true, description: 'Came in before this instant.' })
  occurredBefore?: Instant | null;

  @Field(() => String, { nullable: true, description: 'Carry this `X-Request-Id`.' })
  requestId?: string | null;
}

/** The filter as the domain takes it. */
export function eventListFilter(filter: ProvisioningEventFilter | null | undefined): EventListFilter {
  const { credentialId, targetId, ...rest } = given(filter);
  return {
    ...rest,
    ...(credentialId === undefined ? {} : { credentialId: localId('ScimCredential', credentialId) }),
    ...(targetId === undefined ? {} : { targetId: localIdOf(['User', 'Team'], targetId) }),
  };
}
