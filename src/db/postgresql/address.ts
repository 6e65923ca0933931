import { readFileSync } from 'node:fs';

/** Where a database is, and how the way there is guarded. */
export interface Address {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string | undefined;
  readonly database: string;
  readonly ssl:
    | false
    | {
        readonly rejectUnauthorized: boolean;
        readonly ca?: string;
        readonly cert?: string;
        readonly key?: string;
        readonly checkServerIdentity?: () => undefined;
      };
}

/** How much is asked of the certificate, in the words of PostgreSQL. */
export const SSL_MODES = ['disable', 'require', 'verify-ca', 'verify-full'] as const;

/** What a URL may say after `?`. */
const OPTIONS: ReadonlySet<string> = new Set(['sslmode', 'sslrootcert', 'sslcert', 'sslkey', 'host']);

/** What is wrong with a `postgresql:` URL, without a word of its text; undefined where nothing is. */
export function addressFault(url: string): string | undefined {
  if (!URL.canParse(url)) return 'must be postgresql://user:password@host:port/database.';
  const { username, pathname, searchParams, host } = new URL(url);
  if (username === '') return 'must name a user: postgresql://user:password@host:port/database.';
  if (pathname.length < 2 || pathname.indexOf('/', 1) > 0) return 'must name a database after the host.';
  if (host === '' && searchParams.get('host') === null) return 'must name a host, or the folder of a socket as ?host=.';
  const unknown = [...searchParams.keys()].filter((name) => !OPTIONS.has(name));
  if (unknown.length > 0) return `has options that are not known: it takes ${[...OPTIONS].join(', ')}.`;
  const mode = searchParams.get('sslmode');
  if (mode !== null && !SSL_MODES.some((known) => known === mode))
    return `needs one of ${SSL_MODES.join(', ')} as sslmode.`;
  return undefined;
}

/** Reads a `postgresql:` URL. Throws where it is wrong, or names a certificate that cannot be read. */
export function addressOf(url: string): Address {
  const fault = addressFault(url);
  if (fault !== undefined) throw new Error(`The URL of the database ${fault}`);
  const { hostname, port, username, password, pathname, searchParams } = new URL(url);
  return {
    host: searchParams.get('host') ?? hostname.replace(/^\[|\]$/gu, ''),
    port: Number(port || 5432),
    user: decodeURIComponent(username),
    password: password === '' ? undefined : decodeURIComponent(password),
    database: decodeURIComponent(pathname.slice(1)),
    ssl: sslOf(searchParams),
  };
}

function sslOf(options: URLSearchParams): Address['ssl'] {
  const mode = options.get('sslmode') ?? (options.has('sslrootcert') ? 'verify-full' : 'disable');
  if (mode === 'disable') return false;
  const file = (name: string, as: 'ca' | 'cert' | 'key') => {
    const path = options.get(name);
    return path === null ? {} : { [as]: readFileSync(path, 'utf8') };
  };
  return {
    rejectUnauthorized: mode !== 'require',
    // The chain is checked, the name in the certificate is not.
    ...(mode === 'verify-ca' ? { checkServerIdentity: () => undefined } : {}),
    ...file('sslrootcert', 'ca'),
    ...file('sslcert', 'cert'),
    ...file('sslkey', 'key'),
  };
}
