import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/scim/json.ts';
import { teamChangeOf } from '../../../src/scim/patch/membership.ts';
import { readOperations } from '../../../src/scim/patch/operations.ts';
import { CORE_GROUP } from '../../../src/scim/urns.ts';
import { collector, refusal } from '../refusal.ts';

const { tolerate } = collector();
const change = (...Operations: Json[]) => teamChangeOf(readOperations({ Operations }, tolerate), tolerate);
const members = (...Operations: Json[]) => change(...Operations).members;
const refused = (...Operations: Json[]) => refusal(() => change(...Operations));
const heard = (...Operations: Json[]) => {
  const { tolerate, tolerated } = collector();
  return { change: teamChangeOf(readOperations({ Operations }, tolerate), tolerate), tolerated };
};

describe('a PATCH of a group without a path', () => {
  it.each(['replace', 'add'])('%s of {id, displayName} renames and says nothing of members (Okta)', (op) => {
    const { change, tolerated } = heard({ op, value: { id: 'e1d0', displayName: 'Legal Ops' } });
    expect(change).toEqual({ name: 'Legal Ops' });
    expect(tolerated).toEqual(['Ignored the read-only attribute id.']);
  });

  it('replaces or adds the members it names', () => {
    expect(change({ op: 'replace', value: { members: [{ value: 'a' }] } })).toEqual({
      members: [{ kind: 'replace', userIds: ['a'] }],
    });
    expect(change({ op: 'add', value: { displayName: 'L', members: [{ value: 'a' }] } })).toEqual({
      name: 'L',
      members: [{ kind: 'add', userIds: ['a'] }],
    });
    expect(members({ op: 'replace', value: { members: [] } })).toEqual([{ kind: 'replace', userIds: [] }]);
  });

  it('takes names in any case and with their URN, and passes over unknown ones', () => {
    const { change, tolerated } = heard({
      op: 'replace',
      value: { DISPLAYNAME: 'L', [`${CORE_GROUP}:externalId`]: 'x', owner: 'Maya', [CORE_GROUP]: { Members: ['a'] } },
    });
    expect(change).toEqual({ name: 'L', externalId: 'x', members: [{ kind: 'replace', userIds: ['a'] }] });
    expect(tolerated).toContain('Ignored the unknown attribute owner.');
  });

  it('is refused where the value is no object', () => {
    expect(refused({ op: 'replace', value: 'Legal' })).toMatchObject({ status: 400, scimType: 'invalidValue' });
  });
});

describe('a PATCH of a group’s own attributes', () => {
  it('replaces displayName and sets or removes externalId', () => {
    expect(change({ op: 'Replace', path: 'displayName', value: 'L' })).toEqual({ name: 'L' });
    expect(change({ op: 'add', path: 'externalId', value: 'x' })).toEqual({ externalId: 'x' });
    expect(change({ op: 'remove', path: 'externalId' })).toEqual({ externalId: null });
    expect(change({ op: 'replace', path: 'externalId', value: '' })).toEqual({ externalId: null });
  });

  it('lets the last of several count', () => {
    expect(
      change({ op: 'replace', path: 'displayName', value: 'A' }, { op: 'replace', value: { displayName: 'B' } }),
    ).toEqual({ name: 'B' });
  });

  it.each([
    [{ op: 'remove', path: 'displayName' }, 'mutability', 'displayName'],
    [{ op: 'replace', path: 'displayName', value: '' }, 'mutability', 'displayName'],
    [{ op: 'replace', path: 'displayName', value: '   ' }, 'invalidValue', 'displayName'],
    [{ op: 'replace', path: 'displayName', value: 7 }, 'invalidValue', 'displayName'],
    [{ op: 'replace', path: 'id', value: 'x' }, 'mutability', 'id'],
    [{ op: 'replace', path: 'meta.version', value: 'x' }, 'mutability', 'meta.version'],
    [{ op: 'replace', path: 'owner', value: 'x' }, 'invalidPath', 'owner'],
    [{ op: 'replace', path: 'displayName[value eq "x"]', value: 'x' }, 'invalidPath', 'displayName'],
    [{ op: 'remove', path: CORE_GROUP }, 'noTarget', CORE_GROUP],
  ])('%j is refused with %s', (operation, scimType, name) => {
    const { status, scimType: actual, detail } = refused(operation);
    expect([status, actual]).toEqual([400, scimType]);
    expect(detail).toContain(name);
  });

  it('that holds no operation changes nothing', () => {
    expect(change()).toEqual({});
  });
});

