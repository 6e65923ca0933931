/**
 * Where a user accepts an invitation. The token stands in the fragment, which no browser sends to a server: it never
 * reaches an access log or a Referer.
 */
export function invitationUrl(publicUrl: string, slug: string, token: string): string {
  return `${publicUrl.replace(/\/+$/u, '')}/sign-in/${slug}/invitation#token=${token}`;
}
