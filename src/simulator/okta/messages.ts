import { randomInt } from 'node:crypto';
import { isObject } from '../list-response.ts';
import { emailOf, type Person } from '../people/person.ts';
import { ENTERPRISE_SCHEMA, patchOf, present, USER_SCHEMA, type ScimObject, type ScimUser } from '../scim.ts';

/** The body of `POST /Users`: what the person has, with the placeholder password and the empty `groups` Okta always sends. */
export function createMessage(person: Person, oktaId: string, password = placeholderPassword()): ScimObject {
  return {
    schemas: [USER_SCHEMA],
    userName: person.userName,
    ...whenFilled('name', present({ givenName: person.givenName, familyName: person.familyName })),
    ...present({ emails: emails(person), displayName: person.displayName, title: person.title }),
    ...present({ phoneNumbers: phoneNumbers(person), locale: person.locale }),
    externalId: oktaId,
    groups: [],
    password,
    active: true,
    ...whenFilled(ENTERPRISE_SCHEMA, enterprise(person)),
  };
}

/**
 * The body of `PUT /Users/{id}`: everything `existing` (the answer to the GET before it) holds, `meta`, `groups` and a
 * stale `name.formatted` included, overwritten by what Okta maps. An attribute the person lacks is sent as `""`.
 */
export function replaceMessage(existing: ScimUser, person: Person, oktaId: string, active: boolean): ScimObject {
  return { ...existing, ...profileOf(person, oktaId, existing), schemas: schemasOf(existing, person), active };
}

/** The body of the PUT that only changes the status: exactly what the GET returned, and `active`. */
export function statusMessage(existing: ScimUser, active: boolean): ScimObject {
  return { ...existing, active };
}

/** The body of the PUT that changes the password: what the GET returned, and the password (contract §3.6). */
export function passwordMessage(existing: ScimUser, password: string): ScimObject {
  return { ...existing, password };
}

/** The body of a PATCH as Okta writes it: one `replace` without a path. */
export function patchMessage(value: ScimObject): ScimObject {
  return patchOf({ op: 'replace', value });
}

/** The attributes Okta maps, laid over those of `existing`; Okta pushes whole profiles, so what is missing is sent empty. */
export function profileOf(person: Person, oktaId: string, existing: ScimObject = {}): ScimObject {
  const { givenName = '', familyName = '', displayName = '', title = '' } = person;
  const extension = { ...asObject(existing[ENTERPRISE_SCHEMA]), ...enterprise(person) };
  return {
    externalId: oktaId,
    userName: person.userName,
    name: { ...asObject(existing['name']), givenName, familyName },
    displayName,
    emails: emails(person) ?? [],
    title,
    ...present({ phoneNumbers: phoneNumbers(person), locale: person.locale }),
    ...whenFilled(ENTERPRISE_SCHEMA, extension),
  };
}

/** The attributes of `after` that differ from those of `before`: what Okta puts into a profile PATCH. */
export function changedAttributes(before: ScimObject, after: ScimObject): ScimObject {
  const changed = Object.entries(after).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name]),
  );
  return Object.fromEntries(changed);
}

function schemasOf(existing: ScimUser, person: Person): unknown[] {
  const sent = Array.isArray(existing['schemas']) ? existing['schemas'] : [];
  const extended = Object.keys(enterprise(person)).length > 0 || ENTERPRISE_SCHEMA in existing;
  return [...new Set([USER_SCHEMA, ...sent, ...(extended ? [ENTERPRISE_SCHEMA] : [])])];
}

function emails(person: Person): ScimObject[] | undefined {
  const value = emailOf(person);
  return value === undefined ? undefined : [{ primary: true, value, type: 'work' }];
}

function phoneNumbers({ mobilePhone }: Person): ScimObject[] | undefined {
  return mobilePhone === undefined ? undefined : [{ value: mobilePhone, type: 'mobile' }];
}

function enterprise({ employeeNumber, department }: Person): ScimObject {
  return present({ employeeNumber, department });
}

function whenFilled(name: string, value: ScimObject): ScimObject {
  return Object.keys(value).length > 0 ? { [name]: value } : {};
}

function asObject(value: unknown): ScimObject {
  return isObject(value) ? value : {};
}

const PASSWORD_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** A password as a person of the directory might have one; nobody can guess it. */
export function newPassword(): string {
  return randomPassword(20);
}

/** What Okta sends for a password where password sync is off. */
function placeholderPassword(): string {
  return randomPassword(8);
}

function randomPassword(length: number): string {
  return Array.from({ length }, () => PASSWORD_LETTERS[randomInt(PASSWORD_LETTERS.length)]).join('');
}
