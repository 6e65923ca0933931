import type { Criteria, Slice } from '../domain/criteria.ts';
import type { FieldOrder } from '../domain/criteria.ts';
import { conditionOf, type Condition } from './criteria.ts';
import { totalsOf, type Totals } from './counters.ts';
import { orderBy, type Places } from './places.ts';
import { firstRow, type Session } from './session.ts';

// Slices by position, as SCIM's startIndex asks for them. An OFFSET walks all that it skips, so that the last page of a
// big workspace would cost as much as the whole list; but directories read page after page, and where one page ended
// the next one begins. Only the order of creation is remembered so.

const SLICE_END = 'and seq > ? order by seq limit ? offset ?';
// The plus keeps SQLite from walking the whole order to find the few rows that another index gives it at once.
const NARROW_END = 'and +seq > ? order by +seq limit ? offset ?';

/** What an order of creation needs of a row. */
interface Sequenced {
  readonly seq: number;
}

/** A table whose rows are read in slices. */
export interface SlicedTable<Row extends Sequenced, Item, Field extends string> {
  readonly name: 'users' | 'teams';
  readonly columns: string;
  readonly places: Places<Field>;
  readonly itemOf: (row: Row) => Item;
}

/** Where is read, and what is remembered of it. */
export interface SliceSource {
  readonly session: Session;
  readonly workspaceId: string;
  readonly memory: SliceMemory;
}

/** What is asked for; by creation where there is no order. */
export interface SliceQuestion<Field extends string> {
  readonly criteria: Criteria<Field> | undefined;
  readonly slice: Slice;
  readonly order: FieldOrder<Field> | undefined;
}

/** The items of a slice, and how many answer the criteria in all. */
export interface SliceFound<Item> {
  readonly items: Item[];
  readonly total: number;
  /** What to go on with after a slice asked for with `after`, where more follow: a place in the order of creation. */
  readonly next?: number;
}

/** A slice of a table's rows. */
export async function findSlice<Row extends Sequenced, Item, Field extends string>(
  source: SliceSource,
  table: SlicedTable<Row, Item, Field>,
  question: SliceQuestion<Field>,
): Promise<SliceFound<Item>> {
  const { slice } = question;
  if (slice.after !== undefined) return findFollowing(source, table, { ...question, slice, after: slice.after });
  const found = await new Slicing(source, table).find(question);
  return { items: found.rows.map((row) => table.itemOf(row as Row)), total: found.total };
}

/** A slice that says where the next one begins, for which it reads one row more. In an order by a value that is an offset. */
async function findFollowing<Row extends Sequenced, Item, Field extends string>(
  source: SliceSource,
  table: SlicedTable<Row, Item, Field>,
  { after, slice, ...question }: SliceQuestion<Field> & { readonly after: number },
): Promise<SliceFound<Item>> {
  const wider = { ...slice, offset: question.order === undefined ? 0 : after, limit: slice.limit + 1 };
  const { rows, total } = await new Slicing(source, table).find({ ...question, slice: wider });
  const shown = rows.slice(0, slice.limit);
  const items = shown.map((row) => table.itemOf(row as Row));
  const last = shown.at(-1);
  if (rows.length <= slice.limit || last === undefined) return { items, total };
  return { items, total, next: question.order === undefined ? last.seq : after + slice.limit };
}

interface Found {
  readonly rows: readonly Sequenced[];
  readonly total: number;
}

/** A condition on the rows, an order other than that of creation, and what all of it is called in the memory. */
interface Asked {
  readonly condition: Condition;
  readonly order: string | undefined;
  readonly name: string;
}

class Slicing<Row extends Sequenced, Item, Field extends string> {
  readonly #source: SliceSource;
  readonly #table: SlicedTable<Row, Item, Field>;
  readonly #select: string;

  constructor(source: SliceSource, table: SlicedTable<Row, Item, Field>) {
    this.#source = source;
    this.#table = table;
    this.#select = `select ${table.columns} from ${table.name} where workspace_id = ?`;
  }

