import type { Page, PageOf, Position } from '../domain/criteria.ts';
import { invalid } from '../domain/errors.ts';
import { firstRow, type Session, type SqlValue } from './session.ts';

/** An ordered list: what of which rows, and the expressions of its sort key, never null and together unique. */
export interface Listing<Row, Item> {
  readonly columns: string;
  readonly table: string;
  readonly where: string;
  readonly parameters: readonly SqlValue[];
  readonly key: readonly string[];
  readonly descending: boolean;
  readonly itemOf: (row: Row) => Item;
}

/** A window on an ordered list by the position of its neighbours, so that every page costs the same. */
export async function pageOf<Row, Item>(session: Session, list: Listing<Row, Item>, page: Page): Promise<PageOf<Item>> {
  const pager = new Pager(session, list as Listing<unknown, unknown>);
  return (await pager.page(page)) as PageOf<Item>;
}

type Side = 'after' | 'before';
type KeyedRow = Record<string, SqlValue>;
type Entry = { readonly item: unknown; readonly position: Position };

class Pager {
  readonly #session: Session;
  readonly #list: Listing<unknown, unknown>;
  readonly #key: string;

  constructor(session: Session, list: Listing<unknown, unknown>) {
    this.#session = session;
    this.#list = list;
    this.#key = list.key.join(', ');
  }

  async page({ first, last, after, before }: Page): Promise<PageOf<unknown>> {
    if ((first === undefined) === (last === undefined)) throw invalid(['first'], 'Give either first or last.');
    const forward = first !== undefined;
    const limit = first ?? last!;
    const found = await this.#rows({ after, before, forward, limit: limit + 1 });
    const hasMore = found.length > limit;
    const items = found.slice(0, limit).map((row) => this.#entry(row));
    if (!forward) items.reverse();
    const isEmpty = items.length === 0;
    // Only a window that ends or begins at a position can have more on the side it was not filled towards.
    const hasNextPage =
      (forward && hasMore) ||
      (before !== undefined && (await this.#isAny(items.at(-1)?.position ?? before, 'after', isEmpty)));
    const hasPreviousPage =
      (!forward && hasMore) ||
      (after !== undefined && (await this.#isAny(items[0]?.position ?? after, 'before', isEmpty)));
    return { items, hasNextPage, hasPreviousPage };
  }

  /** Whether the list has items on one side of a position. */
  async #isAny(position: Position, side: Side, inclusive: boolean): Promise<boolean> {
    const { table, where, parameters } = this.#list;
    const beyond = this.#beyond(position, side, inclusive ? '=' : '');
    const sql = `select 1 from ${table} where ${where} and ${beyond.sql} limit 1`;
    return (await firstRow(this.#session, sql, [...parameters, ...beyond.values])) !== undefined;
  }

  #rows(window: { after?: Position | undefined; before?: Position | undefined; forward: boolean; limit: number }) {
    const { columns, table, where, parameters, key, descending } = this.#list;
    const bounds = (['after', 'before'] as const).flatMap((side) => {
      const position = window[side];
      return position === undefined ? [] : [this.#beyond(position, side, '')];
    });
    const word = descending === window.forward ? 'desc' : 'asc';
    const sql = `select ${columns}, ${key.map((part, index) => `${part} as key_${index}`).join(', ')} from ${table}
      where ${[where, ...bounds.map((bound) => bound.sql)].join(' and ')}
      order by ${key.map((part) => `${part} ${word}`).join(', ')} limit ?`;
    return this.#session.rows<KeyedRow>(sql, [...parameters, ...bounds.flatMap((bound) => bound.values), window.limit]);
  }

  #beyond(position: Position, side: Side, orEqual: '' | '='): { sql: string; values: SqlValue[] } {
    const { key, descending } = this.#list;
    if (position.length !== key.length) throw invalid([side], `The position in ${side} belongs to another list.`);
    const sign = (side === 'after') === descending ? '<' : '>';
    const beyond = `(${this.#key}) ${sign}${orEqual} (${key.map(() => '?').join(', ')})`;
    if (isColumn(key[0]!)) return { sql: beyond, values: [...position] };
    // SQLite finds the place of a row of values in an index of columns; that of an expression it finds by itself alone.
    return { sql: `${key[0]} ${sign}= ? and ${beyond}`, values: [position[0]!, ...position] };
  }

  #entry(row: KeyedRow): Entry {
    return { item: this.#list.itemOf(row), position: this.#list.key.map((_, index) => row[`key_${index}`]!) };
  }
}

function isColumn(expression: string): boolean {
  return /^\w+$/u.test(expression);
}
