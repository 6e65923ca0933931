import { describe, expect, it } from 'vitest';
import { project, readProjection, wants } from '../../src/scim/projection.ts';
import { USER } from '../../src/scim/schema/user.ts';
import { CORE_USER, ENTERPRISE_USER } from '../../src/scim/urns.ts';

const ALWAYS = { schemas: [CORE_USER, ENTERPRISE_USER], id: '7b1f' };
const NAME = { givenName: 'Maya', familyName: 'Ortiz' };
const EMAILS = [{ value: 'x', type: 'work' }, { value: 'y' }];
const ENTERPRISE = { department: 'Legal', manager: { value: '88', displayName: 'Ada' } };
const MAYA = {
  ...ALWAYS,
  userName: 'maya',
  name: NAME,
  emails: EMAILS,
  meta: { version: '1' },
  [ENTERPRISE_USER]: ENTERPRISE,
};
const { meta: META, ...REST } = MAYA;

const only = (attributes: string) => project(readProjection(USER, { attributes }), MAYA);
const except = (excludedAttributes: string) => project(readProjection(USER, { excludedAttributes }), MAYA);

describe('RFC 7644 §3.9 attributes', () => {
  it.each([
    ['userName', { userName: 'maya' }],
    [' USERNAME , meta ', { userName: 'maya', meta: META }],
    ['name.givenName', { name: { givenName: 'Maya' } }],
    ['name.givenName,name', { name: NAME }],
    ['name.middleName', {}],
    ['emails.type', { emails: [{ type: 'work' }] }],
    ['emails.display', {}],
    [`${CORE_USER}:userName`, { userName: 'maya' }],
    [`${ENTERPRISE_USER}:manager.value`, { [ENTERPRISE_USER]: { manager: { value: '88' } } }],
    [ENTERPRISE_USER, { [ENTERPRISE_USER]: ENTERPRISE }],
    ['department', { [ENTERPRISE_USER]: { department: 'Legal' } }],
    ['id', {}],
    ['shoeSize', {}],
    ['__proto__,constructor,a b', {}],
    ['password', {}],
  ])('%s gives that and what is always returned', (attributes, expected) => {
    expect(only(attributes)).toEqual({ ...ALWAYS, ...expected });
  });

  it('is as good as absent where it is empty', () => {
    expect(only('')).toEqual(MAYA);
    expect(project(readProjection(USER, {}), MAYA)).toEqual(MAYA);
  });
});

describe('RFC 7644 §3.9 excludedAttributes', () => {
  it.each([
    ['meta', REST],
    ['meta,id,schemas', REST],
    ['name.givenName', { ...MAYA, name: { familyName: 'Ortiz' } }],
    ['emails.value', { ...MAYA, emails: [{ type: 'work' }] }],
    [`${ENTERPRISE_USER}:department`, { ...MAYA, [ENTERPRISE_USER]: { manager: ENTERPRISE.manager } }],
    [`${ENTERPRISE_USER},meta`, { ...ALWAYS, userName: 'maya', name: NAME, emails: EMAILS }],
    ['shoeSize', MAYA],
  ])('%s gives everything else', (excluded, expected) => {
    expect(except(excluded)).toEqual(expected);
  });

  it('gives way to attributes where both are sent', () => {
    const projection = readProjection(USER, { attributes: 'userName', excludedAttributes: 'userName' });
    expect(project(projection, MAYA)).toEqual({ ...ALWAYS, userName: 'maya' });
  });
});

describe('RFC 7643 §7 returned: never', () => {
  it('holds whatever is asked', () => {
    const resource = { ...ALWAYS, password: 'geheim' };
    expect(project(readProjection(USER, { attributes: 'password' }), resource)).toEqual(ALWAYS);
    expect(project(readProjection(USER, {}), resource)).toEqual(ALWAYS);
  });
});

describe('what an answer wants', () => {
  it.each([
    [{}, true],
    [{ attributes: 'groups' }, true],
    [{ attributes: 'groups.value' }, true],
    [{ attributes: 'userName' }, false],
    [{ excludedAttributes: 'groups' }, false],
    [{ excludedAttributes: 'groups.value' }, true],
  ])('%j: groups %s', (request, expected) => {
    expect(wants(readProjection(USER, request), 'groups')).toBe(expected);
  });

  it('is nothing that does not exist', () => {
    expect(wants(readProjection(USER, {}), 'shoeSize')).toBe(false);
  });
});
