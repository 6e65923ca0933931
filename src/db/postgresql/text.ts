import type { SqlValue } from '../session.ts';

const LIST = `(select value, ordinality - 1 as key from json_array_elements_text(?::json)
  with ordinality as each (value, ordinality)) as listed`;

const KNOWN_LIMIT = 2_000;
const known = new Map<string, string>();

/**
 * A statement as PostgreSQL reads it. The texts of the repositories are written for both databases, but for three things:
 * `?` for a value (`$1`), `json_each(?)` for the elements of a list and `instr` for the place of a part in a text.
 */
export function postgresqlText(sql: string): string {
  const found = known.get(sql);
  if (found !== undefined) return found;
  let count = 0;
  const text = sql
    .replaceAll('json_each(?)', LIST)
    .replaceAll(/\binstr\(/gu, 'strpos(')
    .replaceAll(/'(?:[^']|'')*'|\?/gu, (part) => (part === '?' ? `$${(count += 1)}` : part));
  known.set(sql, text);
  if (known.size > KNOWN_LIMIT) known.delete(known.keys().next().value!);
  return text;
}

/**
 * A value as PostgreSQL takes it. Nothing that is stored has the character U+0000, which it knows in no text: a question
 * with one asks for what is not there. The same holds for half a surrogate pair in a list.
 */
export function postgresqlValue(value: SqlValue): SqlValue {
  if (typeof value !== 'string') return value;
  if (value.includes('\0')) return value.replaceAll('\0', ABSENT);
  return value.startsWith('["') && value.includes('\\u') ? readableList(value) : value;
}

const ABSENT = '\u0001';

function readableList(json: string): string {
  const list = JSON.parse(json) as unknown[];
  return JSON.stringify(
    list.map((item) => (typeof item === 'string' ? item.toWellFormed().replaceAll('\0', ABSENT) : item)),
  );
}
