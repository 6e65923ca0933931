import { invalidValue, shown, tooMany } from '../errors.ts';
import { instantOf } from '../filter/instant.ts';
import type { Json, JsonObject, Tolerate } from '../json.ts';
import { isObject } from '../json.ts';
import { complexFromText, elementOf, flagFromText, singleFromList } from '../quirks.ts';
import { subAttributeNamed } from './attribute.ts';
import type { Attribute } from './attribute.ts';
import { distinct } from './distinct.ts';

/** The longest text that is stored, in bytes of UTF-8. */
export const MAX_TEXT_BYTES = 64 * 1024;

/** Where a value stands, and who hears of what was put up with. */
export interface Reading {
  /** The attribute as messages call it, `name.givenName`. */
  readonly name: string;
  readonly tolerate: Tolerate;
}

/**
 * Reads a client's value for an attribute: checks its type, applies the tolerances, and keeps nothing but known names.
 * Undefined is no value: `null`, `""`, `[]`, and what says nothing but its type (RFC 7643 §2.5).
 * Fails with: 400 invalidValue naming the attribute.
 */
export function readValue(attribute: Attribute, value: Json | undefined, at: Reading): Json | undefined {
  if (value === null || value === undefined) return undefined;
  if (!attribute.multiValued) return readSingle(attribute, value, at);
  const elements = readList(attribute, value, at);
  return elements.length === 0 ? undefined : elements;
}

/** How many values a list of a user may have. */
export const MAX_VALUES = 1_000;

/** Reads the values of a list, each once; a value that is no list is taken as its only one. Fails with: 400 tooMany. */
export function readList(attribute: Attribute, value: Json, at: Reading): JsonObject[] {
  if (value === '') return emptied(at) ?? [];
  if (Array.isArray(value) && value.length > MAX_VALUES)
    throw tooMany(`${at.name} has ${value.length} values; send at most ${MAX_VALUES}.`);
  if (!Array.isArray(value)) at.tolerate(`Read the single value of ${at.name} as a list of one.`);
  const elements = (Array.isArray(value) ? value : [value])
    .filter((element) => element !== null && element !== '')
    .map((element) => readElement(attribute, element, at));
  const significant = elements.filter((element) => isSignificant(element));
  if (significant.length < elements.length) at.tolerate(`Ignored what says no more of ${at.name} than a type.`);
  return distinct(onePrimary(significant, at));
}

/** Reads one value of a list. */
export function readElement(attribute: Attribute, value: Json, at: Reading): JsonObject {
  const parts = readParts(attribute, value, at);
  return Object.fromEntries([...parts].filter((part): part is [string, Json] => part[1] !== undefined));
}

/** Reads the parts of a complex value by the table's names; a part that is to be cleared is undefined. */
export function readParts(attribute: Attribute, value: Json, at: Reading): Map<string, Json | undefined> {
  const complex = typeof value === 'string' ? complexFromText(attribute, value) : value;
  if (typeof value === 'string' && complex !== undefined)
    at.tolerate(`Read the text given for ${at.name} as its value.`);
  if (!isObject(complex)) throw wrongType(attribute, value, at);
  const parts = new Map<string, Json | undefined>();
  for (const [key, part] of Object.entries(elementOf(attribute, complex, at.tolerate))) {
    const sub = subAttributeNamed(attribute, key);
    if (sub === undefined) at.tolerate(`Ignored the unknown attribute ${at.name}.${key}.`);
    else if (sub.mutability !== 'readOnly') parts.set(sub.name, readValue(sub, part, partOf(at, sub)));
  }
  return parts;
}

/** Where a part of a value stands. */
export function partOf(at: Reading, sub: Attribute): Reading {
  return { name: `${at.name}.${sub.name}`, tolerate: at.tolerate };
}

/** Tells whether a value says more than what it is for: Okta sends `[{ "type": "work" }]` for a user without e-mail. */
export function isSignificant(element: JsonObject): boolean {
  return Object.keys(element).some((name) => name !== 'type' && name !== 'primary' && name !== 'display');
}

function readSingle(attribute: Attribute, value: Json, at: Reading): Json | undefined {
  if (Array.isArray(value)) return readUnwrapped(attribute, value, at);
  if (value === '') return emptied(at);
  if (attribute.type === 'complex') {
    const element = readElement(attribute, value, at);
    return Object.keys(element).length === 0 ? undefined : element;
  }
  return attribute.type === 'boolean' ? readFlag(attribute, value, at) : readText(attribute, value, at);
}

/** Okta's "push empty values" and Entra ID's cleared manager: `""` is no value. */
export function emptied({ tolerate }: Reading): undefined {
  tolerate('Read "" as no value.');
}

function readUnwrapped(attribute: Attribute, values: Json[], at: Reading): Json | undefined {
  if (values.length === 0) return undefined;
  const only = singleFromList(attribute, values);
  if (values.length > 1 || Array.isArray(only)) throw wrongType(attribute, values, at);
  at.tolerate(`Read the list given for ${at.name} as a single value.`);
  return only === null ? undefined : readSingle(attribute, only, at);
}

function readFlag(attribute: Attribute, value: Json, at: Reading): boolean {
  if (typeof value === 'boolean') return value;
  const flag = typeof value === 'string' ? flagFromText(value) : undefined;
  if (flag === undefined) throw wrongType(attribute, value, at);
  at.tolerate(`Read ${shown(value)} for ${at.name} as a boolean.`);
  return flag;
}

function readText(attribute: Attribute, value: Json, at: Reading): string {
  if (typeof value !== 'string') throw wrongType(attribute, value, at);
  if (value.includes('\u0000') || !value.isWellFormed())
    throw invalidValue(`${at.name} has U+0000 or half of a surrogate pair in its text; send text without them.`);
  if (isTooLong(value)) throw invalidValue(`${at.name} is longer than 64 KiB; send a shorter text.`);
  if (attribute.type === 'dateTime' && instantOf(value) === undefined) throw wrongType(attribute, value, at);
  if (attribute.type === 'binary' && !BASE64.test(value)) throw wrongType(attribute, value, at);
  return value;
}

/** RFC 7643 §2.3.6, in either alphabet of RFC 4648; lines as in a PEM file are put up with. */
const BASE64 = /^[\w+/\s-]*(?:=\s*){0,2}$/u;

function isTooLong(text: string): boolean {
  return text.length > MAX_TEXT_BYTES || (text.length * 3 > MAX_TEXT_BYTES && Buffer.byteLength(text) > MAX_TEXT_BYTES);
}

function onePrimary(elements: JsonObject[], at: Reading): JsonObject[] {
  const first = elements.findIndex((element) => element['primary'] === true);
  return elements.map((element, index) => {
    if (element['primary'] !== true || index === first) return element;
    at.tolerate(`Kept the first primary value of ${at.name} only.`);
    return { ...element, primary: false };
  });
}

/** What is expected; the value is shown unless it is a secret. */
function wrongType(attribute: Attribute, value: Json, at: Reading) {
  const given = attribute.mutability === 'writeOnly' ? 'something else' : shown(value);
  return invalidValue(`${at.name} must be ${EXPECTED[attribute.type]}, but ${given} was sent.`);
}

const EXPECTED: Record<Attribute['type'], string> = {
  string: 'text',
  reference: 'text',
  binary: 'text in base64',
  boolean: 'true or false',
  integer: 'a whole number',
  dateTime: 'a date and time such as "2026-01-31T12:00:00Z"',
  complex: 'an object',
};
