import { without, type GroupMember } from '../groups/directory.ts';
import { GROUP_SCHEMA, patchOf, type ScimObject } from '../scim.ts';

/** The body of `POST /Groups`: members are pushed afterwards. */
export function createGroupMessage(displayName: string): ScimObject {
  return { schemas: [GROUP_SCHEMA], displayName, members: [] };
}

/** The body of `PUT /Groups/{id}`: the whole group, as Okta knows it. */
export function replaceGroupMessage(id: string, displayName: string, members: readonly GroupMember[]): ScimObject {
  return { schemas: [GROUP_SCHEMA], id, displayName, members };
}

/** The rename without a path that Okta sends after a create and before every change of members, new name or not. */
export function renameMessage(id: string, displayName: string): ScimObject {
  return patchOf({ op: 'replace', value: { id, displayName } });
}

/** Who left and who came, in one request and in this order; undefined when nobody did. */
export function membershipMessage(
  before: readonly GroupMember[],
  after: readonly GroupMember[],
): ScimObject | undefined {
  const left = without(before, after).map(({ value }) => ({ op: 'remove', path: `members[value eq "${value}"]` }));
  const come = without(after, before);
  const add = come.length > 0 ? [{ op: 'add', path: 'members', value: come }] : [];
  return left.length + add.length > 0 ? patchOf(...left, ...add) : undefined;
}

/** *Push Now*: the members are these and no others. */
export function pushNowMessage(members: readonly GroupMember[]): ScimObject {
  return patchOf({ op: 'replace', path: 'members', value: members });
}
