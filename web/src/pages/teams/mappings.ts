import type { Role } from '../../gql/graphql.ts';

/** The choice of no role, which a form cannot hold as null. */
export const NO_ROLE = 'NONE';

/** What a team can give. It never makes owners. */
export const MAPPINGS = [
  { value: NO_ROLE, label: 'No role', meaning: 'Being in the team changes nothing about what members may do.' },
  { value: 'MEMBER', label: 'Member', meaning: 'Members of the team have at least the role Member.' },
  {
    value: 'ADMIN',
    label: 'Admin',
    meaning: 'Everyone in the team is an admin, for as long as they are in it: members, teams, Security & Identity.',
  },
] as const;

/** The role behind a choice; null where it gives none. */
export function mappingOf(choice: string): Role | null {
  return choice === 'ADMIN' || choice === 'MEMBER' ? choice : null;
}
