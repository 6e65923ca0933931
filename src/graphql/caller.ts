import { authenticateAccessToken, authenticateSession } from '../domain/authentication.ts';
import type { World } from '../domain/ports.ts';
import { Session } from './context.ts';

/** What a request brings to say who sends it. */
export interface Presented {
  /** A personal access token. */
  readonly accessToken: string | undefined;
  /** The secret of a session. */
  readonly session: string | undefined;
}

/** Reads what a request presents. A bearer that is no access token of ours does not hide the session beside it. */
export function presentedBy(authorization: string | undefined, session: string | undefined): Presented {
  const bearer = /^Bearer +(?<token>[\w.~+/=-]+) *$/iu.exec(authorization ?? '')?.groups?.['token'];
  const accessToken = bearer?.startsWith('pat_') ? bearer : undefined;
  return { accessToken, session: accessToken === undefined ? session : undefined };
}

/** Who asks, with the role that the database says they have now: by the access token alone, where there is one. */
export async function callerOf(world: World, { accessToken, session }: Presented): Promise<Session | undefined> {
  if (accessToken !== undefined) return tokenHolder(world, accessToken);
  const found = session === undefined ? undefined : await authenticateSession(world, session);
  return found === undefined ? undefined : new Session(world, found.user, { stored: found.session });
}

async function tokenHolder(world: World, plain: string): Promise<Session | undefined> {
  const found = await authenticateAccessToken(world, plain);
  if (found === undefined) return undefined;
  const { token, user } = found;
  world.store.journal.accessTokenUsed(user.workspaceId, token.id, user.id, world.clock.now());
  return new Session(world, user, { accessTokenId: token.id });
}
