import { describe, expect, it } from 'vitest';
import {
  checkSlug,
  compareCodePoints,
  compareKey,
  isEmailAddress,
  nameFault,
  sortKey,
  userNameFault,
} from '../../src/domain/values.ts';

describe('the compare key of a userName (RFC 7644 §7.8, PRECIS UsernameCaseMapped)', () => {
  const same: [string, string][] = [
    ['Maya.Ortiz@Acme.example', 'maya.ortiz@acme.example'],
    ['ÉLODIE', 'élodie'],
    ['e\u0301lodie', 'élodie'],
    ['ｍａｙａ', 'maya'],
    ['\u212Aelvin', 'kelvin'],
    ['STRAẞE', 'straße'],
    ['ｶﾞ', 'ガ'],
  ];
  it.each(same)('is the same for %j and %j', (a, b) => {
    expect(compareKey(a)).toBe(compareKey(b));
  });

  const different: [string, string][] = [
    ['élodie', 'elodie'],
    ['straße', 'strasse'],
    ['ﬁona', 'fiona'],
    ['maya', 'mауа'],
  ];
  it.each(different)('differs for %j and %j', (a, b) => {
    expect(compareKey(a)).not.toBe(compareKey(b));
  });
});

describe('the sort key of a name', () => {
  it('puts Ángel beside Angel', () => {
    expect(['Zoë', 'Ángel', 'Bea', 'angel'].toSorted((a, b) => compareCodePoints(sortKey(a), sortKey(b)))).toEqual([
      'Ángel',
      'angel',
      'Bea',
      'Zoë',
    ]);
  });
});

describe('a comparison by code point', () => {
  it('puts a character beyond U+FFFF after U+FF5E, as UTF-8 does and UTF-16 does not', () => {
    expect(compareCodePoints('～', '😀')).toBeLessThan(0);
  });
});

describe('a name (E16)', () => {
  it.each(['Maya', "O'Brien", 'D’Souza', '李小龙', 'Nguyễn Văn A', 'x'.repeat(256)])('may be %j', (name) => {
    expect(nameFault('The name', name)).toBeUndefined();
  });

  it.each([
    ['', 'is empty'],
    ['   ', 'is empty'],
    ['x'.repeat(257), '257 characters'],
    ['Ma\u0000ya', 'U+0000'],
    ['Ma\u202Eya', 'U+202E'],
    ['Ma\u200Dya', 'U+200D'],
    ['Ma\u{E0041}ya', 'U+E0041'],
    ['a\nb', 'U+000A'],
    ['Ma\uD800ya', 'U+D800'],
  ])('may not be %j, and the text says why', (name, why) => {
    expect(nameFault('The name', name)).toContain(why);
  });
});

describe('a userName', () => {
  it('may not begin or end with a space', () => {
    expect(userNameFault(' maya')).toContain('begins or ends with a space');
    expect(userNameFault('maya ')).toContain('begins or ends with a space');
    expect(userNameFault('maya ortiz')).toBeUndefined();
  });
});

describe('an email address', () => {
  it.each(['maya@acme.example', "o'brien+x@acme", '李@例え.テスト'])('may be %j', (text) => {
    expect(isEmailAddress(text)).toBe(true);
  });

  it.each(['maya', 'maya@', 'a b@acme', 'a\r\nb@acme', 'a\u0000@acme', 'a@ac\u0001me', 'a\u202E@acme', 'a\uD800@acme'])(
    'may not be %j',
    (text) => {
      expect(isEmailAddress(text)).toBe(false);
    },
  );
});

describe('a slug', () => {
  it.each(['acme', 'a1b', 'acme-legal-2', 'a'.repeat(40)])('may be %j', (slug) => {
    expect(() => checkSlug(slug)).not.toThrow();
  });

  it.each(['ab', 'a'.repeat(41), 'Acme', '-acme', 'acme-', 'ac--me', 'ac_me', 'äcme', ''])('may not be %j', (slug) => {
    expect(() => checkSlug(slug)).toThrow(/cannot be used/u);
  });
});

describe('an email address', () => {
  it.each(['maya@acme.example', "o'brien@acme.example", 'a@b'])('may be %j', (text) => {
    expect(isEmailAddress(text)).toBe(true);
  });
  it.each(['maya', 'maya@', '@acme', 'a b@c.d', 'a@b@c', 'a@b..c'])('is not %j', (text) => {
    expect(isEmailAddress(text)).toBe(false);
  });
});
