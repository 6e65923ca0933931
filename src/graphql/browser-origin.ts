/** The headers that tell whether a page of another site made the browser send a request. */
type Headers = Readonly<Record<string, string | string[] | undefined>>;

/**
 * The origins whose pages may act for a signed-in user: the server's own, and those of the settings. A development server
 * is its own under both names of this machine.
 */
export function friendlyOrigins(publicUrl: string, corsOrigins: readonly string[]): ReadonlySet<string> {
  const { origin, hostname, port, protocol } = new URL(publicUrl);
  const isLoopback = protocol === 'http:' && ['localhost', '127.0.0.1'].includes(hostname);
  const alike = isLoopback ? ['localhost', '127.0.0.1'].map((host) => new URL(`http://${host}:${port}`).origin) : [];
  return new Set([origin, ...corsOrigins, ...alike]);
}

/**
 * Why a request without an access token is refused, in a sentence; undefined where it may pass. Browsers name the page's
 * origin with everything but plain GETs, and say of these whether they come from elsewhere.
 */
export function originFault(
  { origin, 'sec-fetch-site': site }: Headers,
  hasSession: boolean,
  friendly: ReadonlySet<string>,
): string | undefined {
  if (origin !== undefined && !friendly.has(String(origin)))
    return `Pages of ${JSON.stringify(String(origin).slice(0, 200))} may not call this server. Its operator can name them in CORS_ORIGINS.`;
  const isFromElsewhere = site === 'cross-site' || site === 'same-site';
  if (isFromElsewhere && origin === undefined) return 'Pages of other sites may not call this server.';
  if (site === 'cross-site' && hasSession)
    return 'Pages of other sites may not act for a signed-in user. Use a personal access token.';
  return undefined;
}
