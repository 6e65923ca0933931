import { invalidInput } from './errors.ts';
import { issueOf, type Instant } from './values.ts';

/** How a workspace's people sign in at their own identity provider, by OpenID Connect. */
export interface SsoConnection {
  readonly workspaceId: string;
  /** The issuer, exactly as its tokens name it. */
  readonly issuer: string;
  readonly clientId: string;
  /** The client secret, encrypted under a key that is not in the database. */
  readonly sealedSecret: string;
  readonly updatedAt: Instant;
}

/** Who a user is to an identity provider: the pair of issuer and subject is never given to anybody else. */
export interface Identity {
  readonly issuer: string;
  readonly subject: string;
  readonly userId: string;
  readonly linkedAt: Instant;
}

/** What an operator says of a connection. */
export interface SsoSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Subjects are at most so long (OpenID Connect Core §2). */
export const SUBJECT_LENGTH = 255;
const LONGEST = 1_024;

/** Checks a connection before it is kept. Fails with: InvalidInput. */
export function checkSsoSettings({ issuer, clientId, clientSecret }: SsoSettings): void {
  const issues = [
    ...issueOf(['issuer'], issuerFault(issuer)),
    ...issueOf(['clientId'], wordFault('The client ID', clientId)),
    ...issueOf(['clientSecret'], wordFault('The client secret', clientSecret)),
  ];
  if (issues.length > 0) throw invalidInput(issues);
}

/** Plain http only where nobody can listen in: on the server's own machine. */
function issuerFault(issuer: string): string | undefined {
  const told = `The issuer ${JSON.stringify(issuer)}`;
  const example = 'Copy it from the identity provider, for example https://acme.okta.com.';
  if (!URL.canParse(issuer) || issuer.length > LONGEST || /[?#\s]/u.test(issuer))
    return `${told} is no URL. ${example}`;
  const { protocol, hostname, username, password } = new URL(issuer);
  const isOnThisMachine = protocol === 'http:' && ['localhost', '127.0.0.1'].includes(hostname);
  if (protocol !== 'https:' && !isOnThisMachine) return `${told} does not begin with https://. ${example}`;
  return username === '' && password === '' ? undefined : `${told} has a user name in it. ${example}`;
}

function wordFault(label: string, text: string): string | undefined {
  if (text === '') return `${label} is empty. Copy it from the identity provider.`;
  return text.length > LONGEST || /\s/u.test(text)
    ? `${label} has a space in it or more than ${LONGEST} characters. Copy it again from the identity provider.`
    : undefined;
}
