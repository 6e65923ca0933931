/** The SCIM base URL of a workspace: what an admin enters in the directory, stable for life. */
export function scimBaseUrl(publicUrl: string, slug: string): string {
  return `${publicUrl.replace(/\/+$/u, '')}/scim/${slug}/v2`;
}
