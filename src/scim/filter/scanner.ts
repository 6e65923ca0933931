import type { ScimError } from '../errors.ts';
import { shown } from '../errors.ts';

/** The longest filter or path that is read. */
export const MAX_LENGTH = 4096;

const DELIMITERS = /[\s()[\]"]/;
const SPACE = /\s/;

/** Reads a filter or path from left to right. Positions in its errors count characters from 1. */
export class Scanner {
  readonly #text: string;
  readonly #what: string;
  readonly #fail: (detail: string) => ScimError;
  #at = 0;

  constructor(text: string, what: string, fail: (detail: string) => ScimError) {
    if (text.length > MAX_LENGTH)
      throw fail(
        `The ${what} has ${text.length} characters; at position ${MAX_LENGTH + 1} its end was expected. Ask for less at once.`,
      );
    this.#text = text;
    this.#what = what;
    this.#fail = fail;
  }

  get at(): number {
    return this.#at;
  }

  /** The error that something else was expected here, or at `at`. */
  expected(what: string, at = this.#at): ScimError {
    const rest = this.#text.slice(at);
    const found =
      rest === '' ? 'it ends' : `it has ${shown(rest.length > 40 ? rest.slice(0, 40).toWellFormed() : rest)}`;
    return this.#fail(`The ${this.#what} cannot be read: expected ${what} at position ${at + 1}, where ${found}.`);
  }

  skipSpace(): void {
    while (this.#at < this.#text.length && SPACE.test(this.#text.charAt(this.#at))) this.#at += 1;
  }

  isAtEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  isAt(char: string): boolean {
    return this.#text.charAt(this.#at) === char;
  }

  /** Steps over `char` if it is next. */
  take(char: string): boolean {
    if (!this.isAt(char)) return false;
    this.#at += char.length;
    return true;
  }

  expect(char: string): void {
    if (!this.take(char)) throw this.expected(shown(char));
  }

  /** Steps over the keyword if it is the next word, in any case. */
  takeWord(keyword: string): boolean {
    const start = this.#at;
    if (this.word().toLowerCase() === keyword) return true;
    this.#at = start;
    return false;
  }

  /** Everything up to a space, bracket, parenthesis or quote; may be empty. */
  word(): string {
    const start = this.#at;
    while (!this.isAtEnd() && !DELIMITERS.test(this.#text.charAt(this.#at))) this.#at += 1;
    return this.#text.slice(start, this.#at);
  }

  /** string = JSON string (RFC 8259 §7), read by JSON.parse so that escapes mean what JSON says. */
  string(): string {
    const start = this.#at;
    this.#at += 1;
    while (!this.isAtEnd() && !this.isAt('"')) this.#at += this.isAt('\\') ? 2 : 1;
    if (!this.take('"')) throw this.expected('a closing quote for the text that starts', start);
    return this.#unescaped(start);
  }

  #unescaped(start: number): string {
    let text: unknown;
    try {
      text = JSON.parse(this.#text.slice(start, this.#at));
    } catch {
      throw this.expected('text with the escapes of JSON, such as \\" or \\u00e9,', start);
    }
    if (typeof text !== 'string' || text.includes('\u0000') || !text.isWellFormed())
      throw this.expected('text without U+0000 and half surrogates', start);
    return text;
  }
}
