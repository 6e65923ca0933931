import { graphql } from '../../gql/index.ts';

/** A page of the list of teams. */
export const TeamsQueryDocument = graphql(/* GraphQL */ `
  query Teams($filter: TeamFilter, $first: Int, $after: String, $last: Int, $before: String) {
    workspace {
      id
      teams(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
        totalCount
        nodes {
          id
          name
          managedBy
          roleMapping
          updatedAt
          members {
            totalCount
          }
        }
        pageInfo {
          startCursor
          endCursor
          hasPreviousPage
          hasNextPage
        }
      }
    }
  }
`);

/** A team by its id. */
export const TeamQueryDocument = graphql(/* GraphQL */ `
  query Team($id: ID!) {
    node(id: $id) {
      __typename
      id
      ...TeamParts
    }
  }
`);

/** All that the page of a team shows beside its members; every mutation there selects it. */
export const TeamParts = graphql(/* GraphQL */ `
  fragment TeamParts on Team {
    id
    name
    managedBy
    roleMapping
    version
    createdAt
    members {
      totalCount
    }
    provisioningLink {
      ...LinkParts
    }
    viewerCanEdit {
      ...AbilityParts
    }
  }
`);
