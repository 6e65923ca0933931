import { ask, type Connection } from './client.ts';
import { graphql } from './gql/gql.ts';
import type { MembersQuery, Role } from './gql/graphql.ts';

const MEMBERS = graphql(`
  query Members($after: String) {
    workspace {
      members(first: 50, after: $after) {
        nodes {
          id
          version
          displayName
          role
          viewerCanChangeRole {
            allowed
            explanation
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);

const CHANGE_ROLE = graphql(`
  mutation ChangeRole($userId: ID!, $expectedVersion: Int!, $role: Role!) {
    updateUser(input: { userId: $userId, expectedVersion: $expectedVersion, role: $role }) {
      __typename
      ... on UpdateUserSuccess {
        user {
          id
          version
          role
        }
      }
      ... on RuleBrokenError {
        rule
      }
      ... on MutationError {
        message
        remedy {
          text
        }
      }
    }
  }
`);

/** A member as the list shows them. */
export type Member = NonNullable<MembersQuery['workspace']>['members']['nodes'][number];

/** Everyone in the workspace, page by page. */
export async function* membersOf(connection: Connection): AsyncGenerator<Member> {
  for (let after: string | null | undefined; after !== null;) {
    const members = await pageOfMembers(connection, after);
    yield* members?.nodes ?? [];
    after = members?.pageInfo.hasNextPage === true ? members.pageInfo.endCursor : null;
  }
}

async function pageOfMembers(connection: Connection, after: string | undefined) {
  const { workspace } = await ask(connection, MEMBERS, { after });
  return workspace?.members;
}

/** Gives a member another role; the answer is a sentence for the person at the screen. */
export async function changeRole(connection: Connection, member: Member, role: Role): Promise<string> {
  const variables = { userId: member.id, expectedVersion: member.version, role };
  const { updateUser: ended } = await ask(connection, CHANGE_ROLE, variables);
  if (ended === null) return 'Nothing was answered.';
  switch (ended.__typename) {
    case 'UpdateUserSuccess':
      return `${member.displayName} is ${ended.user.role} now.`;
    case 'RuleBrokenError':
      return `${ended.message} (${ended.rule}) ${ended.remedy?.text ?? ''}`;
    case 'VersionConflictError':
      return 'Someone changed this member meanwhile. Load the page again.';
    default:
      // Errors that are added later are a MutationError too.
      return ended.message;
  }
}
