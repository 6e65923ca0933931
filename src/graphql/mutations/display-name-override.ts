import { Arg, createUnionType, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { clearDisplayNameOverride, setDisplayNameOverride } from '../../domain/display-name-override.ts';
import type { User as DomainUser } from '../../domain/user.ts';
import type { GraphContext } from '../context.ts';
import { localId } from '../ids.ts';
import { User } from '../user.ts';
import { answer } from './answer.ts';
import { InvalidInputError, NotFoundError, RuleBrokenError } from './mutation-error.ts';

@InputType({ description: 'A display name override to set.' })
export class SetDisplayNameOverrideInput {
  @Field(() => ID, { description: 'The user.' })
  userId!: string;

  @Field(() => String, { description: 'The name, 1 to 256 characters, without control characters.' })
  displayName!: string;
}

@ObjectType({ description: 'The override is set.' })
export class SetDisplayNameOverrideSuccess {
  @Field(() => User, { description: 'The user.' })
  readonly user: User;

  constructor(user: DomainUser) {
    this.user = new User(user);
  }
}

const SetDisplayNameOverrideResult = createUnionType({
  name: 'SetDisplayNameOverrideResult',
  description: 'How `setDisplayNameOverride` can end. Rules: `OVERRIDE_NOT_ALLOWED`.',
  types: () => [SetDisplayNameOverrideSuccess, InvalidInputError, NotFoundError, RuleBrokenError] as const,
});

@InputType({ description: 'A display name override to clear.' })
export class ClearDisplayNameOverrideInput {
  @Field(() => ID, { description: 'The user.' })
  userId!: string;
}

@ObjectType({ description: 'The override is cleared.' })
export class ClearDisplayNameOverrideSuccess {
  @Field(() => User, { description: 'The user.' })
  readonly user: User;

  constructor(user: DomainUser) {
    this.user = new User(user);
  }
}

const ClearDisplayNameOverrideResult = createUnionType({
  name: 'ClearDisplayNameOverrideResult',
  description: 'How `clearDisplayNameOverride` can end.',
  types: () => [ClearDisplayNameOverrideSuccess, NotFoundError] as const,
});

/** Writes display name overrides. */
@Resolver()
export class DisplayNameOverrideMutations {
  @Mutation(() => SetDisplayNameOverrideResult, {
    nullable: true,
    description:
      'Give a user a display name that no sync overwrites. Needs `MANAGE_USERS_AND_TEAMS`, except for oneself.',
  })
  setDisplayNameOverride(
    @Ctx() ctx: GraphContext,
    @Arg('input', () => SetDisplayNameOverrideInput, { description: 'The name.' }) input: SetDisplayNameOverrideInput,
  ) {
    return answer(ctx, input, async ({ domain }) => {
      const userId = localId('User', input.userId);
      return new SetDisplayNameOverrideSuccess(await setDisplayNameOverride(domain, userId, input.displayName));
    });
  }

  @Mutation(() => ClearDisplayNameOverrideResult, {
    nullable: true,
    description: "Go back to the user's own display name. Needs `MANAGE_USERS_AND_TEAMS`, except for oneself.",
  })
  clearDisplayNameOverride(
    @Ctx() ctx: GraphContext,
    @Arg('input', () => ClearDisplayNameOverrideInput, { description: 'The user.' })
    input: ClearDisplayNameOverrideInput,
  ) {
    return answer(ctx, input, async ({ domain }) => {
      const userId = localId('User', input.userId);
      return new ClearDisplayNameOverrideSuccess(await clearDisplayNameOverride(domain, userId));
    });
  }
}
