import { PATCH_SCHEMA, type ScimObject } from '../okta-messages.ts';

export const GROUP_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:Group';

/** A member as Okta writes it: no `type`, no `$ref`, and `display` is the userName. */
export interface GroupMember {
  readonly value: string;
  readonly display: string;
}

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
  return operations({ op: 'replace', value: { id, displayName } });
}

/** Who left and who came, in one request and in this order; undefined when nobody did. */
export function membershipMessage(
  before: readonly GroupMember[],
  after: readonly GroupMember[],
): ScimObject | undefined {
  const left = without(before, after).map(({ value }) => ({ op: 'remove', path: `members[value eq "${value}"]` }));
  const come = without(after, before);
  const add = come.length > 0 ? [{ op: 'add', path: 'members', value: come }] : [];
  return left.length + add.length > 0 ? operations(...left, ...add) : undefined;
}

/** *Push Now*: the members are these and no others. */
export function pushNowMessage(members: readonly GroupMember[]): ScimObject {
  return operations({ op: 'replace', path: 'members', value: members });
}

function operations(...Operations: ScimObject[]): ScimObject {
  return { schemas: [PATCH_SCHEMA], Operations };
}

function without(members: readonly GroupMember[], others: readonly GroupMember[]): GroupMember[] {
  const known = new Set(others.map(({ value }) => value));
  return members.filter(({ value }) => !known.has(value));
}
