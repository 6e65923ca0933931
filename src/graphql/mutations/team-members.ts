import { Arg, createUnionType, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { authorize } from '../../domain/actor.ts';
import { DomainError, invalid } from '../../domain/errors.ts';
import { changeTeam } from '../../domain/team-commands.ts';
import type { MemberChange, Team as DomainTeam } from '../../domain/team.ts';
import type { GraphContext, Session } from '../context.ts';
import { localId } from '../ids.ts';
import { Team } from '../team.ts';
import { answer } from './answer.ts';
import { InvalidInputError, NotFoundError, RuleBrokenError } from './mutation-error.ts';

@InputType({ description: 'Users to add to a team.' })
export class AddTeamMembersInput {
  @Field(() => ID, { description: 'The team.' })
  teamId!: string;

  @Field(() => [ID], { description: 'The users, 1 to 250.' })
  userIds!: string[];
}

@ObjectType({ description: 'The users are in the team.' })
export class AddTeamMembersSuccess {
  @Field(() => Team, { description: 'The team.' })
  readonly team: Team;

  constructor(team: DomainTeam) {
    this.team = new Team(team);
  }
}

const AddTeamMembersResult = createUnionType({
  name: 'AddTeamMembersResult',
  description: 'How `addTeamMembers` can end. Rules: `MANAGED_BY_DIRECTORY`.',
  types: () => [AddTeamMembersSuccess, InvalidInputError, NotFoundError, RuleBrokenError] as const,
});

@InputType({ description: 'Users to remove from a team.' })
export class RemoveTeamMembersInput {
  @Field(() => ID, { description: 'The team.' })
  teamId!: string;

  @Field(() => [ID], { description: 'The users, 1 to 250.' })
  userIds!: string[];
}

@ObjectType({ description: 'The users are not in the team.' })
export class RemoveTeamMembersSuccess {
  @Field(() => Team, { description: 'The team.' })
  readonly team: Team;

  constructor(team: DomainTeam) {
    this.team = new Team(team);
  }
}

const RemoveTeamMembersResult = createUnionType({
  name: 'RemoveTeamMembersResult',
  description: 'How `removeTeamMembers` can end. Rules: `MANAGED_BY_DIRECTORY`.',
  types: () => [RemoveTeamMembersSuccess, InvalidInputError, NotFoundError, RuleBrokenError] as const,
});

/** Writes who is in a team. */
@Resolver()
export class TeamMemberMutations {
  @Mutation(() => AddTeamMembersResult, {
    nullable: true,
    description: 'Add users to a team. Needs `MANAGE_USERS_AND_TEAMS`.',
  })
  addTeamMembers(
    @Ctx() ctx: GraphContext,
    @Arg('input', () => AddTeamMembersInput, { description: 'The team and the users.' }) input: AddTeamMembersInput,
  ) {
    return answer(ctx, input, async (session) => {
      const team = await namingUnknown(session, input, () => changeMembers(session, 'add', input));
      return new AddTeamMembersSuccess(team);
    });
  }

  @Mutation(() => RemoveTeamMembersResult, {
    nullable: true,
    description: 'Remove users from a team. Needs `MANAGE_USERS_AND_TEAMS`.',
  })
  removeTeamMembers(
    @Ctx() ctx: GraphContext,
    @Arg('input', () => RemoveTeamMembersInput, { description: 'The team and the users.' })
    input: RemoveTeamMembersInput,
  ) {
    return answer(
      ctx,
      input,
      async (session) => new RemoveTeamMembersSuccess(await changeMembers(session, 'remove', input)),
    );
  }
}

const MOST_USERS = 250;

/** Fails with: Forbidden, NotFound, InvalidInput, RuleBroken(MANAGED_BY_DIRECTORY). */
async function changeMembers(
  { domain }: Session,
  kind: Exclude<MemberChange['kind'], 'replace'>,
  { teamId, userIds }: AddTeamMembersInput,
): Promise<DomainTeam> {
  authorize(domain.actor, 'manageTeams');
  if (userIds.length < 1 || userIds.length > MOST_USERS)
    throw invalid(['userIds'], `${userIds.length} users are named. Name 1 to ${MOST_USERS} at a time.`);
  const ids = [...new Set(userIds.map((id) => localId('User', id)))];
  return changeTeam(domain, localId('Team', teamId), { members: [{ kind, userIds: ids }] });
}

/** Runs a command and, where it names members that there are not, says which: looked up after the transaction. */
async function namingUnknown<T>(session: Session, input: AddTeamMembersInput, command: () => Promise<T>): Promise<T> {
  try {
    return await command();
  } catch (error) {
    if (!(error instanceof DomainError) || !isOfMembers(error)) throw error;
    throw await unknownUsers(session, input.userIds);
  }
}

function isOfMembers({ refusal }: DomainError): boolean {
  return refusal.kind === 'InvalidInput' && refusal.issues.every(({ path }) => path[0] === 'members');
}

const LONGEST_ID = 100;

async function unknownUsers({ reader }: Session, sent: readonly string[]): Promise<DomainError> {
  const ids = sent.map((text) => localId('User', text));
  const known = new Set((await reader.users.many(ids)).map((user) => user.id));
  const issues = sent
    .map((text, index) => ({ text, path: ['userIds', String(index)], isKnown: known.has(ids[index]!) }))
    .filter(({ isKnown }) => !isKnown)
    .map(({ text, path }) => ({ path, message: `There is no user with the ID ${quoted(text)} in this workspace.` }));
  const [only] = issues;
  const message =
    only !== undefined && issues.length === 1
      ? only.message
      : `${issues.length} of the ${sent.length} users are not in this workspace.`;
  return new DomainError({ kind: 'InvalidInput', issues }, message);
}

function quoted(id: string): string {
  return JSON.stringify(id.slice(0, LONGEST_ID));
}
