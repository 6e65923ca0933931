import { Field, ObjectType } from 'type-graphql';
import type { SetupStep as DomainSetupStep, SetupStepStatus as DomainStatus } from '../domain/setup-checklist.ts';
import type { SetupStepKey as DomainKey } from '../domain/setup-steps.ts';
import type { Instant } from '../domain/values.ts';
import { enumeration } from './enumeration.ts';
import { Remedy } from './remedy.ts';
import { DateTime } from './scalars.ts';

export const SetupStepKey = enumeration<DomainKey>('SetupStepKey', 'A step to a working integration, in order.', {
  GET_SSO: 'Have a subscription that includes SSO.',
  GENERATE_CREDENTIAL: 'Generate a credential.',
  CONNECT_OKTA: 'Add the app in Okta, enter the Base URL and key, test them: done at the first accepted call.',
  PROVISION_FIRST_USER:
    'Tick Create Users, Update User Attributes and Deactivate Users in Okta and assign a user: done when one is created or linked.',
  DEPROVISION_FIRST_USER: 'Unassign a user in Okta: done when the directory has deactivated one.',
  PUSH_FIRST_GROUP: 'Push a group from Okta: done when the directory has created or linked a team.',
});

export const SetupStepStatus = enumeration<DomainStatus>('SetupStepStatus', 'Where a step stands.', {
  DONE: 'Done.',
  TO_DO: 'To do.',
  BLOCKED: 'Cannot be done yet.',
  NOT_APPLICABLE: 'Does not apply, for example group push while it is off.',
});

@ObjectType({ description: 'One step to a working integration.' })
export class SetupStep implements DomainSetupStep {
  @Field(() => SetupStepKey, { description: 'Which step.' })
  readonly key!: DomainKey;

  @Field(() => String, { description: 'What to do, as a short imperative.' })
  readonly title!: string;

  @Field(() => String, { description: 'How and why, in Markdown.' })
  readonly instructions!: string;

  @Field(() => SetupStepStatus, { description: 'Where it stands.' })
  readonly status!: DomainStatus;

  @Field(() => DateTime, { nullable: true, description: 'When it was done; null when it is not.' })
  readonly completedAt!: Instant | null;

  @Field(() => Remedy, { nullable: true, description: 'What stands in the way; null unless blocked.' })
  readonly remedy!: Remedy | null;

  @Field(() => String, {
    nullable: true,
    description: "Where it is done in Okta's admin console; null when it is done here.",
  })
  readonly oktaLocation!: string | null;
}
