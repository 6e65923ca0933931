import { isObject } from '../list-response.ts';
import { emailOf, guidOf, type Person } from '../people/person.ts';
import { ENTERPRISE_SCHEMA, GROUP_SCHEMA, patchOf, present, USER_SCHEMA, type ScimObject } from '../scim.ts';

const MICROSOFT_GROUP_SCHEMA = 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group';
const WORK_EMAIL = 'emails[type eq "work"].value';
const MOBILE_PHONE = 'phoneNumbers[type eq "mobile"].value';
const MANAGER = `${ENTERPRISE_SCHEMA}:manager`;

/** What Entra ID maps, each value by the path that it is written to. */
export type MappedAttributes = Readonly<Record<string, unknown>>;

/** The body of `POST /Users`: booleans as text, null for what the person lacks, `meta` and empty `roles`. */
export function createMessage(person: Person, externalId: string): ScimObject {
  const { userName, givenName, familyName, displayName, title, mobilePhone, locale } = person;
  const email = emailOf(person);
  return {
    schemas: [USER_SCHEMA, ENTERPRISE_SCHEMA],
    externalId,
    userName,
    active: 'True',
    addresses: null,
    displayName: displayName ?? null,
    emails: email === undefined ? null : [{ primary: true, type: 'work', value: email }],
    meta: { resourceType: 'User' },
    name: present({ formatted: displayName, familyName, givenName }),
    phoneNumbers: mobilePhone === undefined ? null : [{ type: 'mobile', value: mobilePhone }],
    preferredLanguage: locale ?? null,
    roles: [],
    title: title ?? null,
    [ENTERPRISE_SCHEMA]: {
      employeeNumber: person.employeeNumber ?? null,
      department: person.department ?? null,
      manager: null,
    },
  };
}

/** What a person has of the mapped attributes; undefined stands for none. */
export function attributesOf(person: Person, externalId: string): MappedAttributes {
  return {
    externalId,
    userName: person.userName,
    displayName: person.displayName,
    title: person.title,
    preferredLanguage: person.locale,
    'name.givenName': person.givenName,
    'name.familyName': person.familyName,
    [WORK_EMAIL]: emailOf(person),
    [MOBILE_PHONE]: person.mobilePhone,
    [`${ENTERPRISE_SCHEMA}:employeeNumber`]: person.employeeNumber,
    [`${ENTERPRISE_SCHEMA}:department`]: person.department,
  };
}

/** What a user on the server has of them. */
export function attributesHeld(user: ScimObject): MappedAttributes {
  const name = objectIn(user, 'name');
  const extension = objectIn(user, ENTERPRISE_SCHEMA);
  const simple = ['externalId', 'userName', 'displayName', 'title', 'preferredLanguage'];
  return {
    ...Object.fromEntries(simple.map((attribute) => [attribute, user[attribute]])),
    'name.givenName': name['givenName'],
    'name.familyName': name['familyName'],
    [WORK_EMAIL]: valueOfType(user['emails'], 'work'),
    [MOBILE_PHONE]: valueOfType(user['phoneNumbers'], 'mobile'),
    [`${ENTERPRISE_SCHEMA}:employeeNumber`]: extension['employeeNumber'],
    [`${ENTERPRISE_SCHEMA}:department`]: extension['department'],
  };
}

/** One operation for each attribute that differs: Add what was not there, Replace what was, Remove what is no more. */
export function changeOperations(before: MappedAttributes, after: MappedAttributes): ScimObject[] {
  return Object.entries(after)
    .filter(([path, value]) => value !== before[path])
    .map(([path, value]) => {
      if (value === undefined) return { op: 'Remove', path };
      return { op: before[path] === undefined ? 'Add' : 'Replace', path, value };
    });
}

/** Soft delete and restore: the boolean is text. */
export function statusOperation(active: boolean): ScimObject {
  return { op: 'Replace', path: 'active', value: active ? 'True' : 'False' };
}

/** The manager by the id that the server gave, as plain text. */
export function managerMessage(managerId: string): ScimObject {
  return patchOf({ op: 'Add', path: MANAGER, value: managerId });
}

/** The body of `POST /Groups`: Microsoft's schema beside the standard one, and no members. */
export function createGroupMessage(displayName: string): ScimObject {
  return {
    schemas: [GROUP_SCHEMA, MICROSOFT_GROUP_SCHEMA],
    externalId: groupIdOf(displayName),
    displayName,
    meta: { resourceType: 'Group' },
  };
}

/** What a group that was found by its name is made Entra ID's own with. */
export function linkGroupMessage(displayName: string): ScimObject {
  return patchOf({ op: 'Replace', path: 'externalId', value: groupIdOf(displayName) });
}

/** A new name for a group. */
export function renameMessage(displayName: string): ScimObject {
  return patchOf({ op: 'Replace', path: 'displayName', value: displayName });
}

/** One member who comes or leaves: a list of one, either way. */
export function memberMessage(op: 'Add' | 'Remove', id: string): ScimObject {
  return patchOf({ op, path: 'members', value: [{ $ref: null, value: id }] });
}

function groupIdOf(displayName: string): string {
  return guidOf(`group ${displayName}`);
}

function objectIn(user: ScimObject, name: string): ScimObject {
  const value = user[name];
  return isObject(value) ? value : {};
}

function valueOfType(entries: unknown, type: string): unknown {
  const list: unknown[] = Array.isArray(entries) ? entries : [];
  return list.filter(isObject).find((entry) => entry['type'] === type)?.['value'];
}
