import type { CallTally } from './provisioning-event-repository.ts';
import type { WorkspaceReader } from './ports.ts';
import type { ProvisioningOutcome } from './provisioning-event.ts';
import { isEndingSoon, isUsable, type ScimCredential } from './scim-credential.ts';
import { DAY, later, type Instant } from './values.ts';
import { includesSso, type Workspace } from './workspace.ts';

/** Where provisioning stands: the first of these that applies. */
export const PROVISIONING_STATUSES = [
  'SSO_NOT_IN_SUBSCRIPTION',
  'PAUSED',
  'NO_CREDENTIAL',
  'AWAITING_FIRST_CALL',
  'FAILING',
  'DEGRADED',
  'HEALTHY',
] as const;
export type ProvisioningStatus = (typeof PROVISIONING_STATUSES)[number];

/** What the status is read off. */
export interface ProvisioningFacts {
  readonly workspace: Workspace;
  readonly credentials: readonly ScimCredential[];
  /** Whether a call was ever accepted. */
  readonly hasAccepted: boolean;
  /** How the calls of the last 24 hours ended. */
  readonly lastDay: readonly CallTally[];
}

/** Reads the facts and says where provisioning stands. */
export async function readProvisioningStatus(
  reader: WorkspaceReader,
  workspace: Workspace,
  now: Instant,
): Promise<ProvisioningStatus> {
  const [credentials, hasAccepted, lastDay] = await Promise.all([
    reader.credentials.all(),
    reader.tallies.hasAccepted(),
    reader.tallies.byOutcome(later(now, -DAY)),
  ]);
  return provisioningStatus({ workspace, credentials, hasAccepted, lastDay }, now);
}

/** Says where provisioning stands. */
export function provisioningStatus(facts: ProvisioningFacts, now: Instant): ProvisioningStatus {
  if (!includesSso(facts.workspace)) return 'SSO_NOT_IN_SUBSCRIPTION';
  if (facts.workspace.paused) return 'PAUSED';
  if (!facts.credentials.some((credential) => isUsable(credential, now))) return 'NO_CREDENTIAL';
  if (!facts.hasAccepted) return 'AWAITING_FIRST_CALL';
  const failed = sum(facts.lastDay.filter((tally) => !isAccepted(tally.outcome)));
  if (failed > 0 && failed === sum(facts.lastDay)) return 'FAILING';
  if (failed > 0 || facts.credentials.some((credential) => isEndingSoon(credential, now))) return 'DEGRADED';
  return 'HEALTHY';
}

/** Whether a call was accepted, changed something or not. */
export function isAccepted(outcome: ProvisioningOutcome): boolean {
  return outcome === 'SUCCEEDED' || outcome === 'UNCHANGED';
}

function sum(tallies: readonly CallTally[]): number {
  return tallies.reduce((total, tally) => total + tally.count, 0);
}
