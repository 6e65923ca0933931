import { invalidInput, type Issue } from './errors.ts';
import type { UserAttributes } from './user-attributes.ts';
import { issueOf, nameFault, userNameFault } from './values.ts';

const NAME_PARTS = [
  'formatted',
  'familyName',
  'givenName',
  'middleName',
  'honorificPrefix',
  'honorificSuffix',
] as const;

/** The most that the attributes of one user may take, as characters of JSON. */
export const PROFILE_LENGTH = 256 * 1024;

/**
 * Checks the attributes that have rules: names, and the size of the whole. Values that stay as they were are not
 * questioned, so that an old user with an odd value can still be updated. Fails with: InvalidInput.
 */
export function checkAttributes(written: UserAttributes, before?: UserAttributes): void {
  const issues = [...nameIssues(written, before), ...sizeIssues(written)];
  if (issues.length > 0) throw invalidInput(issues);
}

function nameIssues(written: UserAttributes, before: UserAttributes | undefined): Issue[] {
  const issues: Issue[] = [];
  if (written.userName !== before?.userName) issues.push(...issueOf(['userName'], userNameFault(written.userName)));
  if (written.displayName !== undefined && written.displayName !== before?.displayName)
    issues.push(...issueOf(['displayName'], nameFault('displayName', written.displayName)));
  for (const part of NAME_PARTS) {
    const value = written.name?.[part];
    if (value === undefined || value === before?.name?.[part]) continue;
    issues.push(...issueOf(['name', part], nameFault(`name.${part}`, value)));
  }
  return issues;
}

function sizeIssues(written: UserAttributes): Issue[] {
  const { length } = JSON.stringify(written);
  if (length <= PROFILE_LENGTH) return [];
  return [
    { path: [], message: `The user takes ${length} characters in all. Shorten the attributes to ${PROFILE_LENGTH}.` },
  ];
}
