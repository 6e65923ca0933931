import { Field, ObjectType } from 'type-graphql';
import { usableTokens } from '../domain/access-token.ts';
import { permissionsOf, type Permission as DomainPermission } from '../domain/actor.ts';
import { sessionEnd } from '../domain/session.ts';
import type { Instant } from '../domain/values.ts';
import { Permission } from './ability.ts';
import { AccessToken } from './access-token.ts';
import type { Session } from './context.ts';
import { DateTime } from './scalars.ts';
import { User } from './user.ts';

@ObjectType({ description: 'The signed-in user, and what they may do.' })
export class Viewer {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  @Field(() => User, { description: 'The user.' })
  get user(): User {
    return new User(this.#session.user);
  }

  @Field(() => [Permission], { description: "What the user's role allows." })
  get permissions(): readonly DomainPermission[] {
    return permissionsOf(this.#session.user.role);
  }

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the session ends if nothing more is asked; null when a personal access token was used.',
  })
  get sessionExpiresAt(): Instant | null {
    const { stored } = this.#session;
    return stored === undefined ? null : sessionEnd(stored);
  }

  @Field(() => [AccessToken], {
    description: 'Personal access tokens neither revoked nor expired, newest first; at most 20.',
  })
  async accessTokens(): Promise<AccessToken[]> {
    const { reader, user, domain } = this.#session;
    const tokens = await reader.accessTokens.ofUser(user.id);
    return usableTokens(tokens, domain.clock.now()).map((token) => new AccessToken(token));
  }
}
