import { Arg, createUnionType, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { authorize, type Role as DomainRole } from '../../domain/actor.ts';
import { invalid } from '../../domain/errors.ts';
import { changeTeam, createTeam, deleteTeam } from '../../domain/team-commands.ts';
import type { Team as DomainTeam } from '../../domain/team.ts';
import { Role } from '../ability.ts';
import type { GraphContext, Session } from '../context.ts';
import { globalId, localId } from '../ids.ts';
import { Team } from '../team.ts';
import { answer } from './answer.ts';
import {
  AlreadyExistsError,
  InvalidInputError,
  NotFoundError,
  RuleBrokenError,
  VersionConflictError,
} from './mutation-error.ts';

@InputType({ description: 'A team to create.' })
export class CreateTeamInput {
  @Field(() => String, {
    description: 'The name, 1 to 256 characters, unique in the workspace without regard to case.',
  })
  name!: string;

  @Field(() => Role, { nullable: true, description: 'The role that membership gives; `OWNER` is refused.' })
  roleMapping?: DomainRole | null;
}

@ObjectType({ description: 'The team was created.' })
export class CreateTeamSuccess {
  @Field(() => Team, { description: 'The team.' })
  readonly team: Team;

  constructor(team: DomainTeam) {
    this.team = new Team(team);
  }
}

const CreateTeamResult = createUnionType({
  name: 'CreateTeamResult',
  description: 'How `createTeam` can end.',
  types: () => [CreateTeamSuccess, AlreadyExistsError, InvalidInputError] as const,
});

@InputType({ description: 'What to change of a team.' })
export class UpdateTeamInput {
  @Field(() => ID, { description: 'The team.' })
  teamId!: string;

  @Field(() => Int, { description: 'The `Team.version` last read.' })
  expectedVersion!: number;

  @Field(() => String, { nullable: true, description: 'The name, as for `createTeam`.' })
  name?: string | null;

  @Field(() => Role, {
    nullable: true,
    description: 'The role that membership gives; null: none. `OWNER` is refused.',
  })
  roleMapping?: DomainRole | null;
}

@ObjectType({ description: 'The team is up to date.' })
export class UpdateTeamSuccess {
  @Field(() => Team, { description: 'The team.' })
  readonly team: Team;

  constructor(team: DomainTeam) {
    this.team = new Team(team);
  }
}

const UpdateTeamResult = createUnionType({
  name: 'UpdateTeamResult',
  description: 'How `updateTeam` can end. Rules: `MANAGED_BY_DIRECTORY`, for the name only.',
  types: () =>
    [
      UpdateTeamSuccess,
      AlreadyExistsError,
      InvalidInputError,
      NotFoundError,
      RuleBrokenError,
      VersionConflictError,
    ] as const,
});

@InputType({ description: 'A team to delete.' })
export class DeleteTeamInput {
  @Field(() => ID, { description: 'The team.' })
  teamId!: string;
}

@ObjectType({ description: 'The team is deleted.' })
export class DeleteTeamSuccess {
  @Field(() => ID, { description: 'The ID the team had.' })
  readonly deletedTeamId: string;

  constructor(id: string) {
    this.deletedTeamId = globalId('Team', id);
  }
}

const DeleteTeamResult = createUnionType({
  name: 'DeleteTeamResult',
  description: 'How `deleteTeam` can end. Rules: `MANAGED_BY_DIRECTORY`.',
  types: () => [DeleteTeamSuccess, NotFoundError, RuleBrokenError] as const,
});

/** Writes teams. */
@Resolver()
export class TeamMutations {
  @Mutation(() => CreateTeamResult, {
    nullable: true,
    description: 'Create a team managed by the workspace. Needs `MANAGE_USERS_AND_TEAMS`.',
  })
  createTeam(
    @Ctx() ctx: GraphContext,
    @Arg('input', () => CreateTeamInput, { description: 'What to create.' }) input: CreateTeamInput,
  ) {
    return answer(ctx, input, async (session) => {
      const { roleMapping } = fieldsOf(session, input);
      const mapped = roleMapping === undefined || roleMapping === null ? {} : { roleMapping };
      return new CreateTeamSuccess(await createTeam(session.domain, { name: input.name, ...mapped }));
    });
  }

  @Mutation(() => UpdateTeamResult, {
    nullable: true,
    description: "Change a team's name or role mapping. Needs `MANAGE_USERS_AND_TEAMS`.",
  })
  updateTeam(
    @Ctx() ctx: GraphContext,
    @Arg('input', () => UpdateTeamInput, { description: 'What to change.' }) input: UpdateTeamInput,
  ) {
    return answer(ctx, input, async (session) => {
      const change = fieldsOf(session, input);
      const expected = { version: input.expectedVersion };
      return new UpdateTeamSuccess(await changeTeam(session.domain, localId('Team', input.teamId), change, expected));
    });
  }

  @Mutation(() => DeleteTeamResult, {
    nullable: true,
    description: 'Delete a team; its members stay users. Needs `MANAGE_USERS_AND_TEAMS`.',
  })
  deleteTeam(
    @Ctx() ctx: GraphContext,
    @Arg('input', () => DeleteTeamInput, { description: 'The team.' }) input: DeleteTeamInput,
  ) {
    return answer(ctx, input, async ({ domain }) => {
      const teamId = localId('Team', input.teamId);
      await deleteTeam(domain, teamId);
      return new DeleteTeamSuccess(teamId);
    });
  }
}

interface TeamFields {
  readonly name?: string;
  readonly roleMapping?: DomainRole | null;
}

/** The fields as the domain takes them. Fails with: Forbidden, InvalidInput. */
function fieldsOf({ domain }: Session, { name, roleMapping }: Omit<UpdateTeamInput, 'teamId' | 'expectedVersion'>) {
  if (name === null) {
    authorize(domain.actor, 'manageTeams');
    throw invalid(['name'], 'A team always has a name. Leave `name` out to keep it.');
  }
  const given = Object.entries({ name, roleMapping }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as TeamFields;
}
