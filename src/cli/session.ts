import type { Command } from 'commander';
import { parseConfig, poolOf, type Config } from '../config.ts';
import type { DatabaseStore } from '../db/store.ts';
import { DomainError } from '../domain/errors.ts';
import type { Context, World } from '../domain/ports.ts';
import type { Workspace } from '../domain/workspace.ts';
import { systemClock, uuidV7Ids } from '../ids.ts';
import { createPasswords } from '../passwords.ts';
import { createSecrets } from '../secrets.ts';
import { secretOf } from '../secret-file.ts';

/** What a command of the CLI works with: the operator's world, on the database of the settings. */
export interface Session {
  readonly world: World;
  /** The store of the world, as its operator has it. */
  readonly store: DatabaseStore;
  readonly config: Config;
  /** The names of the migrations that opening the database has run. */
  readonly migrated: readonly string[];
}

/**
 * Opens the database that the settings name, brought up to date, and closes it after the work. The settings are read as
 * a development server reads them, so that the two agree where nothing is set.
 */
export async function withSession<T>(work: (session: Session) => Promise<T>): Promise<T> {
  const config = parseConfig(process.env, { dev: true });
  const secrets = createSecrets(secretOf(config));
  // Not at the top: help, wrong use and `simulate` need no database, and its libraries take most of a command's start.
  const { openStore } = await import('../db/store.ts');
  const store = await openStore(config.databaseUrl, { clock: systemClock, pool: poolOf(config) });
  try {
    const migrated = await store.migrate();
    const world = { store, clock: systemClock, ids: uuidV7Ids(), secrets, passwords: createPasswords() };
    return await work({ world, store, config, migrated });
  } finally {
    await store.close();
  }
}

/** The same, inside one workspace, as the operator. Fails with: NotFound. */
export async function withWorkspace<T>(
  slug: string,
  work: (ctx: Context, workspace: Workspace, session: Session) => Promise<T>,
): Promise<T> {
  return withSession(async (session) => {
    const workspace = await session.world.store.acrossWorkspaces.workspaceBySlug(slug);
    if (workspace === undefined) throw noWorkspace(slug);
    const ctx: Context = { ...session.world, actor: { kind: 'system' }, workspaceId: workspace.id };
    return work(ctx, workspace, session);
  });
}

function noWorkspace(slug: string): DomainError {
  const refusal = { kind: 'NotFound', type: 'Workspace', id: slug, field: 'workspace' } as const;
  return new DomainError(refusal, `There is no workspace ${JSON.stringify(slug)} in this database.`);
}

/** Prints what a command made: sentences for a person, or with `--json` one object for a program. */
export function print(command: Command, result: object, sentences: readonly string[]): void {
  const isJson = command.opts<{ json?: boolean }>().json === true;
  process.stdout.write(`${isJson ? JSON.stringify(result) : sentences.join('\n')}\n`);
}

/** Gives a command its `--json`. */
export function jsonOption(command: Command): Command {
  return command.option('--json', 'end the output with one JSON object, for programs');
}
