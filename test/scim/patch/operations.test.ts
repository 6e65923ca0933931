import { describe, expect, it } from 'vitest';
import { MAX_OPERATIONS, readOperations } from '../../../src/scim/patch/operations.ts';
import { collector, refusal } from '../refusal.ts';
import { maya, patch } from './maya.ts';

const read = (body: unknown) => {
  const { tolerate, tolerated } = collector();
  return { operations: readOperations(body, tolerate), tolerated };
};
const refused = (operation: unknown) => refusal(() => read({ Operations: [operation] }));

describe('RFC 7644 §3.5.2 the body of a PATCH', () => {
  it('is read once, paths and all', () => {
    const value = 'x';
    expect(read({ Operations: [{ op: 'replace', path: 'name.givenName', value, name: 'extra' }] }).operations).toEqual([
      { op: 'replace', path: { text: 'name.givenName', path: { name: 'name', sub: 'givenName' } }, value },
    ]);
  });

  it('Entra 7.2: may write its ops with a capital and its list without one', () => {
    const { operations, tolerated } = read({ operations: [{ op: 'Add', path: 'title', value: 'x' }] });
    expect(operations).toMatchObject([{ op: 'add' }]);
    expect(tolerated).toEqual(['Read "operations" as Operations.']);
  });

  it('Entra 7.2: may hold no operations, which changes nothing', () => {
    expect(patch([]).resource).toEqual(maya());
  });

  it('holds 1,000 operations, and not one more', () => {
    const operation = { op: 'replace', path: 'title', value: 'x' };
    const many = Array.from({ length: MAX_OPERATIONS }, () => operation);
    expect(read({ Operations: many }).operations).toHaveLength(1000);
    expect(refusal(() => read({ Operations: [...many, operation] }))).toMatchObject({
      status: 400,
      scimType: 'tooMany',
    });
  });

  it.each([
    [null],
    [[]],
    ['x'],
    [{}],
    [{ Operations: null }],
    [{ Operations: { op: 'add' } }],
    [{ Operations: ['add'] }],
  ])('is refused with invalidSyntax where it is %j', (body) => {
    expect(refusal(() => read(body))).toMatchObject({ status: 400, scimType: 'invalidSyntax' });
  });

  it.each([
    [{ op: 'Move', path: 'title' }, 'invalidSyntax'],
    [{ path: 'title', value: 'x' }, 'invalidSyntax'],
    [{ op: 'replace', path: 5, value: 'x' }, 'invalidSyntax'],
    [{ op: 'Remove' }, 'noTarget'],
    [{ op: 'remove', path: '' }, 'noTarget'],
    [{ op: 'replace', path: 'title' }, 'invalidValue'],
    [{ op: 'add' }, 'invalidValue'],
    [{ op: 'replace', path: 'a b', value: 'x' }, 'invalidPath'],
  ])('refuses %j with %s, saying which operation', (operation, scimType) => {
    expect(refused(operation)).toMatchObject({ status: 400, scimType });
  });
});
