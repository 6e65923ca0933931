import type { Fact, Plain, Record_ } from './facts.ts';
import { factNamed, Refused } from './facts.ts';
import type { Condition } from './path.ts';

/**
 * Refuses a condition on parts that the attribute does not have (invalidPath), and comparisons that RFC 7644 §3.4.2.2
 * does not know for the type of the part: an order of booleans or binaries, text against a number (invalidFilter).
 */
export function checkCondition(condition: Condition, parts: readonly Fact[]): void {
  if (condition.is === 'not') return checkCondition(condition.of, parts);
  if (condition.is === 'both' || condition.is === 'either') {
    checkCondition(condition.left, parts);
    return checkCondition(condition.right, parts);
  }
  const part = factNamed(parts, condition.name);
  if (part === undefined) throw new Refused('invalidPath');
  if (condition.is === 'test' && !isComparable(part, condition.op, condition.literal))
    throw new Refused('invalidFilter');
}

function isComparable({ kind }: Fact, op: string, literal: Plain): boolean {
  const isEquality = op === 'eq' || op === 'ne';
  if (literal === null) return isEquality;
  if (kind === 'flag') return isEquality && asFlag(literal) !== undefined;
  return typeof literal === 'string' && (kind !== 'binary' || !['gt', 'ge', 'lt', 'le'].includes(op));
}

/** Tells whether a value of a list answers the condition. */
export function holds(condition: Condition, value: Record_, parts: readonly Fact[]): boolean {
  switch (condition.is) {
    case 'both':
      return holds(condition.left, value, parts) && holds(condition.right, value, parts);
    case 'either':
      return holds(condition.left, value, parts) || holds(condition.right, value, parts);
    case 'not':
      return !holds(condition.of, value, parts);
    case 'pr':
      return held(condition.name, value, parts) !== undefined;
    case 'test':
      return compares(held(condition.name, value, parts), condition, factNamed(parts, condition.name)!);
  }
}

function held(name: string, value: Record_, parts: readonly Fact[]): Plain | undefined {
  const part = value[factNamed(parts, name)!.name];
  return part === null ? undefined : part;
}

function compares(part: Plain | undefined, { op, literal }: Extract<Condition, { is: 'test' }>, fact: Fact): boolean {
  if (literal === null) return op === 'eq' ? part === undefined : part !== undefined;
  if (part === undefined) return op === 'ne';
  if (fact.kind === 'flag') return (part === asFlag(literal)) === (op === 'eq');
  if (typeof part !== 'string' || typeof literal !== 'string') return false;
  const fold = (text: string) => (fact.exact === true ? text : text.toLowerCase().normalize('NFC'));
  return textTest(op, fold(part), fold(literal));
}

function textTest(op: string, part: string, wanted: string): boolean {
  if (op === 'co') return part.includes(wanted);
  if (op === 'sw') return part.startsWith(wanted);
  if (op === 'ew') return part.endsWith(wanted);
  const order = byCodePoint(part, wanted);
  return (
    { eq: order === 0, ne: order !== 0, gt: order > 0, ge: order >= 0, lt: order < 0, le: order <= 0 }[op] ?? false
  );
}

function byCodePoint(left: string, right: string): number {
  const [ours, theirs] = [Array.from(left), Array.from(right)];
  for (let at = 0; at < Math.min(ours.length, theirs.length); at += 1) {
    const difference = ours[at]!.codePointAt(0)! - theirs[at]!.codePointAt(0)!;
    if (difference !== 0) return difference;
  }
  return ours.length - theirs.length;
}

/** A boolean, also as the text that Entra ID writes. */
export function asFlag(value: Plain): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const text = typeof value === 'string' ? value.trim().toLowerCase() : '';
  return text === 'true' ? true : text === 'false' ? false : undefined;
}
