import { Field, ID, ObjectType } from 'type-graphql';
import type { AccessToken as DomainAccessToken } from '../domain/access-token.ts';
import type { Instant } from '../domain/values.ts';
import { signedIn, type GraphContext } from './context.ts';
import { globalId } from './ids.ts';
import { Node } from './node.ts';
import { DateTime } from './scalars.ts';

@ObjectType({
  implements: Node,
  description:
    'A personal access token: a bearer token for this API that acts as its user. Its secret is shown once, on creation.',
})
export class AccessToken implements Node {
  readonly #token: DomainAccessToken;

  constructor(token: DomainAccessToken) {
    this.#token = token;
  }

  @Field(() => ID, { description: 'Opaque global ID.' })
  get id(): string {
    return globalId('AccessToken', this.#token.id);
  }

  @Field(() => String, { description: 'What the user called it.' })
  get name(): string {
    return this.#token.name;
  }

  @Field(() => String, { description: 'The public start of the token, enough to recognize it.' })
  get prefix(): string {
    return `pat_${this.#token.publicId}`;
  }

  @Field(() => DateTime, { nullable: true, description: 'When it was last used, to the minute; null when never.' })
  get lastUsedAt(): Instant | null {
    return this.#token.lastUsedAt;
  }

  @Field(() => DateTime, { description: 'When it stops working.' })
  get expiresAt(): Instant {
    return this.#token.expiresAt;
  }

  @Field(() => DateTime, { description: 'When it was created.' })
  get createdAt(): Instant {
    return this.#token.createdAt;
  }
}

/** The viewer's own access token by its id; null for any other. */
export async function accessTokenById(ctx: GraphContext, id: string): Promise<AccessToken | null> {
  const { reader, user } = signedIn(ctx);
  const token = await reader.accessTokens.get(id);
  return token?.userId === user.id ? new AccessToken(token) : null;
}
