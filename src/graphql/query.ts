import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { authorize } from '../domain/actor.ts';
import { accessTokenById } from './access-token.ts';
import { signedIn, type GraphContext } from './context.ts';
import { badUserInput } from './errors.ts';
import { readGlobalId, type NodeType } from './ids.ts';
import { Node } from './node.ts';
import { ProvisioningEvent } from './provisioning-event.ts';
import { provisioningOf } from './provisioning.ts';
import { scimCredentialById } from './scim-credential.ts';
import { Server } from './server.ts';
import { teamById } from './team.ts';
import { userById } from './user.ts';
import { Viewer } from './viewer.ts';
import { Workspace, workspaceOf } from './workspace.ts';

const MOST_NODES = 100;

/** Entry points for reading. */
@Resolver()
export class QueryResolver {
  @Query(() => Viewer, { nullable: true, description: 'Who is signed in; null when nobody is.' })
  viewer(@Ctx() ctx: GraphContext): Viewer | null {
    return ctx.session === undefined ? null : new Viewer(ctx.session);
  }

  @Query(() => Workspace, { nullable: true, description: "The viewer's workspace." })
  workspace(@Ctx() ctx: GraphContext): Promise<Workspace> {
    return workspaceOf(ctx);
  }

  @Query(() => Node, { nullable: true, description: 'An object by its ID; null when the workspace has none.' })
  node(@Ctx() ctx: GraphContext, @Arg('id', () => ID, { description: 'The ID.' }) id: string): Promise<Node | null> {
    return nodeById(ctx, id);
  }

  @Query(() => [Node], {
    nullable: 'itemsAndList',
    description: 'Objects by their IDs, in the order asked for, with null for each that `node` would not return.',
  })
  nodes(
    @Ctx() ctx: GraphContext,
    @Arg('ids', () => [ID], { description: 'The IDs, at most 100.' }) ids: string[],
  ): Promise<Node | null>[] {
    signedIn(ctx);
    if (ids.length > MOST_NODES) throw badUserInput(`\`ids\` has ${ids.length} IDs. Ask for at most ${MOST_NODES}.`);
    return ids.map((id) => nodeById(ctx, id));
  }

  @Query(() => Server, { nullable: true, description: 'The server that answers. Needs no sign-in.' })
  server(): Server {
    return new Server();
  }
}

async function nodeById(ctx: GraphContext, text: string): Promise<Node | null> {
  signedIn(ctx);
  const read = readGlobalId(text);
  return read === undefined ? null : NODES[read.type](ctx, read.id);
}

const NODES: Record<NodeType, (ctx: GraphContext, id: string) => Promise<Node | null>> = {
  Workspace: async (ctx, id) => (id === signedIn(ctx).domain.workspaceId ? workspaceOf(ctx) : null),
  Provisioning: async (ctx, id) => {
    requireProvisioning(ctx);
    return id === signedIn(ctx).domain.workspaceId ? provisioningOf(ctx) : null;
  },
  User: userById,
  Team: teamById,
  AccessToken: accessTokenById,
  ScimCredential: async (ctx, id) => {
    requireProvisioning(ctx);
    return scimCredentialById(ctx, id);
  },
  ProvisioningEvent: async (ctx, id) => {
    requireProvisioning(ctx);
    const event = await signedIn(ctx).loaders.events.load(id);
    return event === undefined ? null : new ProvisioningEvent(event);
  },
};

/** Asked before anything is looked for, so that the refusal tells nothing about what there is. */
function requireProvisioning(ctx: GraphContext): void {
  authorize(signedIn(ctx).domain.actor, 'readProvisioning');
}
