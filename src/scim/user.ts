import type { TeamOfUser } from '../domain/team-repository.ts';
import type { User } from '../domain/user.ts';
import type { UserAttributes } from '../domain/user-attributes.ts';
import { presentedAttributes } from '../domain/user-profile.ts';
import { invalidValue } from './errors.ts';
import { etagOf } from './etag.ts';
import type { Json, JsonObject } from './json.ts';
import type { ReadResource } from './schema/read.ts';
import { CORE_USER, ENTERPRISE_USER } from './urns.ts';

/** The User resource of a user in these teams (RFC 7643 §4.1), as the directory reads it. */
export function toUserResource(user: User, teams: readonly TeamOfUser[], baseUrl: string): JsonObject {
  const attributes = fromAttributes(presentedAttributes(user));
  const schemas = attributes[ENTERPRISE_USER] === undefined ? [CORE_USER] : [CORE_USER, ENTERPRISE_USER];
  return {
    schemas,
    id: user.id,
    ...attributes,
    groups: teams.map((team) => toGroup(team, baseUrl)),
    meta: {
      resourceType: 'User',
      created: user.createdAt,
      lastModified: user.updatedAt,
      location: userLocation(baseUrl, user.id),
      version: etagOf(user.version),
    },
  };
}

/** A team as the user's `groups` show it (RFC 7643 §4.1.2). */
function toGroup({ teamId, name }: TeamOfUser, baseUrl: string): JsonObject {
  return { value: teamId, $ref: `${baseUrl}/Groups/${teamId}`, display: name, type: 'direct' };
}

/** Where a user is read. */
export function userLocation(baseUrl: string, id: string): string {
  return `${baseUrl}/Users/${id}`;
}

/** The attributes in SCIM's shape: the enterprise extension stands under its URN. */
export function fromAttributes(attributes: Readonly<UserAttributes>): JsonObject {
  const { enterprise, ...core } = attributes;
  const resource = core as unknown as JsonObject;
  return enterprise === undefined ? resource : { ...resource, [ENTERPRISE_USER]: enterprise as unknown as Json };
}

/**
 * The attributes of a resource that the schema's table has read; a user without `active` is active unless `otherwise`
 * says how they were. Fails with: 400 invalidValue.
 */
export function toAttributes(resource: JsonObject, otherwise?: Readonly<UserAttributes>): UserAttributes {
  const { [ENTERPRISE_USER]: enterprise, active, ...core } = resource;
  if (typeof core['userName'] !== 'string')
    throw invalidValue('userName is missing. Send the name the user signs in with; it is the one required attribute.');
  const attributes = { ...core, active: active ?? otherwise?.active ?? true };
  return (enterprise === undefined ? attributes : { ...attributes, enterprise }) as unknown as UserAttributes;
}

/** What stays where a PUT does not speak of it (contract §10 rule 3): clients that leave it out do not mean to clear it. */
const KEPT_BY_PUT = ['active', 'externalId', 'emails', 'roles'] as const;

/** The attributes after a PUT (RFC 7644 §3.5.1): what was sent, and what stays. Fails with: 400 invalidValue. */
export function replaced(read: ReadResource, before: Readonly<UserAttributes>): UserAttributes {
  const kept: JsonObject = {};
  for (const name of KEPT_BY_PUT) {
    const isSilent = read.resource[name] === undefined && !read.cleared.has(name);
    const held = before[name];
    if (isSilent && held !== undefined) kept[name] = held as Json;
  }
  return toAttributes({ ...kept, ...read.resource }, before);
}
