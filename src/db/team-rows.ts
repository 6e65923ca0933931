import { TEAM_FIELDS, type TeamField } from '../domain/team-fields.ts';
import type { MappedRole, Team } from '../domain/team.ts';
import type { ManagedBy } from '../domain/user.ts';
import { sortKey } from '../domain/values.ts';
import type { Places } from './places.ts';
import type { SqlValue } from './session.ts';

/** A row of `teams`, without what is only sorted by. */
export interface TeamRow {
  readonly workspace_id: string;
  readonly id: string;
  readonly seq: number;
  readonly name: string;
  readonly name_key: string;
  readonly external_id: string | null;
  readonly managed_by: ManagedBy;
  readonly adopted: number;
  readonly linked_at: string | null;
  readonly last_synced_at: string | null;
  readonly role_mapping: MappedRole | null;
  readonly version: number;
  readonly created_at: string;
  readonly updated_at: string;
}

/** The columns that a save writes, in the order of `savedTeamValues`. */
export const SAVED_TEAM_COLUMNS = `
  name name_key external_id managed_by adopted linked_at last_synced_at role_mapping version created_at updated_at
  name_sort_key
`
  .trim()
  .split(/\s+/u);

/** The columns of a `TeamRow`, for a select list. */
export const TEAM_COLUMNS = ['workspace_id', 'id', 'seq', ...SAVED_TEAM_COLUMNS.slice(0, -1)]
  .map((column) => `teams.${column}`)
  .join(', ');

/** Where the fields of a team stand. */
export const TEAM_PLACES: Places<TeamField> = {
  fields: TEAM_FIELDS,
  columns: {
    id: { sql: 'teams.id', nullable: false, unique: true },
    name: { sql: 'teams.name_key', nullable: false, unique: true },
    externalId: { sql: 'teams.external_id', nullable: true, unique: true },
    createdAt: { sql: 'teams.created_at', nullable: false, unique: false },
    updatedAt: { sql: 'teams.updated_at', nullable: false, unique: false },
  },
  elements: () => ({
    from: 'memberships as element',
    where: 'element.workspace_id = teams.workspace_id and element.team_id = teams.id',
    order: 'element.seq',
  }),
  part: () => ({ sql: 'element.user_id', nullable: false, unique: false }),
};

/** The values of `SAVED_TEAM_COLUMNS`. */
export function savedTeamValues(team: Team): SqlValue[] {
  return [
    team.name,
    team.nameKey,
    team.externalId,
    team.managedBy,
    Number(team.adopted),
    team.linkedAt,
    team.lastSyncedAt,
    team.roleMapping,
    team.version,
    team.createdAt,
    team.updatedAt,
    sortKey(team.name),
  ];
}

/** The team in a row. */
export function teamOf(row: TeamRow): Team;
export function teamOf(row: TeamRow | undefined): Team | undefined;
export function teamOf(row: TeamRow | undefined): Team | undefined {
  if (row === undefined) return undefined;
  return {
    workspaceId: row.workspace_id,
    id: row.id,
    name: row.name,
    nameKey: row.name_key,
    externalId: row.external_id,
    managedBy: row.managed_by,
    adopted: row.adopted === 1,
    linkedAt: row.linked_at,
    lastSyncedAt: row.last_synced_at,
    roleMapping: row.role_mapping,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
