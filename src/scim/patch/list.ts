import { invalidPath, invalidValue, noTarget, shown } from '../errors.ts';
import type { Filter } from '../filter/ast.ts';
import { matches } from '../filter/evaluate.ts';
import { printFilter } from '../filter/printer.ts';
import type { Json, JsonObject } from '../json.ts';
import { isObject } from '../json.ts';
import type { Attribute } from '../schema/attribute.ts';
import { appended, distinct, identity, onlyPrimary } from '../schema/distinct.ts';
import { isSignificant, partOf, readElement, readList, readValue } from '../schema/value.ts';
import type { Reading } from '../schema/value.ts';
import type { PatchOperation } from './operations.ts';
import { checkWhere } from './where.ts';

/** One change of a list of complex values. */
export interface ListChange {
  readonly op: PatchOperation['op'];
  readonly attribute: Attribute;
  readonly sub?: Attribute;
  readonly where?: Filter;
  readonly value?: Json;
  readonly at: Reading;
}

/**
 * Changes a list by RFC 7644 §3.5.2.1 to §3.5.2.3 and returns the new list; `elements` stay as they are. Where a change
 * makes a value primary, the others cease to be (§3.5.2); where it makes two values the same, one is left.
 * Fails with: 400 invalidFilter, invalidPath, invalidValue, noTarget.
 */
export function changeList(elements: readonly JsonObject[], change: ListChange): JsonObject[] {
  const { op, attribute, sub, where, value, at } = change;
  if (where !== undefined) checkWhere(attribute, where);
  if (op === 'remove') return distinct(withoutHits(elements, change));
  if (where !== undefined) return distinct(changeSelected(elements, { ...change, where }));
  if (sub !== undefined) return changeOnly(elements, { ...change, sub });
  const given = value === undefined || value === null ? [] : readList(attribute, value, at);
  return op === 'replace' ? given : appended(elements, given);
}

/**
 * §3.5.2.2. A filter that matches nothing removes nothing, and that is a success. A `value` says which ones to remove:
 * Entra ID sends `{"op":"Remove","path":"members","value":[…]}`.
 */
function withoutHits(elements: readonly JsonObject[], change: ListChange): JsonObject[] {
  const { sub } = change;
  const isHit = hitTest(change);
  if (sub === undefined) return elements.filter((element) => !isHit(element));
  return elements.map((element) => (isHit(element) ? without(element, sub) : element)).filter(isSignificant);
}

function hitTest({ attribute, where, sub, value, at }: ListChange): (element: JsonObject) => boolean {
  if (where !== undefined) return (element) => matches(where, element, attribute.subAttributes ?? []);
  if (sub !== undefined || value === undefined || value === null || value === '') return () => true;
  at.tolerate(`Removed from ${at.name} only what the value names.`);
  const given = Array.isArray(value) ? value : [value];
  const wanted = new Set(
    given.filter((item) => item !== null).map((item) => identity(readElement(attribute, item, at))),
  );
  return (element) =>
    wanted.has(identity(element)) || (isGiven(element['value']) && wanted.has(identity({ value: element['value'] })));
}

interface Selected extends ListChange {
  readonly where: Filter;
}

/** §3.5.2.3: all values that match are changed; `add` adds parts to them. */
function changeSelected(elements: readonly JsonObject[], change: Selected): JsonObject[] {
  const { attribute, where } = change;
  const hits = elements.map((element) => matches(where, element, attribute.subAttributes ?? []));
  if (!hits.includes(true)) return withCreated(elements, change);
  const renew = renewal(change);
  const result = elements.map((element, place) => (hits[place] === true ? renew(element) : element));
  const primary = result.findIndex((element, place) => hits[place] === true && element['primary'] === true);
  return (primary === -1 ? result : onlyPrimary(result, primary)).filter(isSignificant);
}

function renewal(change: Selected): (element: JsonObject) => JsonObject {
  const { op, attribute, sub, value, at } = change;
  if (sub !== undefined) {
    const read = readValue(sub, value, partOf(at, sub));
    return (element) => (read === undefined ? without(element, sub) : { ...element, [sub.name]: read });
  }
  const given = isEmpty(value) ? {} : readElement(attribute, onlyOf(value, at), at);
  // A value that says nothing but its type or primary cannot stand alone: it changes these and leaves the rest.
  const isWhole = op === 'replace' && (isSignificant(given) || Object.keys(given).length === 0);
  return (element) => (isWhole ? given : { ...element, ...given });
}

/**
 * Entra ID replaces `emails[type eq "work"].value` of a user who has none. RFC 7644 §3.5.2.3 would answer noTarget, and
 * the operations beside it would be lost; the value is made instead. Shown by test/scim/patch/providers.test.ts.
 */
function withCreated(elements: readonly JsonObject[], change: Selected): JsonObject[] {
  const { attribute, sub, where, value, at } = change;
  if (isEmpty(value)) return [...elements];
  const named = equalities(where);
  const shownPath = `${attribute.name}[${printFilter(where)}]`;
  if (named === undefined) throw noTarget(`No value matches ${shownPath}; add one to ${attribute.name} first.`);
  const given = sub === undefined ? readElement(attribute, onlyOf(value, at), at) : { [sub.name]: value };
  const made = readElement(attribute, { ...named, ...given }, at);
  if (!isSignificant(made)) throw noTarget(`No value matches ${shownPath}; add one to ${attribute.name} first.`);
  at.tolerate(`Made ${shownPath}, which did not exist.`);
  return appended(elements, [made]);
}

/** The parts that a filter of nothing but `eq` and `and` gives. */
function equalities(where: Filter): JsonObject | undefined {
  if (where.kind === 'compare' && where.operator === 'eq' && where.value !== null)
    return { [where.path.name]: where.value };
  if (where.kind !== 'and') return undefined;
  const parts = where.of.map(equalities);
  return parts.every((part) => part !== undefined) ? Object.assign({}, ...parts) : undefined;
}

/** `emails.value` without a filter is clear only where there is one e-mail address at most. */
function changeOnly(elements: readonly JsonObject[], change: ListChange & { readonly sub: Attribute }): JsonObject[] {
  const { attribute, sub, value, at } = change;
  if (elements.length > 1)
    throw invalidPath(
      `${at.name}.${sub.name} could be any of the ${elements.length} values of ${attribute.name}; ` +
        `say which, as in ${attribute.name}[type eq "work"].${sub.name}.`,
    );
  const read = readValue(sub, value, partOf(at, sub));
  const [element = {}] = elements;
  return [read === undefined ? without(element, sub) : { ...element, [sub.name]: read }].filter(isSignificant);
}

function without(element: JsonObject, sub: Attribute): JsonObject {
  const { [sub.name]: _, ...rest } = element;
  return rest;
}

function onlyOf(value: Json, at: Reading): Json {
  if (!Array.isArray(value)) return value;
  const [only] = value;
  if (value.length === 1 && isObject(only)) return only;
  throw invalidValue(`${at.name} is chosen by a filter and takes one object, but ${shown(value)} was sent.`);
}

function isGiven(value: Json | undefined): value is Json {
  return value !== undefined && value !== null;
}

function isEmpty(value: Json | undefined): value is undefined | null | '' {
  return !isGiven(value) || value === '' || (Array.isArray(value) && value.length === 0);
}
