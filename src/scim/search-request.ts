import { invalidSyntax, invalidValue, kindOf, shown } from './errors.ts';
import type { Json } from './json.ts';
import { isObject } from './json.ts';

const READERS: Readonly<Record<string, (name: string, value: Json) => string>> = {
  attributes: names,
  excludedAttributes: names,
  filter: text,
  sortBy: text,
  sortOrder: text,
  startIndex: integer,
  count: integer,
  cursor: text,
};

/**
 * Reads a SearchRequest as the query parameters that ask the same of a GET (RFC 7644 §3.4.3); names in any case, unknown
 * ones ignored as in a query. Fails with: 400 invalidSyntax, invalidValue.
 */
export function readSearchRequest(body: unknown): URLSearchParams {
  if (!isObject(body)) throw invalidSyntax(`The body must be a JSON object, but it is ${kindOf(body)}.`);
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(body)) {
    const name = Object.keys(READERS).find((known) => known.toLowerCase() === key.toLowerCase());
    if (name !== undefined && value !== null) query.set(name, READERS[name]!(name, value));
  }
  return query;
}

/** A list of names; one text is read as a query writes it, separated by commas. */
function names(name: string, value: Json): string {
  const list = Array.isArray(value) ? value : [value];
  return list.map((item) => text(name, item)).join(',');
}

function text(name: string, value: Json): string {
  if (typeof value === 'string') return value;
  throw invalidValue(`${name} must be text, but ${shown(value)} was sent.`);
}

function integer(name: string, value: Json): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  throw invalidValue(`${name} is ${shown(value)}, which is no whole number. Send one, such as 100.`);
}
