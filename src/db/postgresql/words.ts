import type { Words } from '../words.ts';

/** What PostgreSQL understands. Texts out of JSON have no collation of their own: they compare by code point, as columns do. */
export const POSTGRESQL_WORDS: Words = {
  dialect: 'postgresql',
  json: (source, path) => `((${source}::json #>> '{${path.join(',')}}') collate "C")`,
  jsonFalse: "'false'",
  elements: (source, path) =>
    `json_array_elements(${source}::json #> '{${path.join(',')}}') with ordinality as element (value, key)`,
  suffix: (text, length) => `right(${text}, ${length})`,
  readBy: (table) => table,
  truth: String,
};
