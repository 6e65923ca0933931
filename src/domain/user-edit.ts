import type { Role } from './actor.ts';
import { invalidInput, type Issue } from './errors.ts';
import type { UserAttributes } from './user-attributes.ts';
import { primaryOf } from './user-profile.ts';
import { isEmailAddress, issueOf, nameFault, userNameFault } from './values.ts';

/** What a person changes of a user: a field left out stays, null clears one that may be absent. */
export interface UserEdit {
  readonly role?: Role | null;
  readonly userName?: string | null;
  readonly displayName?: string | null;
  readonly givenName?: string | null;
  readonly familyName?: string | null;
  readonly email?: string | null;
  readonly title?: string | null;
  readonly department?: string | null;
  readonly locale?: string | null;
}

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** The field of an edit behind each attribute of the log. */
const FIELDS: Readonly<Record<string, keyof UserEdit>> = {
  userName: 'userName',
  displayName: 'displayName',
  'name.givenName': 'givenName',
  'name.familyName': 'familyName',
  emails: 'email',
  title: 'title',
  [`${ENTERPRISE}:department`]: 'department',
  locale: 'locale',
};

/** The one field of an edit that changed these attributes; undefined where it is none or several. */
export function fieldBehind(paths: readonly string[]): keyof UserEdit | undefined {
  const fields = new Set(paths.filter((path) => path !== 'name.formatted').map((path) => FIELDS[path]));
  return fields.size === 1 ? [...fields][0] : undefined;
}

/** The attributes as the edit leaves them. Fails with: InvalidInput. */
export function edited(user: Readonly<UserAttributes>, edit: UserEdit): UserAttributes {
  const issues = issuesOf(edit);
  if (issues.length > 0) throw invalidInput(issues);
  const next: UserAttributes = { ...user };
  if (typeof edit.userName === 'string') next.userName = edit.userName;
  put(next, 'displayName', edit.displayName);
  put(next, 'title', edit.title);
  put(next, 'locale', edit.locale);
  put(next, 'name', nameOf(user, edit));
  put(next, 'emails', emailsOf(user, edit.email));
  put(next, 'enterprise', enterpriseOf(user, edit.department));
  return next;
}

function nameOf(
  { name }: Readonly<UserAttributes>,
  { givenName, familyName }: UserEdit,
): UserAttributes['name'] | null {
  const next = { ...name };
  put(next, 'givenName', givenName);
  put(next, 'familyName', familyName);
  // The whole name as it was written once would go on saying the old one.
  if (next.givenName !== name?.givenName || next.familyName !== name?.familyName) delete next.formatted;
  return Object.keys(next).length === 0 ? null : next;
}

function emailsOf(
  { emails }: Readonly<UserAttributes>,
  email: string | null | undefined,
): UserAttributes['emails'] | null {
  if (email === undefined || email === null) return email;
  const primary = primaryOf(emails);
  if (primary === undefined) return [{ value: email, type: 'work', primary: true }, ...(emails ?? [])];
  return emails?.map((each) => (each === primary ? { ...each, value: email } : each));
}

function enterpriseOf(
  { enterprise }: Readonly<UserAttributes>,
  department: string | null | undefined,
): UserAttributes['enterprise'] | null {
  const next = { ...enterprise };
  put(next, 'department', department);
  return Object.keys(next).length === 0 ? null : next;
}

function put<Target extends object, Key extends keyof Target>(
  target: Target,
  key: Key,
  value: Target[Key] | null | undefined,
): void {
  if (value === null) delete target[key];
  else if (value !== undefined) target[key] = value;
}

const LANGUAGE_TAG = /^[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*$/u;

function issuesOf({ role, userName, email, locale, ...texts }: UserEdit): Issue[] {
  const { displayName, givenName, familyName, title, department } = texts;
  return [
    ...issueOf(['role'], role === null ? 'A user always has a role. Leave `role` out to keep it.' : undefined),
    ...issueOf(['userName'], userNameIssue(userName)),
    ...issueOf(['displayName'], fault('The display name', displayName)),
    ...issueOf(['givenName'], fault('The given name', givenName)),
    ...issueOf(['familyName'], fault('The family name', familyName)),
    ...issueOf(['email'], emailFault(email)),
    ...issueOf(['title'], fault('The job title', title)),
    ...issueOf(['department'], fault('The department', department)),
    ...issueOf(['locale'], localeFault(locale)),
  ];
}

function userNameIssue(userName: string | null | undefined): string | undefined {
  if (userName === null) return 'A user always has a user name. Leave `userName` out to keep it.';
  return userName === undefined ? undefined : userNameFault(userName);
}

function fault(label: string, text: string | null | undefined): string | undefined {
  return typeof text === 'string' ? nameFault(label, text) : undefined;
}

function emailFault(email: string | null | undefined): string | undefined {
  if (typeof email !== 'string' || isEmailAddress(email)) return undefined;
  return `${JSON.stringify(email.slice(0, 100))} is no email address. Give one such as maya@acme.example.`;
}

function localeFault(locale: string | null | undefined): string | undefined {
  if (typeof locale !== 'string' || (locale.length <= 100 && LANGUAGE_TAG.test(locale))) return undefined;
  return `${JSON.stringify(locale.slice(0, 100))} is no language tag. Give one such as en-US.`;
}
