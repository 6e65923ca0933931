import { MEMBERS_A_REQUEST } from '../../domain/team.ts';
import { invalidValue, shown, tooMany } from '../errors.ts';
import type { Json, JsonObject, Tolerate } from '../json.ts';
import { isObject } from '../json.ts';
import { attributeNamed } from './attribute.ts';
import { MEMBERS } from './group.ts';
import { shownName } from './read.ts';

/**
 * Reads the `members` of a group as the ids of users, each one once. Members come without `type` (Okta), with `$ref` null
 * (Entra ID) or as plain text; `display` is the server's own. Fails with: 400 invalidValue, tooMany.
 */
export function readMembers(value: Json, tolerate: Tolerate): string[] {
  if (value === null || value === '') return [];
  if (!Array.isArray(value)) tolerate('Read the single value of members as a list of one.');
  const members = Array.isArray(value) ? value : [value];
  if (members.length > MEMBERS_A_REQUEST) throw tooManyMembers(members.length);
  return [...new Set(members.map((member) => readMember(member, tolerate)))];
}

/** More members than one request may name. */
export function tooManyMembers(count: number) {
  return tooMany(`${count} members are named; send at most ${MEMBERS_A_REQUEST} in one request.`);
}

function readMember(member: Json, tolerate: Tolerate): string {
  if (typeof member === 'string') tolerate('Read the text given for members as its value.');
  const parts: JsonObject = typeof member === 'string' ? { value: member } : partsOf(member, tolerate);
  const { value, type } = parts;
  if (typeof value !== 'string' || value === '')
    throw invalidValue(`members.value must be the id of a user, but the member ${shown(member)} was sent.`);
  if (value.includes('\u0000') || !value.isWellFormed())
    throw invalidValue(`members.value has U+0000 or half of a surrogate pair in its text; send the id of a user.`);
  if (typeof type === 'string' && type.toLowerCase() === 'group')
    throw invalidValue(
      `members names the group ${shown(value)}; groups within groups are not kept. Send the users who are in it.`,
    );
  return value;
}

function partsOf(member: Json, tolerate: Tolerate): JsonObject {
  if (!isObject(member)) throw invalidValue(`members must hold objects, but ${shown(member)} was sent.`);
  const parts: JsonObject = {};
  for (const [key, part] of Object.entries(member)) {
    const sub = attributeNamed(MEMBERS.subAttributes ?? [], key);
    if (sub === undefined) tolerate(`Ignored the unknown attribute members.${shownName(key)}.`);
    else parts[sub.name] = part;
  }
  return parts;
}