  async find({ criteria, slice, order }: SliceQuestion<Field>): Promise<Found> {
    const { session, workspaceId } = this.#source;
    const site = { places: this.#table.places, words: session.words, workspaceId };
    const condition = criteria === undefined ? EVERYTHING : conditionOf(criteria, site);
    if (condition.unique) return this.#unique(condition, slice);
    const counters = await totalsOf(session, workspaceId, this.#table.name);
    if (counters === undefined) return { rows: [], total: 0 };
    const asked = { condition, order: order && orderBy(site, order) };
    return criteria === undefined ? this.#all(asked, counters, slice) : this.#some(asked, counters, slice);
  }

  async #unique({ sql, parameters }: Condition, slice: Slice): Promise<Found> {
    const { session, workspaceId } = this.#source;
    const rows = await session.rows<Row>(`${this.#select} and ${sql} limit 1`, [workspaceId, ...parameters]);
    const isStart = slice.offset === 0 && (slice.after ?? 0) === 0;
    return { rows: isStart && slice.limit > 0 ? rows : [], total: rows.length };
  }

  async #all(asked: Omit<Asked, 'name'>, { count, deletions }: Totals, slice: Slice): Promise<Found> {
    if (slice.offset >= count || slice.limit === 0) return { rows: [], total: count };
    // Rows made meanwhile stand at the end; only a deletion moves those before.
    const name = `${this.#table.name} ${this.#source.workspaceId} ${deletions}`;
    return { rows: await this.#rows({ ...asked, name }, slice), total: count };
  }

  async #some(question: Omit<Asked, 'name'>, { revision }: Totals, slice: Slice): Promise<Found> {
    const { memory, workspaceId } = this.#source;
    const { sql, parameters } = question.condition;
    // Any write may change who answers.
    const name = `${this.#table.name} ${workspaceId} ${revision} ${sql} ${JSON.stringify(parameters)}`;
    const known = memory.totalOf(name);
    if (slice.limit === 0 || (known !== undefined && slice.offset >= known))
      return { rows: [], total: known ?? (await this.#count(question.condition)) };
    const rows = await this.#rows({ ...question, name }, slice);
    // Where the first slice holds all there is, nobody need count.
    const isAll = slice.offset === 0 && (slice.after ?? 0) === 0 && rows.length < slice.limit;
    const total = known ?? (isAll ? rows.length : await this.#count(question.condition));
    memory.counted(name, total);
    return { rows, total };
  }

  async #rows({ condition: { sql, parameters, narrow }, order, name }: Asked, slice: Slice): Promise<Row[]> {
    const { session, workspaceId, memory } = this.#source;
    const select = `${this.#select} and ${sql}`;
    const values = [workspaceId, ...parameters];
    if (order !== undefined)
      return session.rows<Row>(`${select} ${order} limit ? offset ?`, [...values, slice.limit, slice.offset]);
    const end = narrow ? NARROW_END : SLICE_END;
    if (slice.after !== undefined)
      return session.rows<Row>(`${select} ${end}`, [...values, slice.after, slice.limit, 0]);
    const { after, offset } = memory.startOf(name, slice.offset);
    const rows = await session.rows<Row>(`${select} ${end}`, [...values, after, slice.limit, offset]);
    memory.ended(name, slice, rows);
    return rows;
  }

  async #count({ sql, parameters }: Condition): Promise<number> {
    const { session, workspaceId } = this.#source;
    const text = `select count(*) as count from ${this.#table.name} where workspace_id = ? and ${sql}`;
    return (await firstRow<{ count: number }>(session, text, [workspaceId, ...parameters]))!.count;
  }
}

const EVERYTHING: Condition = { sql: 'true', parameters: [], unique: false, narrow: false };

const REMEMBERED = 1_000;
const LONGEST_QUESTION = 4_096;

/**
 * Remembers where slices ended and how many answered, for as long as that holds: the question has the workspace's
 * counter of whatever could change the answer in it. A guess at speed alone; an answer never depends on it.
 */
export class SliceMemory {
  readonly #ends = new Map<string, number>();
  readonly #totals = new Map<string, number>();

  /** Where to begin: after a number of the order, then skipping some. */
  startOf(question: string, offset: number): { after: number; offset: number } {
    const after = offset === 0 ? 0 : this.#ends.get(`${offset} ${question}`);
    return after === undefined ? { after: 0, offset } : { after, offset: 0 };
  }

  /** Notes where a full slice ended. */
  ended(question: string, { offset, limit }: Slice, rows: readonly Sequenced[]): void {
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
