import { Arg, Args, ArgsType, Ctx, Field, ID, Int, ObjectType } from 'type-graphql';
import { canGenerateCredential } from '../domain/ability.ts';
import { authorize, type Role as DomainRole } from '../domain/actor.ts';
import {
  readProvisioningStatus,
  type ProvisioningStatus as DomainProvisioningStatus,
} from '../domain/provisioning-status.ts';
import type { ProvisioningSettings as DomainProvisioningSettings } from '../domain/provisioning-settings.ts';
import { readProvisioningHealth, type HealthWindow as DomainHealthWindow } from '../domain/provisioning-health.ts';
import { scimBaseUrl } from '../domain/scim-base-url.ts';
import type { ScimCredentialStatus as DomainScimCredentialStatus } from '../domain/scim-credential.ts';
import { readSetupChecklist } from '../domain/setup-checklist.ts';
import type { Workspace } from '../domain/workspace.ts';
import { Ability, Role } from './ability.ts';
import { PageArgs } from './connection.ts';
import { signedIn, type GraphContext } from './context.ts';
import { enumeration } from './enumeration.ts';
import { globalId } from './ids.ts';
import { Node } from './node.ts';
import { eventListFilter, ProvisioningEventFilter } from './provisioning-event-filter.ts';
import { MOST_COUNTED_EVENTS, ProvisioningEventConnection } from './provisioning-event.ts';
import { HealthWindow, ProvisioningHealth } from './provisioning-health.ts';
import { Url } from './scalars.ts';
import { SetupStep } from './setup-step.ts';
import { ScimCredentialConnection, ScimCredentialStatus } from './scim-credential.ts';

export const ProvisioningStatus = enumeration<DomainProvisioningStatus>(
  'ProvisioningStatus',
  'Where provisioning stands: the first of these that applies. Calls that carry no recognizable key never count.',
  {
    SSO_NOT_IN_SUBSCRIPTION: 'The subscription does not include SSO, so calls are refused.',
    PAUSED: 'Provisioning is paused, so calls are refused.',
    NO_CREDENTIAL: 'No credential works.',
    AWAITING_FIRST_CALL: 'No call has been accepted yet.',
    FAILING: 'There were calls in the last 24 hours, and all failed.',
    DEGRADED: 'Some calls of the last 24 hours failed, or a credential in use expires within 14 days.',
    HEALTHY: 'None of the above. No calls is healthy: the directory calls only when something changes.',
  },
);

@ObjectType({ description: 'How provisioned users and teams are treated. A change applies to later SCIM calls only.' })
export class ProvisioningSettings implements DomainProvisioningSettings {
  @Field(() => Role, {
    description: 'The role of users whom the directory creates. Never `OWNER`. Default: `MEMBER`.',
  })
  readonly defaultRole!: Exclude<DomainRole, 'OWNER'>;

  @Field(() => Boolean, {
    description:
      'Whether passwords pushed by the directory are kept, hashed. When off they are discarded unread. Default: false.',
  })
  readonly passwordSync!: boolean;

  @Field(() => Boolean, {
    description: 'Whether the directory may push groups. When off it can only read them. Default: true.',
  })
  readonly groupPush!: boolean;

  @Field(() => Boolean, {
    description:
      'Whether a display name may be overridden. When off, new overrides are refused and existing ones stay in force. Default: true.',
  })
  readonly displayNameOverrideAllowed!: boolean;

  @Field(() => Int, {
    nullable: true,
    description: 'The longest life of a new credential, in days; null when credentials need not expire.',
  })
  readonly maxCredentialLifetimeDays!: number | null;
}

@ObjectType({ description: 'A value with a copy button.' })
export class CopyableValue {
  @Field(() => String, { description: 'The label, spelled as Okta spells it.' })
  readonly label!: string;

  @Field(() => String, { description: 'The value.' })
  readonly value!: string;
}

@ArgsType()
class CredentialArgs extends PageArgs {
  @Field(() => [ScimCredentialStatus], { nullable: true, description: 'Only those in one of these states.' })
  statuses?: DomainScimCredentialStatus[] | null;
}

@ArgsType()
class EventArgs extends PageArgs {
  @Field(() => ProvisioningEventFilter, { nullable: true, description: 'Narrow the list.' })
  filter?: ProvisioningEventFilter | null;
}

