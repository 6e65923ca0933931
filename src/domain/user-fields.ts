import type { CriteriaField } from './criteria.ts';

const TEXT = { type: 'string', caseExact: false } as const;
const EXACT = { type: 'string', caseExact: true } as const;
const FLAG = { type: 'boolean', caseExact: true } as const;
const INSTANT = { type: 'dateTime', caseExact: true } as const;
const COMPLEX = { type: 'complex', caseExact: true } as const;

/**
 * The fields of a user that may be asked about, and how they compare. A name says where the value stands in the
 * attributes; `caseExact` follows the characteristics of RFC 7643 §8.7.1.
 */
export const USER_FIELDS = {
  id: EXACT,
  userName: TEXT,
  externalId: EXACT,
  active: FLAG,
  createdAt: INSTANT,
  updatedAt: INSTANT,
  name: COMPLEX,
  'name.formatted': TEXT,
  'name.familyName': TEXT,
  'name.givenName': TEXT,
  'name.middleName': TEXT,
  'name.honorificPrefix': TEXT,
  'name.honorificSuffix': TEXT,
  displayName: TEXT,
  nickName: TEXT,
  profileUrl: EXACT,
  title: TEXT,
  userType: TEXT,
  preferredLanguage: TEXT,
  locale: TEXT,
  timezone: TEXT,
  ...plural('emails', TEXT),
  ...plural('phoneNumbers', TEXT),
  ...plural('ims', TEXT),
  ...plural('photos', EXACT),
  ...plural('entitlements', TEXT),
  ...plural('roles', TEXT),
  addresses: { ...COMPLEX, list: 'addresses' },
  'addresses.formatted': { ...TEXT, list: 'addresses' },
  'addresses.streetAddress': { ...TEXT, list: 'addresses' },
  'addresses.locality': { ...TEXT, list: 'addresses' },
  'addresses.region': { ...TEXT, list: 'addresses' },
  'addresses.postalCode': { ...TEXT, list: 'addresses' },
  'addresses.country': { ...TEXT, list: 'addresses' },
  'addresses.type': { ...TEXT, list: 'addresses' },
  'addresses.primary': { ...FLAG, list: 'addresses' },
  enterprise: COMPLEX,
  'enterprise.employeeNumber': TEXT,
  'enterprise.costCenter': TEXT,
  'enterprise.organization': TEXT,
  'enterprise.division': TEXT,
  'enterprise.department': TEXT,
  'enterprise.manager': COMPLEX,
  'enterprise.manager.value': EXACT,
  'enterprise.manager.displayName': TEXT,
} as const satisfies Record<string, CriteriaField>;

/** The name of a field of a user that may be asked about. */
export type UserField = keyof typeof USER_FIELDS;

type PluralFields<List extends string, Value> = Record<List, typeof COMPLEX & { list: List }> &
  Record<`${List}.value`, Value & { list: List }> &
  Record<`${List}.display` | `${List}.type`, typeof TEXT & { list: List }> &
  Record<`${List}.primary`, typeof FLAG & { list: List }>;

function plural<List extends string, Value extends CriteriaField>(list: List, value: Value) {
  return {
    [list]: { ...COMPLEX, list },
    [`${list}.value`]: { ...value, list },
    [`${list}.display`]: { ...TEXT, list },
    [`${list}.type`]: { ...TEXT, list },
    [`${list}.primary`]: { ...FLAG, list },
  } as PluralFields<List, Value>;
}
