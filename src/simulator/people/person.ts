import { createHash } from 'node:crypto';
import { z } from 'zod';

const text = z.string().trim().min(1).optional();

/** The rules of one person in the simulated directory; only `userName` is required, as on a real directory's worst day. */
export const PersonSchema = z.object({
  userName: z.string().trim().min(1),
  givenName: text,
  familyName: text,
  email: text,
  displayName: text,
  title: text,
  department: text,
  employeeNumber: text,
  locale: text,
  mobilePhone: text,
});

/** A person as the simulated directory knows them. */
export type Person = z.infer<typeof PersonSchema>;

/** The primary email: the one given, else a userName that is an address, as Okta fills it in. */
export function emailOf(person: Person): string | undefined {
  return person.email ?? (person.userName.includes('@') ? person.userName : undefined);
}

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** The person's id inside Okta (`00u…`, 20 characters): always the same for a userName, so that a second run is the same Okta. */
export function oktaIdOf(person: Person): string {
  const digest = createHash('sha256').update(person.userName.toLowerCase()).digest();
  return `00u${Array.from(digest.subarray(0, 17), (byte) => BASE62[byte % 62]).join('')}`;
}

/** A GUID that is always the same for a text. */
export function guidOf(text: string): string {
  const digest = createHash('sha256').update(text).digest('hex');
  return digest.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/u, '$1-$2-$3-$4-$5');
}

/** The person's object id inside Entra ID: always the same for a userName. */
export function entraIdOf(person: Person): string {
  return guidOf(person.userName.toLowerCase());
}

/** The same person a year later: promoted, moved to another department and, where there is a family name, married. */
export function promoted(person: Person): Person {
  const { familyName, displayName, title, department } = person;
  const changed: Person = {
    ...person,
    title: title === undefined ? 'Team Lead' : `Senior ${title}`,
    department: department === 'Operations' ? 'People' : 'Operations',
  };
  if (familyName === undefined) return changed;
  const married = `${familyName}-Lee`;
  return { ...changed, familyName: married, displayName: displayName?.replaceAll(familyName, () => married) };
}
