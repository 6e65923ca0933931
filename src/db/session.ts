import type { Words } from './words.ts';

/** What can be bound to a statement. */
export type SqlValue = string | number | null;

/** A statement with what is bound to it. */
export interface Statement {
  readonly sql: string;
  readonly parameters: readonly SqlValue[];
}

/**
 * Where SQL runs: on the database at large, or inside one transaction. The text is fixed for each question, and written
 * so that both databases take it, but for what `Words` says.
 */
export interface Session {
  readonly words: Words;
  /** Whether rows that are read here have to be held against other writers until the transaction ends. */
  readonly holds: boolean;
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

/** A query in two texts: as it stands, and holding its rows where the session asks for that. */
export interface HeldQuery {
  readonly read: string;
  readonly hold: string;
}

/** A query whose rows are held within a transaction of PostgreSQL; SQLite has one writer at a time. */
export function holding(sql: string): HeldQuery {
  return { read: sql, hold: `${sql} for update` };
}

/** The text of a query for a session. */
export function textFor({ holds }: Session, { read, hold }: HeldQuery): string {
  return holds ? hold : read;
}

const HOLD_WORKSPACE = 'select id from workspaces where id = ? for no key update';

/** Lets those who check a rule over many rows of a workspace do so one after the other. */
export async function holdWorkspace(session: Session, workspaceId: string): Promise<void> {
  if (session.holds) await session.rows(HOLD_WORKSPACE, [workspaceId]);
}
