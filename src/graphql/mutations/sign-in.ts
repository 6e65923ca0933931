import { Arg, createUnionType, Ctx, Field, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { signInWithPassword } from '../../domain/sign-in.ts';
import { signOut } from '../../domain/sign-out.ts';
import { signOutOf, signInto, type GraphContext } from '../context.ts';
import { SecretString } from '../scalars.ts';
import { tooManyAttempts } from '../sign-in-attempts.ts';
import { Viewer } from '../viewer.ts';
import { answer, answerAnyone } from './answer.ts';
import { RuleBrokenError } from './mutation-error.ts';

@InputType({ description: 'Who signs in.' })
export class SignInWithPasswordInput {
  @Field(() => String, { description: "The workspace's slug." })
  workspaceSlug!: string;

  @Field(() => String, { description: 'The user name.' })
  userName!: string;

  @Field(() => SecretString, { description: 'The password.' })
  password!: string;
}

@ObjectType({ description: 'The user is signed in.' })
export class SignInWithPasswordSuccess {
  @Field(() => Viewer, { description: 'The viewer.' })
  readonly viewer: Viewer;

  constructor(viewer: Viewer) {
    this.viewer = viewer;
  }
}

const SignInWithPasswordResult = createUnionType({
  name: 'SignInWithPasswordResult',
  description: 'How `signInWithPassword` can end. Rules: `SIGN_IN_REFUSED`.',
  types: () => [SignInWithPasswordSuccess, RuleBrokenError] as const,
});

@InputType({ description: 'What to end.' })
export class SignOutInput {
  @Field(() => Boolean, {
    defaultValue: false,
    description: "Whether to end all the viewer's sessions, on other devices too.",
  })
  everywhere!: boolean;
}

@ObjectType({ description: 'The session is over.' })
export class SignOutSuccess {
  @Field(() => Int, { description: 'Sessions ended.' })
  readonly endedSessionCount: number;

  constructor(endedSessionCount: number) {
    this.endedSessionCount = endedSessionCount;
  }
}

const SignOutResult = createUnionType({
  name: 'SignOutResult',
  description: 'How `signOut` can end.',
  types: () => [SignOutSuccess] as const,
});

/** Starts and ends sessions. */
@Resolver()
export class SignInMutations {
  @Mutation(() => SignInWithPasswordResult, {
    nullable: true,
    description: 'Start a session, set as a cookie.',
  })
  signInWithPassword(
    @Ctx() ctx: GraphContext,
    @Arg('input', () => SignInWithPasswordInput, { description: 'Who signs in.' }) input: SignInWithPasswordInput,
  ) {
    const { workspaceSlug: slug, userName, password } = input;
    return answerAnyone(input, async () => {
      const attempt = { slug, userName, address: ctx.address };
      const wait = ctx.signInAttempts.enter(attempt);
      if (wait > 0) {
        ctx.replyHeaders.set('Retry-After', String(wait));
        throw tooManyAttempts(wait);
      }
      const signedIn = await signInWithPassword(ctx.world, { slug, userName, password, replaced: ctx.session?.stored });
      ctx.signInAttempts.succeeded(attempt);
      return new SignInWithPasswordSuccess(new Viewer(signInto(ctx, signedIn)));
    });
  }

  @Mutation(() => SignOutResult, { nullable: true, description: 'End the session.' })
  signOut(
    @Ctx() ctx: GraphContext,
    @Arg('input', () => SignOutInput, { description: 'What to end.' }) input: SignOutInput,
  ) {
    return answer(ctx, input, async ({ domain, stored }) => {
      const ended = await signOut(domain, { session: stored, everywhere: input.everywhere });
      signOutOf(ctx);
      return new SignOutSuccess(ended);
    });
  }
}
