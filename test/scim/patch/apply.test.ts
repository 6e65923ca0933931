import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/scim/json.ts';
import { applyPatch } from '../../../src/scim/patch/apply.ts';
import { readOperations } from '../../../src/scim/patch/operations.ts';
import { GROUP } from '../../../src/scim/schema/group.ts';
import { CORE_USER, ENTERPRISE_USER } from '../../../src/scim/urns.ts';
import { collector, refusal } from '../refusal.ts';
import { HOME, WORK, maya, patch } from './maya.ts';

const add = (path: string, value: Json) => patch([{ op: 'add', path, value }]).resource;
const replace = (path: string, value: Json) => patch([{ op: 'replace', path, value }]).resource;
const remove = (path: string, more: Record<string, Json> = {}) => patch([{ op: 'remove', path, ...more }]).resource;
const without = (name: string) => {
  const { [name]: _, ...rest } = maya();
  return rest;
};
/** A list in a list in a list … */
const deep = (depth: number) => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`) as Json;
const refused = (operation: Json) => refusal(() => patch([operation]));

describe('RFC 7644 §3.5.2.1 add', () => {
  it('sets an attribute that has no value', () => {
    expect(add('title', 'Counsel')).toEqual({ ...maya(), title: 'Counsel' });
  });

  it('replaces the value of a single-valued attribute', () => {
    expect(add('displayName', 'M')).toEqual({ ...maya(), displayName: 'M' });
  });

  it('adds parts to a complex attribute and leaves the others', () => {
    expect(add('name', { middleName: 'L' })['name']).toEqual({
      givenName: 'Maya',
      familyName: 'Ortiz',
      middleName: 'L',
    });
    expect(add('name.middleName', 'L')['name']).toEqual({ givenName: 'Maya', familyName: 'Ortiz', middleName: 'L' });
  });

  it('appends to a list', () => {
    expect(add('emails', [{ value: 'x', type: 'other' }])['emails']).toEqual([
      WORK,
      HOME,
      { value: 'x', type: 'other' },
    ]);
  });

  it('does not add a value that is there, but what it says more of it', () => {
    expect(add('emails', [HOME])).toEqual(maya());
    expect(add('emails', [{ ...HOME, display: 'M' }, HOME])['emails']).toEqual([WORK, { ...HOME, display: 'M' }]);
  });

  it('takes an address for the same whether it is primary or not', () => {
    const address = { locality: 'Berlin', country: 'DE' };
    const { resource } = patch([
      { op: 'add', path: 'addresses', value: [address] },
      { op: 'add', path: 'addresses', value: [{ primary: true, country: 'DE', locality: 'Berlin' }] },
    ]);
    expect(resource['addresses']).toEqual([{ ...address, primary: true }]);
  });

  it('adds nothing where the value is empty', () => {
    expect(add('emails', [])).toEqual(maya());
  });

  it('adds parts to the values a filter chooses', () => {
    expect(add('emails[type eq "home"]', { display: 'H' })['emails']).toEqual([WORK, { ...HOME, display: 'H' }]);
  });

  it('takes an object of attributes without a path', () => {
    const value = { title: 'Counsel', name: { middleName: 'L' }, emails: [HOME, { value: 'x' }] };
    const { resource } = patch([{ op: 'add', value }]);
    expect(resource).toEqual({
      ...maya(),
      title: 'Counsel',
      name: { givenName: 'Maya', familyName: 'Ortiz', middleName: 'L' },
      emails: [WORK, HOME, { value: 'x' }],
    });
  });
});

describe('RFC 7644 §3.5.2.2 remove', () => {
  it('removes an attribute, a part, a list', () => {
    expect(remove('displayName')).toEqual(without('displayName'));
    expect(remove('name.givenName')['name']).toEqual({ familyName: 'Ortiz' });
    expect(remove('name')).toEqual(without('name'));
    expect(remove('emails')).toEqual(without('emails'));
  });

  it('removes the values a filter chooses, and the list with its last one', () => {
    expect(remove('emails[type eq "home"]')['emails']).toEqual([WORK]);
    expect(remove('emails[value pr]')).toEqual(without('emails'));
  });

  it('removes a part of the values a filter chooses', () => {
    expect(remove('emails[type eq "home"].type')['emails']).toEqual([WORK, { value: HOME.value }]);
    expect(remove('emails[type eq "home"].value')['emails']).toEqual([WORK]);
    expect(remove('emails.type')['emails']).toEqual([{ value: WORK.value, primary: true }, { value: HOME.value }]);
  });

  it('removes nothing, successfully, where nothing matches or nothing is', () => {
    expect(remove('emails[type eq "other"]')).toEqual(maya());
    expect(remove('title')).toEqual(maya());
    expect(remove('phoneNumbers')).toEqual(maya());
  });

  it('removes an extension by its URN, and its attributes by theirs', () => {
    expect(remove(ENTERPRISE_USER)).toEqual(without(ENTERPRISE_USER));
    expect(remove(`${ENTERPRISE_USER}:manager`)[ENTERPRISE_USER]).toEqual({ department: 'Legal' });
  });

  it('leaves no empty extension behind', () => {
    const { resource } = patch([
      { op: 'remove', path: `${ENTERPRISE_USER}:manager` },
      { op: 'remove', path: `${ENTERPRISE_USER}:department` },
      { op: 'remove', path: `${ENTERPRISE_USER}:division` },
    ]);
    expect(resource).toEqual(without(ENTERPRISE_USER));
  });

  it('refuses to remove a required attribute with mutability', () => {
    expect(refused({ op: 'remove', path: 'userName' })).toMatchObject({ status: 400, scimType: 'mutability' });
    expect(refused({ op: 'replace', value: { userName: '' } })).toMatchObject({ status: 400, scimType: 'mutability' });
  });
});

describe('RFC 7644 §3.5.2.3 replace', () => {
  it('replaces only those parts of a complex attribute that the value has', () => {
    const name = { givenName: 'Mia', familyName: 'Ortiz' };
    expect(replace('name', { givenName: 'Mia' })['name']).toEqual(name);
    expect(patch([{ op: 'replace', value: { name: { givenName: 'Mia' } } }]).resource['name']).toEqual(name);
  });

  it('replaces a list as a whole', () => {
    expect(replace('emails', [{ value: 'x' }])['emails']).toEqual([{ value: 'x' }]);
    expect(replace('emails', [])).toEqual(without('emails'));
  });

  it('sets an attribute that has no value', () => {
    expect(replace('title', 'Counsel')['title']).toBe('Counsel');
  });

  it('replaces a part of all values a filter chooses', () => {
    expect(replace('emails[type eq "work"].value', 'x')['emails']).toEqual([{ ...WORK, value: 'x' }, HOME]);
    expect(replace('emails[primary eq true].value', 'x')['emails']).toEqual([{ ...WORK, value: 'x' }, HOME]);
    expect(replace('emails[value pr].display', 'M')['emails']).toEqual([
      { ...WORK, display: 'M' },
      { ...HOME, display: 'M' },
    ]);
  });

  it('replaces the values a filter chooses as a whole', () => {
    expect(replace('emails[type eq "home"]', { value: 'x' })['emails']).toEqual([WORK, { value: 'x' }]);
    expect(replace('emails[type eq "home"]', [{ value: 'x' }])['emails']).toEqual([WORK, { value: 'x' }]);
    expect(replace('emails[type eq "home"]', null)['emails']).toEqual([WORK]);
  });

  it('does not lose a value to a replacement that says only what it is for', () => {
    expect(replace('emails[type eq "home"]', { primary: true })['emails']).toEqual([
      { ...WORK, primary: false },
      { ...HOME, primary: true },
    ]);
  });

  it('answers noTarget where nothing matches a filter that is more than eq', () => {
    const shape = { status: 400, scimType: 'noTarget', detail: expect.stringContaining('emails[') };
    expect(refused({ op: 'replace', path: 'emails[type ne "work" and type ne "home"].value', value: 'x' })).toEqual(
      shape,
    );
    expect(refused({ op: 'replace', path: 'emails[value co "zzz"]', value: { value: 'x' } })).toEqual(shape);
    expect(refused({ op: 'replace', path: 'emails[type eq "other"].primary', value: true })).toEqual(shape);
  });

  it('takes dotted, filtered and URN keys without a path', () => {
    const { resource } = patch([
      {
        op: 'replace',
        value: {
          'name.givenName': 'Mia',
          'EMAILS[type eq "work"].value': 'x',
          [`${ENTERPRISE_USER}:department`]: 'Tax',
          [CORE_USER]: { title: 'Counsel' },
          [ENTERPRISE_USER.toUpperCase()]: { costCenter: '7', 'manager.displayName': 'Bo' },
        },
      },
    ]);
    expect(resource).toEqual({
      ...maya(),
      name: { givenName: 'Mia', familyName: 'Ortiz' },
      emails: [{ ...WORK, value: 'x' }, HOME],
      title: 'Counsel',
      [ENTERPRISE_USER]: { department: 'Tax', costCenter: '7', manager: { value: '88', displayName: 'Ada Kim' } },
    });
  });

  it('merges the object given for an extension', () => {
    expect(replace(ENTERPRISE_USER, { division: 'EU' })[ENTERPRISE_USER]).toMatchObject({
      department: 'Legal',
      division: 'EU',
    });
    expect(replace(ENTERPRISE_USER, null)).toEqual(without(ENTERPRISE_USER));
  });

  it.each([[null], [''], [[]]])('clears by %j', (value) => {
    expect(replace('displayName', value)).toEqual(without('displayName'));
    expect(replace('emails', value)).toEqual(without('emails'));
    expect(replace(`${ENTERPRISE_USER}:manager`, value)[ENTERPRISE_USER]).toEqual({ department: 'Legal' });
  });

  it('asks which value is meant where a part of a list with several is named without a filter', () => {
    expect(refused({ op: 'replace', path: 'emails.value', value: 'x' })).toMatchObject({ scimType: 'invalidPath' });
    expect(replace('phoneNumbers.value', '1')['phoneNumbers']).toEqual([{ value: '1' }]);
  });
});

describe('RFC 7643 §2.4 a PATCH', () => {
  it('leaves no value and type twice, whether it sends them so or makes them so', () => {
    const twice = [{ value: 'x', type: 'work' }, { value: 'x', type: 'work', display: 'X' }, { value: 'x' }];
    const once = [{ value: 'x', type: 'work', display: 'X' }, { value: 'x' }];
    expect(replace('emails', twice)['emails']).toEqual(once);
    expect(add('emails', twice)['emails']).toEqual([WORK, HOME, ...once]);
    expect(replace('emails[value pr]', { value: 'x' })['emails']).toEqual([{ value: 'x' }]);
  });
});

describe('RFC 7644 §3.12 a filter in the path of a PATCH', () => {
  it.each([
    'emails[primary gt true]',
    'emails[primary co "true"].value',
    'emails[primary eq "banana"].value',
    'emails[type eq 5].value',
    'emails[type eq "work" and value gt true]',
    'emails[not (value ge null)]',
    'x509Certificates[value lt "MII="].type',
  ])('that compares what cannot be compared is invalidFilter, as in %s', (path) => {
    for (const op of ['add', 'replace', 'remove'])
      expect(refused({ op, path, value: 'x' })).toMatchObject({ status: 400, scimType: 'invalidFilter' });
  });
});

describe('RFC 7644 §3.5.2 a PATCH', () => {
  it('makes the others not primary where one is made primary', () => {
    const moved = [
      { ...WORK, primary: false },
      { ...HOME, primary: true },
    ];
    expect(replace('emails[type eq "home"].primary', true)['emails']).toEqual(moved);
    expect(add('emails', [{ ...HOME, primary: true }])['emails']).toEqual(moved);
    expect(replace('emails[value pr].primary', true)['emails']).toEqual([WORK, { ...HOME, primary: false }]);
    expect(
      replace('emails', [
        { value: 'a', primary: true },
        { value: 'b', primary: true },
      ])['emails'],
    ).toEqual([
      { value: 'a', primary: true },
      { value: 'b', primary: false },
    ]);
  });

  it('of manager.value leaves nothing of the manager before, whose name it was', () => {
    const path = `${ENTERPRISE_USER}:manager.value`;
    expect(replace(path, '99')[ENTERPRISE_USER]).toEqual({ department: 'Legal', manager: { value: '99' } });
    expect(replace(path, '88')).toEqual(maya());
    expect(replace(path, '')[ENTERPRISE_USER]).toEqual({ department: 'Legal' });
  });

  it('is all or nothing and leaves the resource it was given alone', () => {
    const resource = maya();
    const operations = [
      { op: 'replace', path: 'name.givenName', value: 'Mia' },
      { op: 'add', path: 'emails', value: [{ value: 'x' }] },
      { op: 'replace', path: 'active', value: 'banana' },
    ];
    expect(() => patch(operations, resource)).toThrow('active');
    expect(resource).toEqual(maya());
    patch(operations.slice(0, 2), resource);
    expect(resource).toEqual(maya());
  });

  it('applies operations in order', () => {
    const { resource } = patch([
      { op: 'remove', path: 'emails' },
      { op: 'add', path: 'emails', value: [{ value: 'x', type: 'work' }] },
      { op: 'replace', path: 'emails[type eq "work"].value', value: 'y' },
    ]);
    expect(resource['emails']).toEqual([{ value: 'y', type: 'work' }]);
  });

  it.each(['id', 'meta', 'meta.version', 'groups', 'schemas', 'groups[value eq "g1"]', 'ID'])(
    'refuses the explicit path %s with mutability',
    (path) => {
      expect(refused({ op: 'replace', path, value: 'x' })).toMatchObject({ status: 400, scimType: 'mutability' });
      expect(refused({ op: 'remove', path })).toMatchObject({ status: 400, scimType: 'mutability' });
    },
  );

  it.each([
    'shoeSize',
    'name.shoeSize',
    'urn:x:title',
    'emails[shoe eq "x"].value',
    'name[givenName eq "x"]',
    'constructor',
    'name.constructor',
  ])('refuses the explicit path %s with invalidPath', (path) => {
    expect(refused({ op: 'replace', path, value: 'x' })).toMatchObject({ status: 400, scimType: 'invalidPath' });
  });

  it('ignores and reports read-only and unknown attributes without a path', () => {
    const { resource, tolerated } = patch([
      { op: 'replace', value: { id: 'x', groups: [], meta: {}, shoeSize: 46, 'a b': 1, displayName: 'M' } },
    ]);
    expect(resource).toEqual({ ...maya(), displayName: 'M' });
    expect(tolerated).toEqual([
      'Ignored the read-only attribute id.',
      'Ignored the read-only attribute groups.',
      'Ignored the read-only attribute meta.',
      'Ignored the unknown attribute shoeSize.',
      'Ignored the unknown attribute "a b".',
    ]);
  });

  it.each([
    ['displayName', 5],
    ['displayName', { a: 1 }],
    ['displayName', ['a', 'b']],
    ['displayName', 'a\u0000b'],
    ['displayName', '\ud800'],
    ['displayName', 'x'.repeat(64 * 1024 + 1)],
    ['name', 'Maya'],
    ['name.givenName', true],
    ['active', 'banana'],
    ['active', 1],
    ['emails', 5],
    ['emails', [[{ value: 'x' }]]],
    ['emails[type eq "work"].value', 5],
    ['emails[type eq "work"]', 5],
    ['emails[type eq "work"]', [{ value: 'x' }, { value: 'y' }]],
    [ENTERPRISE_USER, 'x'],
    [`${ENTERPRISE_USER}:manager`, 5],
    ['displayName', deep(100_000)],
    ['addresses', ['x']],
    ['x509Certificates', [{ value: 'no base64!' }]],
  ])('refuses a value of the wrong type for %s with invalidValue naming it', (path, value) => {
    const answer = refused({ op: 'replace', path, value });
    expect(answer).toMatchObject({ status: 400, scimType: 'invalidValue' });
    expect(answer.detail).toContain(path === ENTERPRISE_USER ? path : /[^:]*?(?=\[|$)/.exec(path)?.[0]);
    expect(answer.detail.length).toBeLessThan(300);
  });

  it.each([['x'], [null], [[{ active: false }]]])('refuses %j as a value without a path', (value) => {
    expect(refused({ op: 'replace', value })).toMatchObject({ status: 400, scimType: 'invalidValue' });
  });

  it('does not follow URNs into each other without end', () => {
    const depth = 50_000;
    const value = JSON.parse(`${`{"${CORE_USER}":`.repeat(depth)}{}${'}'.repeat(depth)}`) as Json;
    const { resource, tolerated } = patch([{ op: 'replace', value }]);
    expect({ resource, tolerated }).toEqual({
      resource: maya(),
      tolerated: [`Ignored the unknown attribute ${CORE_USER}.`],
    });
  });

  it('changes no part of a value that is immutable', () => {
    const { tolerate } = collector();
    const operations = readOperations(
      { Operations: [{ op: 'replace', path: 'members[value eq "u1"].value', value: 'u2' }] },
      tolerate,
    );
    const group = { displayName: 'Legal', members: [{ value: 'u1' }] };
    expect(refusal(() => applyPatch(GROUP, group, { operations, tolerate }))).toMatchObject({ scimType: 'mutability' });
  });

  it('refuses to remove the resource itself, or a list for it', () => {
    expect(refused({ op: 'remove', path: CORE_USER })).toMatchObject({ status: 400, scimType: 'noTarget' });
    expect(refused({ op: 'replace', path: CORE_USER, value: 'x' })).toMatchObject({
      status: 400,
      scimType: 'noTarget',
    });
    expect(replace(CORE_USER, { title: 'Counsel' })).toEqual({ ...maya(), title: 'Counsel' });
  });

  it('keeps the password apart and out of every text', () => {
    const { resource, password, tolerated } = patch([{ op: 'replace', value: { password: 'geheim' } }]);
    expect({ resource, password, tolerated }).toEqual({ resource: maya(), password: 'geheim', tolerated: [] });
    expect(refused({ op: 'replace', path: 'password', value: ['geheim', 'geheim'] }).detail).not.toContain('geheim');
    expect(refused({ op: 'replace', value: [{ password: 'geheim' }] }).detail).not.toContain('geheim');
  });
});
