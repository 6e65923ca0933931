import type { Member } from '../domain/team-repository.ts';
import type { Team } from '../domain/team.ts';
import { nameFault } from '../domain/values.ts';
import { invalidSyntax, invalidValue, kindOf } from './errors.ts';
import { etagOf } from './etag.ts';
import type { Json, JsonObject, Tolerate } from './json.ts';
import { isObject } from './json.ts';
import { GROUP } from './schema/group.ts';
import { readMembers } from './schema/members.ts';
import { readResource, type ReadResource } from './schema/read.ts';
import { CORE_GROUP } from './urns.ts';
import { userLocation } from './user.ts';

/** The Group resource of a team (RFC 7643 §4.2); without members where the answer does not hold them. */
export function toGroupResource(team: Team, members: readonly Member[] | undefined, baseUrl: string): JsonObject {
  return {
    schemas: [CORE_GROUP],
    id: team.id,
    ...(team.externalId === null ? {} : { externalId: team.externalId }),
    displayName: team.name,
    ...(members === undefined ? {} : { members: members.map((member) => toMember(member, baseUrl)) }),
    meta: {
      resourceType: 'Group',
      created: team.createdAt,
      lastModified: team.updatedAt,
      location: groupLocation(baseUrl, team.id),
      version: etagOf(team.version),
    },
  };
}

function toMember({ userId, name }: Member, baseUrl: string): JsonObject {
  return { value: userId, $ref: userLocation(baseUrl, userId), type: 'User', display: name };
}

/** Where a group is read. */
export function groupLocation(baseUrl: string, id: string): string {
  return `${baseUrl}/Groups/${id}`;
}

const MEMBERS_NAMES: ReadonlySet<string> = new Set(['members', `${CORE_GROUP}:members`.toLowerCase()]);

/**
 * Reads the body of a POST or PUT of a group; its members come out as a list of ids, read apart for there may be many.
 * Fails with: 400 invalidSyntax, invalidValue, tooMany.
 */
export function readGroup(body: unknown, tolerate: Tolerate): ReadResource {
  if (!isObject(body)) throw invalidSyntax(`The body must be a JSON object, but it is ${kindOf(body)}.`);
  const entries = Object.entries(body);
  const isMembers = ([name]: [string, Json]) => MEMBERS_NAMES.has(name.toLowerCase());
  const rest = Object.fromEntries(entries.filter((entry) => !isMembers(entry)));
  const { resource, cleared } = readResource(GROUP, rest, tolerate);
  const sent = entries.findLast(isMembers);
  const members = sent === undefined ? (resource['members'] ?? (cleared.has('members') ? null : undefined)) : sent[1];
  return members === undefined
    ? { resource, cleared }
    : { resource: { ...resource, members: readMembers(members, tolerate) }, cleared };
}

/** What a POST or PUT says of a group, in the domain's words. */
export interface GroupWords {
  readonly name: string;
  /** null where it was sent without a value. */
  readonly externalId?: string | null;
  readonly memberIds?: readonly string[];
}

/** What a group that was read says; what was not sent is not there. Fails with: 400 invalidValue. */
export function wordsOf({ resource, cleared }: ReadResource): GroupWords {
  const { displayName, externalId, members } = resource;
  if (typeof displayName !== 'string')
    throw invalidValue('displayName is missing. Send the name of the group; it is the one required attribute.');
  checkDisplayName(displayName);
  return {
    name: displayName,
    ...(typeof externalId === 'string' ? { externalId } : cleared.has('externalId') ? { externalId: null } : {}),
    ...(Array.isArray(members) ? { memberIds: members as string[] } : {}),
  };
}

/** Refuses a name that no team can have, in SCIM's word for it. Fails with: 400 invalidValue. */
export function checkDisplayName(name: string): void {
  const fault = nameFault('displayName', name);
  if (fault !== undefined) throw invalidValue(fault);
}
