import type { Session, SqlValue } from './session.ts';

// Lists stand in the order of creation, by a number that grows. In SQLite it counts within the workspace and is taken
// in the insert itself, so that an insert that fails takes none. PostgreSQL takes it from a sequence, which nobody has to
// wait for: it has gaps, and a row that is committed late may stand before one that was seen already.

/** A row to insert, by its key and the values of the other columns. */
export interface NumberedRow {
  readonly workspaceId: string;
  readonly id: string;
  readonly values: readonly SqlValue[];
}

/** Inserts rows that take the next number of their table. */
export function numberedInsert(table: 'users' | 'teams', columns: readonly string[]) {
  const kind = table === 'users' ? 'user' : 'team';
  const text = (next: string) => `insert into ${table} (workspace_id, id, seq, ${columns.join(', ')})
    values (?, ?, ${next}, ${columns.map(() => '?').join(', ')})`;
  const counting = text(`(select last_${kind}_seq + 1 from workspace_counters where workspace_id = ?)`);
  const sequenced = text(`nextval('${kind}_order')`);
  return ({ words }: Session, { workspaceId, id, values }: NumberedRow) =>
    words.dialect === 'sqlite'
      ? { sql: counting, parameters: [workspaceId, id, workspaceId, ...values] }
      : { sql: sequenced, parameters: [workspaceId, id, ...values] };
}
