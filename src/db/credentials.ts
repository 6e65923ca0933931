import type { Page, PageOf } from '../domain/criteria.ts';
import type { CredentialReader, CredentialRepository } from '../domain/scim-credential-repository.ts';
import type { ScimCredential, ScimCredentialStatus } from '../domain/scim-credential.ts';
import type { Instant } from '../domain/values.ts';
import { pageOf } from './paging.ts';
import { firstRow, holding, holdWorkspace, textFor, type Session, type SqlValue } from './session.ts';

/** A row of `scim_credentials`. */
export interface CredentialRow {
  readonly workspace_id: string;
  readonly id: string;
  readonly public_id: string;
  readonly secret_hash: string;
  readonly name: string;
  readonly expires_at: string | null;
  readonly first_used_at: string | null;
  readonly last_used_at: string | null;
  readonly last_used_ip: string | null;
  readonly last_used_user_agent: string | null;
  readonly predecessor_id: string | null;
  readonly successor_id: string | null;
  readonly overlap_ends_at: string | null;
  readonly revoked_at: string | null;
  readonly revoked_by_id: string | null;
  readonly created_by_id: string | null;
  readonly created_at: string;
}

const NAMES = `
  public_id secret_hash name expires_at first_used_at last_used_at last_used_ip last_used_user_agent
  predecessor_id successor_id overlap_ends_at revoked_at revoked_by_id created_by_id created_at
`
  .trim()
  .split(/\s+/u);
/** The columns of a `CredentialRow`, for a select list. */
export const CREDENTIAL_COLUMNS = ['workspace_id', 'id', ...NAMES].map((name) => `scim_credentials.${name}`).join(', ');

const NEWEST_FIRST = 'order by created_at desc, id desc';
const SELECT = `select ${CREDENTIAL_COLUMNS} from scim_credentials where workspace_id = ?`;
const GET = holding(`${SELECT} and id = ?`);
const MANY = `${SELECT} and id in (select value from json_each(?)) ${NEWEST_FIRST}`;
const ALL = `${SELECT} ${NEWEST_FIRST}`;
const INSERT = `insert into scim_credentials (workspace_id, id, ${NAMES.join(', ')})
  values (?, ?, ${NAMES.map(() => '?').join(', ')})`;
const UPDATE = `update scim_credentials set ${NAMES.map((name) => `${name} = ?`).join(', ')}
  where workspace_id = ? and id = ?`;
// As `credentialStatus` has it.
const IN_STATUS = `case when revoked_at is not null then 'REVOKED'
  when expires_at <= ? or overlap_ends_at <= ? then 'EXPIRED'
  when overlap_ends_at is null then 'ACTIVE' else 'RETIRING' end in (select value from json_each(?))`;

/** Reads and writes of the credentials of one workspace. */
export class Credentials implements CredentialReader, CredentialRepository {
  readonly #session: Session;
  readonly #workspaceId: string;

  constructor(session: Session, workspaceId: string) {
    this.#session = session;
    this.#workspaceId = workspaceId;
  }

  async get(id: string): Promise<ScimCredential | undefined> {
    const row = await firstRow<CredentialRow>(this.#session, textFor(this.#session, GET), [this.#workspaceId, id]);
    return row === undefined ? undefined : credentialOf(row);
  }

  async many(ids: readonly string[]): Promise<ScimCredential[]> {
    const rows = await this.#session.rows<CredentialRow>(MANY, [this.#workspaceId, JSON.stringify(ids)]);
    return rows.map((row) => credentialOf(row));
  }

  async all(): Promise<ScimCredential[]> {
    await holdWorkspace(this.#session, this.#workspaceId);
    return (await this.#session.rows<CredentialRow>(ALL, [this.#workspaceId])).map((row) => credentialOf(row));
  }

  page(
    statuses: readonly ScimCredentialStatus[] | undefined,
    now: Instant,
    page: Page,
  ): Promise<PageOf<ScimCredential>> {
    const key = { key: ['created_at', 'id'], descending: true };
    const rows = { columns: CREDENTIAL_COLUMNS, table: 'scim_credentials', itemOf: credentialOf };
    return pageOf<CredentialRow, ScimCredential>(
      this.#session,
      { ...rows, ...key, ...this.#narrowed(statuses, now) },
      page,
    );
  }

  async count(statuses: readonly ScimCredentialStatus[] | undefined, now: Instant): Promise<number> {
    const { where, parameters } = this.#narrowed(statuses, now);
    const sql = `select count(*) as count from scim_credentials where ${where}`;
    return (await firstRow<{ count: number }>(this.#session, sql, parameters))!.count;
  }

  async add(credential: ScimCredential): Promise<void> {
    await this.#session.run(INSERT, [this.#workspaceId, credential.id, ...valuesOf(credential)]);
  }

  async save(credential: ScimCredential): Promise<void> {
    await this.#session.run(UPDATE, [...valuesOf(credential), this.#workspaceId, credential.id]);
  }

  #narrowed(statuses: readonly ScimCredentialStatus[] | undefined, now: Instant) {
    if (statuses === undefined) return { where: 'workspace_id = ?', parameters: [this.#workspaceId] };
    const parameters = [this.#workspaceId, now, now, JSON.stringify(statuses)];
    return { where: `workspace_id = ? and ${IN_STATUS}`, parameters };
  }
}

function valuesOf(credential: ScimCredential): SqlValue[] {
  return [
    credential.publicId,
    credential.secretHash,
    credential.name,
    credential.expiresAt,
    credential.firstUsedAt,
    credential.lastUsedAt,
    credential.lastUsedIp,
    credential.lastUsedUserAgent,
    credential.predecessorId,
    credential.successorId,
    credential.overlapEndsAt,
    credential.revokedAt,
    credential.revokedById,
    credential.createdById,
    credential.createdAt,
  ];
}

/** The credential in a row. */
export function credentialOf(row: CredentialRow): ScimCredential {
  return {
    workspaceId: row.workspace_id,
    id: row.id,
    publicId: row.public_id,
    secretHash: row.secret_hash,
    name: row.name,
    expiresAt: row.expires_at,
    firstUsedAt: row.first_used_at,
    lastUsedAt: row.last_used_at,
    lastUsedIp: row.last_used_ip,
    lastUsedUserAgent: row.last_used_user_agent,
    predecessorId: row.predecessor_id,
    successorId: row.successor_id,
    overlapEndsAt: row.overlap_ends_at,
    revokedAt: row.revoked_at,
    revokedById: row.revoked_by_id,
    createdById: row.created_by_id,
    createdAt: row.created_at,
  };
}
