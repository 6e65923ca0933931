import type { PersonName, PluralValue, UserAttributes, UserProfile } from './user-attributes.ts';
import { isActive, type User } from './user.ts';
import { isEmailAddress } from './values.ts';

/** What the directory reads of a user: what is stored, and what is derived where nothing is. */
export function presentedAttributes(user: User): UserAttributes {
  const name = presentedName(user);
  const emails = presentedEmails(user);
  return {
    ...user.profile,
    userName: user.userName,
    active: isActive(user),
    ...(user.externalId === null ? {} : { externalId: user.externalId }),
    ...(name === undefined ? {} : { name }),
    ...(emails === undefined ? {} : { emails }),
  };
}

/**
 * What of the written attributes is stored: a value equal to what we derived, before the write or after it, is only our
 * own answer echoed (Okta's read-modify-write, contract §3.4) and is left out.
 */
export function profileToStore(written: UserAttributes, before: User | undefined, after: User): UserProfile {
  const { userName: _userName, externalId: _externalId, active: _active, ...profile } = written;
  const presented = [...(before === undefined ? [] : [before]), { ...after, profile }];
  const derived = presented.map(derivedOf);
  const { name: _name, emails, ...rest } = profile;
  const guesses = [guessedName({ ...after, profile }), ...oldGuesses(before, after)];
  const name = withoutEchoes(profile.name, {
    givenName: guesses.map((guess) => guess.givenName),
    familyName: guesses.map((guess) => guess.familyName),
    formatted: derived.map((each) => each.name.formatted),
  });
  const isEcho = derived.some((each) => each.emails !== undefined && sameEmails(each.emails, emails));
  return {
    ...rest,
    ...(name === undefined ? {} : { name }),
    ...(emails === undefined || isEcho ? {} : { emails }),
  };
}

/** What is stored of a user, as attributes: what a change is measured by. */
export function storedAttributes(user: User): Partial<UserAttributes> {
  const { userName, externalId, profile } = user;
  return { ...profile, userName, active: isActive(user), ...(externalId === null ? {} : { externalId }) };
}

/** The name to show: the override, else what the directory or workspace says, else what the other names make. */
export function displayNameOf(user: User): string {
  return user.displayNameOverride ?? ownDisplayName(user);
}

/** The display name without the override: `displayName`, else `name.formatted`, else given and family, else `userName`. */
export function ownDisplayName(user: User): string {
  const { displayName, name } = user.profile;
  return displayName ?? name?.formatted ?? joined(name) ?? user.userName;
}

/** The address for notices: the primary email, else the first, else a userName that is an address. */
export function emailOf(user: User): string | undefined {
  return primaryOf(presentedEmails(user))?.value;
}

/** The primary element of a list, else the first that has a value. */
export function primaryOf(values: readonly PluralValue[] | undefined): PluralValue | undefined {
  return (
    values?.find((value) => value.primary && value.value !== undefined) ?? values?.find((v) => v.value !== undefined)
  );
}

interface Derived {
  readonly name: PersonName;
  readonly emails: PluralValue[] | undefined;
}

function derivedOf(user: User): Derived {
  const filled = { ...guessedName(user), ...withoutFormatted(user.profile.name) };
  const formatted = formattedName(filled);
  const name = { ...guessedName(user), ...(formatted === undefined ? {} : { formatted }) };
  return { name, emails: emailFromUserName(user) };
}

function presentedName(user: User): PersonName | undefined {
  const derived = derivedOf(user).name;
  const name = { ...derived, ...user.profile.name };
  return Object.keys(name).length === 0 ? undefined : name;
}

function presentedEmails(user: User): PluralValue[] | undefined {
  return user.profile.emails ?? emailFromUserName(user);
}

function emailFromUserName(user: User): PluralValue[] | undefined {
  return isEmailAddress(user.userName) ? [{ value: user.userName, type: 'work', primary: true }] : undefined;
}

/**
 * Given and family name of a user whom the directory does not manage and who has none: Okta's import needs both, so
 * they are made of the display name or the user name (contract §6.1).
 */
function guessedName(user: User): { givenName?: string; familyName?: string } {
  if (user.managedBy === 'DIRECTORY') return {};
  const source = user.profile.displayName ?? user.profile.name?.formatted ?? user.userName.split('@')[0]!;
  const words = source.split(/[\s._-]+/u).filter((word) => word !== '');
  const given = words[0] ?? user.userName;
  return { givenName: given, familyName: words.length > 1 ? words.slice(1).join(' ') : given };
}

function formattedName(name: PersonName): string | undefined {
  const parts = [name.honorificPrefix, name.givenName, name.middleName, name.familyName, name.honorificSuffix];
  const text = parts.filter((part) => part !== undefined).join(' ');
  return text === '' ? undefined : text;
}

function joined(name: PersonName | undefined): string | undefined {
  return name === undefined ? undefined : formattedName({ ...pick(name, 'givenName'), ...pick(name, 'familyName') });
}

function pick(name: PersonName, key: keyof PersonName): PersonName {
  return name[key] === undefined ? {} : { [key]: name[key] };
}

function withoutFormatted(name: PersonName | undefined): PersonName {
  const { formatted: _formatted, ...parts } = name ?? {};
  return parts;
}

/** What was guessed before is an echo too while we go on guessing; a name that the directory takes over is kept. */
function oldGuesses(before: User | undefined, after: User) {
  return before === undefined || after.managedBy === 'DIRECTORY' ? [] : [guessedName(before)];
}

type NameEchoes = Readonly<Record<'givenName' | 'familyName' | 'formatted', readonly (string | undefined)[]>>;

function withoutEchoes(name: PersonName | undefined, echoes: NameEchoes): PersonName | undefined {
  const kept: PersonName = { ...name };
  if (echoes.givenName.includes(kept.givenName)) delete kept.givenName;
  if (echoes.familyName.includes(kept.familyName)) delete kept.familyName;
  if (echoes.formatted.includes(kept.formatted)) delete kept.formatted;
  return Object.keys(kept).length === 0 ? undefined : kept;
}

function sameEmails(derived: readonly PluralValue[], written: readonly PluralValue[] | undefined): boolean {
  const [ours, theirs] = [derived[0], written?.[0]];
  return (
    written?.length === 1 &&
    ours?.value === theirs?.value &&
    ours?.type === theirs?.type &&
    ours?.primary === theirs?.primary
  );
}
