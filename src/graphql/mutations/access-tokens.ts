import { Arg, createUnionType, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { createAccessToken, revokeAccessToken } from '../../domain/access-token-commands.ts';
import type { AccessToken as DomainAccessToken } from '../../domain/access-token.ts';
import type { Instant } from '../../domain/values.ts';
import { AccessToken } from '../access-token.ts';
import type { GraphContext } from '../context.ts';
import { given } from '../given.ts';
import { globalId, localId } from '../ids.ts';
import { DateTime, SecretString } from '../scalars.ts';
import { answer } from './answer.ts';
import { InvalidInputError, NotFoundError, RuleBrokenError } from './mutation-error.ts';

@InputType({ description: 'A personal access token to create.' })
export class CreateAccessTokenInput {
  @Field(() => String, { description: 'What to call it, 1 to 80 characters.' })
  name!: string;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it is to expire, 1 to 365 days from now. Left out: 90 days from now.',
  })
  expiresAt?: Instant | null;
}

@ObjectType({ description: 'The personal access token was created.' })
export class CreateAccessTokenSuccess {
  @Field(() => AccessToken, { description: 'The token.' })
  readonly accessToken: AccessToken;

  @Field(() => SecretString, { description: 'The bearer token. Shown only here.' })
  readonly secret: string;

  constructor({ token, secret }: { readonly token: DomainAccessToken; readonly secret: string }) {
    this.accessToken = new AccessToken(token);
    this.secret = secret;
  }
}

const CreateAccessTokenResult = createUnionType({
  name: 'CreateAccessTokenResult',
  description: 'How `createAccessToken` can end. Rules: `ACCESS_TOKEN_LIMIT`.',
  types: () => [CreateAccessTokenSuccess, InvalidInputError, RuleBrokenError] as const,
});

@InputType({ description: 'A personal access token to revoke.' })
export class RevokeAccessTokenInput {
  @Field(() => ID, { description: 'The token.' })
  accessTokenId!: string;
}

@ObjectType({ description: 'The personal access token is revoked.' })
export class RevokeAccessTokenSuccess {
  @Field(() => ID, { description: 'The ID the token had.' })
  readonly revokedAccessTokenId: string;

  constructor(id: string) {
    this.revokedAccessTokenId = globalId('AccessToken', id);
  }
}

const RevokeAccessTokenResult = createUnionType({
  name: 'RevokeAccessTokenResult',
  description: 'How `revokeAccessToken` can end.',
  types: () => [RevokeAccessTokenSuccess, NotFoundError] as const,
});

/** Writes the viewer's personal access tokens. */
@Resolver()
export class AccessTokenMutations {
  @Mutation(() => CreateAccessTokenResult, {
    nullable: true,
    description:
      'Create a personal access token for the viewer; the answer carries the secret, this once. Needs a session.',
  })
  createAccessToken(
    @Ctx() ctx: GraphContext,
    @Arg('input', () => CreateAccessTokenInput, { description: 'What to create.' }) input: CreateAccessTokenInput,
  ) {
    return answer(ctx, input, async ({ domain, user }) => {
      const { name, expiresAt } = input;
      const made = { userId: user.id, name, ...given({ expiresAt }) };
      return new CreateAccessTokenSuccess(await createAccessToken(domain, made));
    });
  }

  @Mutation(() => RevokeAccessTokenResult, {
    nullable: true,
    description: "Revoke one of the viewer's personal access tokens: the next request with it is refused.",
  })
  revokeAccessToken(
    @Ctx() ctx: GraphContext,
    @Arg('input', () => RevokeAccessTokenInput, { description: 'What to revoke.' }) input: RevokeAccessTokenInput,
  ) {
    return answer(ctx, input, async ({ domain }) => {
      const accessTokenId = localId('AccessToken', input.accessTokenId);
      await revokeAccessToken(domain, accessTokenId);
      return new RevokeAccessTokenSuccess(accessTokenId);
    });
  }
}
