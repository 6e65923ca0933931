/** The SCIM base URL of a workspace: what an admin enters in the identity provider. Stable for life. */
export function scimBaseUrl(publicUrl: string, slug: string): string {
  return `${publicUrl}/scim/${slug}/v2`;
}
