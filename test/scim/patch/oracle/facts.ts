// What RFC 7643 §4.1, §4.3 and §8.7.1 say of the attributes of a user, written down again by hand: the oracle shares no
// table with the server.

/** A JSON value. */
export type Plain = string | number | boolean | null | Plain[] | Record_;
/** A JSON object. */
export interface Record_ {
  [name: string]: Plain;
}

/** What an attribute is. */
export interface Fact {
  readonly name: string;
  readonly kind: 'text' | 'flag' | 'binary' | 'complex';
  readonly many?: true;
  readonly exact?: true;
  readonly readOnly?: true;
  readonly required?: true;
  readonly secret?: true;
  readonly parts?: readonly Fact[];
}

/** The URN of the User schema. */
export const CORE = 'urn:ietf:params:scim:schemas:core:2.0:User';
/** The URN of the enterprise extension. */
export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const texts = (names: string): Fact[] => names.split(' ').map((name) => ({ name, kind: 'text' }));
const readOnly = (name: string): Fact => ({ name, kind: 'text', readOnly: true });
const TAIL: Fact[] = [...texts('display type'), { name: 'primary', kind: 'flag' }];
const list = (name: string, value: Fact = { name: 'value', kind: 'text' }): Fact => ({
  name,
  kind: 'complex',
  many: true,
  parts: [value, ...TAIL],
});

const CORE_FACTS: readonly Fact[] = [
  { name: 'schemas', kind: 'text', many: true, readOnly: true },
  readOnly('id'),
  { name: 'meta', kind: 'complex', readOnly: true, parts: texts('resourceType created lastModified location version') },
  { name: 'groups', kind: 'complex', many: true, readOnly: true, parts: texts('value $ref display type') },
  { name: 'externalId', kind: 'text', exact: true },
  { name: 'userName', kind: 'text', required: true },
  {
    name: 'name',
    kind: 'complex',
    parts: texts('formatted familyName givenName middleName honorificPrefix honorificSuffix'),
  },
  ...texts('displayName nickName title userType preferredLanguage locale timezone'),
  { name: 'profileUrl', kind: 'text', exact: true },
  { name: 'active', kind: 'flag' },
  { name: 'password', kind: 'text', secret: true },
  ...['emails', 'phoneNumbers', 'ims', 'entitlements', 'roles'].map((name) => list(name)),
  list('photos', { name: 'value', kind: 'text', exact: true }),
  list('x509Certificates', { name: 'value', kind: 'binary', exact: true }),
  {
    name: 'addresses',
    kind: 'complex',
    many: true,
    parts: [
      ...texts('formatted streetAddress locality region postalCode country type'),
      { name: 'primary', kind: 'flag' },
    ],
  },
];

const ENTERPRISE_FACTS: readonly Fact[] = [
  ...texts('employeeNumber costCenter organization division department'),
  {
    name: 'manager',
    kind: 'complex',
    parts: [
      { name: 'value', kind: 'text', exact: true },
      { name: '$ref', kind: 'text', exact: true },
      readOnly('displayName'),
    ],
  },
];

/** The attributes of each schema, the core schema first. */
export const FACTS: ReadonlyMap<string, readonly Fact[]> = new Map([
  [CORE, CORE_FACTS],
  [ENTERPRISE, ENTERPRISE_FACTS],
]);

/** The fact of that name in any case (RFC 7643 §2.1). */
export function factNamed(facts: readonly Fact[] | undefined, name: string): Fact | undefined {
  return facts?.find((fact) => fact.name.toLowerCase() === name.toLowerCase());
}

/** The URN of a schema that we have, as we write it. */
export function urnNamed(urn: string): string | undefined {
  return [...FACTS.keys()].find((known) => known.toLowerCase() === urn.toLowerCase());
}

/** A refusal in the words of RFC 7644 §3.12, table 9. */
export class Refused extends Error {
  readonly scimType: string;
  constructor(scimType: string) {
    super(scimType);
    this.scimType = scimType;
  }
}

/** Tells whether a value is a JSON object. */
export function isRecord(value: unknown): value is Record_ {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
