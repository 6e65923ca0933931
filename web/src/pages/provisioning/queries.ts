import { graphql } from '../../gql/index.ts';

/** What is shown of a credential; never its secret, which no query answers. */
export const CredentialParts = graphql(/* GraphQL */ `
  fragment CredentialParts on ScimCredential {
    id
    name
    prefix
    status
    createdAt
    expiresAt
    lastUsedAt
    lastUsedIp
    lastUsedUserAgent
    requestCountLast24Hours
    overlapEndsAt
    successorUsedAt
    revokedAt
    successor {
      id
    }
    revokedBy {
      id
      displayName
    }
    createdBy {
      id
      displayName
    }
    viewerCanRotate {
      allowed
      explanation
    }
    viewerCanRevoke {
      allowed
      explanation
    }
  }
`);

/** What can be changed by `updateProvisioningSettings`. */
export const SettingsParts = graphql(/* GraphQL */ `
  fragment SettingsParts on Provisioning {
    id
    paused
    status
    version
    settings {
      defaultRole
      passwordSync
      groupPush
      displayNameOverrideAllowed
      maxCredentialLifetimeDays
    }
  }
`);

/** The page, but for its chart. */
export const ProvisioningPageDocument = graphql(/* GraphQL */ `
  query ProvisioningPage {
    workspace {
      id
      slug
      subscription {
        sso {
          included
          reason
          upgradeUrl
        }
      }
      provisioning {
        ...SettingsParts
        baseUrl
        oktaFields {
          label
          value
        }
        setupChecklist {
          key
          title
          instructions
          status
          completedAt
          oktaLocation
          remedy {
            ...RemedyParts
          }
        }
        viewerCanGenerateCredential {
          allowed
          explanation
        }
        credentials(first: 50) {
          nodes {
            ...CredentialParts
          }
          edges {
            cursor
          }
          pageInfo {
            hasNextPage
            endCursor
          }
          totalCount
        }
      }
    }
  }
`);