describe('a PATCH of members', () => {
  it('keeps the order of its operations', () => {
    expect(
      members(
        { op: 'remove', path: 'members[value eq "a"]' },
        { op: 'add', path: 'members', value: [{ value: 'b', display: 'maya.ortiz@acme.example' }] },
        { op: 'replace', path: 'members', value: [{ value: 'c' }] },
      ),
    ).toEqual([
      { kind: 'remove', userIds: ['a'] },
      { kind: 'add', userIds: ['b'] },
      { kind: 'replace', userIds: ['c'] },
    ]);
  });

  it.each<[Json, string]>([
    [[{ $ref: null, value: 'a' }, { value: 'a' }], 'twice, with $ref null (Entra ID)'],
    [{ value: 'a', type: 'User' }, 'as one object'],
    ['a', 'as text'],
    [['a'], 'as a list of texts'],
    [[{ VALUE: 'a', Display: 'x', owner: 1 }], 'in another case'],
  ])('reads %j, a member %s', (value) => {
    expect(members({ op: 'add', path: 'members', value })).toEqual([{ kind: 'add', userIds: ['a'] }]);
  });

  it.each<[Json, readonly string[]]>([
    [{ op: 'remove', path: 'members[value eq "a"]' }, ['a']],
    [{ op: 'remove', path: 'members[value eq "a" or value eq "b"]' }, ['a', 'b']],
    [{ op: 'remove', path: 'members[type eq "user" and value eq "a"]' }, ['a']],
    [{ op: 'remove', path: 'members[value eq "a" and value eq "b"]' }, []],
    [{ op: 'remove', path: 'members[type eq "Group"]' }, []],
    [{ op: 'Remove', path: 'members', value: [{ $ref: null, value: 'a' }, { value: 'b' }] }, ['a', 'b']],
    [{ op: 'Remove', path: 'members', value: { value: 'a' } }, ['a']],
    [{ op: 'remove', path: 'members', value: [] }, []],
  ])('%j removes exactly %j', (operation, ids) => {
    expect(members(operation) ?? []).toEqual(ids.length === 0 ? [] : [{ kind: 'remove', userIds: ids }]);
  });

  it.each<Json>([
    { op: 'remove', path: 'members' },
    { op: 'remove', path: 'members', value: null },
    { op: 'remove', path: 'members[value pr]' },
    { op: 'remove', path: 'members[type eq "User"]' },
    { op: 'replace', path: 'members', value: [] },
    { op: 'replace', path: 'members', value: null },
    { op: 'replace', path: `${CORE_GROUP}:members`, value: [] },
  ])('%j empties the group', (operation) => {
    expect(members(operation)).toEqual([{ kind: 'replace', userIds: [] }]);
  });

  it.each<[Json, string, string]>([
    [{ op: 'add', path: 'members', value: [{ display: 'Maya' }] }, 'invalidValue', 'Maya'],
    [{ op: 'add', path: 'members', value: [{ value: 7 }] }, 'invalidValue', '7'],
    [{ op: 'add', path: 'members', value: [{ value: '' }] }, 'invalidValue', 'value'],
    [{ op: 'add', path: 'members', value: [null] }, 'invalidValue', 'null'],
    [{ op: 'add', path: 'members', value: [['a']] }, 'invalidValue', '["a"]'],
    [{ op: 'add', path: 'members', value: [{ value: 'a\u0000' }] }, 'invalidValue', 'U+0000'],
    [{ op: 'add', path: 'members', value: [{ value: 'g1', type: 'Group' }] }, 'invalidValue', 'g1'],
    [{ op: 'remove', path: 'members', value: [{ value: 7 }] }, 'invalidValue', '7'],
    [{ op: 'replace', path: 'members[value eq "a"]', value: { value: 'b' } }, 'mutability', 'member'],
    [{ op: 'replace', path: 'members[value eq "a"].value', value: 'b' }, 'mutability', 'members.value'],
    [{ op: 'replace', path: 'members[value eq "a"].display', value: 'b' }, 'mutability', 'members.display'],
    [{ op: 'remove', path: 'members.value' }, 'mutability', 'members.value'],
    [{ op: 'remove', path: 'members[shoeSize eq "a"]' }, 'invalidPath', 'shoeSize'],
    [{ op: 'remove', path: 'members[display eq "Maya"]' }, 'invalidFilter', 'display eq'],
    [{ op: 'remove', path: 'members[value sw "a"]' }, 'invalidFilter', 'value sw'],
    [{ op: 'remove', path: 'members[not (value eq "a")]' }, 'invalidFilter', 'not'],
  ])('%j is refused with %s', (operation, scimType, text) => {
    const { status, scimType: actual, detail } = refused(operation);
    expect([status, actual]).toEqual([400, scimType]);
    expect(detail).toContain(text);
  });

  it('takes 100,000 in a request and refuses one more with tooMany', () => {
    const value = Array.from({ length: 100_000 }, (_, index) => ({ value: `u${index}` }));
    expect(members({ op: 'add', path: 'members', value })?.[0]?.userIds).toHaveLength(100_000);
    const more = [...value, { value: 'one-more' }];
    expect(refused({ op: 'add', path: 'members', value: more })).toMatchObject({ status: 400, scimType: 'tooMany' });
    expect(
      refused({ op: 'add', path: 'members', value }, { op: 'remove', path: 'members[value eq "a"]' }),
    ).toMatchObject({ status: 400, scimType: 'tooMany' });
  });
});
