import { unauthenticated } from '../domain/errors.ts';
import type { Context, World } from '../domain/ports.ts';
import type { SignedIn } from '../domain/session-start.ts';
import type { Session as StoredSession } from '../domain/session.ts';
import type { User } from '../domain/user.ts';
import type { Workspace } from '../domain/workspace.ts';
import { createLoaders, type Loaders } from './loaders.ts';
import type { SignInAttempts } from './sign-in-attempts.ts';

/** The settings that the answers depend on. */
export interface FaceConfig {
  readonly publicUrl: string;
  readonly upgradeUrl: string;
  readonly supportUrl?: string;
  readonly sandbox: boolean;
  /** The version of this server. */
  readonly version: string;
}

/** What every resolver is given. */
export interface GraphContext {
  readonly world: World;
  readonly config: FaceConfig;
  /** The `X-Request-Id` of the answer. */
  readonly requestId: string;
  /** The client's address. */
  readonly address: string;
  readonly sessionCookie: SessionCookie;
  readonly signInAttempts: SignInAttempts;
  /** Headers that the answer is to have beside its body. */
  readonly replyHeaders: Map<string, string>;
  /** Who is signed in; absent when nobody is. Changes within a request that signs in or out. */
  session?: Session | undefined;
}

/** The cookie that holds the secret of a session: `Set-Cookie` headers that start and end it. */
export interface SessionCookie {
  started(secret: string): string;
  readonly ended: string;
}

/** By what someone is signed in: a session, or a personal access token. */
export type Credentials = { readonly stored: StoredSession } | { readonly accessTokenId: string };

/** Who is signed in for the length of one request, and what was read of their workspace. */
export class Session {
  /** The user as they were when the request came in. */
  readonly user: User;
  /** What the commands work with. */
  readonly domain: Context;
  /** The session in the database; absent where an access token was used. */
  readonly stored: StoredSession | undefined;
  #loaders: Loaders;
  #workspace: Promise<Workspace> | undefined;

  constructor(world: World, user: User, by: Credentials) {
    const { workspaceId, id: userId, role } = user;
    this.user = user;
    this.stored = 'stored' in by ? by.stored : undefined;
    const through = 'accessTokenId' in by ? by : {};
    this.domain = { ...world, workspaceId, actor: { kind: 'user', userId, role, ...through } };
    this.#loaders = createLoaders(this.domain);
  }

  get reader() {
    return this.domain.store.workspace(this.domain.workspaceId);
  }

  get loaders(): Loaders {
    return this.#loaders;
  }

  /** The viewer's workspace, read once. */
  workspace(): Promise<Workspace> {
    this.#workspace ??= this.#readWorkspace();
    return this.#workspace;
  }

  /** Forgets what was read, since a mutation has changed it. */
  forget(): void {
    this.#loaders = createLoaders(this.domain);
    this.#workspace = undefined;
  }

  async #readWorkspace(): Promise<Workspace> {
    const workspace = await this.reader.workspace();
    if (workspace === undefined) throw unauthenticated();
    return workspace;
  }
}

/** The session of a request. Fails with: Unauthenticated. */
export function signedIn(ctx: GraphContext): Session {
  if (ctx.session === undefined) throw unauthenticated();
  return ctx.session;
}

/** Makes the rest of a request, and with a cookie those that follow, those of a user just let in. */
export function signInto(ctx: GraphContext, { user, session, secret }: SignedIn): Session {
  ctx.session = new Session(ctx.world, user, { stored: session });
  ctx.replyHeaders.set('Set-Cookie', ctx.sessionCookie.started(secret));
  ctx.replyHeaders.delete('Clear-Site-Data');
  return ctx.session;
}

/** Leaves the rest of a request to nobody, and has the browser forget what it holds of the user. */
export function signOutOf(ctx: GraphContext): void {
  ctx.session = undefined;
  ctx.replyHeaders.set('Set-Cookie', ctx.sessionCookie.ended);
  // Not "cookies": that would end those of every host below the same registrable domain.
  ctx.replyHeaders.set('Clear-Site-Data', '"cache", "storage"');
}
