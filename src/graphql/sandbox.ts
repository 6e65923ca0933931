/** What Apollo Sandbox opens with: a query that works as soon as a token is pasted into the header. */
export const FIRST_QUERY = `# Put the access token that the server printed at its first start into Headers, below:
#   Authorization: Bearer pat_…
query FirstLook {
  server {
    version
    time
  }
  viewer {
    user {
      displayName
      role
    }
    permissions
  }
  workspace {
    name
    provisioning {
      status
      baseUrl
    }
    members(first: 10) {
      totalCount
      nodes {
        userName
        displayName
        status
        managedBy
      }
    }
  }
}
`;

/** The headers that it opens with. */
export const FIRST_HEADERS = { Authorization: 'Bearer PASTE_THE_ACCESS_TOKEN_HERE' };
