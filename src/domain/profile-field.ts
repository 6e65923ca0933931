import type { User } from './user.ts';
import { emailOf, ownDisplayName, presentedAttributes, primaryOf } from './user-profile.ts';

/** Where a profile value comes from. */
export type ProfileSource = 'DIRECTORY' | 'OVERRIDE' | 'WORKSPACE' | 'DERIVED';

/** A field of a profile: the value in force, and the directory's. */
export interface ProfileField {
  readonly value: string | null;
  readonly source: ProfileSource | null;
  /** What the directory last sent. */
  readonly directoryValue: string | null;
  /** Whether only the directory can change it. */
  readonly locked: boolean;
}

/** The fields of a profile that people see. */
export type ProfileFieldName = 'displayName' | 'givenName' | 'familyName' | 'email' | 'title' | 'department' | 'locale';

/** A user's profile, field by field, with the source of each. */
export function profileFields(user: User): Record<ProfileFieldName, ProfileField> {
  const { displayName, name, emails, title, enterprise, locale } = user.profile;
  const presented = presentedAttributes(user).name;
  return {
    displayName: displayNameField(user, displayName),
    givenName: field(user, name?.givenName, presented?.givenName),
    familyName: field(user, name?.familyName, presented?.familyName),
    email: field(user, primaryOf(emails)?.value, emailOf(user)),
    title: field(user, title),
    department: field(user, enterprise?.department),
    locale: field(user, locale),
  };
}

function displayNameField(user: User, stored: string | undefined): ProfileField {
  const own = field(user, stored, ownDisplayName(user));
  return user.displayNameOverride === null ? own : { ...own, value: user.displayNameOverride, source: 'OVERRIDE' };
}

function field(user: User, stored: string | undefined, derived?: string): ProfileField {
  const locked = user.managedBy === 'DIRECTORY';
  const directoryValue = locked ? (stored ?? null) : null;
  if (stored !== undefined)
    return { value: stored, source: locked ? 'DIRECTORY' : 'WORKSPACE', directoryValue, locked };
  return { value: derived ?? null, source: derived === undefined ? null : 'DERIVED', directoryValue, locked };
}
