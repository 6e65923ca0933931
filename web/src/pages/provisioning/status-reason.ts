import type { CredentialPartsFragment, ProvisioningStatus } from '../../gql/graphql.ts';
import { now } from '../../parts/clock.ts';
import { relative } from '../../parts/relative-time.tsx';
import { counted } from '../../parts/words.ts';

/** What the reason for a status is read off. */
export interface StatusFacts {
  readonly status: ProvisioningStatus;
  readonly credentials: readonly CredentialPartsFragment[];
  /** Why the plan does not include SSO; null where it does. */
  readonly planReason: string | null;
  readonly upgradeUrl: string | null;
  /** Calls of the last 24 hours; undefined until they were read. */
  readonly calls: { readonly all: number; readonly failed: number } | undefined;
}

const SOON_MS = 14 * 86_400_000;

/** Why provisioning stands where it stands, and what is next, in a sentence or two. */
export function statusReason(facts: StatusFacts): string {
  switch (facts.status) {
    case 'SSO_NOT_IN_SUBSCRIPTION':
      return facts.planReason ?? 'The workspace’s plan does not include SSO, which provisioning is part of.';
    case 'PAUSED':
      return 'Every call of Okta is refused and changes nothing. People who leave the company keep their access until you resume.';
    case 'NO_CREDENTIAL':
      return 'No credential works, so Okta cannot call. Generate one and enter it in Okta.';
    case 'AWAITING_FIRST_CALL':
      return 'A credential is ready, and Okta has not called with it yet. Enter the Base URL and the key in Okta and test them there.';
    case 'FAILING':
      return `Okta calls, and nothing gets through: ${failures(facts, 'all calls of the last 24 hours failed')}. See the commonest errors below.`;
    case 'DEGRADED':
      return degraded(facts);
    case 'HEALTHY':
      return 'What Okta sends arrives. Quiet is fine: Okta calls only when something changes.';
  }
}

function degraded(facts: StatusFacts): string {
  const expiring = facts.credentials.find(expiresSoon);
  const reasons = [
    ...(facts.calls === undefined || facts.calls.failed > 0
      ? [failures(facts, 'some calls of the last 24 hours failed')]
      : []),
    ...(expiring === undefined ? [] : [`the credential “${expiring.name}” expires ${relative(expiring.expiresAt!)}`]),
  ];
  const text = reasons.length === 0 ? 'some calls of the last 24 hours failed' : reasons.join(', and ');
  return `Provisioning works, but ${text}.`;
}

function failures({ calls }: StatusFacts, otherwise: string): string {
  if (calls === undefined || calls.all === 0) return otherwise;
  return `${calls.failed} of ${counted(calls.all, 'call')} in the last 24 hours failed`;
}

function expiresSoon({ status, expiresAt, lastUsedAt }: CredentialPartsFragment): boolean {
  return status === 'ACTIVE' && lastUsedAt !== null && expiresAt !== null && Date.parse(expiresAt) - now() < SOON_MS;
}
