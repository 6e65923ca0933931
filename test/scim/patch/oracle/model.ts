import { checkCondition, holds } from './condition.ts';
import type { Fact, Plain, Record_ } from './facts.ts';
import { CORE, FACTS, factNamed, isRecord, Refused, urnNamed } from './facts.ts';
import { joined, changedList } from './lists.ts';
import type { ParsedPath } from './path.ts';
import { readPath } from './path.ts';
import { isNothing, onlySaid, readComplex, readSimple } from './values.ts';

// An oracle for PATCH, written from the text of RFC 7644 §3.5.2 to §3.5.2.3 and from the list of tolerances in
// docs/scim.md. It knows nothing of how the server does it, is slow, and is meant to be read beside the RFC.

/** What becomes of a user: the resource, and the password that was sent, or the `scimType` of the refusal. */
export type Outcome = { readonly resource: Record_; readonly password?: string } | { readonly scimType: string };

interface Operation {
  readonly op: 'add' | 'remove' | 'replace';
  readonly path?: ParsedPath;
  readonly value?: Plain;
}

/** Applies the body of a PATCH to a user. A message is read as a whole before any of it is done. */
export function patched(resource: Record_, body: Plain): Outcome {
  try {
    const state: State = { resource: structuredClone(resource), password: undefined };
    for (const operation of readBody(body)) apply(state, operation);
    // A user is active or is not: what is not said stays as it was.
    const active = state.resource['active'] ?? resource['active'] ?? true;
    const password = state.password === undefined ? {} : { password: state.password };
    return { resource: { ...state.resource, active }, ...password };
  } catch (error) {
    if (error instanceof Refused) return { scimType: error.scimType };
    throw error;
  }
}

interface State {
  readonly resource: Record_;
  password: string | undefined;
}

/** "The body … MUST contain the attribute 'Operations'"; an empty one changes nothing (Microsoft's validator). */
function readBody(body: Plain): Operation[] {
  const entry = isRecord(body) ? Object.entries(body).find(([name]) => name.toLowerCase() === 'operations') : undefined;
  if (!Array.isArray(entry?.[1])) throw new Refused('invalidSyntax');
  return entry[1].map(readOperation);
}

function readOperation(sent: Plain): Operation {
  if (!isRecord(sent)) throw new Refused('invalidSyntax');
  const op = typeof sent['op'] === 'string' ? sent['op'].toLowerCase() : '';
  if (op !== 'add' && op !== 'remove' && op !== 'replace') throw new Refused('invalidSyntax');
  const text = sent['path'] ?? '';
  if (typeof text !== 'string') throw new Refused('invalidSyntax');
  const path = text === '' ? {} : { path: readPath(text) };
  // "If 'path' is unspecified, the operation fails with … 'noTarget'."
  if (op === 'remove' && text === '') throw new Refused('noTarget');
  // "The operation MUST contain a 'value' member."
  if (op !== 'remove' && sent['value'] === undefined) throw new Refused('invalidValue');
  return { op, ...path, ...(sent['value'] === undefined ? {} : { value: sent['value'] }) };
}

function apply(state: State, { op, path, value }: Operation): void {
  if (path === undefined) return applyEach(state, op, value!);
  const whole = path.where === undefined && path.sub === undefined ? urnNamed(`${path.urn}:${path.name}`) : undefined;
  if (whole !== undefined) return applySchema(state, whole, { op, value: value ?? null });
  const place = located(path);
  if (place === undefined) throw new Refused('invalidPath');
  if (path.where !== undefined && place.fact.many !== true) throw new Refused('invalidPath');
  // "A client MUST NOT modify an attribute that has mutability 'readOnly' or 'immutable'."
  if (isReadOnly(place)) throw new Refused('mutability');
  change(state, { ...place, op, path, value });
}

/** Without a path "the 'value' attribute SHALL contain a list of one or more attributes"; Entra ID's keys are paths. */
function applyEach(state: State, op: Operation['op'], value: Plain, within?: string): void {
  if (!isRecord(value)) throw new Refused('invalidValue');
  for (const [key, part] of Object.entries(value)) {
    const schema = within === undefined ? urnNamed(key) : undefined;
    if (schema !== undefined) applySchema(state, schema, { op, value: part });
    else applyKey(state, { op, value: part, path: pathOfKey(key, within) });
  }
}

/** A key that names nothing, or what is read-only, is ignored: Okta sends `id` beside `displayName` (contract §4.3). */
function applyKey(
  state: State,
  { op, value, path }: { op: Operation['op']; value: Plain; path: ParsedPath | undefined },
): void {
  const place = path === undefined ? undefined : located(path);
  if (path === undefined || place === undefined || isReadOnly(place)) return;
  if (path.where !== undefined && place.fact.many !== true) return;
  change(state, { ...place, op, path, value });
}

