import { describe, expect, it } from 'vitest';
import { attributeNamed } from '../../../src/scim/schema/attribute.ts';
import { resolve, wholeSchema } from '../../../src/scim/schema/resource.ts';
import { ENTERPRISE_SCHEMA, USER, USER_SCHEMA } from '../../../src/scim/schema/user.ts';

const core = (name: string) => attributeNamed(USER_SCHEMA.attributes, name);

describe('RFC 7643 §4.1 the User table', () => {
  it('has every attribute of the core schema', () => {
    const names =
      'active addresses displayName emails entitlements externalId groups id ims locale meta name nickName password ' +
      'phoneNumbers photos preferredLanguage profileUrl roles schemas timezone title userName userType x509Certificates';
    expect(USER_SCHEMA.attributes.map((attribute) => attribute.name).sort()).toEqual(names.split(' '));
  });

  it('has the characteristics that RFC 7643 §8.7.1 gives to them', () => {
    expect(core('userName')).toMatchObject({ required: true, uniqueness: 'server', caseExact: false });
    expect(core('password')).toMatchObject({ mutability: 'writeOnly', returned: 'never' });
    expect(core('id')).toMatchObject({ mutability: 'readOnly', returned: 'always', caseExact: true });
    expect(core('groups')).toMatchObject({ mutability: 'readOnly', multiValued: true });
    expect(USER_SCHEMA.attributes.filter((attribute) => attribute.required)).toHaveLength(1);
  });
});

describe('RFC 7643 §2.1 an attribute', () => {
  it('is found without regard to case', () => {
    expect(attributeNamed(USER_SCHEMA.attributes, 'USERNAME')?.name).toBe('userName');
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', ''])('is not found under the name %j', (name) => {
    expect(attributeNamed(USER_SCHEMA.attributes, name)).toBeUndefined();
    expect(resolve(USER, { name })).toBeUndefined();
    expect(resolve(USER, { name: 'name', sub: name })).toBeUndefined();
    expect(resolve(USER, { urn: name, name: 'userName' })).toBeUndefined();
  });

  it('is found in an extension by its bare name, but not in the core schema by the extension’s URN', () => {
    expect(resolve(USER, { name: 'department' })?.schema).toBe(ENTERPRISE_SCHEMA);
    expect(resolve(USER, { urn: ENTERPRISE_SCHEMA.id, name: 'userName' })).toBeUndefined();
  });

  it('is not what a whole schema is', () => {
    const [urn, name] = [ENTERPRISE_SCHEMA.id.slice(0, -5), 'USER'];
    expect(wholeSchema(USER, { urn, name })).toBe(ENTERPRISE_SCHEMA);
    expect(wholeSchema(USER, { urn, name, sub: 'department' })).toBeUndefined();
    expect(wholeSchema(USER, { name })).toBeUndefined();
  });
});
