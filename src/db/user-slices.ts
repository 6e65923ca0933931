import type { Criteria, Slice } from '../domain/criteria.ts';
import type { UserField } from '../domain/user-fields.ts';
import type { User } from '../domain/user.ts';
import { conditionOf, type Condition } from './criteria.ts';
import { firstRow, type Session } from './session.ts';
import { USER_COLUMNS, userOf, type UserRow } from './user-rows.ts';

// Slices by position, as SCIM's startIndex asks for them. An OFFSET walks all that it skips, so that the last page of a
// big workspace would cost as much as the whole list; but directories read page after page, and where one page ended
// the next one begins.

const COUNTERS = `select user_count as count, user_deletions as deletions, user_revision as revision
  from workspace_counters where workspace_id = ?`;
const SELECT = `select ${USER_COLUMNS} from users where workspace_id = ?`;
const SLICE_END = 'and seq > ? order by seq limit ? offset ?';

interface Counters {
  readonly count: number;
  readonly deletions: number;
  readonly revision: number;
}

/** What is read, and where. */
export interface UserSource {
  readonly session: Session;
  readonly workspaceId: string;
  readonly memory: UserSliceMemory;
}

/** The users of a slice, oldest first, and how many answer the criteria in all. */
export async function findUsers(
  source: UserSource,
  criteria: Criteria<UserField> | undefined,
  slice: Slice,
): Promise<{ users: User[]; total: number }> {
  const condition = criteria === undefined ? undefined : conditionOf(criteria);
  if (condition?.unique === true) return findUnique(source, condition, slice);
  const counters = await firstRow<Counters>(source.session, COUNTERS, [source.workspaceId]);
  if (counters === undefined) return { users: [], total: 0 };
  return condition === undefined ? findAll(source, counters, slice) : findSome(source, condition, { counters, slice });
}

async function findUnique({ session, workspaceId }: UserSource, { sql, parameters }: Condition, slice: Slice) {
  const rows = await session.rows<UserRow>(`${SELECT} and ${sql} limit 1`, [workspaceId, ...parameters]);
  const users = slice.offset === 0 && slice.limit > 0 ? rows.map((row) => userOf(row)) : [];
  return { users, total: rows.length };
}

async function findAll(source: UserSource, { count, deletions }: Counters, slice: Slice) {
  if (slice.offset >= count || slice.limit === 0) return { users: [], total: count };
  // Users made meanwhile stand at the end; only a deletion moves those before.
  const question = `${source.workspaceId} ${deletions}`;
  const { after, offset } = source.memory.startOf(question, slice.offset);
  const rows = await source.session.rows<UserRow>(`${SELECT} ${SLICE_END}`, [
    source.workspaceId,
    after,
    slice.limit,
    offset,
  ]);
  source.memory.ended(question, slice, rows);
  return { users: rows.map((row) => userOf(row)), total: count };
}

async function findSome(
  source: UserSource,
  condition: Condition,
  { counters, slice }: { counters: Counters; slice: Slice },
) {
  const { memory, workspaceId } = source;
  // Any write may change who answers.
  const question = `${workspaceId} ${counters.revision} ${condition.sql} ${JSON.stringify(condition.parameters)}`;
  const known = memory.totalOf(question);
  if (slice.limit === 0 || (known !== undefined && slice.offset >= known))
    return { users: [], total: known ?? (await countSome(source, condition)) };
  const rows = await rowsOfSome(source, condition, { question, slice });
  // Where the first slice holds all there is, nobody need count.
  const isAll = slice.offset === 0 && rows.length < slice.limit;
  const total = known ?? (isAll ? rows.length : await countSome(source, condition));
  memory.counted(question, total);
  return { users: rows.map((row) => userOf(row)), total };
}

async function rowsOfSome(
  { session, workspaceId, memory }: UserSource,
  { sql, parameters }: Condition,
  { question, slice }: { question: string; slice: Slice },
) {
  const { after, offset } = memory.startOf(question, slice.offset);
  const values = [workspaceId, ...parameters, after, slice.limit, offset];
  const rows = await session.rows<UserRow>(`${SELECT} and ${sql} ${SLICE_END}`, values);
  memory.ended(question, slice, rows);
  return rows;
}

async function countSome({ session, workspaceId }: UserSource, { sql, parameters }: Condition) {
  const text = `select count(*) as count from users where workspace_id = ? and ${sql}`;
  return (await firstRow<{ count: number }>(session, text, [workspaceId, ...parameters]))!.count;
}

const REMEMBERED = 1_000;
const LONGEST_QUESTION = 4_096;

/**
 * Remembers where slices ended and how many answered, for as long as that holds: the question has the workspace's
 * counter of whatever could change the answer in it. A guess at speed alone; an answer never depends on it.
 */
export class UserSliceMemory {
  readonly #ends = new Map<string, number>();
  readonly #totals = new Map<string, number>();

  /** Where to begin: after a number of the order, then skipping some. */
  startOf(question: string, offset: number): { after: number; offset: number } {
    const after = offset === 0 ? 0 : this.#ends.get(`${offset} ${question}`);
    return after === undefined ? { after: 0, offset } : { after, offset: 0 };
  }

  /** Notes where a full slice ended. */
  ended(question: string, { offset, limit }: Slice, rows: readonly UserRow[]): void {
    if (rows.length === limit) remember(this.#ends, `${offset + limit} ${question}`, rows.at(-1)!.seq);
  }

  totalOf(question: string): number | undefined {
    return this.#totals.get(question);
  }

  counted(question: string, total: number): void {
    remember(this.#totals, question, total);
  }
}

function remember(map: Map<string, number>, key: string, value: number): void {
  if (key.length > LONGEST_QUESTION) return;
  map.delete(key);
  map.set(key, value);
  if (map.size > REMEMBERED) map.delete(map.keys().next().value!);
}
