import { describe, expect, it } from 'vitest';
import { changesBetween } from '../../src/domain/changes.ts';
import { profileFields } from '../../src/domain/profile-field.ts';
import { displayNameOf, emailOf, presentedAttributes, profileToStore } from '../../src/domain/user-profile.ts';
import { aUser } from './support.ts';

describe('the display name', () => {
  const name = { givenName: 'Maya', familyName: 'Ortiz' };
  it.each([
    ['displayName', { displayName: 'M. Ortiz', name: { ...name, formatted: 'Dr. Maya Ortiz' } }, 'M. Ortiz'],
    ['else name.formatted', { name: { ...name, formatted: 'Dr. Maya Ortiz' } }, 'Dr. Maya Ortiz'],
    ['else given and family name', { name: { ...name, middleName: 'X' } }, 'Maya Ortiz'],
    ['else the one of them there is', { name: { familyName: 'Ortiz' } }, 'Ortiz'],
    ['else the userName', {}, 'maya.ortiz@acme.example'],
  ])('is %s', (_what, profile, expected) => {
    expect(displayNameOf(aUser({ profile }))).toBe(expected);
  });

  it('is the override wherever there is one, and the field says so beside the value of the directory', () => {
    const user = aUser({ profile: { displayName: 'Maya Ortiz' }, displayNameOverride: 'Maya O.' });
    expect(displayNameOf(user)).toBe('Maya O.');
    expect(profileFields(user).displayName).toEqual({
      value: 'Maya O.',
      source: 'OVERRIDE',
      directoryValue: 'Maya Ortiz',
      locked: true,
    });
  });

  it('that the directory reads is its own, never the override nor a derived one', () => {
    const user = aUser({ displayNameOverride: 'Maya O.' });
    expect(presentedAttributes(user).displayName).toBeUndefined();
  });
});

describe('what is derived on read', () => {
  it('is name.formatted, of all parts in their order', () => {
    const name = {
      honorificPrefix: 'Dr.',
      givenName: 'Maya',
      middleName: 'L.',
      familyName: 'Ortiz',
      honorificSuffix: 'MD',
    };
    expect(presentedAttributes(aUser({ profile: { name } })).name?.formatted).toBe('Dr. Maya L. Ortiz MD');
  });

  it('is an email of a userName that is an address', () => {
    expect(emailOf(aUser())).toBe('maya.ortiz@acme.example');
    expect(emailOf(aUser({ userName: 'maya' }))).toBeUndefined();
    expect(
      emailOf(aUser({ profile: { emails: [{ value: 'a@b.example' }, { value: 'c@d.example', primary: true }] } })),
    ).toBe('c@d.example');
  });

  it('is a given and family name of a user whom the directory does not manage (contract §6.1)', () => {
    const invited = aUser({ managedBy: 'WORKSPACE', userName: 'owner@acme.example' });
    expect(presentedAttributes(invited).name).toMatchObject({ givenName: 'owner', familyName: 'owner' });
    const named = aUser({ managedBy: 'WORKSPACE', profile: { displayName: 'Ada King Lovelace' } });
    expect(presentedAttributes(named).name).toMatchObject({ givenName: 'Ada', familyName: 'King Lovelace' });
    expect(presentedAttributes(aUser()).name).toBeUndefined();
  });
});

describe('what is stored of a write', () => {
  const before = aUser({ profile: { name: { givenName: 'Maya', familyName: 'Ortiz' } } });

  it('leaves out our own answer echoed, even when it went stale in the same write (contract §3.4)', () => {
    const echo = presentedAttributes(before);
    const written = { ...echo, name: { givenName: 'Maya', familyName: 'Ortiz-Lee', formatted: 'Maya Ortiz' } };
    expect(profileToStore(written, before, before)).toEqual({ name: { givenName: 'Maya', familyName: 'Ortiz-Lee' } });
  });

  it('keeps a formatted name that is not ours', () => {
    const written = { ...presentedAttributes(before), name: { givenName: 'Maya', formatted: 'Dr. M.' } };
    expect(profileToStore(written, before, before).name).toEqual({ givenName: 'Maya', formatted: 'Dr. M.' });
  });

  it('keeps the guessed names once the directory has taken over, so that nothing it reads disappears', () => {
    const invited = aUser({ managedBy: 'WORKSPACE', profile: { displayName: 'Ada Lovelace' } });
    const linked = { ...invited, managedBy: 'DIRECTORY' as const };
    const profile = profileToStore(presentedAttributes(invited), invited, linked);
    expect(presentedAttributes({ ...linked, profile })).toEqual(presentedAttributes(invited));
  });

  it('does not keep an email that we made of the userName', () => {
    const written = presentedAttributes(before);
    expect(written.emails).toBeDefined();
    expect(profileToStore(written, before, before).emails).toBeUndefined();
  });
});

describe('the changes between two states', () => {
  it('name each attribute by its SCIM path with the value before and after as JSON', () => {
    const changes = changesBetween(
      { title: 'Clerk', name: { givenName: 'Maya' }, enterprise: { department: 'Legal' } },
      { title: 'Counsel', name: { givenName: 'Maya', familyName: 'Ortiz' }, emails: [{ value: 'a@b.example' }] },
    );
    expect(changes).toHaveLength(4);
    expect(changes).toEqual(
      expect.arrayContaining([
        { path: 'title', before: '"Clerk"', after: '"Counsel"', redacted: false },
        {
          path: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department',
          before: '"Legal"',
          after: null,
          redacted: false,
        },
        { path: 'emails', before: null, after: '[{"value":"a@b.example"}]', redacted: false },
        { path: 'name.familyName', before: null, after: '"Ortiz"', redacted: false },
      ]),
    );
  });

  it('do not count the order of an object’s members', () => {
    const one = { emails: [{ value: 'a@b.example', type: 'work' }] };
    const other = { emails: [{ type: 'work', value: 'a@b.example' }] };
    expect(changesBetween(one, other)).toEqual([]);
  });

  it('are cut to 1,024 characters a value and 100 in all', () => {
    const [change] = changesBetween({}, { title: 'x'.repeat(5_000) });
    expect(change?.after).toHaveLength(1_024);
  });
});
