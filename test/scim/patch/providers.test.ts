import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/scim/json.ts';
import { ENTERPRISE_USER } from '../../../src/scim/urns.ts';
import { HOME, WORK, maya, patch } from './maya.ts';

const MANAGER = `${ENTERPRISE_USER}:manager`;
const managerAfter = (path: string, value: Json) =>
  (patch([{ op: 'Replace', path, value }]).resource[ENTERPRISE_USER] as Record<string, Json>)['manager'];

describe('Okta 3.5 deactivation', () => {
  it('is a replace without a path', () => {
    expect(patch([{ op: 'replace', value: { active: false } }]).resource).toEqual({ ...maya(), active: false });
  });
});

describe('Entra 7.2 PATCH', () => {
  it.each([
    ['False', false],
    ['True', true],
    ['false', false],
    ['true', true],
  ])('reads the text %s for active as a boolean', (text, active) => {
    const { resource, tolerated } = patch([{ op: 'Replace', path: 'active', value: text }]);
    expect(resource['active']).toBe(active);
    expect(tolerated).toEqual([`Read "${text}" for active as a boolean.`]);
  });

  it('coerces nothing but booleans: the text "True" stays text elsewhere', () => {
    expect(patch([{ op: 'Replace', path: 'title', value: 'True' }]).resource['title']).toBe('True');
  });

  it('makes the work e-mail a replace names, applies the operation beside it and leaves primary where it is', () => {
    const resource = { ...maya(), emails: [{ ...HOME, primary: true }] };
    const { resource: result, tolerated } = patch(
      [
        { op: 'Replace', path: 'emails[type eq "work"].value', value: 'x' },
        { op: 'Replace', path: 'name.familyName', value: 'Lee' },
      ],
      resource,
    );
    expect(result['emails']).toEqual([
      { ...HOME, primary: true },
      { value: 'x', type: 'work' },
    ]);
    expect(result['name']).toEqual({ givenName: 'Maya', familyName: 'Lee' });
    expect(tolerated).toEqual(['Made emails[type eq "work"], which did not exist.']);
  });

  it('makes an address, and fills it with the next operation', () => {
    const { resource } = patch([
      { op: 'Replace', path: 'addresses[type eq "work"].postalCode', value: '10115' },
      { op: 'Add', path: 'addresses[type eq "work"].locality', value: 'Berlin' },
    ]);
    expect(resource['addresses']).toEqual([{ type: 'work', postalCode: '10115', locality: 'Berlin' }]);
  });

  it('makes a value from two equalities, and none from an empty value', () => {
    const path = 'phoneNumbers[type eq "work" and primary eq "True"].value';
    expect(patch([{ op: 'Add', path, value: '1' }]).resource['phoneNumbers']).toEqual([
      { type: 'work', primary: true, value: '1' },
    ]);
    expect(patch([{ op: 'Replace', path, value: '' }]).resource).toEqual(maya());
  });

  it('finds a role by a quoted boolean', () => {
    const resource = { ...maya(), roles: [{ value: 'a', primary: true }, { value: 'b' }] };
    const { resource: result } = patch(
      [{ op: 'Replace', path: 'roles[primary eq "True"].value', value: 'c' }],
      resource,
    );
    expect(result['roles']).toEqual([{ value: 'c', primary: true }, { value: 'b' }]);
  });

  it('reads an app role from JSON in text, and its displayName', () => {
    const value = JSON.stringify({ id: '1', value: 'Admin', displayName: 'Administrator' });
    const { resource, tolerated } = patch([
      { op: 'Add', path: 'roles', value: [{ value }, { value: 'b', displayName: 'B' }, { value: '{no json' }] },
    ]);
    expect(resource['roles']).toEqual([
      { value: 'Admin', display: 'Administrator' },
      { value: 'b', display: 'B' },
      { value: '{no json' },
    ]);
    expect(tolerated).toEqual([
      'Read the JSON text in roles.value as a role.',
      'Read roles.displayName as roles.display.',
    ]);
  });

  it.each([
    [MANAGER, '99', { value: '99' }],
    ['manager', [{ $ref: '../Users/99', value: '99' }], { $ref: '../Users/99', value: '99' }],
    ['manager', [{ $ref: null, value: '99' }], { value: '99' }],
    ['manager', { value: '99' }, { value: '99' }],
    ['manager', { value: '88' }, { value: '88', displayName: 'Ada Kim' }],
    ['manager', { value: '88', displayName: 'Ada' }, { value: '88', displayName: 'Ada Kim' }],
    [MANAGER, '', undefined],
  ])('replaces %s by %j', (path, value, expected) => {
    expect(managerAfter(path, value)).toEqual(expected);
  });

  it.each([[[{ $ref: null, value: 'X' }]], [['X']], ['X']])('reads %j for displayName as X', (value) => {
    expect(patch([{ op: 'Replace', path: 'displayName', value }]).resource['displayName']).toBe('X');
  });

  it('takes a lone object and a lone text for a list', () => {
    expect(patch([{ op: 'Add', path: 'emails', value: { value: 'x' } }]).resource['emails']).toEqual([
      WORK,
      HOME,
      { value: 'x' },
    ]);
    expect(patch([{ op: 'Replace', path: 'emails', value: 'x' }]).resource['emails']).toEqual([{ value: 'x' }]);
  });

  it('removes only those values that a remove names', () => {
    const resource = { ...maya(), roles: [{ value: 'a' }, { value: 'b', type: 't' }, { value: 'c' }] };
    const removed = (value: Json) => patch([{ op: 'Remove', path: 'roles', value }], resource).resource['roles'];
    expect(removed([{ $ref: null, value: 'b' }])).toEqual([{ value: 'a' }, { value: 'c' }]);
    expect(removed([{ value: 'a', type: 'other' }])).toEqual(resource.roles);
    expect(removed([])).toEqual(resource.roles);
    expect(removed(null)).toBeUndefined();
  });
});
