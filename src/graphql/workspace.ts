import { Args, ArgsType, Ctx, Field, ID, ObjectType } from 'type-graphql';
import type { UserOrder as DomainUserOrder } from '../domain/user-repository.ts';
import type { Instant } from '../domain/values.ts';
import {
  includesSso,
  SSO_MISSING,
  type Plan as DomainPlan,
  type Workspace as DomainWorkspace,
} from '../domain/workspace.ts';
import { PageArgs } from './connection.ts';
import { signedIn, type GraphContext } from './context.ts';
import { enumeration } from './enumeration.ts';
import { globalId } from './ids.ts';
import { Node } from './node.ts';
import { Provisioning, provisioningOf } from './provisioning.ts';
import { DateTime, Url } from './scalars.ts';
import { TeamConnection, TeamFilter, teamListFilter } from './team.ts';
import { UserFilter, userListFilter, UserOrder } from './user-filter.ts';
import { UserConnection } from './user.ts';

export const Plan = enumeration<DomainPlan>('Plan', 'A plan.', {
  FREE: 'Free.',
  BUSINESS: 'Business.',
  ENTERPRISE: 'Enterprise: with SSO.',
});

@ObjectType({ description: 'Whether a subscription includes something.' })
export class Entitlement {
  @Field(() => Boolean, { description: 'Whether it does.' })
  readonly included!: boolean;

  @Field(() => String, { nullable: true, description: 'Why not, in a sentence; null when included.' })
  readonly reason!: string | null;

  @Field(() => Url, { nullable: true, description: 'Where to change the plan; null when included.' })
  readonly upgradeUrl!: string | null;
}

@ObjectType({ description: "What a workspace's subscription includes." })
export class WorkspaceSubscription {
  @Field(() => Plan, { description: 'The plan.' })
  readonly plan!: DomainPlan;

  @Field(() => Entitlement, {
    description: 'Whether SSO is included. SCIM credentials can be generated only where it is.',
  })
  readonly sso!: Entitlement;
}

@ArgsType()
class MemberArgs extends PageArgs {
  @Field(() => UserFilter, { nullable: true, description: 'Narrow the list.' })
  filter?: UserFilter | null;

  @Field(() => UserOrder, { defaultValue: 'DISPLAY_NAME_ASC', description: 'Sort; ties are broken by ID.' })
  orderBy!: DomainUserOrder;
}

@ArgsType()
class TeamArgs extends PageArgs {
  @Field(() => TeamFilter, { nullable: true, description: 'Narrow the list.' })
  filter?: TeamFilter | null;
}

@ObjectType({ implements: Node, description: "A customer's tenant. No data crosses its boundary." })
export class Workspace implements Node {
  readonly #workspace: DomainWorkspace;

  constructor(workspace: DomainWorkspace) {
    this.#workspace = workspace;
  }

  @Field(() => ID, { description: 'Opaque global ID.' })
  get id(): string {
    return globalId('Workspace', this.#workspace.id);
  }

  @Field(() => String, { description: 'The name people see.' })
  get name(): string {
    return this.#workspace.name;
  }

  @Field(() => String, { description: 'The name in the address bar, unique over all workspaces.' })
  get slug(): string {
    return this.#workspace.slug;
  }

  @Field(() => WorkspaceSubscription, { description: 'The plan and what it includes.' })
  subscription(@Ctx() ctx: GraphContext): WorkspaceSubscription {
    const { plan } = this.#workspace;
    if (includesSso(this.#workspace)) return { plan, sso: { included: true, reason: null, upgradeUrl: null } };
    return { plan, sso: { included: false, reason: SSO_MISSING, upgradeUrl: ctx.config.upgradeUrl } };
  }

  @Field(() => Provisioning, {
    nullable: true,
    description: 'SCIM provisioning. Needs `MANAGE_SECURITY_AND_IDENTITY`.',
  })
  provisioning(@Ctx() ctx: GraphContext): Promise<Provisioning> {
    return provisioningOf(ctx);
  }

  @Field(() => UserConnection, { description: 'Its users, deactivated ones included.' })
  members(@Ctx() ctx: GraphContext, @Args(() => MemberArgs) args: MemberArgs) {
    const { users } = signedIn(ctx).reader;
    const [filter, order] = [userListFilter(args.filter), args.orderBy];
    return new UserConnection({
      name: `User ${order}`,
      args,
      page: (page) => users.page(filter, order, page),
      count: () => users.count(filter),
    });
  }

  @Field(() => TeamConnection, { description: 'Its teams, by name.' })
  teams(@Ctx() ctx: GraphContext, @Args(() => TeamArgs) args: TeamArgs) {
    const { teams } = signedIn(ctx).reader;
    const filter = teamListFilter(args.filter);
    return new TeamConnection({
      name: 'Team',
      args,
      page: (page) => teams.page(filter, page),
      count: () => teams.count(filter),
    });
  }

  @Field(() => DateTime, { description: 'When it was created.' })
  get createdAt(): Instant {
    return this.#workspace.createdAt;
  }
}

/** The viewer's workspace. Fails with: Unauthenticated. */
export async function workspaceOf(ctx: GraphContext): Promise<Workspace> {
  return new Workspace(await signedIn(ctx).workspace());
}
