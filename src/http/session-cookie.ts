// The prefix makes browsers refuse the cookie unless it is Secure, of this host alone and of the path /. Chromium and
// Firefox take http://localhost and http://127.0.0.1 for secure, so that a development server has the same cookie.
const NAME = '__Host-rollcall';
const ATTRIBUTES = 'HttpOnly; Secure; SameSite=Lax; Path=/';
const VALUE = new RegExp(`(?:^|;\\s*)${NAME}=(?<value>[^;]*)`, 'u');

/** The cookie that holds the secret of a session, to read and to write. It goes when the browser is closed. */
export const sessionCookie = {
  /** The secret in a `Cookie` header; undefined where there is none. */
  read: (header: string | undefined): string | undefined => VALUE.exec(header ?? '')?.groups?.['value'],
  /** The `Set-Cookie` header that starts a session. */
  started: (secret: string): string => `${NAME}=${secret}; ${ATTRIBUTES}`,
  /** The `Set-Cookie` header that ends it. */
  ended: `${NAME}=; ${ATTRIBUTES}; Max-Age=0`,
} as const;
