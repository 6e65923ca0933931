import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { freshDatabase } from '../../support/database.ts';
import { openStore, type DatabaseStore } from '../../../src/db/store.ts';
import { createAccessToken } from '../../../src/domain/access-token-commands.ts';
import type { Role } from '../../../src/domain/actor.ts';
import type { Clock, Context, World } from '../../../src/domain/ports.ts';
import type { UserAttributes } from '../../../src/domain/user-attributes.ts';
import { createUser } from '../../../src/domain/user-commands.ts';
import type { User } from '../../../src/domain/user.ts';
import { later } from '../../../src/domain/values.ts';
import { createWorkspace } from '../../../src/domain/workspace-commands.ts';
import type { Plan, Workspace } from '../../../src/domain/workspace.ts';
import { graphqlHandler, type GraphqlOptions } from '../../../src/graphql/express.ts';
import { sessionCookie } from '../../../src/http/session-cookie.ts';
import { uuidV7Ids } from '../../../src/ids.ts';
import { createPasswords } from '../../../src/passwords.ts';
import { createSecrets } from '../../../src/secrets.ts';

/** A clock that stands still until it is told to go on. */
export class SteppingClock implements Clock {
  #now = '2026-03-01T09:30:00.000Z';

  now(): string {
    return this.#now;
  }

  advance(milliseconds: number): void {
    this.#now = later(this.#now, milliseconds);
  }
}

/** A workspace with the system's hand in it, and someone of each role. */
export interface Tenant {
  readonly workspace: Workspace;
  readonly system: Context;
  readonly owner: User;
  readonly admin: User;
  readonly member: User;
  /** Access tokens by role. */
  readonly tokens: Record<Role, string>;
}

/** What a GraphQL server answered. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- the tests say what they expect in it
  readonly data: any;
  readonly errors: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: Readonly<Record<string, unknown>>;
  }[];
}

/** A server on a database of its own. */
export class TestServer {
  readonly url: string;
  readonly world: World & { readonly clock: SteppingClock; readonly store: DatabaseStore };
  readonly logged: object[];
  readonly #close: () => Promise<void>;

  constructor(url: string, world: TestServer['world'], logged: object[], close: () => Promise<void>) {
    this.url = url;
    this.world = world;
    this.logged = logged;
    this.#close = close;
  }

  /** Asks as the holder of a token; undefined is nobody. */
  async ask(token: string | undefined, query: string, variables: object = {}): Promise<Answer> {
    return this.post(
      JSON.stringify({ query, variables }),
      token === undefined ? {} : { authorization: `Bearer ${token}` },
    );
  }

  async post(body: string | Buffer, headers: Record<string, string> = {}): Promise<Answer> {
    const all = { 'content-type': 'application/json', ...headers };
    return read(await fetch(this.url, { method: 'POST', headers: all, body: new Uint8Array(Buffer.from(body)) }));
  }

  async get(query: string, headers: Record<string, string> = {}): Promise<Answer> {
    return read(await fetch(`${this.url}${query}`, { headers }));
  }

  async tenant(slug: string, plan: Plan = 'ENTERPRISE'): Promise<Tenant> {
    const system = { ...this.world, actor: { kind: 'system' } } as const;
    const workspace = await createWorkspace(system, { slug, name: `The ${slug} company`, plan });
    const ctx: Context = { ...system, workspaceId: workspace.id };
    const [owner, admin, member] = [
      await person(ctx, `owner@${slug}.example`, 'OWNER'),
      await person(ctx, `admin@${slug}.example`, 'ADMIN'),
      await person(ctx, `member@${slug}.example`, 'MEMBER'),
    ];
    const token = async (user: User) => (await createAccessToken(ctx, { userId: user.id, name: 'test' })).secret;
    const tokens = { OWNER: await token(owner), ADMIN: await token(admin), MEMBER: await token(member) };
    return { workspace, system: ctx, owner, admin, member, tokens };
  }

  close(): Promise<void> {
    return this.#close();
  }
}

/** Makes a user of a workspace; without a role, as the settings say. */
export function person(ctx: Context, userName: string, role?: Role, more: Partial<UserAttributes> = {}): Promise<User> {
  return createUser(ctx, { userName, active: true, ...more }, role);
}

/** Starts a server on a database of its own. */
export async function startServer(changes: Partial<GraphqlOptions> & { sandbox?: boolean } = {}): Promise<TestServer> {
  const database = await freshDatabase();
  const clock = new SteppingClock();
  const store = await openStore(database.url, { clock });
  await store.migrate();
  const world = {
    store,
    clock,
    ids: uuidV7Ids(),
    secrets: createSecrets('a secret of the tests that is long enough'),
    passwords: createPasswords(),
  };
  const logged: object[] = [];
  const log = (fields: object, message: string) => void logged.push({ ...fields, message });
  const face = await graphqlHandler({
    world,
    config: {
      publicUrl: 'https://rollcall.test',
      upgradeUrl: 'https://rollcall.test/upgrade',
      supportUrl: 'https://rollcall.test/support',
      sandbox: changes.sandbox ?? false,
      version: '1.2.3',
    },
    logger: { warn: log, error: log },
    sandboxContentSecurityPolicy: "default-src 'none'; script-src sandbox.test",
    corsOrigins: ['https://app.rollcall.test'],
    sessionCookie,
    ...changes,
  });
  const server = createServer(express().use(face.router));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return new TestServer(`http://127.0.0.1:${port}/graphql`, world, logged, async () => {
    server.closeAllConnections();
    server.close();
    await face.drain();
    await store.close();
    await database.drop();
  });
}

async function read(response: Response): Promise<Answer> {
  const text = await response.text();
  const parsed = (response.headers.get('content-type') ?? '').includes('json') ? JSON.parse(text) : {};
  const { status, headers } = response;
  return { status, headers, text, data: parsed.data, errors: parsed.errors ?? [] };
}
