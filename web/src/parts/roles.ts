import type { Role } from '../gql/graphql.ts';

/** What a role allows, in a sentence. */
export const roleMeanings: Readonly<Record<Role, string>> = {
  OWNER: 'Everything, and making or removing other owners.',
  ADMIN: 'Everything but owners: members, teams, and Security & Identity.',
  MEMBER: 'Works in the workspace; sees members and teams.',
};
