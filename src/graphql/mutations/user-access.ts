import { Arg, createUnionType, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { deactivateUser, reactivateUser } from '../../domain/user-access.ts';
import { deleteUser } from '../../domain/user-commands.ts';
import type { User as DomainUser } from '../../domain/user.ts';
import type { GraphContext } from '../context.ts';
import { globalId, localId } from '../ids.ts';
import { User } from '../user.ts';
import { answer } from './answer.ts';
import { NotFoundError, RuleBrokenError } from './mutation-error.ts';

@InputType({ description: 'A user to deactivate.' })
export class DeactivateUserInput {
  @Field(() => ID, { description: 'The user.' })
  userId!: string;
}

@ObjectType({ description: 'The user is deactivated.' })
export class DeactivateUserSuccess {
  @Field(() => User, { description: 'The user.' })
  readonly user: User;

  constructor(user: DomainUser) {
    this.user = new User(user);
  }
}

const DeactivateUserResult = createUnionType({
  name: 'DeactivateUserResult',
  description: 'How `deactivateUser` can end. Rules: `LAST_OWNER`, `MANAGED_BY_DIRECTORY`.',
  types: () => [DeactivateUserSuccess, NotFoundError, RuleBrokenError] as const,
});

@InputType({ description: 'A user to reactivate.' })
export class ReactivateUserInput {
  @Field(() => ID, { description: 'The user.' })
  userId!: string;
}

@ObjectType({ description: 'The user is active.' })
export class ReactivateUserSuccess {
  @Field(() => User, { description: 'The user.' })
  readonly user: User;

  constructor(user: DomainUser) {
    this.user = new User(user);
  }
}

const ReactivateUserResult = createUnionType({
  name: 'ReactivateUserResult',
  description: 'How `reactivateUser` can end. Rules: `MANAGED_BY_DIRECTORY`.',
  types: () => [ReactivateUserSuccess, NotFoundError, RuleBrokenError] as const,
});

@InputType({ description: 'A user to delete.' })
export class DeleteUserInput {
  @Field(() => ID, { description: 'The user.' })
  userId!: string;
}

@ObjectType({ description: 'The user is deleted.' })
export class DeleteUserSuccess {
  @Field(() => ID, { description: 'The ID the user had.' })
  readonly deletedUserId: string;

  constructor(id: string) {
    this.deletedUserId = globalId('User', id);
  }
}

const DeleteUserResult = createUnionType({
  name: 'DeleteUserResult',
  description: 'How `deleteUser` can end. Rules: `LAST_OWNER`, `MANAGED_BY_DIRECTORY`.',
  types: () => [DeleteUserSuccess, NotFoundError, RuleBrokenError] as const,
});

/** Ends and gives back the access of users. */
@Resolver()
export class UserAccessMutations {
  @Mutation(() => DeactivateUserResult, {
    nullable: true,
    description:
      "End a user's access: sign-in, sessions and tokens. Needs `MANAGE_USERS_AND_TEAMS`; for owners `MANAGE_OWNERS`.",
  })
  deactivateUser(
    @Ctx() ctx: GraphContext,
    @Arg('input', () => DeactivateUserInput, { description: 'The user.' }) input: DeactivateUserInput,
  ) {
    return answer(ctx, input, async ({ domain }) => {
      return new DeactivateUserSuccess(await deactivateUser(domain, localId('User', input.userId)));
    });
  }

  @Mutation(() => ReactivateUserResult, {
    nullable: true,
    description: 'Give a deactivated user access again. Needs `MANAGE_USERS_AND_TEAMS`; for owners `MANAGE_OWNERS`.',
  })
  reactivateUser(
    @Ctx() ctx: GraphContext,
    @Arg('input', () => ReactivateUserInput, { description: 'The user.' }) input: ReactivateUserInput,
  ) {
    return answer(ctx, input, async ({ domain }) => {
      return new ReactivateUserSuccess(await reactivateUser(domain, localId('User', input.userId)));
    });
  }

  @Mutation(() => DeleteUserResult, {
    nullable: true,
    description: 'Delete a user for good. Needs `MANAGE_USERS_AND_TEAMS`; for owners `MANAGE_OWNERS`.',
  })
  deleteUser(
    @Ctx() ctx: GraphContext,
    @Arg('input', () => DeleteUserInput, { description: 'The user.' }) input: DeleteUserInput,
  ) {
    return answer(ctx, input, async ({ domain }) => {
      const userId = localId('User', input.userId);
      await deleteUser(domain, userId);
      return new DeleteUserSuccess(userId);
    });
  }
}
