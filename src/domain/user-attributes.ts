/**
 * What describes a person, named as RFC 7643 §4.1 and §4.3 name it. This is what a directory sends and gets back as it
 * came, and what a command takes. `null` and empty values do not occur in it: an attribute without a value is absent.
 */
export interface UserAttributes {
  userName: string;
  /** The directory's own id for the user. */
  externalId?: string;
  active: boolean;
  name?: PersonName;
  displayName?: string;
  nickName?: string;
  profileUrl?: string;
  title?: string;
  userType?: string;
  preferredLanguage?: string;
  locale?: string;
  timezone?: string;
  emails?: PluralValue[];
  phoneNumbers?: PluralValue[];
  ims?: PluralValue[];
  photos?: PluralValue[];
  addresses?: Address[];
  entitlements?: PluralValue[];
  /** Kept and given back; a user's role in the workspace does not come from here. */
  roles?: PluralValue[];
  x509Certificates?: PluralValue[];
  enterprise?: EnterpriseAttributes;
}

/** The components of a name (RFC 7643 §4.1.1). */
export interface PersonName {
  formatted?: string;
  familyName?: string;
  givenName?: string;
  middleName?: string;
  honorificPrefix?: string;
  honorificSuffix?: string;
}

/** An element of a list such as `emails` (RFC 7643 §2.4). */
export interface PluralValue {
  value?: string;
  display?: string;
  type?: string;
  primary?: boolean;
}

/** A postal address (RFC 7643 §4.1.2). */
export interface Address {
  formatted?: string;
  streetAddress?: string;
  locality?: string;
  region?: string;
  postalCode?: string;
  country?: string;
  type?: string;
  primary?: boolean;
}

/** The enterprise extension (RFC 7643 §4.3). */
export interface EnterpriseAttributes {
  employeeNumber?: string;
  costCenter?: string;
  organization?: string;
  division?: string;
  department?: string;
  manager?: { value?: string; $ref?: string; displayName?: string };
}

/** All of a user's attributes but those that have a column and rules of their own. */
export type UserProfile = Omit<UserAttributes, 'userName' | 'externalId' | 'active'>;
