import { graphql } from '../../gql/index.ts';

/** What a line of the list says of an event. */
export const EventLine = graphql(/* GraphQL */ `
  fragment EventLine on ProvisioningEvent {
    id
    occurredAt
    durationMs
    outcome
    summary
    targetName
    error {
      detail
    }
    credential {
      id
      name
    }
    target {
      __typename
      ... on User {
        id
        displayName
      }
      ... on Team {
        id
        teamName: name
      }
    }
  }
`);

/** A page of the list, newest first. */
export const PageQuery = graphql(/* GraphQL */ `
  query ProvisioningEvents($filter: ProvisioningEventFilter!, $after: String) {
    workspace {
      id
      provisioning {
        id
        events(first: 50, after: $after, filter: $filter) {
          nodes {
            ...EventLine
          }
          pageInfo {
            startCursor
            endCursor
            hasNextPage
          }
          totalCount
        }
      }
    }
  }
`);

/** What came in since the newest event that was seen. */
export const NewsQuery = graphql(/* GraphQL */ `
  query NewProvisioningEvents($filter: ProvisioningEventFilter!, $before: String!) {
    workspace {
      id
      provisioning {
        id
        events(last: 100, before: $before, filter: $filter) {
          nodes {
            ...EventLine
          }
          pageInfo {
            startCursor
            hasPreviousPage
          }
        }
      }
    }
  }
`);

/** All there is to say of one event. */
export const StoryQuery = graphql(/* GraphQL */ `
  query ProvisioningEventStory($id: ID!) {
    node(id: $id) {
      __typename
      ... on ProvisioningEvent {
        ...EventLine
        requestId
        httpMethod
        path
        httpStatus
        ipAddress
        userAgent
        operation
        tolerated
        error {
          code
          scimType
          detail
          remedy {
            ...RemedyParts
          }
        }
        changes {
          path
          before
          after
          redacted
        }
        credential {
          id
          name
          prefix
        }
      }
    }
  }
`);

/** The credentials that a filter may name, and the name behind the ID of one of people or teams. */
export const ChoicesQuery = graphql(/* GraphQL */ `
  query ActivityFilterChoices($target: ID!) {
    workspace {
      id
      provisioning {
        id
        credentials(first: 100) {
          nodes {
            id
            name
            prefix
          }
        }
      }
    }
    node(id: $target) {
      __typename
      id
      ... on User {
        displayName
      }
      ... on Team {
        teamName: name
      }
    }
  }
`);
