import type { Comparison, Criteria } from '../../../src/domain/criteria.ts';
import { USER_FIELDS, type UserField } from '../../../src/domain/user-fields.ts';
import { presentedAttributes } from '../../../src/domain/user-profile.ts';
import type { User } from '../../../src/domain/user.ts';
import { compareCodePoints, compareKey } from '../../../src/domain/values.ts';

// A second reading of criteria, straight from their definition and over what SCIM presents. It shares with the first
// one nothing but the definition.

type Values = readonly unknown[];

/** Whether a user answers a question. */
export function answers(user: User, criteria: Criteria<UserField>): boolean {
  const { id, createdAt, updatedAt } = user;
  return holds({ ...presentedAttributes(user), id, createdAt, updatedAt }, criteria, '');
}

function holds(thing: object, criteria: Criteria<UserField>, prefix: string): boolean {
  switch (criteria.kind) {
    case 'and':
      return criteria.of.every((part) => holds(thing, part, prefix));
    case 'or':
      return criteria.of.some((part) => holds(thing, part, prefix));
    case 'not':
      return !holds(thing, criteria.of, prefix);
    case 'present':
      return valuesAt(thing, criteria.field.slice(prefix.length)).some(isHeld);
    case 'some':
      return valuesAt(thing, criteria.list)
        .filter(isHeld)
        .some((element) => holds(element as object, criteria.where, `${criteria.list}.`));
    case 'compare':
      return compares(valuesAt(thing, criteria.field.slice(prefix.length)).filter(isHeld), criteria);
  }
}

function valuesAt(thing: object, path: string): Values {
  return path.split('.').reduce<Values>(
    (values, name) =>
      values.flatMap((value) => {
        const held: unknown = Object.entries(value as object).find(([key]) => key === name)?.[1];
        return held === undefined ? [] : Array.isArray(held) ? held : [held];
      }),
    [thing],
  );
}

function isHeld(value: unknown): boolean {
  return typeof value === 'object' ? Object.values(value as object).some(isHeld) : value !== undefined && value !== '';
}

function compares(values: Values, { field, operator, value }: Comparison<UserField>): boolean {
  if (operator === 'ne' && values.length === 0) return true;
  const { caseExact } = USER_FIELDS[field];
  const fold = (text: unknown) => (typeof text === 'string' && !caseExact ? compareKey(text) : text);
  return values.some((held) => {
    const [left, right] = [fold(held), fold(value)];
    if (operator === 'eq') return left === right;
    if (operator === 'ne') return left !== right;
    if (typeof left !== 'string' || typeof right !== 'string') return false;
    const order = compareCodePoints(left, right);
    return {
      co: left.includes(right),
      sw: left.startsWith(right),
      ew: left.endsWith(right),
      gt: order > 0,
      ge: order >= 0,
      lt: order < 0,
      le: order <= 0,
    }[operator];
  });
}
