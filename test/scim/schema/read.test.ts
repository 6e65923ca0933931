import { describe, expect, it } from 'vitest';
import { GROUP } from '../../../src/scim/schema/group.ts';
import { readResource } from '../../../src/scim/schema/read.ts';
import { USER } from '../../../src/scim/schema/user.ts';
import { CORE_USER, ENTERPRISE_USER } from '../../../src/scim/urns.ts';
import { collector, refusal } from '../refusal.ts';

function read(body: unknown, types = USER) {
  const { tolerate, tolerated } = collector();
  const { cleared, ...rest } = readResource(types, body, tolerate);
  return { ...rest, cleared: [...cleared], tolerated };
}
const refused = (body: unknown) => refusal(() => read(body));

describe('Okta 3.2 the body of a POST', () => {
  it('is read as it came, the password kept apart, its echoes dropped without a word', () => {
    expect(
      read({
        schemas: [CORE_USER],
        id: 'x',
        meta: { version: '1' },
        groups: [],
        userName: 'Maya.Ortiz@acme.example',
        name: { givenName: 'Maya', familyName: 'Ortiz' },
        emails: [{ primary: true, value: 'maya.ortiz@acme.example', type: 'work' }],
        externalId: '00u9xk3example5d7',
        password: 'q7ZkP02x',
        active: true,
        [ENTERPRISE_USER]: { department: 'Legal', manager: { value: '88', displayName: 'Ada Kim' } },
      }),
    ).toEqual({
      resource: {
        userName: 'Maya.Ortiz@acme.example',
        name: { givenName: 'Maya', familyName: 'Ortiz' },
        emails: [{ primary: true, value: 'maya.ortiz@acme.example', type: 'work' }],
        externalId: '00u9xk3example5d7',
        active: true,
        [ENTERPRISE_USER]: { department: 'Legal', manager: { value: '88' } },
      },
      password: 'q7ZkP02x',
      cleared: [],
      tolerated: [],
    });
  });

  it('may hold empty values, which are told from absent ones', () => {
    const body = {
      title: '',
      phoneNumbers: null,
      emails: [{ type: 'work' }],
      roles: [],
      name: { givenName: '' },
      photos: [null],
    };
    expect(read({ ...body, password: '' })).toEqual({
      resource: {},
      cleared: ['title', 'phoneNumbers', 'emails', 'roles', 'name', 'photos'],
      tolerated: [
        'Read "" as no value.',
        'Ignored what says no more of emails than a type.',
        'Read "" as no value.',
        'Read "" as no value.',
      ],
    });
    expect(read({}).cleared).toEqual([]);
  });

  it('names what is cleared in an extension by its URN', () => {
    expect(read({ [ENTERPRISE_USER]: { department: '', division: 'EU' } })).toMatchObject({
      resource: { [ENTERPRISE_USER]: { division: 'EU' } },
      cleared: [`${ENTERPRISE_USER}:department`],
    });
    expect(read({ [ENTERPRISE_USER]: null })).toMatchObject({ resource: {}, cleared: [ENTERPRISE_USER] });
    expect(read({ [ENTERPRISE_USER]: {} })).toMatchObject({ resource: {}, cleared: [ENTERPRISE_USER] });
    expect(read({ [ENTERPRISE_USER]: { department: '' } }).resource).toEqual({});
  });
});

