import type { Role } from './actor.ts';

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
