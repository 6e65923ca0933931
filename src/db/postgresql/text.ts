import type { SqlValue } from '../session.ts';

const ELEMENTS = 'json_each(?)';
const LIST = `(select value, ordinality - 1 as key from json_array_elements_text(?::json)
  with ordinality as each (value, ordinality)) as listed`;

/** A statement as PostgreSQL reads it. */
export interface PostgresqlText {
  readonly text: string;
  /** Which of its values are JSON lists, counted from 0. */
  readonly lists: ReadonlySet<number>;
}

const KNOWN_LIMIT = 2_000;
const known = new Map<string, PostgresqlText>();

/**
 * A statement as PostgreSQL reads it. The texts of the repositories are written for both databases, but for three things:
 * `?` for a value (`$1`), `json_each(?)` for the elements of a list and `instr` for the place of a part in a text.
 */
export function postgresqlText(sql: string): PostgresqlText {
  const found = known.get(sql);
  if (found !== undefined) return found;
  const made = translation(sql);
  known.set(sql, made);
  if (known.size > KNOWN_LIMIT) known.delete(known.keys().next().value!);
  return made;
}

function translation(sql: string): PostgresqlText {
  const lists = new Set<number>();
  let count = 0;
  const number = () => `$${(count += 1)}`;
  const text = sql.replaceAll(/\binstr\(/gu, 'strpos(').replaceAll(/'(?:[^']|'')*'|json_each\(\?\)|\?/gu, (part) => {
    if (part === '?') return number();
    if (part !== ELEMENTS) return part;
    lists.add(count);
    return LIST.replace('?', number);
  });
  return { text, lists };
}

/**
 * The values of a statement as PostgreSQL takes them. Nothing that is stored has the character U+0000, which it knows in
 * no text: a question with one asks for what is not there. The same holds for half a surrogate pair in a list.
 */
export function postgresqlValues({ lists }: PostgresqlText, values: readonly SqlValue[]): SqlValue[] {
  return values.map((value, index) => {
    if (typeof value !== 'string') return value;
    if (lists.has(index) && value.includes('\\u')) return readableList(value);
    return value.replaceAll('\0', ABSENT);
  });
}

const ABSENT = '\u0001';

function readableList(json: string): string {
  const list = JSON.parse(json) as unknown[];
  return JSON.stringify(
    list.map((item) => (typeof item === 'string' ? item.toWellFormed().replaceAll('\0', ABSENT) : item)),
  );
}