describe('RFC 7644 §3.5.1 a PUT', () => {
  it('may hold read-only and unknown attributes, which are ignored and reported', () => {
    expect(
      read({ groups: [{ value: 'g' }], shoeSize: 46, 'urn:x:Y': { a: 1 }, emails: [{ value: 'x', size: 1 }] }),
    ).toEqual({
      resource: { emails: [{ value: 'x' }] },
      cleared: [],
      tolerated: [
        'Ignored the read-only attribute groups.',
        'Ignored the unknown attribute shoeSize.',
        'Ignored the unknown attribute urn:x:Y.',
        'Ignored the unknown attribute emails.size.',
      ],
    });
  });

  it('RFC 7643 §2.1 may name attributes and schemas in any case; of two the last counts', () => {
    const body = {
      USERNAME: 'a',
      username: 'b',
      Name: { GIVENNAME: 'M' },
      [ENTERPRISE_USER.toUpperCase()]: { Department: 'L' },
    };
    expect(read(body).resource).toEqual({
      userName: 'b',
      name: { givenName: 'M' },
      [ENTERPRISE_USER]: { department: 'L' },
    });
    expect(read({ title: 'a', TITLE: '' })).toMatchObject({ resource: {}, cleared: ['title'] });
    expect(read({ TITLE: '', title: 'a' })).toMatchObject({ resource: { title: 'a' }, cleared: [] });
  });

  it('keeps the first of two primary values', () => {
    const emails = [
      { value: 'a', primary: true },
      { value: 'b', primary: true },
    ];
    expect(read({ emails })).toMatchObject({
      resource: {
        emails: [
          { value: 'a', primary: true },
          { value: 'b', primary: false },
        ],
      },
      tolerated: ['Kept the first primary value of emails only.'],
    });
  });

  it('RFC 7643 §2.4 keeps a value and type that come twice once', () => {
    const emails = [{ value: 'a', type: 'work' }, { value: 'a', type: 'work', display: 'A' }, { value: 'a' }];
    expect(read({ emails }).resource['emails']).toEqual([{ value: 'a', type: 'work', display: 'A' }, { value: 'a' }]);
  });

  it('RFC 7643 §2.3.6 takes a binary in base64, in lines as well', () => {
    for (const value of ['MIIB+/==', 'MIIB\nMIIB\n', 'MIIB-_'])
      expect(read({ x509Certificates: [{ value }] }).resource['x509Certificates']).toEqual([{ value }]);
  });

  it.each([
    [{ userName: 5 }, 'userName'],
    [{ active: 'banana' }, 'active'],
    [{ name: 'Maya' }, 'name'],
    [{ name: { givenName: {} } }, 'name.givenName'],
    [{ emails: [5] }, 'emails'],
    [{ emails: [{ value: 1 }] }, 'emails.value'],
    [{ title: 'a\u0000' }, 'title'],
    [{ title: '\udc00' }, 'title'],
    [{ title: 'é'.repeat(32 * 1024 + 1) }, 'title'],
    [{ [ENTERPRISE_USER]: 'x' }, ENTERPRISE_USER],
    [{ x509Certificates: [{ value: 'a=b' }] }, 'x509Certificates.value'],
    [{ [ENTERPRISE_USER]: { department: 1 } }, 'department'],
  ])('is refused with invalidValue naming the attribute: %#', (body, name) => {
    expect(refused(body)).toMatchObject({
      status: 400,
      scimType: 'invalidValue',
      detail: expect.stringMatching(new RegExp(`^${name} `)),
    });
  });

  it('does not follow URNs into each other without end', () => {
    const body: unknown = JSON.parse(`${`{"${CORE_USER}":`.repeat(50_000)}{}${'}'.repeat(50_000)}`);
    expect(read(body)).toMatchObject({ resource: {}, tolerated: [`Ignored the unknown attribute ${CORE_USER}.`] });
    expect(read({ [CORE_USER]: { title: 'Counsel' } }).resource).toEqual({ title: 'Counsel' });
  });

  it('takes a text of 64 KiB', () => {
    expect(read({ title: 'é'.repeat(32 * 1024) }).resource['title']).toHaveLength(32 * 1024);
  });

  it.each([[null], [[]], ['x'], [undefined]])('is refused with invalidSyntax where it is %j', (body) => {
    expect(refused(body)).toMatchObject({ status: 400, scimType: 'invalidSyntax' });
  });

  it.each([
    [{ password: 5_550_199 }],
    [{ password: ['5550199', '5550199'] }],
    [{ password: { a: '5550199' } }],
    [['5550199']],
  ])('does not show a password in a refusal: %#', (body) => {
    expect(refused(body).detail).not.toContain('5550199');
  });
});

describe('providers’ bodies', () => {
  it('Entra 12: text for booleans, a stringly manager, nulls', () => {
    const body = { userName: 'x', active: 'False', manager: '88', addresses: null };
    expect(read(body)).toEqual({
      resource: { userName: 'x', active: false, [ENTERPRISE_USER]: { manager: { value: '88' } } },
      cleared: ['addresses'],
      tolerated: [
        'Read "False" for active as a boolean.',
        `Read manager as an attribute of ${ENTERPRISE_USER}.`,
        'Read the text given for manager as its value.',
      ],
    });
    expect(read({ manager: null })).toMatchObject({ resource: {}, cleared: [`${ENTERPRISE_USER}:manager`] });
  });

  it('OneLogin 7.3: schemas misspelt, id null, neither active nor emails', () => {
    expect(read({ schemas: ['urn:scim:schemas:core:2.0'], id: null, userName: 'x' })).toEqual({
      resource: { userName: 'x' },
      cleared: [],
      tolerated: [],
    });
  });

  it('Okta 4.4: a group with its members', () => {
    const body = {
      id: 'e1',
      displayName: 'Legal',
      members: [
        { value: 'u1', display: 'maya' },
        { value: 'u2', $ref: null },
      ],
    };
    expect(read(body, GROUP)).toEqual({
      resource: { displayName: 'Legal', members: [{ value: 'u1' }, { value: 'u2' }] },
      cleared: [],
      tolerated: [],
    });
    expect(read({ displayName: 'Legal', members: [] }, GROUP).cleared).toEqual(['members']);
  });
});
