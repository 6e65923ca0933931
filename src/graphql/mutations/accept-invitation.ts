import { Arg, createUnionType, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { acceptInvitation } from '../../domain/invitation-commands.ts';
import { signInto, type GraphContext } from '../context.ts';
import { SecretString } from '../scalars.ts';
import { Viewer } from '../viewer.ts';
import { answerAnyone } from './answer.ts';
import { InvalidInputError, RuleBrokenError } from './mutation-error.ts';

@InputType({ description: 'An invitation to accept.' })
export class AcceptInvitationInput {
  @Field(() => SecretString, { description: "The token in the invitation's URL." })
  token!: string;

  @Field(() => SecretString, { description: 'The password, 8 to 256 characters and not the user name.' })
  password!: string;
}

@ObjectType({ description: 'The user is active and signed in.' })
export class AcceptInvitationSuccess {
  @Field(() => Viewer, { description: 'The viewer.' })
  readonly viewer: Viewer;

  constructor(viewer: Viewer) {
    this.viewer = viewer;
  }
}

const AcceptInvitationResult = createUnionType({
  name: 'AcceptInvitationResult',
  description: 'How `acceptInvitation` can end. Rules: `INVITATION_NOT_USABLE`.',
  types: () => [AcceptInvitationSuccess, InvalidInputError, RuleBrokenError] as const,
});

/** Lets people in who were invited. */
@Resolver()
export class AcceptInvitationMutation {
  @Mutation(() => AcceptInvitationResult, {
    nullable: true,
    description: 'Set the password of an invited user and start a session, set as a cookie. Answers without sign-in.',
  })
  acceptInvitation(
    @Ctx() ctx: GraphContext,
    @Arg('input', () => AcceptInvitationInput, { description: 'The invitation.' }) input: AcceptInvitationInput,
  ) {
    const { token, password } = input;
    return answerAnyone(input, async () => {
      const signedIn = await acceptInvitation(ctx.world, { token, password, replaced: ctx.session?.stored });
      return new AcceptInvitationSuccess(new Viewer(signInto(ctx, signedIn)));
    });
  }
}