@ObjectType({
  implements: Node,
  description: 'SCIM provisioning of the workspace by its directory (Okta, for example).',
})
export class Provisioning implements Node {
  readonly #workspace: Workspace;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  @Field(() => ID, { description: 'Opaque global ID.' })
  get id(): string {
    return globalId('Provisioning', this.#workspace.id);
  }

  @Field(() => ProvisioningStatus, { description: 'Where provisioning stands, in one word.' })
  status(@Ctx() ctx: GraphContext): Promise<DomainProvisioningStatus> {
    return readProvisioningStatus(signedIn(ctx).reader, this.#workspace, ctx.world.clock.now());
  }

  @Field(() => Boolean, { description: 'Whether every SCIM call is refused (403) and changes nothing.' })
  get paused(): boolean {
    return this.#workspace.paused;
  }

  @Field(() => Url, { description: 'The SCIM base URL, the same for all credentials.' })
  baseUrl(@Ctx() ctx: GraphContext): string {
    return scimBaseUrl(ctx.config.publicUrl, this.#workspace.slug);
  }

  @Field(() => [CopyableValue], {
    description: "What Okta's integration form asks for, apart from the secret, in the form's order.",
  })
  oktaFields(@Ctx() ctx: GraphContext): CopyableValue[] {
    return [
      { label: 'Base URL', value: this.baseUrl(ctx) },
      { label: 'Unique identifier field for users', value: 'userName' },
      {
        label: 'Supported provisioning actions',
        value: 'Import New Users and Profile Updates, Push New Users, Push Profile Updates, Push Groups, Import Groups',
      },
      { label: 'Authentication Mode', value: 'HTTP Header' },
    ];
  }

  @Field(() => ProvisioningSettings, { description: 'How provisioned users and teams are treated.' })
  get settings(): ProvisioningSettings {
    return this.#workspace.settings;
  }

  @Field(() => Int, {
    description: 'Grows by one with each `updateProvisioningSettings`. Send it back as `expectedVersion`.',
  })
  get version(): number {
    return this.#workspace.provisioningVersion;
  }

  @Field(() => [SetupStep], { description: 'The steps to a working integration, in order, read off the data.' })
  setupChecklist(@Ctx() ctx: GraphContext): Promise<SetupStep[]> {
    return readSetupChecklist(signedIn(ctx).reader, this.#workspace, ctx.world.clock.now());
  }

  @Field(() => ProvisioningHealth, { description: 'How provisioning has been doing.' })
  health(
    @Ctx() ctx: GraphContext,
    @Arg('window', () => HealthWindow, { defaultValue: 'LAST_24_HOURS', description: 'How far back to look.' })
    window: DomainHealthWindow,
  ): Promise<ProvisioningHealth> {
    return readProvisioningHealth(signedIn(ctx).reader, window, ctx.world.clock.now());
  }

  @Field(() => ScimCredentialConnection, {
    description: 'SCIM credentials, newest first, revoked and expired ones included.',
  })
  credentials(@Ctx() ctx: GraphContext, @Args(() => CredentialArgs) args: CredentialArgs) {
    const { credentials } = signedIn(ctx).reader;
    const [statuses, now] = [args.statuses ?? undefined, ctx.world.clock.now()];
    return new ScimCredentialConnection({
      name: 'ScimCredential',
      args,
      page: (page) => credentials.page(statuses, now, page),
      count: () => credentials.count(statuses, now),
    });
  }

  @Field(() => ProvisioningEventConnection, {
    description:
      'SCIM calls, newest first. Successful reads are kept for 7 days, the rest for 90. To poll, ask for the `last: 100` items `before` the newest cursor seen.',
  })
  events(@Ctx() ctx: GraphContext, @Args(() => EventArgs) args: EventArgs) {
    const { events } = signedIn(ctx).reader;
    const filter = eventListFilter(args.filter);
    return new ProvisioningEventConnection({
      name: 'ProvisioningEvent',
      args,
      page: (page) => events.page(filter, page),
      count: async () => {
        const count = await events.count(filter, MOST_COUNTED_EVENTS);
        return count > MOST_COUNTED_EVENTS ? null : count;
      },
    });
  }

  @Field(() => Ability, { description: 'Whether the viewer may generate a credential.' })
  async viewerCanGenerateCredential(@Ctx() ctx: GraphContext): Promise<Ability> {
    const session = signedIn(ctx);
    return canGenerateCredential(session.domain, this.#workspace, await session.reader.credentials.all());
  }
}

/** The provisioning of the viewer's workspace. Fails with: Unauthenticated, Forbidden. */
export async function provisioningOf(ctx: GraphContext): Promise<Provisioning> {
  const session = signedIn(ctx);
  authorize(session.domain.actor, 'readProvisioning');
  return new Provisioning(await session.workspace());
}
