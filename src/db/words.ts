import type { SqlValue } from './session.ts';

/** Where the two databases do not understand the same SQL, each in its own words. */
export interface Words {
  readonly dialect: 'sqlite' | 'postgresql';
  /** The text or the truth value at a path in a JSON text; null where there is none. */
  json(source: string, path: readonly string[]): string;
  /** How `json` gives false, as a literal. */
  readonly jsonFalse: string;
  /** The elements of a list in a JSON text as rows of `element`, with `value` and a `key` that grows. */
  elements(source: string, path: readonly string[]): string;
  /** The last so many characters of a text. */
  suffix(text: string, length: string): string;
  /** A table that is read by one of its indexes, which SQLite, having no statistics, would not choose. */
  readBy(table: string, index: string): string;
  /** A truth value as `json` and columns give it. */
  truth(value: boolean): SqlValue;
}
