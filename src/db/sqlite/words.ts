import type { Words } from '../words.ts';

/** What SQLite understands. */
export const SQLITE_WORDS: Words = {
  dialect: 'sqlite',
  json: (source, path) => `json_extract(${source}, '$.${path.join('.')}')`,
  jsonFalse: '0',
  elements: (source, path) => `json_each(${source}, '$.${path.join('.')}') as element`,
  suffix: (text, length) => `substr(${text}, -${length})`,
  readBy: (table, index) => `${table} indexed by ${index}`,
  truth: Number,
};
