// The prefix makes browsers refuse the cookie unless it is Secure, of this host alone and of the path /. Chromium and
// Firefox take http://localhost and http://127.0.0.1 for secure, so that a development server has the same cookies.
const ATTRIBUTES = 'HttpOnly; Secure; SameSite=Lax; Path=/';

/** A cookie of this host alone, that no script reads. */
export interface HostCookie {
  /** The value in a `Cookie` header; undefined where there is none. */
  read(header: string | undefined): string | undefined;
  /** The `Set-Cookie` header that gives it a value; without `seconds` it goes when the browser is closed. */
  started(value: string, seconds?: number): string;
  /** The `Set-Cookie` header that ends it. */
  readonly ended: string;
}

/** Holds the secret of a session. */
export const sessionCookie = hostCookie('rollcall');
/** Holds, sealed, what a sign-in at the identity provider has to come back with. */
export const signInCookie = hostCookie('rollcall-sign-in');

function hostCookie(word: string): HostCookie {
  const name = `__Host-${word}`;
  const value = new RegExp(`(?:^|;\\s*)${name}=(?<value>[^;]*)`, 'u');
  const started = (text: string, seconds?: number) =>
    `${name}=${text}; ${ATTRIBUTES}${seconds === undefined ? '' : `; Max-Age=${seconds}`}`;
  return { read: (header) => value.exec(header ?? '')?.groups?.['value'], started, ended: started('', 0) };
}
