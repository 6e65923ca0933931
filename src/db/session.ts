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
