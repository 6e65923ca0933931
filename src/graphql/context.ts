import { unauthenticated } from '../domain/errors.ts';
import type { Context, World } from '../domain/ports.ts';
import type { User } from '../domain/user.ts';
import type { Workspace } from '../domain/workspace.ts';
import { createLoaders, type Loaders } from './loaders.ts';

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
  /** Who is signed in; absent when nobody is. */
  readonly session?: Session;
}

/** Who is signed in for the length of one request, and what was read of their workspace. */
export class Session {
  /** The user as they were when the request came in. */
  readonly user: User;
  /** What the commands work with. */
  readonly domain: Context;
  #loaders: Loaders;
  #workspace: Promise<Workspace> | undefined;

  constructor(world: World, user: User) {
    const { workspaceId } = user;
    this.user = user;
    this.domain = { ...world, workspaceId, actor: { kind: 'user', userId: user.id, role: user.role } };
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
