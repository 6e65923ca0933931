import { invalidFilter, invalidPath, shown } from '../errors.ts';
import type { Filter } from '../filter/ast.ts';
import { printFilter, printPath } from '../filter/printer.ts';
import { attributeNamed } from '../schema/attribute.ts';
import { MEMBERS } from '../schema/group.ts';

/** A filter that every member answers. */
export const EVERYONE = 'everyone';

/** Whom a filter on members chooses: everyone, or those of these users who are members. */
export type ChosenMembers = typeof EVERYONE | ReadonlySet<string>;

/**
 * Reads `members[value eq "…"]` as ids, without asking who is in the group; every member has a value and the type User.
 * Fails with: 400 invalidPath, and 400 invalidFilter for what only the list of members could answer.
 */
export function chosenMembers(where: Filter): ChosenMembers {
  switch (where.kind) {
    case 'or':
      return where.of.map(chosenMembers).reduce(either);
    case 'and':
      return where.of.map(chosenMembers).reduce(both);
    case 'present':
      if (partOf(where.path, where) !== 'display') return EVERYONE;
      throw unanswerable(where);
    case 'compare':
      return chosenByValue(where);
    default:
      throw unanswerable(where);
  }
}

function chosenByValue(where: Extract<Filter, { kind: 'compare' }>): ChosenMembers {
  const part = partOf(where.path, where);
  if (where.operator !== 'eq' || typeof where.value !== 'string') throw unanswerable(where);
  if (part === 'value') return new Set([where.value]);
  if (part !== 'type') throw unanswerable(where);
  return where.value.toLowerCase() === 'user' ? EVERYONE : new Set();
}

function partOf(path: Extract<Filter, { kind: 'present' }>['path'], where: Filter): string {
  const part =
    path.urn === undefined && path.sub === undefined
      ? attributeNamed(MEMBERS.subAttributes ?? [], path.name)
      : undefined;
  if (part !== undefined) return part.name;
  throw invalidPath(
    `members has no part ${shown(printPath(path))}, as ${shown(printFilter(where))} asks; GET /Schemas lists the parts that a filter can name.`,
  );
}

function either(left: ChosenMembers, right: ChosenMembers): ChosenMembers {
  return left === EVERYONE || right === EVERYONE ? EVERYONE : new Set([...left, ...right]);
}

function both(left: ChosenMembers, right: ChosenMembers): ChosenMembers {
  if (left === EVERYONE) return right;
  return right === EVERYONE ? left : new Set([...left].filter((id) => right.has(id)));
}

function unanswerable(where: Filter) {
  return invalidFilter(
    `Members cannot be chosen by ${shown(printFilter(where))}. Name them by id, as in members[value eq "…"].`,
  );
}
