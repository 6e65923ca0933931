import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { applyPatch } from '../../../src/scim/patch/apply.ts';
import { readOperations } from '../../../src/scim/patch/operations.ts';
import { passwordOf } from '../../../src/scim/patch/password.ts';
import { USER } from '../../../src/scim/schema/user.ts';

const SCIM_USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const ignore = () => {};

const read = (Operations: object[]) => readOperations({ schemas: [], Operations }, ignore);
const passwordIn = (...operations: object[]) => passwordOf(USER, read(operations));

describe('the password that a PATCH would set', () => {
  it.each([
    { op: 'replace', value: { password: 'correct horse' } },
    { op: 'Replace', path: 'password', value: 'correct horse' },
    { op: 'add', path: 'PassWord', value: 'correct horse' },
    { op: 'replace', path: `${SCIM_USER}:password`, value: 'correct horse' },
    { op: 'replace', path: SCIM_USER.toUpperCase(), value: { Password: 'correct horse' } },
    { op: 'add', value: { [`${SCIM_USER}:password`]: 'correct horse', title: 'Counsel' } },
    { op: 'add', value: { [SCIM_USER]: { PASSWORD: 'correct horse', title: 'Counsel' } } },
    { op: 'replace', path: 'password', value: ['correct horse'] },
  ])('is found in $op $path $value', (operation) => expect(passwordIn(operation)).toBe('correct horse'));

  it.each([
    { op: 'replace', path: 'title', value: 'password' },
    { op: 'replace', value: { displayName: 'password', emails: [{ value: 'password' }] } },
    { op: 'remove', path: 'password' },
    { op: 'replace', path: 'password', value: null },
    { op: 'replace', path: 'password', value: '' },
    { op: 'replace', path: 'password', value: 7 },
    { op: 'replace', path: 'password.value', value: 'correct horse' },
    { op: 'replace', path: `${ENTERPRISE}:password`, value: 'correct horse' },
    { op: 'replace', value: { [ENTERPRISE]: { password: 'correct horse' } } },
    { op: 'replace', value: 'password' },
  ])('is not there in $op $path $value', (operation) => expect(passwordIn(operation)).toBeUndefined());

  it('is the last one', () => {
    const [one, other] = ['correct horse', 'another one'].map((value) => ({ op: 'replace', path: 'password', value }));
    expect(passwordIn(one!, { op: 'replace', value: { title: 'Counsel' } }, other!)).toBe('another one');
    expect(passwordIn(one!, { op: 'remove', path: 'password' })).toBeUndefined();
  });

  const key = fc.constantFrom(
    'password',
    'PASSWORD',
    `${SCIM_USER}:password`,
    'title',
    'nickName',
    'unknown',
    SCIM_USER,
  );
  const text = fc.constantFrom('correct horse', 'another one', '', null);
  const object = fc.dictionary(key, fc.oneof(text, fc.dictionary(key, text, { maxKeys: 2 })), { maxKeys: 3 });
  const operation = fc.oneof(
    fc.record({ op: fc.constantFrom('add', 'replace'), value: object }),
    fc.record({ op: fc.constantFrom('add', 'Replace'), path: key, value: fc.oneof(text, object) }),
    fc.record({ op: fc.constant('remove'), path: key }),
  );
  test.prop([fc.array(operation, { maxLength: 5 })], { numRuns: 2_000 })(
    'is the one that the PATCH as a whole comes to, wherever it does not fail',
    (sent) => {
      const operations = read(sent);
      let whole: string | undefined;
      try {
        whole = applyPatch(USER, { userName: 'maya' }, { operations, tolerate: ignore }).password;
      } catch {
        passwordOf(USER, operations);
        return;
      }
      expect(passwordOf(USER, operations)).toBe(whole);
    },
  );
});
