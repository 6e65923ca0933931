import type { Instant } from './values.ts';
import { ruleBroken } from './errors.ts';
import type { ProvisioningSettings } from './provisioning-settings.ts';

/** What a customer subscribes to. */
export const PLANS = ['FREE', 'BUSINESS', 'ENTERPRISE'] as const;
export type Plan = (typeof PLANS)[number];

/** A customer's tenant. No data crosses its boundary. */
export interface Workspace {
  readonly id: string;
  /** Its name in URLs: unique over all workspaces, never changed. */
  readonly slug: string;
  readonly name: string;
  readonly plan: Plan;
  /** Whether every SCIM call is refused. */
  readonly paused: boolean;
  readonly settings: ProvisioningSettings;
  /** Grows by one with each change of `paused` or `settings`. */
  readonly provisioningVersion: number;
  readonly createdAt: Instant;
}

/** Whether the plan includes single sign-on, and with it SCIM provisioning. */
export function includesSso(workspace: Workspace): boolean {
  return workspace.plan === 'ENTERPRISE';
}

/** Why a plan without SSO stops provisioning, as the person at the screen reads it. */
export const SSO_MISSING = 'The subscription of this workspace does not include SSO, which SCIM provisioning needs.';

/** Lets pass where the subscription includes SSO. Fails with: RuleBroken(SSO_NOT_IN_SUBSCRIPTION). */
export function requireSso(workspace: Workspace): void {
  if (includesSso(workspace)) return;
  throw ruleBroken('SSO_NOT_IN_SUBSCRIPTION', SSO_MISSING, 'Change to a plan that includes SSO, then try again.');
}

/** Lets a directory's call pass. Fails with: RuleBroken(SSO_NOT_IN_SUBSCRIPTION, PROVISIONING_PAUSED). */
export function admitDirectory(workspace: Workspace): void {
  requireSso(workspace);
  if (!workspace.paused) return;
  throw ruleBroken(
    'PROVISIONING_PAUSED',
    'Provisioning of this workspace is paused, so nothing was changed.',
    'Resume it in Security & Identity → Provisioning, then retry the failed tasks.',
  );
}
