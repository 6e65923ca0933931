import type { CompiledQuery, Kysely } from 'kysely';
import { CompiledQuery as Compiled } from 'kysely';
import { translated } from './sqlite/failures.ts';

/** What can be bound to a statement. */
export type SqlValue = string | number | null;

/** Where SQL runs: on the connection at large, or inside one transaction. The text is fixed for each question. */
export interface Session {
  /** The rows that a query, or a statement with `returning`, gives. */
  rows<Row>(sql: string, parameters: readonly SqlValue[]): Promise<Row[]>;
  /** Runs a statement; how many rows it changed. */
  run(sql: string, parameters: readonly SqlValue[]): Promise<number>;
}

/** The first row of a query. */
export async function firstRow<Row>(
  session: Session,
  sql: string,
  values: readonly SqlValue[],
): Promise<Row | undefined> {
  return (await session.rows<Row>(sql, values))[0];
}

/** A session on a Kysely handle; `check` throws where the handle may not be used now. */
export function sessionOn(kysely: Kysely<unknown>, check: () => void): Session {
  const execute = async (sql: string, parameters: readonly SqlValue[]) => {
    check();
    try {
      return await kysely.executeQuery(compiled(sql, parameters));
    } catch (error) {
      throw translated(error);
    }
  };
  return {
    rows: async <Row>(sql: string, parameters: readonly SqlValue[]) => (await execute(sql, parameters)).rows as Row[],
    run: async (sql, parameters) => Number((await execute(sql, parameters)).numAffectedRows ?? 0),
  };
}

// The node and the id of a raw query play no part in running it, so that all share those of one.
const { query, queryId } = Compiled.raw('');

function compiled(sql: string, parameters: readonly SqlValue[]): CompiledQuery {
  return { sql, parameters, query, queryId };
}
