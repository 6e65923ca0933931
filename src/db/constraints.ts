import type { ObjectType } from '../domain/errors.ts';
import { constraintBroken } from './postgresql/failures.ts';
import { firstRow, type Session, type Statement } from './session.ts';
import { columnsTaken } from './sqlite/failures.ts';

/** A value that has to be unique and is taken. */
export interface Clash {
  readonly type: ObjectType;
  readonly field: string;
}

/**
 * The unique values that a caller chooses, by the columns that SQLite names and the constraint that PostgreSQL names. All
 * others are our own ids.
 */
const CLASHES: readonly (Clash & { readonly columns: string; readonly constraint: string })[] = [
  { type: 'Workspace', field: 'slug', columns: 'workspaces.slug', constraint: 'workspaces_slug_unique' },
  {
    type: 'User',
    field: 'userName',
    columns: 'users.workspace_id, users.user_name_key',
    constraint: 'users_user_name',
  },
  {
    type: 'User',
    field: 'externalId',
    columns: 'users.workspace_id, users.external_id',
    constraint: 'users_external_id',
  },
  { type: 'Team', field: 'name', columns: 'teams.workspace_id, teams.name_key', constraint: 'teams_name' },
  {
    type: 'Team',
    field: 'externalId',
    columns: 'teams.workspace_id, teams.external_id',
    constraint: 'teams_external_id',
  },
];

/** The clash that a failed write met; undefined for any other failure. */
export function clashOf(error: unknown): Clash | undefined {
  const columns = columnsTaken(error);
  if (columns !== undefined) return CLASHES.find((clash) => clash.columns === columns);
  const constraint = constraintBroken(error);
  return constraint === undefined ? undefined : CLASHES.find((clash) => clash.constraint === constraint);
}

/**
 * The value that a failed write says is taken; where two are, `first` on both databases. PostgreSQL names the one whose
 * index is older, which is `first`; SQLite the other one, but still answers whether `first` is `taken`, too.
 */
export async function clashingField(
  session: Session,
  error: unknown,
  first: { readonly field: string; readonly taken: Statement },
): Promise<string | undefined> {
  const field = clashOf(error)?.field;
  if (field === undefined || field === first.field || session.words.dialect !== 'sqlite') return field;
  const row = await firstRow(session, first.taken.sql, first.taken.parameters);
  return row === undefined ? field : first.field;
}
