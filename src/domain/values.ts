import { invalid, type Issue } from './errors.ts';

/** An instant in UTC as RFC 3339 text with milliseconds: `2026-03-01T09:30:00.000Z`. Sorts as it reads. */
export type Instant = string;

/** Milliseconds since 1970 of an instant. */
export function millisecondsOf(instant: Instant): number {
  return Date.parse(instant);
}

/** The instant `milliseconds` after another one; negative goes back. */
export function later(instant: Instant, milliseconds: number): Instant {
  return new Date(Date.parse(instant) + milliseconds).toISOString();
}

/** Lengths of time in milliseconds. */
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const WIDE = /[\u3000\uFF01-\uFFEF]/gu;

/**
 * The form of a text by which it is compared without regard to case: width mapping, lower case, NFC, as PRECIS
 * UsernameCaseMapped prepares a user name (RFC 8265 §3.3). Computed here alone, so that every database agrees.
 */
export function compareKey(text: string): string {
  return text
    .replace(WIDE, (character) => character.normalize('NFKC'))
    .toLowerCase()
    .normalize('NFC');
}

/** The form of a text by which people expect it sorted and found: without marks and case, so Ángel stands by Angel. */
export function sortKey(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** Compares two texts by code point, as both databases do. */
export function compareCodePoints(a: string, b: string): number {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return Buffer.compare(left, right);
}

// Half a surrogate pair (Cs) is no character: a database would keep another text.
const UNSEEN = /[\p{Cc}\p{Cs}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\u2028\u2029]/u;

/** The longest name of a person or thing, in characters. */
export const NAME_LENGTH = 256;

/** What is wrong with a name (of a person, a team, a user name), or undefined: 1–256 visible characters (UTS 39). */
export function nameFault(label: string, name: string, longest = NAME_LENGTH): string | undefined {
  if (name.trim() === '') return `${label} is empty. Give it 1 to ${longest} characters.`;
  if (name.length > longest) return `${label} has ${name.length} characters. Shorten it to at most ${longest}.`;
  const unseen = UNSEEN.exec(name)?.[0];
  if (unseen === undefined) return undefined;
  const code = unseen.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
  return `${label} contains the invisible or control character U+${code}. Remove it.`;
}

/** What is wrong with a user name, or undefined: a name without space at its ends (RFC 8265 §3.3). */
export function userNameFault(userName: string): string | undefined {
  if (userName !== userName.trim() && userName.trim() !== '')
    return `userName ${JSON.stringify(userName)} begins or ends with a space. Remove the space.`;
  return nameFault('userName', userName);
}

/** The longest email address, in characters (RFC 5321 §4.5.3.1.3 with its brackets taken off). */
export const EMAIL_LENGTH = 254;

const EMAIL = /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)*$/u;

/** Whether a text has the form of an email address, and nothing in it that cannot be seen. */
export function isEmailAddress(text: string): boolean {
  return text.length <= EMAIL_LENGTH && EMAIL.test(text) && !UNSEEN.test(text);
}

const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/u;

/** Checks a workspace's slug: `[a-z0-9]` and single hyphens, 3 to 40 characters. Fails with: InvalidInput. */
export function checkSlug(slug: string): void {
  if (slug.length >= 3 && slug.length <= 40 && SLUG.test(slug)) return;
  throw invalid(
    ['slug'],
    `The slug ${JSON.stringify(slug)} cannot be used. Use 3 to 40 lower-case letters, digits and single hyphens, for example acme-legal.`,
  );
}

/** An issue if there is a fault, for a list of issues. */
export function issueOf(path: readonly string[], fault: string | undefined): Issue[] {
  return fault === undefined ? [] : [{ path, message: fault }];
}
