import { readGlobalId } from '../../../src/graphql/ids.ts';

/** One request, for either face. */
export interface Command {
  readonly face: 'scim' | 'graphql';
  readonly method: string;
  /** Of the SCIM face. */
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  /** Who asks GraphQL. */
  readonly by?: 'owner' | 'admin' | 'member';
  /** The object that it is about. */
  readonly id?: string;
}

/** What was answered. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | null>>;
  readonly text: string;
}

/** An object that a history can name again, with the version it had when it was last seen. */
export interface Seen {
  readonly id: string;
  version: number;
}

const LONGEST = 300;

/** What of an answer is read; each part may be missing. */
interface Read {
  readonly id?: string;
  readonly version?: number;
  readonly meta?: { readonly version?: string };
  readonly data?: Readonly<Record<string, Outcome | null>> | null;
}
interface Outcome {
  /** Asked of mutations alone. */
  readonly __typename?: string;
  readonly user?: { readonly id: string; readonly version: number };
  readonly team?: { readonly id: string; readonly version: number };
  readonly provisioning?: Settings;
  readonly deletedUserId?: string;
  readonly deletedTeamId?: string;
}
interface Settings {
  readonly version: number;
  readonly paused: boolean;
  readonly settings: { readonly groupPush: boolean };
}

/** What a history has seen so far: what is there, what is gone, and versions. */
export class Memory {
  users: Seen[] = [];
  teams: Seen[] = [];
  readonly gone: Seen[] = [];
  settings: Settings = { version: 1, paused: false, settings: { groupPush: true } };

  learn(command: Command, { status, text }: Answer): void {
    if (command.method === 'DELETE' && status === 204) this.#parted(command.id);
    if (text === '' || status >= 400) return;
    const read = JSON.parse(text) as Read;
    if (command.face === 'graphql') this.#learnOutcome(Object.values(read.data ?? {})[0] ?? {});
    else if (read.id !== undefined && read.meta?.version !== undefined)
      this.#met(
        command.path.startsWith('/Groups') ? 'teams' : 'users',
        read.id,
        Number(/\d+/u.exec(read.meta.version)),
      );
  }

  #learnOutcome({ __typename, user, team, provisioning, deletedUserId, deletedTeamId }: Outcome): void {
    if (__typename === undefined) return;
    if (user !== undefined) this.#met('users', readGlobalId(user.id)!.id, user.version);
    if (team !== undefined) this.#met('teams', readGlobalId(team.id)!.id, team.version);
    if (provisioning !== undefined) this.settings = provisioning;
    const deleted = deletedUserId ?? deletedTeamId;
    if (deleted !== undefined) this.#parted(readGlobalId(deleted)!.id);
  }

  #met(kind: 'users' | 'teams', id: string, version: number): void {
    const known = this[kind].find((each) => each.id === id);
    if (known === undefined) this[kind].push({ id, version });
    else known.version = version;
  }

  #parted(id: string | undefined): void {
    this.gone.push(...[...this.users, ...this.teams].filter((each) => each.id === id));
    this.gone.splice(0, this.gone.length - LONGEST);
    this.users = this.users.filter((each) => each.id !== id);
    this.teams = this.teams.filter((each) => each.id !== id);
  }
}
