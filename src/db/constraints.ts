import type { ObjectType } from '../domain/errors.ts';
import { columnsTaken } from './sqlite/failures.ts';

/** A value that has to be unique and is taken. */
export interface Clash {
  readonly type: ObjectType;
  readonly field: string;
}

/** The unique values that a caller chooses, by the columns that SQLite names. All others are our own ids. */
const CLASHES: Readonly<Record<string, Clash>> = {
  'workspaces.slug': { type: 'Workspace', field: 'slug' },
  'users.workspace_id, users.user_name_key': { type: 'User', field: 'userName' },
  'users.workspace_id, users.external_id': { type: 'User', field: 'externalId' },
  'teams.workspace_id, teams.name_key': { type: 'Team', field: 'name' },
  'teams.workspace_id, teams.external_id': { type: 'Team', field: 'externalId' },
};

/** The clash that a failed write met; undefined for any other failure. */
export function clashOf(error: unknown): Clash | undefined {
  const columns = columnsTaken(error);
  return columns === undefined ? undefined : CLASHES[columns];
}
