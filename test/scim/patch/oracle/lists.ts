import type { Fact, Plain, Record_ } from './facts.ts';
import { isRecord, Refused } from './facts.ts';
import type { Condition } from './path.ts';
import { isNothing, onlySaid, readElement, readElements, readSimple, saysSomething } from './values.ts';

/** A change of a multi-valued attribute. */
export interface ListChange {
  readonly op: 'add' | 'remove' | 'replace';
  readonly fact: Fact;
  readonly sub: Fact | undefined;
  readonly value: Plain | undefined;
  /** Whether the filter of the path chooses a value; absent where there is none. */
  readonly chosen: ((element: Record_) => boolean) | undefined;
  /** What the filter says by `eq` and `and` alone. */
  readonly named: Record_ | undefined;
}

/** The list after the change (RFC 7644 §3.5.2.1 to §3.5.2.3). */
export function changedList(elements: readonly Record_[], change: ListChange): Record_[] {
  const { op, fact, sub, value, chosen } = change;
  if (op === 'remove') return merged([], removed(elements, change));
  if (chosen !== undefined) return merged([], filtered(elements, { ...change, chosen }));
  if (sub !== undefined) {
    // Which of several is meant by `emails.value`, the RFC does not say.
    if (elements.length > 1) throw new Refused('invalidPath');
    return [withPart(elements[0] ?? {}, sub, readSimple(sub, value))].filter(saysSomething);
  }
  // "the attribute and all values are replaced" / "a new value is added to the attribute"
  const sent = merged([], readElements(fact, value));
  return op === 'replace' ? sent : merged(elements, sent);
}

function withPart(element: Record_, { name }: Fact, part: Plain | undefined): Record_ {
  return onlySaid(Object.entries({ ...element, [name]: part }));
}

function removed(elements: readonly Record_[], { fact, sub, value, chosen }: ListChange): Record_[] {
  const isHit = chosen ?? namedBy(fact, sub === undefined ? value : undefined);
  if (sub === undefined) return elements.filter((element) => !isHit(element));
  return elements
    .map((element) => (isHit(element) ? withPart(element, sub, undefined) : element))
    .filter(saysSomething);
}

/** Without a filter all go, unless a value says which: Entra ID's `Remove` with a list (contract §7.2). */
function namedBy(fact: Fact, value: Plain | undefined): (element: Record_) => boolean {
  if (value === undefined || value === null || value === '') return () => true;
  const wanted = (Array.isArray(value) ? value : [value])
    .filter((item) => item !== null)
    .map((item) => readElement(fact, item));
  return (element) =>
    wanted.some(
      (item) =>
        isSame(item, element) ||
        (item['value'] !== undefined && item['value'] === element['value'] && item['type'] === undefined),
    );
}

interface Filtered extends ListChange {
  readonly chosen: (element: Record_) => boolean;
}

/** "all matching record values SHALL be replaced" */
function filtered(elements: readonly Record_[], change: Filtered): Record_[] {
  const { chosen, sub, op, fact, value } = change;
  if (!elements.some(chosen)) return created(elements, change);
  const renew = sub === undefined ? renewal(fact, op, value) : partRenewal(sub, readSimple(sub, value));
  const after = elements.map((element) =>
    chosen(element) ? { hit: true, ...box(renew(element)) } : { hit: false, ...box(element) },
  );
  // "a PATCH operation that sets a value's 'primary' … SHALL cause the server to automatically set 'primary' to 'false'"
  const primary = after.find(({ hit, element }) => hit && element['primary'] === true);
  return after
    .map((boxed) => (primary === undefined || boxed === primary ? boxed.element : secondary(boxed.element)))
    .filter(saysSomething);
}

function box(element: Record_) {
  return { element };
}

function secondary(element: Record_): Record_ {
  return element['primary'] === true ? { ...element, primary: false } : element;
}

function partRenewal(sub: Fact, part: Plain | undefined): (element: Record_) => Record_ {
  return (element) => withPart(element, sub, part);
}

function renewal(fact: Fact, op: ListChange['op'], value: Plain | undefined): (element: Record_) => Record_ {
  const sent = isNothing(value) ? {} : readElement(fact, lone(value!));
  const isWhole = op === 'replace' && (saysSomething(sent) || Object.keys(sent).length === 0);
  return (element) => (isWhole ? sent : { ...element, ...sent });
}

/** A filter chooses, so the value is one object, or a list of one (Entra ID). */
function lone(value: Plain): Plain {
  if (!Array.isArray(value)) return value;
  if (value.length === 1 && isRecord(value[0])) return value[0];
  throw new Refused('invalidValue');
}

/** "no record match was made …: 'noTarget'", but what `eq` names is made: Entra ID means it (docs/scim.md, §3.5.2.3). */
function created(elements: readonly Record_[], { fact, sub, value, named }: Filtered): Record_[] {
  if (isNothing(value)) return [...elements];
  if (named === undefined) throw new Refused('noTarget');
  const said = sub === undefined ? readElement(fact, lone(value!)) : { [sub.name]: value! };
  const made = readElement(fact, { ...named, ...said });
  if (!saysSomething(made)) throw new Refused('noTarget');
  return merged(elements, [made]);
}

/** What a filter of `eq` and `and` alone says of a value; undefined for any other. */
export function joined(condition: Condition): Record_ | undefined {
  if (condition.is === 'test')
    return condition.op === 'eq' && condition.literal !== null ? { [condition.name]: condition.literal } : undefined;
  if (condition.is !== 'both') return undefined;
  const [left, right] = [joined(condition.left), joined(condition.right)];
  return left === undefined || right === undefined ? undefined : { ...left, ...right };
}

/**
 * RFC 7643 §2.4: the same value and type not more than once; what it says more is taken over, "no changes SHOULD be made"
 * otherwise. A new primary value makes the others not primary.
 */
function merged(elements: readonly Record_[], sent: readonly Record_[]): Record_[] {
  const result = [...elements];
  let primary: Record_ | undefined;
  for (const element of sent) {
    const place = result.findIndex((other) => isSame(other, element));
    const whole = { ...(place === -1 ? {} : result[place]), ...element };
    if (primary !== undefined && place !== -1 && result[place] === primary) primary = whole;
    if (element['primary'] === true) primary = whole;
    if (place === -1) result.push(whole);
    else result[place] = whole;
  }
  return result.map((element) => (primary === undefined || element === primary ? element : secondary(element)));
}

function isSame(left: Record_, right: Record_): boolean {
  if (left['value'] !== undefined || right['value'] !== undefined)
    return left['value'] === right['value'] && left['type'] === right['type'];
  const rest = ({ primary: _primary, ...parts }: Record_) =>
    JSON.stringify(Object.entries(parts).toSorted(([one], [other]) => (one < other ? -1 : 1)));
  return rest(left) === rest(right);
}
