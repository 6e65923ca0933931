import { Arg, createUnionType, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { unlinkTeam } from '../../domain/team-commands.ts';
import type { Team as DomainTeam } from '../../domain/team.ts';
import { unlinkUser } from '../../domain/user-unlink.ts';
import type { User as DomainUser } from '../../domain/user.ts';
import type { GraphContext } from '../context.ts';
import { localId } from '../ids.ts';
import { Team } from '../team.ts';
import { User } from '../user.ts';
import { answer } from './answer.ts';
import { NotFoundError } from './mutation-error.ts';

@InputType({
  description: "A user to unlink. Unassign the user in Okta first: the directory's next write would link them again.",
})
export class UnlinkUserInput {
  @Field(() => ID, { description: 'The user.' })
  userId!: string;
}

@ObjectType({ description: 'The workspace manages the user.' })
export class UnlinkUserSuccess {
  @Field(() => User, { description: 'The user.' })
  readonly user: User;

  constructor(user: DomainUser) {
    this.user = new User(user);
  }
}

const UnlinkUserResult = createUnionType({
  name: 'UnlinkUserResult',
  description: 'How `unlinkUser` can end.',
  types: () => [UnlinkUserSuccess, NotFoundError] as const,
});

@InputType({
  description: "A team to unlink. Unlink the group in Okta first: the directory's next write would link it again.",
})
export class UnlinkTeamInput {
  @Field(() => ID, { description: 'The team.' })
  teamId!: string;
}

@ObjectType({ description: 'The workspace manages the team.' })
export class UnlinkTeamSuccess {
  @Field(() => Team, { description: 'The team.' })
  readonly team: Team;

  constructor(team: DomainTeam) {
    this.team = new Team(team);
  }
}

const UnlinkTeamResult = createUnionType({
  name: 'UnlinkTeamResult',
  description: 'How `unlinkTeam` can end.',
  types: () => [UnlinkTeamSuccess, NotFoundError] as const,
});

/** Takes users and teams out of the hands of the directory. */
@Resolver()
export class UnlinkMutations {
  @Mutation(() => UnlinkUserResult, {
    nullable: true,
    description: 'Stop directory management of a user. Needs `MANAGE_SECURITY_AND_IDENTITY`.',
  })
  unlinkUser(
    @Ctx() ctx: GraphContext,
    @Arg('input', () => UnlinkUserInput, { description: 'The user.' }) input: UnlinkUserInput,
  ) {
    return answer(ctx, input, async ({ domain }) => {
      return new UnlinkUserSuccess(await unlinkUser(domain, localId('User', input.userId)));
    });
  }

  @Mutation(() => UnlinkTeamResult, {
    nullable: true,
    description: 'Stop directory management of a team; its members stay. Needs `MANAGE_SECURITY_AND_IDENTITY`.',
  })
  unlinkTeam(
    @Ctx() ctx: GraphContext,
    @Arg('input', () => UnlinkTeamInput, { description: 'The team.' }) input: UnlinkTeamInput,
  ) {
    return answer(ctx, input, async ({ domain }) => {
      return new UnlinkTeamSuccess(await unlinkTeam(domain, localId('Team', input.teamId)));
    });
  }
}