function isReadOnly({ fact, sub }: Place): boolean {
  return fact.readOnly === true || sub?.readOnly === true;
}

function pathOfKey(key: string, within: string | undefined): ParsedPath | undefined {
  try {
    const path = readPath(key);
    return within === undefined || path.urn !== undefined ? path : { ...path, urn: within };
  } catch {
    return undefined;
  }
}

/** All that stands under a URN: an extension goes and comes as a whole, the core schema is the resource itself. */
function applySchema(state: State, urn: string, { op, value }: { op: Operation['op']; value: Plain }): void {
  if (op !== 'remove' && isRecord(value)) return applyEach(state, op, value, urn);
  if (urn === CORE) throw new Refused('noTarget');
  if (op !== 'remove' && value !== null && value !== '') throw new Refused('invalidValue');
  delete state.resource[urn];
}

interface Place {
  readonly urn: string;
  readonly fact: Fact;
  readonly sub?: Fact;
}

/** RFC 7644 §3.10; a bare name may also be one of the extension (Entra ID's `manager`). */
function located({ urn, name, sub }: ParsedPath): Place | undefined {
  for (const [schema, facts] of FACTS) {
    if (urn !== undefined && schema !== urnNamed(urn)) continue;
    const fact = factNamed(facts, name);
    if (fact === undefined) continue;
    const part = sub === undefined ? undefined : factNamed(fact.parts, sub);
    if (sub !== undefined && part === undefined) return undefined;
    return { urn: schema, fact, ...(part === undefined ? {} : { sub: part }) };
  }
  return undefined;
}

interface Change extends Place {
  readonly op: Operation['op'];
  readonly path: ParsedPath;
  readonly value: Plain | undefined;
}

function change(state: State, wanted: Change): void {
  const { urn, fact, op, value } = wanted;
  if (fact.secret === true) {
    const read = op === 'remove' ? undefined : readSimple(fact, value);
    state.password = read as string | undefined;
    return;
  }
  const holder = urn === CORE ? state.resource : ((state.resource[urn] ?? {}) as Record_);
  const after = changedValue(holder[fact.name], wanted);
  // "If an attribute … becomes unassigned and is defined as a required attribute …, 'mutability'."
  if (after === undefined && fact.required === true) throw new Refused('mutability');
  if (after === undefined) delete holder[fact.name];
  else holder[fact.name] = after;
  if (urn === CORE) return;
  if (Object.keys(holder).length === 0) delete state.resource[urn];
  else state.resource[urn] = holder;
}

function changedValue(held: Plain | undefined, wanted: Change): Plain | undefined {
  const { fact, op, path, value, sub } = wanted;
  if (fact.many === true) {
    const where = path.where;
    if (where !== undefined) checkCondition(where, fact.parts ?? []);
    const chosen = where === undefined ? undefined : (element: Record_) => holds(where, element, fact.parts ?? []);
    const named = where === undefined ? undefined : joined(where);
    const list = changedList((held ?? []) as Record_[], { op, fact, sub, value, chosen, named });
    return list.length === 0 ? undefined : list;
  }
  if (fact.kind !== 'complex') return op === 'remove' ? undefined : readSimple(fact, value);
  const parts = changedParts((held ?? {}) as Record_, wanted);
  return Object.keys(parts).length === 0 ? undefined : parts;
}

/** "Sub-attributes that are not specified in the 'value' parameter are left unchanged." */
function changedParts(held: Record_, { fact, op, value, sub }: Change): Record_ {
  if (op === 'remove') return sub === undefined ? {} : onlySaid(Object.entries({ ...held, [sub.name]: undefined }));
  if (sub === undefined && isCleared(value)) return {};
  const only = sub === undefined && Array.isArray(value) && value.length === 1 ? value[0]! : value!;
  const said = sub === undefined ? readComplex(fact, only) : ([[sub.name, readSimple(sub, value)]] as const);
  // `displayName` belongs to the user whom `value` refers to: another manager does not keep it (RFC 7643 §4.3).
  const isOther = said.some(([name, part]) => name === 'value' && part !== held['value']);
  return onlySaid(Object.entries({ ...(isOther ? {} : held), ...Object.fromEntries(said) }));
}

function isCleared(value: Plain | undefined): boolean {
  return isNothing(value) || (Array.isArray(value) && value.length === 1 && (value[0] === null || value[0] === ''));
}
