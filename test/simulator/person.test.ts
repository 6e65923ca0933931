import { describe, expect, it } from 'vitest';
import { generatePeople } from '../../src/simulator/people/generated.ts';
import { emailOf, oktaIdOf, PersonSchema, promoted } from '../../src/simulator/people/person.ts';

describe('generatePeople', () => {
  it('makes the same people every time', () => {
    expect(generatePeople(200)).toEqual(generatePeople(200));
  });

  it('makes the first people of a larger crowd for a smaller one', () => {
    expect(generatePeople(10)).toEqual(generatePeople(50).slice(0, 10));
  });

  it('makes userNames that stay unique without regard to case', () => {
    const names = generatePeople(20_000).map(({ userName }) => userName.toLowerCase());
    expect(new Set(names).size).toBe(20_000);
  });

  it('keeps two prefixes apart', () => {
    const names = [...generatePeople(100, { prefix: 'a-' }), ...generatePeople(100, { prefix: 'b-' })];
    expect(new Set(names.map(({ userName }) => userName)).size).toBe(200);
  });

  it('varies: mixed case, accents, apostrophes, other scripts and missing fields all occur', () => {
    const people = generatePeople(100);
    const text = JSON.stringify(people);
    for (const sample of ['Á', 'ễ', "O'Brien", '山田', 'Ольга']) expect(text).toContain(sample);
    for (const field of ['familyName', 'givenName', 'title', 'displayName', 'department', 'mobilePhone'] as const) {
      expect(people.some((person) => person[field] === undefined)).toBe(true);
    }
    expect(people.some(({ userName }) => userName !== userName.toLowerCase())).toBe(true);
    expect(people.every((person) => PersonSchema.safeParse(person).success)).toBe(true);
  });
});

describe('a person', () => {
  it('has an Okta id of Okta’s form that does not change', () => {
    const id = oktaIdOf({ userName: 'Maya@acme.example' });
    expect(id).toMatch(/^00u[0-9A-Za-z]{17}$/);
    expect(oktaIdOf({ userName: 'maya@acme.example' })).toBe(id);
  });

  it('uses a userName that is an address as email', () => {
    expect(emailOf({ userName: 'maya@acme.example' })).toBe('maya@acme.example');
    expect(emailOf({ userName: 'maya' })).toBeUndefined();
  });

  it('gets a new title, department and family name when promoted, and stays without one when there is none', () => {
    const maya = { userName: 'm', givenName: 'Maya', familyName: 'Ortiz', displayName: 'Maya Ortiz', title: 'Counsel' };
    expect(promoted(maya)).toEqual({
      ...maya,
      familyName: 'Ortiz-Lee',
      displayName: 'Maya Ortiz-Lee',
      title: 'Senior Counsel',
      department: 'Operations',
    });
    expect(promoted({ userName: 's' }).familyName).toBeUndefined();
  });
});
