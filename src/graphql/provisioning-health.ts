import { Field, Float, Int, ObjectType } from 'type-graphql';
import type {
  ErrorTally,
  HealthBucket,
  HealthWindow as DomainHealthWindow,
  ProvisioningHealth as DomainProvisioningHealth,
} from '../domain/provisioning-health.ts';
import type { ProvisioningErrorCode as DomainErrorCode } from '../domain/provisioning-event.ts';
import type { Instant } from '../domain/values.ts';
import { enumeration } from './enumeration.ts';
import { ProvisioningErrorCode } from './provisioning-event-filter.ts';
import { Remedy } from './remedy.ts';
import { DateTime } from './scalars.ts';

export const HealthWindow = enumeration<DomainHealthWindow>('HealthWindow', 'How far back to look.', {
  LAST_HOUR: 'One hour.',
  LAST_24_HOURS: '24 hours.',
  LAST_7_DAYS: 'Seven days.',
  LAST_30_DAYS: '30 days.',
});

@ObjectType({ description: 'How often an error occurred.' })
export class ProvisioningErrorTally implements ErrorTally {
  @Field(() => ProvisioningErrorCode, { description: 'The error.' })
  readonly code!: DomainErrorCode;

  @Field(() => Int, { description: 'How often.' })
  readonly count!: number;

  @Field(() => DateTime, { description: 'The last time.' })
  readonly lastOccurredAt!: Instant;

  @Field(() => Remedy, { description: 'What to do about it.' })
  readonly remedy!: Remedy;
}

@ObjectType({ description: 'A slice of a health window. Its numbers count calls.' })
export class ProvisioningHealthBucket implements HealthBucket {
  @Field(() => DateTime, { description: 'When the slice begins.' })
  readonly start!: Instant;

  @Field(() => Int, { description: 'Answered 2xx or 3xx.' })
  readonly succeeded!: number;

  @Field(() => Int, { description: 'Answered 4xx, except 429.' })
  readonly refused!: number;

  @Field(() => Int, { description: 'Answered 429.' })
  readonly throttled!: number;

  @Field(() => Int, { description: 'Answered 5xx.' })
  readonly failed!: number;
}

@ObjectType({ description: 'How provisioning did over a window.' })
export class ProvisioningHealth implements DomainProvisioningHealth {
  @Field(() => HealthWindow, { description: 'The window.' })
  readonly window!: DomainHealthWindow;

  @Field(() => Int, { description: 'All calls.' })
  readonly requestCount!: number;

  @Field(() => Int, { description: 'Calls answered 4xx, except 429.' })
  readonly refusedCount!: number;

  @Field(() => Int, { description: 'Calls answered 429.' })
  readonly throttledCount!: number;

  @Field(() => Int, { description: 'Calls answered 5xx.' })
  readonly failedCount!: number;

  @Field(() => Float, {
    nullable: true,
    description: '95th percentile of the time to answer, in milliseconds; null when there were no calls.',
  })
  readonly durationP95Ms!: number | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'The last call ever, in the window or not; null when there was none.',
  })
  readonly lastRequestAt!: Instant | null;

  @Field(() => DateTime, { nullable: true, description: 'The last call ever that succeeded; null when none did.' })
  readonly lastSuccessAt!: Instant | null;

  @Field(() => [ProvisioningErrorTally], { description: 'The commonest errors, commonest first; at most 10.' })
  readonly topErrors!: readonly ProvisioningErrorTally[];

  @Field(() => [ProvisioningHealthBucket], {
    description: 'The window in equal slices, oldest first: what a chart shows.',
  })
  readonly buckets!: readonly ProvisioningHealthBucket[];
}
