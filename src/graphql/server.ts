import { Ctx, Field, ObjectType } from 'type-graphql';
import type { Instant } from '../domain/values.ts';
import type { GraphContext } from './context.ts';
import { DateTime } from './scalars.ts';

@ObjectType({ description: 'The server that answers: a first query to try in Sandbox.' })
export class Server {
  @Field(() => String, { description: 'Its version.' })
  version(@Ctx() ctx: GraphContext): string {
    return ctx.config.version;
  }

  @Field(() => DateTime, { description: 'Its clock, to show relative times without skew.' })
  time(@Ctx() ctx: GraphContext): Instant {
    return ctx.world.clock.now();
  }
}
