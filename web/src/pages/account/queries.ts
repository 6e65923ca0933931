import { graphql } from '../../gql/index.ts';

/** What a personal access token is shown by. */
export const AccessTokenParts = graphql(/* GraphQL */ `
  fragment AccessTokenParts on AccessToken {
    id
    name
    prefix
    lastUsedAt
    expiresAt
    createdAt
  }
`);

/** The viewer's account. */
export const AccountQuery = graphql(/* GraphQL */ `
  query Account {
    viewer {
      user {
        id
        userName
        displayName
        email
        role
        roleSource
        roleTeam {
          id
          name
        }
        managedBy
        createdAt
      }
      sessionExpiresAt
      accessTokens {
        ...AccessTokenParts
      }
    }
  }
`);
