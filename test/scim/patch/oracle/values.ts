import { asFlag } from './condition.ts';
import type { Fact, Plain, Record_ } from './facts.ts';
import { factNamed, isRecord, Refused } from './facts.ts';

/** `null`, and what Okta and Entra ID send for it (RFC 7643 §2.5, contract §3.4). */
export function isNothing(value: Plain | undefined): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

/** One value without parts; undefined is none. A list of one is its value (Entra ID). Fails with: Refused invalidValue. */
export function readSimple(fact: Fact, value: Plain | undefined): Plain | undefined {
  if (Array.isArray(value) && value.length === 1) {
    const [only] = value;
    if (Array.isArray(only)) throw new Refused('invalidValue');
    return readSimple(fact, isRecord(only) && Object.hasOwn(only, 'value') ? unlisted(only['value']!) : only);
  }
  if (isNothing(value)) return undefined;
  if (fact.kind === 'flag') {
    const flag = asFlag(value!);
    if (flag === undefined) throw new Refused('invalidValue');
    return flag;
  }
  if (typeof value !== 'string') throw new Refused('invalidValue');
  if (fact.kind === 'binary' && !/^[A-Za-z0-9+/_-]*={0,2}$/u.test(value.replace(/\s/gu, '')))
    throw new Refused('invalidValue');
  return value;
}

function unlisted(value: Plain): Plain {
  if (Array.isArray(value)) throw new Refused('invalidValue');
  return value;
}

/** The known parts that a complex value says, those it clears as undefined; unknown ones are ignored. */
export function readComplex(fact: Fact, value: Plain): [string, Plain | undefined][] {
  const parts = fact.parts ?? [];
  const wrapped = typeof value === 'string' && factNamed(parts, 'value') !== undefined ? { value } : value;
  if (!isRecord(wrapped)) throw new Refused('invalidValue');
  const said = fact.name === 'roles' ? asRole(wrapped) : wrapped;
  const read = new Map<string, Plain | undefined>();
  for (const [name, part] of Object.entries(said)) {
    const known = factNamed(parts, name);
    if (known !== undefined && known.readOnly !== true) read.set(known.name, readSimple(known, part));
  }
  return [...read];
}

/** Entra ID's app roles: JSON in the text of `value`, and `displayName` for `display` (contract §7.2). */
function asRole({ displayName, ...role }: Record_): Record_ {
  const embedded = parsed(role['value']);
  const value = typeof embedded['value'] === 'string' ? embedded['value'] : undefined;
  const display = [role['display'], value === undefined ? undefined : embedded['displayName'], displayName].find(
    (text) => typeof text === 'string',
  );
  return {
    ...role,
    ...(value === undefined ? {} : { value }),
    ...(display === undefined ? {} : { display }),
  };
}

function parsed(text: Plain | undefined): Record_ {
  if (typeof text !== 'string' || !text.trim().startsWith('{')) return {};
  try {
    const value = JSON.parse(text) as Plain;
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

/** One value of a list. */
export function readElement(fact: Fact, value: Plain): Record_ {
  return onlySaid(readComplex(fact, value));
}

/** The parts that have a value. */
export function onlySaid(parts: readonly (readonly [string, Plain | undefined])[]): Record_ {
  return Object.fromEntries(parts.filter((part): part is [string, Plain] => part[1] !== undefined));
}

/** A value that says only what it is for is none: Okta sends `[{ "type": "work" }]` (contract §3.4). */
export function saysSomething(element: Record_): boolean {
  return Object.keys(element).some((name) => !['type', 'display', 'primary'].includes(name));
}

/** A list as it is sent; a lone value is a list of one (Entra ID). */
export function readElements(fact: Fact, value: Plain | undefined): Record_[] {
  if (isNothing(value)) return [];
  const sent = Array.isArray(value) ? value : [value!];
  const elements = sent
    .filter((element) => element !== null && element !== '')
    .map((element) => readElement(fact, element))
    .filter(saysSomething);
  return firstPrimaryOnly(elements);
}

/** RFC 7643 §2.4: true no more than once; of several in one message the first. */
function firstPrimaryOnly(elements: Record_[]): Record_[] {
  let isTaken = false;
  return elements.map((element) => {
    if (element['primary'] !== true) return element;
    if (isTaken) return { ...element, primary: false };
    isTaken = true;
    return element;
  });
}
