import { Arg, createUnionType, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { Role as DomainRole } from '../../domain/actor.ts';
import { updateUser } from '../../domain/user-commands.ts';
import { edited, type UserEdit } from '../../domain/user-edit.ts';
import type { User as DomainUser } from '../../domain/user.ts';
import { Role } from '../ability.ts';
import type { GraphContext } from '../context.ts';
import { localId } from '../ids.ts';
import { EmailAddress } from '../scalars.ts';
import { User } from '../user.ts';
import { answer } from './answer.ts';
import {
  AlreadyExistsError,
  InvalidInputError,
  NotFoundError,
  RuleBrokenError,
  VersionConflictError,
} from './mutation-error.ts';

@InputType({ description: 'What to change of a user.' })
export class UpdateUserInput implements UserEdit {
  @Field(() => ID, { description: 'The user.' })
  userId!: string;

  @Field(() => Int, { description: 'The `User.version` last read.' })
  expectedVersion!: number;

  @Field(() => Role, { nullable: true, description: "The user's own role." })
  role?: DomainRole | null;

  @Field(() => String, { nullable: true, description: 'The name to sign in with.' })
  userName?: string | null;

  @Field(() => String, { nullable: true, description: 'The display name.' })
  displayName?: string | null;

  @Field(() => String, { nullable: true, description: 'The given name.' })
  givenName?: string | null;

  @Field(() => String, { nullable: true, description: 'The family name.' })
  familyName?: string | null;

  @Field(() => EmailAddress, { nullable: true, description: 'The email address.' })
  email?: string | null;

  @Field(() => String, { nullable: true, description: 'The job title.' })
  title?: string | null;

  @Field(() => String, { nullable: true, description: 'The department.' })
  department?: string | null;

  @Field(() => String, { nullable: true, description: 'The BCP 47 language tag.' })
  locale?: string | null;
}

@ObjectType({ description: 'The user is up to date.' })
export class UpdateUserSuccess {
  @Field(() => User, { description: 'The user.' })
  readonly user: User;

  constructor(user: DomainUser) {
    this.user = new User(user);
  }
}

const UpdateUserResult = createUnionType({
  name: 'UpdateUserResult',
  description: 'How `updateUser` can end. Rules: `LAST_OWNER`, `MANAGED_BY_DIRECTORY`, `ROLE_GIVEN_BY_TEAM`.',
  types: () =>
    [
      UpdateUserSuccess,
      AlreadyExistsError,
      InvalidInputError,
      NotFoundError,
      RuleBrokenError,
      VersionConflictError,
    ] as const,
});

/** Writes the role and profile of users. */
@Resolver()
export class UpdateUserMutation {
  @Mutation(() => UpdateUserResult, {
    nullable: true,
    description:
      "Change a user's role or unlocked profile fields. Needs `MANAGE_USERS_AND_TEAMS`; for owners `MANAGE_OWNERS`.",
  })
  updateUser(
    @Ctx() ctx: GraphContext,
    @Arg('input', () => UpdateUserInput, { description: 'What to change.' }) input: UpdateUserInput,
  ) {
    return answer(ctx, input, async ({ domain }) => {
      const update = { role: input.role ?? undefined, version: input.expectedVersion };
      const user = await updateUser(domain, localId('User', input.userId), (before) => edited(before, input), update);
      return new UpdateUserSuccess(user);
    });
  }
}
