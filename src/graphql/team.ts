import { Args, Ctx, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { canEditTeam } from '../domain/ability.ts';
import type { PageOf } from '../domain/criteria.ts';
import type { TeamListFilter, TeamOfUser } from '../domain/team-repository.ts';
import type { MappedRole, Team as DomainTeam } from '../domain/team.ts';
import type { ManagedBy as DomainManagedBy } from '../domain/user.ts';
import { sortKey, type Instant } from '../domain/values.ts';
import { Ability, Role } from './ability.ts';
import { connectionOf, PageArgs } from './connection.ts';
import { signedIn, type GraphContext, type Session } from './context.ts';
import { given } from './given.ts';
import { globalId } from './ids.ts';
import { Node } from './node.ts';
import { ManagedBy, ProvisioningLink, provisioningLinkOf } from './provisioning-link.ts';
import { DateTime } from './scalars.ts';
import { checkSearch } from './search.ts';
import { UserConnection } from './user.ts';
import { windowOn } from './window.ts';

@ObjectType({ implements: Node, description: 'A team of users: a SCIM group.' })
export class Team implements Node {
  readonly #team: DomainTeam;

  constructor(team: DomainTeam) {
    this.#team = team;
  }

  @Field(() => ID, { description: 'Opaque global ID.' })
  get id(): string {
    return globalId('Team', this.#team.id);
  }

  @Field(() => String, { description: 'The name, unique in the workspace without regard to case.' })
  get name(): string {
    return this.#team.name;
  }

  @Field(() => ManagedBy, { description: 'Who manages the name and the members.' })
  get managedBy(): DomainManagedBy {
    return this.#team.managedBy;
  }

  @Field(() => ProvisioningLink, {
    nullable: true,
    description: 'The tie to the directory; null when `managedBy` is `WORKSPACE`.',
  })
  get provisioningLink(): ProvisioningLink | null {
    return provisioningLinkOf(this.#team);
  }

  @Field(() => Role, {
    nullable: true,
    description: 'The role that membership gives; null when it gives none. Never `OWNER`.',
  })
  get roleMapping(): MappedRole | null {
    return this.#team.roleMapping;
  }

  @Field(() => UserConnection, { description: 'Users in the team, deactivated ones included, by display name.' })
  members(@Ctx() ctx: GraphContext, @Args(() => PageArgs) args: PageArgs) {
    const { reader, loaders } = signedIn(ctx);
    const teamId = this.#team.id;
    return new UserConnection({
      name: 'Team member',
      args,
      // One read for each team: SQL has no cheap "first few of each". The limit of cost keeps them to 100 a request.
      page: (page) => reader.users.page({ teamId }, 'DISPLAY_NAME_ASC', page),
      count: () => loaders.memberCounts.load(teamId),
    });
  }

  @Field(() => Int, { description: 'Grows by one with each change. Send it back as `expectedVersion`.' })
  get version(): number {
    return this.#team.version;
  }

  @Field(() => DateTime, { description: 'When the team was created.' })
  get createdAt(): Instant {
    return this.#team.createdAt;
  }

  @Field(() => DateTime, { description: 'When the team last changed.' })
  get updatedAt(): Instant {
    return this.#team.updatedAt;
  }

  @Field(() => Ability, { description: 'Whether the viewer may rename or delete the team, or change its members.' })
  viewerCanEdit(@Ctx() ctx: GraphContext): Ability {
    return canEditTeam(signedIn(ctx).domain, this.#team);
  }
}

/** A page of teams. */
export const TeamConnection = connectionOf<DomainTeam, Team>({
  name: 'Team',
  description: 'A page of teams.',
  edgeDescription: 'A team in a list.',
  nodeDescription: 'The team.',
  node: () => Team,
  wrap: (team) => new Team(team),
});

@InputType({ description: 'Narrows a list of teams. Conditions are joined by AND.' })
export class TeamFilter {
  @Field(() => String, { nullable: true, description: 'Text in the name, in any case; at most 100 characters.' })
  search?: string | null;

  @Field(() => ManagedBy, { nullable: true, description: 'Managed by the directory, or by the workspace.' })
  managedBy?: DomainManagedBy | null;
}

/** The filter as the domain takes it. */
export function teamListFilter(filter: TeamFilter | null | undefined): TeamListFilter {
  const wanted = given(filter);
  checkSearch(wanted.search);
  return wanted;
}

/** A team of the workspace by its own id; null for no id, and for one that it does not have. */
export async function teamById(ctx: GraphContext, id: string | null): Promise<Team | null> {
  const found = id === null ? undefined : await signedIn(ctx).loaders.teams.load(id);
  return found === undefined ? null : new Team(found);
}

/** The teams of a user, who is in few: all are named at once, with those of the other users on the page. */
export function teamsOfUser(ctx: GraphContext, userId: string, args: PageArgs) {
  const session = signedIn(ctx);
  const all = () => session.loaders.teamsOfUser.load(userId);
  return new TeamConnection({
    name: 'Team of a user',
    args,
    page: async (page) => loadTeams(session, windowOn({ items: await all(), keyOf }, page)),
    count: async () => (await all()).length,
  });
}

function keyOf({ name, teamId }: TeamOfUser): string[] {
  return [sortKey(name), teamId];
}

/** The same page with the teams themselves; one that was deleted meanwhile is left out. */
async function loadTeams({ loaders }: Session, { items, ...ends }: PageOf<TeamOfUser>): Promise<PageOf<DomainTeam>> {
  const loaded = await Promise.all(
    items.map(async ({ item, position }) => ({ item: await loaders.teams.load(item.teamId), position })),
  );
  return { ...ends, items: loaded.filter((entry): entry is Entry => entry.item !== undefined) };
}

type Entry = PageOf<DomainTeam>['items'][number];
