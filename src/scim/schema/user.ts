import { CORE_USER, ENTERPRISE_USER } from '../urns.ts';
import { complex, flag, list, text } from './attribute.ts';
import type { Attribute, Schema } from './attribute.ts';
import { commonAttributes } from './common.ts';
import type { ResourceSchema } from './resource.ts';

const REFERENCE = { type: 'reference', caseExact: true } as const;
const READ_ONLY = { mutability: 'readOnly' } as const;

const NAME = complex('name', 'The parts of the name of the user.', [
  text('formatted', 'The whole name as it is shown; made from its parts when none is given.'),
  text('familyName', 'The family name, or last name in most Western languages.'),
  text('givenName', 'The given name, or first name in most Western languages.'),
  text('middleName', 'The middle name or names.'),
  text('honorificPrefix', 'What stands before the name, such as "Dr.".'),
  text('honorificSuffix', 'What stands after the name, such as "III".'),
]);

const ADDRESSES = list('addresses', 'Postal addresses.', [
  text('formatted', 'The whole address as it is written on an envelope.'),
  text('streetAddress', 'Street, house number, apartment, box.'),
  text('locality', 'The city or town.'),
  text('region', 'The state, province or region.'),
  text('postalCode', 'The postal code.'),
  text('country', 'The country, best as an ISO 3166-1 alpha-2 code.'),
  ...kind(['work', 'home', 'other']),
]);

const GROUPS = list(
  'groups',
  'The groups the user belongs to; changed through the groups themselves.',
  [
    text('value', 'The id of the group.', { ...READ_ONLY, caseExact: true }),
    text('$ref', 'The address of the group.', { ...READ_ONLY, ...REFERENCE, referenceTypes: ['Group'] }),
    text('display', 'The name of the group.', READ_ONLY),
    text('type', 'How the user belongs to it.', { ...READ_ONLY, canonicalValues: ['direct', 'indirect'] }),
  ],
  READ_ONLY,
);

const PLURALS = [
  plural('emails', 'E-mail addresses.', 'An e-mail address.', ['work', 'home', 'other']),
  plural('phoneNumbers', 'Phone numbers, kept exactly as sent.', 'A phone number.', [
    'work',
    'home',
    'mobile',
    'fax',
    'pager',
    'other',
  ]),
  plural('ims', 'Instant messaging addresses.', 'An instant messaging address.', ['xmpp', 'skype', 'qq', 'other']),
  plural('photos', 'Pictures of the user.', 'The address of a picture.', ['photo', 'thumbnail'], {
    ...REFERENCE,
    referenceTypes: ['external'],
  }),
  ADDRESSES,
  GROUPS,
  plural('entitlements', 'What the user is entitled to; kept and given back.', 'An entitlement.'),
  plural('roles', 'Roles in the directory; kept and given back, without effect on the role here.', 'A role.'),
  plural('x509Certificates', 'Certificates of the user.', 'A certificate in DER, in base64.', [], {
    type: 'binary',
    caseExact: true,
  }),
];

/** The core User schema (RFC 7643 §4.1 and §8.7.1), with the common attributes, which are a part of every base schema. */
export const USER_SCHEMA: Schema = {
  id: CORE_USER,
  name: 'User',
  description: 'A person in the workspace.',
  attributes: [
    ...commonAttributes('The id of the user in your directory.'),
    text('userName', 'What the user signs in with; unique in the workspace without regard to case.', {
      required: true,
      uniqueness: 'server',
    }),
    NAME,
    text('displayName', 'The name of the user as it is shown to others.'),
    text('nickName', 'A casual way to address the user.'),
    text('profileUrl', 'The address of a page about the user.', { ...REFERENCE, referenceTypes: ['external'] }),
    text('title', 'The job title.'),
    text('userType', 'The relation to the organization, such as "Employee" or "Contractor".'),
    text('preferredLanguage', 'The preferred languages, as in the Accept-Language header.'),
    text('locale', 'The locale for dates, numbers and currency, such as "en-US".'),
    text('timezone', 'The time zone in the IANA form, such as "Europe/Berlin".'),
    flag('active', 'Whether the user may use the workspace; false ends all sessions at once.'),
    text('password', 'Taken but never given back.', { mutability: 'writeOnly', returned: 'never', caseExact: true }),
    ...PLURALS,
  ],
};

const MANAGER = complex('manager', 'The manager of the user.', [
  text('value', 'The id of the manager, kept as sent.', { caseExact: true }),
  text('$ref', 'The address of the manager.', { ...REFERENCE, referenceTypes: ['User'] }),
  text('displayName', 'The name of the manager as it is shown, where they are a user of the workspace.', {
    mutability: 'readOnly',
  }),
]);

/** The enterprise extension (RFC 7643 §4.3 and §8.7.1). */
export const ENTERPRISE_SCHEMA: Schema = {
  id: ENTERPRISE_USER,
  name: 'EnterpriseUser',
  description: 'What an organization knows about a person who works for it.',
  attributes: [
    text('employeeNumber', 'The number the organization gave to the person.'),
    text('costCenter', 'The cost center.'),
    text('organization', 'The organization.'),
    text('division', 'The division.'),
    text('department', 'The department.'),
    MANAGER,
  ],
};

/** What a User resource is made of. */
export const USER: ResourceSchema = { core: USER_SCHEMA, extensions: [ENTERPRISE_SCHEMA] };

function plural(
  name: string,
  description: string,
  ofValue: string,
  types: readonly string[] = [],
  value: Partial<Attribute> = {},
): Attribute {
  return list(name, description, [
    text('value', ofValue, value),
    text('display', 'The value as it is shown.'),
    ...kind(types),
  ]);
}

function kind(types: readonly string[]): Attribute[] {
  return [
    text('type', 'What the value is for.', types.length === 0 ? {} : { canonicalValues: types }),
    flag('primary', 'Whether this is the preferred value; true for at most one.'),
  ];
}
