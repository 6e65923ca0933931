import { graphql } from '../../gql/index.ts';

/** A member by their id. */
export const MemberQueryDocument = graphql(/* GraphQL */ `
  query Member($id: ID!) {
    node(id: $id) {
      __typename
      id
      ...MemberParts
    }
  }
`);

/** All that the page of a member shows; every mutation there selects it, so that the page is right at once. */
export const MemberParts = graphql(/* GraphQL */ `
  fragment MemberParts on User {
    id
    displayName
    userName
    status
    createdAt
    lastActiveAt
    version
    profile {
      givenName {
        ...FieldParts
      }
      familyName {
        ...FieldParts
      }
      email {
        ...FieldParts
      }
      title {
        ...FieldParts
      }
      department {
        ...FieldParts
      }
      locale {
        ...FieldParts
      }
    }
    ...OverrideParts
    ...AccessParts
    ...DirectoryTieParts
    teams(first: 100) {
      totalCount
      nodes {
        id
        name
        managedBy
        roleMapping
      }
    }
  }
`);

/** A field of the profile: the value in force, and the directory's. */
export const FieldParts = graphql(/* GraphQL */ `
  fragment FieldParts on ProfileField {
    value
    source
    directoryValue
    locked
  }
`);

/** What an override changes. */
export const OverrideParts = graphql(/* GraphQL */ `
  fragment OverrideParts on User {
    id
    displayName
    displayNameOverride
    version
    profile {
      displayName {
        ...FieldParts
      }
    }
    viewerCanOverrideDisplayName {
      ...AbilityParts
    }
  }
`);

/** Whether and as what a member may come in. */
export const AccessParts = graphql(/* GraphQL */ `
  fragment AccessParts on User {
    id
    status
    deactivatedAt
    deactivatedBy
    role
    roleSource
    roleTeam {
      id
      name
    }
    viewerCanChangeRole {
      ...AbilityParts
    }
    viewerCanDeactivate {
      ...AbilityParts
    }
    viewerCanReactivate {
      ...AbilityParts
    }
    viewerCanDelete {
      ...AbilityParts
    }
  }
`);

/** How a member is tied to the directory. */
export const DirectoryTieParts = graphql(/* GraphQL */ `
  fragment DirectoryTieParts on User {
    id
    managedBy
    provisioningLink {
      ...LinkParts
    }
  }
`);
