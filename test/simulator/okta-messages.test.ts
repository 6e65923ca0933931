import { describe, expect, it } from 'vitest';
import {
  changedAttributes,
  createMessage,
  patchMessage,
  profileOf,
  replaceMessage,
  statusMessage,
} from '../../src/simulator/okta/messages.ts';
import { ENTERPRISE_SCHEMA, USER_SCHEMA } from '../../src/simulator/scim.ts';

const MAYA = {
  userName: 'maya.ortiz@acme.example',
  givenName: 'Maya',
  familyName: 'Ortiz',
  displayName: 'Maya Ortiz',
  locale: 'en-US',
};
const OKTA_ID = '00u9xk3example5d7';
const META = { resourceType: 'User', location: 'https://api.app.example/scim/v2/Users/7b1f' };
const EXISTING = {
  schemas: [USER_SCHEMA, ENTERPRISE_SCHEMA],
  id: '7b1f',
  userName: 'Maya.Ortiz@acme.example',
  name: { givenName: 'Maya', familyName: 'Ortiz', formatted: 'Maya Ortiz' },
  title: 'Counsel',
  active: false,
  groups: [{ value: 'c0ffee', display: 'Legal' }],
  meta: META,
  [ENTERPRISE_SCHEMA]: { department: 'Sales', manager: { value: '88', displayName: 'Ada Kim' } },
};

describe('the body of Okta’s POST', () => {
  it('is, letter by letter, the one Okta was seen to send', () => {
    expect(JSON.stringify(createMessage(MAYA, OKTA_ID, 'q7ZkP02x'))).toBe(
      JSON.stringify({
        schemas: [USER_SCHEMA],
        userName: 'maya.ortiz@acme.example',
        name: { givenName: 'Maya', familyName: 'Ortiz' },
        emails: [{ primary: true, value: 'maya.ortiz@acme.example', type: 'work' }],
        displayName: 'Maya Ortiz',
        locale: 'en-US',
        externalId: OKTA_ID,
        groups: [],
        password: 'q7ZkP02x',
        active: true,
      }),
    );
  });

  it('carries a new placeholder password each time', () => {
    const first = createMessage(MAYA, OKTA_ID)['password'];
    expect(first).toMatch(/^[0-9A-Za-z]{8}$/);
    expect(createMessage(MAYA, OKTA_ID)['password']).not.toBe(first);
  });

  it('has enterprise values only where the person has them', () => {
    expect(createMessage(MAYA, OKTA_ID)).not.toHaveProperty([ENTERPRISE_SCHEMA]);
    expect(createMessage({ ...MAYA, department: 'Legal' }, OKTA_ID)).toHaveProperty([ENTERPRISE_SCHEMA], {
      department: 'Legal',
    });
  });
});

describe('the body of Okta’s PUT', () => {
  it('echoes the answer to the GET and overwrites what Okta maps, empty values as ""', () => {
    const person = { ...MAYA, familyName: 'Ortiz-Lee', displayName: 'Maya Ortiz-Lee', department: 'Legal' };
    expect(replaceMessage(EXISTING, person, OKTA_ID, true)).toEqual({
      schemas: [USER_SCHEMA, ENTERPRISE_SCHEMA],
      id: '7b1f',
      externalId: OKTA_ID,
      userName: 'maya.ortiz@acme.example',
      name: { givenName: 'Maya', familyName: 'Ortiz-Lee', formatted: 'Maya Ortiz' },
      displayName: 'Maya Ortiz-Lee',
      emails: [{ primary: true, value: 'maya.ortiz@acme.example', type: 'work' }],
      title: '',
      locale: 'en-US',
      active: true,
      groups: [{ value: 'c0ffee', display: 'Legal' }],
      meta: META,
      [ENTERPRISE_SCHEMA]: { department: 'Legal', manager: { value: '88', displayName: 'Ada Kim' } },
    });
  });

  it('changes nothing but active when only the status changes', () => {
    expect(statusMessage(EXISTING, true)).toEqual({ ...EXISTING, active: true });
  });
});

describe('the body of Okta’s PATCH', () => {
  it('is one replace without a path', () => {
    expect(patchMessage({ active: false })).toEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'replace', value: { active: false } }],
    });
  });

  it('holds only attributes that changed', () => {
    const before = profileOf(MAYA, OKTA_ID);
    const after = profileOf({ ...MAYA, familyName: 'Ortiz-Lee', title: 'Counsel' }, OKTA_ID);
    expect(changedAttributes(before, after)).toEqual({
      name: { givenName: 'Maya', familyName: 'Ortiz-Lee' },
      title: 'Counsel',
    });
  });
});
