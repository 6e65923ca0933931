import { Arg, createUnionType, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { Role as DomainRole } from '../../domain/actor.ts';
import { inviteUser, type Invitee } from '../../domain/invitation-commands.ts';
import { invitationUrl } from '../../domain/invitation-url.ts';
import type { User as DomainUser } from '../../domain/user.ts';
import { Role } from '../ability.ts';
import type { GraphContext } from '../context.ts';
import { given } from '../given.ts';
import { EmailAddress, SecretString } from '../scalars.ts';
import { User } from '../user.ts';
import { answer } from './answer.ts';
import { AlreadyExistsError, InvalidInputError } from './mutation-error.ts';

@InputType({ description: 'A user to invite.' })
export class InviteUserInput {
  @Field(() => String, {
    description: 'The name to sign in with, usually the email address; unique in the workspace without regard to case.',
  })
  userName!: string;

  @Field(() => EmailAddress, { description: 'The email address.' })
  email!: string;

  @Field(() => String, { nullable: true, description: 'The given name.' })
  givenName?: string | null;

  @Field(() => String, { nullable: true, description: 'The family name.' })
  familyName?: string | null;

  @Field(() => Role, { defaultValue: 'MEMBER', description: 'The role.' })
  role!: DomainRole;
}

@ObjectType({ description: 'The user was invited.' })
export class InviteUserSuccess {
  @Field(() => User, { description: 'The user.' })
  readonly user: User;

  @Field(() => SecretString, {
    description: 'Where the user sets a password, once and within 7 days. Shown only here.',
  })
  readonly invitationUrl: string;

  constructor(user: DomainUser, url: string) {
    this.user = new User(user);
    this.invitationUrl = url;
  }
}

const InviteUserResult = createUnionType({
  name: 'InviteUserResult',
  description: 'How `inviteUser` can end.',
  types: () => [InviteUserSuccess, AlreadyExistsError, InvalidInputError] as const,
});

/** Invites users. */
@Resolver()
export class InviteUserMutations {
  @Mutation(() => InviteUserResult, {
    nullable: true,
    description:
      'Create a user managed by the workspace. Needs `MANAGE_USERS_AND_TEAMS`, and `MANAGE_OWNERS` to make an owner.',
  })
  inviteUser(
    @Ctx() ctx: GraphContext,
    @Arg('input', () => InviteUserInput, { description: 'The user to invite.' }) input: InviteUserInput,
  ) {
    return answer(ctx, input, async (session) => {
      const { user, secret } = await inviteUser(session.domain, given(input) as Invitee);
      const { slug } = await session.workspace();
      return new InviteUserSuccess(user, invitationUrl(ctx.config.publicUrl, slug, secret));
    });
  }
}
