import { alreadyExists } from '../domain/errors.ts';
import type { ProvisioningSettings } from '../domain/provisioning-settings.ts';
import type { Plan, Workspace } from '../domain/workspace.ts';
import { clashOf } from './constraints.ts';
import { Superseded } from './commits.ts';
import { firstRow, holdWorkspace, type Session, type SqlValue } from './session.ts';

/** A row of `workspaces`. */
export interface WorkspaceRow {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly plan: Plan;
  readonly paused: number;
  readonly settings: string;
  readonly provisioning_version: number;
  readonly created_at: string;
}

const COLUMNS = 'id, slug, name, plan, paused, settings, provisioning_version, created_at';
const BY_ID = `select ${COLUMNS} from workspaces where id = ?`;
const BY_SLUG = `select ${COLUMNS} from workspaces where slug = ?`;
const ANY = 'select 1 from workspaces limit 1';
const INSERT = `insert into workspaces (${COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?)`;
const INSERT_COUNTERS = `insert into workspace_counters
  (workspace_id, user_count, last_user_seq, user_deletions, user_revision) values (?, 0, 0, 0, 0)`;
const UPDATE = `update workspaces set name = ?, plan = ?, paused = ?, settings = ?, provisioning_version = ? where id = ?`;

/** The workspace with an id. */
export async function workspaceById(session: Session, id: string): Promise<Workspace | undefined> {
  return workspaceOf(await firstRow<WorkspaceRow>(session, BY_ID, [id]));
}

/** The workspace with a slug. */
export async function workspaceBySlug(session: Session, slug: string): Promise<Workspace | undefined> {
  return workspaceOf(await firstRow<WorkspaceRow>(session, BY_SLUG, [slug]));
}

/** Whether there is any workspace. */
export async function hasWorkspaces(session: Session): Promise<boolean> {
  return (await firstRow(session, ANY, [])) !== undefined;
}

/** Adds a workspace without users. Fails with: AlreadyExists(slug). */
export async function addWorkspace(session: Session, workspace: Workspace): Promise<void> {
  const { id, slug, name, plan, paused, settings, provisioningVersion, createdAt } = workspace;
  const values: SqlValue[] = [
    id,
    slug,
    name,
    plan,
    Number(paused),
    JSON.stringify(settings),
    provisioningVersion,
    createdAt,
  ];
  try {
    await session.run(INSERT, values);
  } catch (error) {
    throw clashOf(error) === undefined ? error : alreadyExists('Workspace', 'slug', slug);
  }
  await session.run(INSERT_COUNTERS, [id]);
}

/**
 * The workspace within one transaction. Nearly every command reads it and hardly any changes it, so that a read holds
 * nothing: a save finds out whether what was read still stands.
 */
export class HeldWorkspace {
  readonly #session: Session;
  readonly #id: string;
  #asRead: string | undefined;

  constructor(session: Session, id: string) {
    this.#session = session;
    this.#id = id;
  }

  async read(): Promise<Workspace | undefined> {
    const workspace = await workspaceById(this.#session, this.#id);
    if (this.#session.holds) this.#asRead = JSON.stringify(workspace);
    return workspace;
  }

  /** Saves what may change of a workspace: all but its id, slug and creation. */
  async save({ name, plan, paused, settings, provisioningVersion }: Workspace): Promise<void> {
    if (this.#asRead !== undefined) await this.#requireUnchanged();
    const values = [name, plan, Number(paused), JSON.stringify(settings), provisioningVersion];
    await this.#session.run(UPDATE, [...values, this.#id]);
  }

  async #requireUnchanged(): Promise<void> {
    await holdWorkspace(this.#session, this.#id);
    if (JSON.stringify(await workspaceById(this.#session, this.#id)) !== this.#asRead) throw new Superseded();
  }
}

/** The workspace in a row. */
export function workspaceOf(row: WorkspaceRow): Workspace;
export function workspaceOf(row: WorkspaceRow | undefined): Workspace | undefined;
export function workspaceOf(row: WorkspaceRow | undefined): Workspace | undefined {
  if (row === undefined) return undefined;
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    plan: row.plan,
    paused: row.paused === 1,
    settings: JSON.parse(row.settings) as ProvisioningSettings,
    provisioningVersion: row.provisioning_version,
    createdAt: row.created_at,
  };
}
