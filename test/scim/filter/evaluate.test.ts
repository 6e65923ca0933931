import { describe, expect, it } from 'vitest';
import { matches } from '../../../src/scim/filter/evaluate.ts';
import { parseFilter } from '../../../src/scim/filter/parser.ts';
import { USER_SCHEMA } from '../../../src/scim/schema/user.ts';

const maya = {
  id: 'Ab',
  userName: 'Maya@acme.example',
  active: true,
  title: 'Zürich \u{10000}',
  name: { givenName: 'Maya' },
  emails: [
    { value: 'm@acme.example', type: 'work', primary: true },
    { value: 'm@home.example', type: 'home' },
  ],
  meta: { created: '2026-05-04T09:00:00.000Z' },
};

describe('RFC 7644 §3.4.2.2 a filter on a value in memory', () => {
  it.each([
    ['userName eq "MAYA@ACME.EXAMPLE"', true],
    ['id eq "Ab"', true],
    ['id eq "ab"', false],
    ['id ne "ab"', true],
    ['userName ne "maya@acme.example"', false],
    ['nickName ne "x"', true],
    ['nickName eq "x"', false],
    ['nickName pr', false],
    ['nickName eq null', true],
    ['userName eq null', false],
    ['userName ne null', true],
    ['userName co "ACME"', true],
    ['userName sw "maya"', true],
    ['userName ew "maya"', false],
    ['title gt "zürich \uffff"', true],
    ['title lt "zürich \uffff"', false],
    ['title ge "zürich \u{10000}"', true],
    ['title le "zürich \u{10000}"', true],
    ['active eq true', true],
    ['active eq "False"', false],
    ['active eq "True"', true],
    ['meta.created eq "2026-05-04T11:00:00+02:00"', true],
    ['meta.created gt "2026-05-04T09:00:00Z"', false],
    ['emails co "home"', true],
    ['emails.type eq "home"', true],
    ['emails[type eq "home" and value co "acme"]', false],
    ['emails[type eq "work" and value co "acme"]', true],
    ['not (emails[type eq "other"])', true],
    ['name.givenName eq "maya" and (active eq false or title pr)', true],
    ['shoeSize eq "46"', false],
    ['shoeSize[a pr]', false],
    ['userName gt 5', false],
    ['userName eq 5', false],
    ['userName ne 5', true],
    ['active gt "a"', false],
    ['meta.created ge "2026-05-04T09:00:00Z"', true],
    ['meta.created eq "2026-05-04T25:00:00Z"', false],
  ])('%s is %s', (text, expected) => {
    expect(matches(parseFilter(text), maya, USER_SCHEMA.attributes)).toBe(expected);
  });
});
