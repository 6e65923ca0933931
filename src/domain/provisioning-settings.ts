import type { Role } from './actor.ts';
import { ruleBroken } from './errors.ts';

/** How provisioned users are treated. A change applies to later SCIM calls only. */
export interface ProvisioningSettings {
  /** The role of users whom the directory creates; never OWNER. */
  readonly defaultRole: Exclude<Role, 'OWNER'>;
  /** Whether pushed passwords are kept, hashed. When off they are discarded unread. */
  readonly passwordSync: boolean;
  /** Whether the directory may push groups. */
  readonly groupPush: boolean;
  /** Whether new display name overrides may be made. */
  readonly displayNameOverrideAllowed: boolean;
  /** The longest life of a new credential, in days; null when credentials need not expire. */
  readonly maxCredentialLifetimeDays: number | null;
}

/** The settings of a new workspace. */
export const DEFAULT_SETTINGS: ProvisioningSettings = {
  defaultRole: 'MEMBER',
  passwordSync: false,
  groupPush: true,
  displayNameOverrideAllowed: true,
  maxCredentialLifetimeDays: null,
};

/** Lets the directory write groups. Fails with: RuleBroken(GROUP_PUSH_OFF). */
export function requireGroupPush(settings: ProvisioningSettings): void {
  if (settings.groupPush) return;
  throw ruleBroken(
    'GROUP_PUSH_OFF',
    'Group push is off in this workspace, so nothing was changed.',
    'Switch group push on in Security & Identity → Provisioning, or stop pushing groups.',
  );
}
