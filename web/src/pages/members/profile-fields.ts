import type { FieldPartsFragment, MemberPartsFragment, ProfileSource } from '../../gql/graphql.ts';

/** The fields of a profile in the order of the page. */
export const FIELDS = [
  ['displayName', 'Display name'],
  ['givenName', 'Given name'],
  ['familyName', 'Family name'],
  ['email', 'Email'],
  ['title', 'Job title'],
  ['department', 'Department'],
  ['locale', 'Language'],
] as const;

/** A field of the profile by its name. */
export type FieldName = (typeof FIELDS)[number][0];

/** Where a value comes from, as people read it. */
export const sourceNames: Readonly<Record<ProfileSource, string>> = {
  DIRECTORY: 'Directory',
  OVERRIDE: 'Override',
  WORKSPACE: 'Workspace',
  DERIVED: 'Derived',
};

/** What is meant by it, in a sentence. */
export const sourceReasons: Readonly<Record<ProfileSource, string>> = {
  DIRECTORY: 'The directory sent this value.',
  OVERRIDE: 'Somebody here set this name. No sync overwrites it until it is cleared.',
  WORKSPACE: 'Somebody in this workspace entered this value.',
  DERIVED: 'Nobody gave a value, so it is made of the other fields.',
};

/** A field of a member's profile. */
export function fieldOf({ profile }: Pick<MemberPartsFragment, 'profile'>, name: FieldName): FieldPartsFragment {
  return profile[name];
}

/** A language tag in words, `German (Germany)`; the tag itself where it is none. */
export function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames('en', { type: 'language' }).of(tag.replaceAll('_', '-')) ?? tag;
  } catch {
    return tag;
  }
}
