import type { RequestListener } from 'node:http';
import { createApp, refusalBody } from '../../src/app.ts';
import { parseConfig } from '../../src/config.ts';
import { openStore, type DatabaseStore } from '../../src/db/store.ts';
import { createAccessToken } from '../../src/domain/access-token-commands.ts';
import type { Role } from '../../src/domain/actor.ts';
import type { Clock, Context, Ids, World } from '../../src/domain/ports.ts';
import { generateScimCredential } from '../../src/domain/scim-credential-commands.ts';
import { createUser } from '../../src/domain/user-commands.ts';
import type { UserAttributes } from '../../src/domain/user-attributes.ts';
import type { User } from '../../src/domain/user.ts';
import { createWorkspace } from '../../src/domain/workspace-commands.ts';
import type { Plan } from '../../src/domain/workspace.ts';
import { createHttpServer, drain, listen } from '../../src/http/server.ts';
import { uuidV7Ids } from '../../src/ids.ts';
import { createLogger } from '../../src/logging.ts';
import { createPasswords } from '../../src/passwords.ts';
import { createSecrets } from '../../src/secrets.ts';
import { freshDatabase, type TestDatabase } from './database.ts';

/** A clock that tells what it is told, else the machine's time. */
export interface SettableClock extends Clock {
  set(instant: string): void;
  advance(milliseconds: number): void;
}

/** A clock for tests: real time, shifted. */
export function settableClock(): SettableClock {
  let shift = 0;
  return {
    now: () => new Date(Date.now() + shift).toISOString(),
    set: (instant) => void (shift = Date.parse(instant) - Date.now()),
    advance: (milliseconds) => void (shift += milliseconds),
  };
}

/** A whole Rollcall on a database of its own, listening on 127.0.0.1. */
export interface Rollcall {
  readonly url: string;
  readonly world: World & { readonly store: DatabaseStore };
  readonly clock: SettableClock;
  /** The SQLite file; empty on PostgreSQL. */
  readonly databaseFile: string;
  /** The lines of the log. */
  readonly log: string[];
  workspace(slug: string, plan?: Plan): Promise<TestWorkspace>;
  close(): Promise<void>;
}

/** A workspace with the means to call both faces. */
export interface TestWorkspace {
  readonly slug: string;
  /** The operator's context in it. */
  readonly ctx: Context;
  readonly baseUrl: string;
  /** A working SCIM key. */
  readonly key: string;
  readonly credentialId: string;
  user(attributes: Partial<UserAttributes> & { userName: string }, role?: Role): Promise<User>;
  token(user: User): Promise<string>;
}

/** What a test may hand in instead of a fresh database, real time and new ids. */
export interface Surroundings {
  readonly database?: TestDatabase;
  readonly clock?: SettableClock;
  readonly ids?: Ids;
}

/** Starts a Rollcall; `environment` holds settings as a process would get them. */
export async function startRollcall(
  environment: Record<string, string> = {},
  { database: given, clock = settableClock(), ids = uuidV7Ids() }: Surroundings = {},
): Promise<Rollcall> {
  const database = given ?? (await freshDatabase());
  const store = await openStore(database.url, { clock });
  await store.migrate();
  const secrets = createSecrets('a server secret of the tests, 32 characters');
  const world = { store, clock, ids, secrets, passwords: createPasswords() };
  const log: string[] = [];
  let listener: RequestListener = () => undefined;
  const server = createHttpServer((req, res) => listener(req, res), refusalBody);
  const url = await listen(server, 0, '127.0.0.1');
  const config = { ...parseConfig(environment, { dev: true }), publicUrl: url };
  const logger = createLogger({ level: config.logLevel, destination: { write: (line) => void log.push(line) } });
  const app = await createApp({ world, config, logger, version: '0.0.0-test', isDraining: () => false });
  listener = app.express as RequestListener;
  return {
    url,
    world,
    clock,
    databaseFile: database.file,
    log,
    workspace: (slug, plan = 'ENTERPRISE') => testWorkspace(world, url, slug, plan),
    async close() {
      await drain(server, 1_000);
      await app.stop();
      await store.close();
      await database.drop();
    },
  };
}

async function testWorkspace(world: World, url: string, slug: string, plan: Plan): Promise<TestWorkspace> {
  const actor = { kind: 'system' } as const;
  const { id } = await createWorkspace({ ...world, actor }, { slug, name: slug, plan });
  const ctx: Context = { ...world, actor, workspaceId: id };
  const generated = plan === 'ENTERPRISE' ? await generateScimCredential(ctx, { name: 'Okta' }) : undefined;
  return {
    slug,
    ctx,
    baseUrl: `${url}/scim/${slug}/v2`,
    key: generated?.secret ?? '',
    credentialId: generated?.credential.id ?? '',
    user: (attributes, role) => createUser(ctx, { active: true, ...attributes }, role),
    token: async (user) => (await createAccessToken(ctx, { userId: user.id, name: 'Test' })).secret,
  };
}
