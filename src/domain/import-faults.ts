import type { Remedy } from './provisioning-event.ts';
import type { Team } from './team.ts';
import { presentedAttributes } from './user-profile.ts';
import type { User } from './user.ts';
import { isEmailAddress, nameFault, NAME_LENGTH } from './values.ts';

/** Why Okta would not import a user or team. */
export interface ImportFault {
  /** The SCIM attribute at fault. */
  readonly attribute: string;
  readonly message: string;
  readonly remedy: Remedy;
}

/** The longest name of a group that Okta takes, in characters. */
const GROUP_NAME_LENGTH = NAME_LENGTH - 1;
const TO_APP = 'Applications → your app → Provisioning → To App';

/** What Okta misses in an active user, as it reads them: both names, and a primary email address (contract §3.7). */
export function userImportFaults(user: User): ImportFault[] {
  const { name, emails = [] } = presentedAttributes(user);
  const faults: ImportFault[] = [];
  const add = (attribute: string, message: string, what: string) =>
    void faults.push({ attribute, message, remedy: remedyFor(user, what) });
  if (name?.givenName === undefined) add('name.givenName', `${user.userName} has no given name.`, 'a given name');
  if (name?.familyName === undefined) add('name.familyName', `${user.userName} has no family name.`, 'a family name');
  const email = emails.find(({ primary, value }) => primary === true && value !== undefined)?.value;
  if (email === undefined) add('emails', `${user.userName} has no primary email address.`, 'a primary email address');
  else if (!isEmailAddress(email))
    add('emails', `The primary email of ${user.userName}, ${JSON.stringify(email)}, is no address.`, 'a right address');
  return faults;
}

/** What Okta would refuse of a team: a name that is too long for a group, or that cannot be read. */
export function teamImportFaults({ name }: Team): ImportFault[] {
  const message = nameFault(`The name ${JSON.stringify(name)}`, name, GROUP_NAME_LENGTH);
  if (message === undefined) return [];
  const text = `Give the team a name of 1 to ${GROUP_NAME_LENGTH} visible characters.`;
  return [{ attribute: 'displayName', message, remedy: { text, audience: 'WORKSPACE_ADMIN', oktaLocation: null } }];
}

/** Who looks after the user puts them right. */
function remedyFor({ managedBy }: User, what: string): Remedy {
  if (managedBy === 'WORKSPACE')
    return { text: `Give the user ${what} here.`, audience: 'WORKSPACE_ADMIN', oktaLocation: null };
  const text = `Give the user ${what} in the directory, map it, and push the profile again.`;
  return { text, audience: 'DIRECTORY_ADMIN', oktaLocation: TO_APP };
}
