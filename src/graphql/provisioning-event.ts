import { createUnionType, Ctx, Field, Float, ID, Int, ObjectType } from 'type-graphql';
import type { AttributeChange as DomainAttributeChange } from '../domain/changes.ts';
import {
  REMEDIES,
  type ProvisioningErrorCode as DomainErrorCode,
  type ProvisioningEvent as DomainProvisioningEvent,
  type ProvisioningOperation as DomainOperation,
  type ProvisioningOutcome as DomainOutcome,
} from '../domain/provisioning-event.ts';
import type { Instant } from '../domain/values.ts';
import { connectionOf } from './connection.ts';
import type { GraphContext } from './context.ts';
import { globalId } from './ids.ts';
import { Node } from './node.ts';
import { ProvisioningErrorCode, ProvisioningOperation, ProvisioningOutcome } from './provisioning-event-filter.ts';
import { Remedy } from './remedy.ts';
import { DateTime } from './scalars.ts';
import { ScimCredential, scimCredentialById } from './scim-credential.ts';
import { Team, teamById } from './team.ts';
import { User, userById } from './user.ts';

@ObjectType({ description: 'What went wrong with a SCIM call.' })
export class ProvisioningError {
  @Field(() => ProvisioningErrorCode, { description: 'Which error, for programs.' })
  readonly code!: DomainErrorCode;

  @Field(() => String, { nullable: true, description: 'The SCIM `scimType` answered; null when there was none.' })
  readonly scimType!: string | null;

  @Field(() => String, { description: 'The SCIM `detail` answered, which Okta shows to its admin.' })
  readonly detail!: string;

  @Field(() => Remedy, { description: 'What to do about it.' })
  readonly remedy!: Remedy;
}

@ObjectType({ description: 'An attribute before and after. Values are JSON text of at most 1,024 characters.' })
export class AttributeChange implements DomainAttributeChange {
  @Field(() => String, { description: 'The SCIM path, for example `name.givenName`.' })
  readonly path!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The value before; null when there was none or it is redacted.',
  })
  readonly before!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The value after; null when there is none or it is redacted.',
  })
  readonly after!: string | null;

  @Field(() => Boolean, { description: "Whether the values are withheld, as a password's are." })
  readonly redacted!: boolean;
}

export const ProvisioningTarget = createUnionType({
  name: 'ProvisioningTarget',
  description: 'What a SCIM call was about.',
  types: () => [User, Team] as const,
});

@ObjectType({
  implements: Node,
  description: 'A SCIM call: what was asked, what changed, how it ended and what to do if it ended badly.',
})
export class ProvisioningEvent implements Node {
  readonly #event: DomainProvisioningEvent;

  constructor(event: DomainProvisioningEvent) {
    this.#event = event;
  }

  @Field(() => ID, { description: 'Opaque global ID.' })
  get id(): string {
    return globalId('ProvisioningEvent', this.#event.id);
  }

  @Field(() => DateTime, { description: 'When the call came in.' })
  get occurredAt(): Instant {
    return this.#event.occurredAt;
  }

  @Field(() => Float, {
    description: 'From the receipt of the call to its decision, in milliseconds; the commit is not in it.',
  })
  get durationMs(): number {
    return this.#event.durationMs;
  }

  @Field(() => String, { description: 'The `X-Request-Id` of the answer, to quote to support.' })
  get requestId(): string {
    return this.#event.requestId;
  }

  @Field(() => String, { description: 'The HTTP method.' })
  get httpMethod(): string {
    return this.#event.httpMethod;
  }

  @Field(() => String, { description: 'The path and query below the base URL, with filter values masked.' })
  get path(): string {
    return this.#event.path;
  }

  @Field(() => Int, { description: 'The HTTP status answered.' })
  get httpStatus(): number {
    return this.#event.httpStatus;
  }

  @Field(() => String, { description: "The caller's network address." })
  get ipAddress(): string {
    return this.#event.ipAddress;
  }

  @Field(() => String, { nullable: true, description: "The caller's user agent; null when it sent none." })
  get userAgent(): string | null {
    return this.#event.userAgent;
  }

  @Field(() => ProvisioningOperation, { description: 'What the call meant.' })
  get operation(): DomainOperation {
    return this.#event.operation;
  }

  @Field(() => ProvisioningOutcome, { description: 'How it ended.' })
  get outcome(): DomainOutcome {
    return this.#event.outcome;
  }

  @Field(() => String, { description: 'The story in a sentence, for example `Deactivated Ada Lovelace`.' })
  get summary(): string {
    return this.#event.summary;
  }

  @Field(() => ProvisioningError, { nullable: true, description: 'What went wrong; null when nothing did.' })
  get error(): ProvisioningError | null {
    const { errorCode: code, scimType, detail, summary } = this.#event;
    return code === null ? null : { code, scimType, detail: detail ?? summary, remedy: REMEDIES[code] };
  }

  @Field(() => [AttributeChange], {
    description: 'What changed, attribute by attribute, at most 100; empty when nothing did.',
  })
  get changes(): readonly AttributeChange[] {
    return this.#event.changes;
  }

  @Field(() => [String], {
    description:
      'What we put up with: oddities of the caller that were corrected and attributes that were ignored, in plain words.',
  })
  get tolerated(): readonly string[] {
    return this.#event.tolerated;
  }

  @Field(() => ScimCredential, {
    nullable: true,
    description:
      'The credential used. A refused call has one too when the ID inside its key is recognizable; null otherwise.',
  })
  credential(@Ctx() ctx: GraphContext): Promise<ScimCredential | null> {
    return scimCredentialById(ctx, this.#event.credentialId);
  }

  @Field(() => ProvisioningTarget, {
    nullable: true,
    description: 'The user or team it was about; null for lists, for calls that found none and once it is deleted.',
  })
  target(@Ctx() ctx: GraphContext): Promise<User | Team | null> {
    const { targetType, targetId } = this.#event;
    return targetType === 'Team' ? teamById(ctx, targetId) : userById(ctx, targetType === 'User' ? targetId : null);
  }

  @Field(() => String, { nullable: true, description: 'The name of that user or team at the time.' })
  get targetName(): string | null {
    return this.#event.targetName;
  }
}

/** Events are counted no further than this. */
export const MOST_COUNTED_EVENTS = 10_000;

/** A page of events. */
export const ProvisioningEventConnection = connectionOf<DomainProvisioningEvent, ProvisioningEvent>({
  name: 'ProvisioningEvent',
  description: 'A page of provisioning events.',
  edgeDescription: 'A provisioning event in a list.',
  nodeDescription: 'The event.',
  countedUpTo: '10,000',
  node: () => ProvisioningEvent,
  wrap: (event) => new ProvisioningEvent(event),
});
