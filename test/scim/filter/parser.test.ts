import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ScimError } from '../../../src/scim/errors.ts';
import type { AttrPath, Filter } from '../../../src/scim/filter/ast.ts';
import { parseFilter, parsePath } from '../../../src/scim/filter/parser.ts';
import { printFilter } from '../../../src/scim/filter/printer.ts';
import { MAX_LENGTH } from '../../../src/scim/filter/scanner.ts';
import { refusal } from '../refusal.ts';

const named = (name: string): AttrPath => ({ name });
const eq = (name: string, value: string | number | boolean | null): Filter => ({
  kind: 'compare',
  path: named(name),
  operator: 'eq',
  value,
});

describe('RFC 7644 §3.4.2.2 filter grammar', () => {
  it.each(['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'] as const)(
    'reads the operator %s in any case',
    (operator) => {
      const filter = { kind: 'compare', path: named('title'), operator, value: 'x' };
      expect(parseFilter(`title ${operator} "x"`)).toEqual(filter);
      expect(parseFilter(`title ${operator.toUpperCase()} "x"`)).toEqual(filter);
    },
  );

  it('reads pr, sub-attributes and URN-qualified names', () => {
    const path = { urn: 'urn:ietf:params:scim:schemas:core:2.0:User', name: 'name', sub: 'familyName' };
    expect(parseFilter('urn:ietf:params:scim:schemas:core:2.0:User:name.familyName PR')).toEqual({
      kind: 'present',
      path,
    });
  });

  it('lets and bind before or, and not before both', () => {
    expect(parseFilter('a eq 1 or b eq 2 and not (c eq 3)')).toEqual({
      kind: 'or',
      of: [eq('a', 1), { kind: 'and', of: [eq('b', 2), { kind: 'not', of: eq('c', 3) }] }],
    });
  });

  it('lets parentheses change the precedence', () => {
    expect(parseFilter('(a eq 1 OR b eq 2) AND c eq 3')).toEqual({
      kind: 'and',
      of: [{ kind: 'or', of: [eq('a', 1), eq('b', 2)] }, eq('c', 3)],
    });
  });

  it('reads a value path', () => {
    expect(parseFilter('emails[type eq "work" and value eq "x"]')).toEqual({
      kind: 'some',
      path: named('emails'),
      where: { kind: 'and', of: [eq('type', 'work'), eq('value', 'x')] },
    });
  });

  it('reads one value path after another', () => {
    expect(parseFilter('emails[type pr] and ims[type pr]')).toMatchObject({
      kind: 'and',
      of: [{ kind: 'some' }, { kind: 'some' }],
    });
  });

  it('Entra 7.2: reads a comparison after a value path as a part of it', () => {
    expect(parseFilter('emails[type eq "work"].value eq "x"')).toEqual({
      kind: 'some',
      path: named('emails'),
      where: { kind: 'and', of: [eq('type', 'work'), eq('value', 'x')] },
    });
  });

  it.each([
    ['"a\\"b\\\\c\\u00e9"', 'a"b\\cé'],
    ['-12.5e2', -1250],
    ['true', true],
    ['False', false],
    ['null', null],
    ['""', ''],
    ['") or (x pr"', ') or (x pr'],
  ])('reads the literal %s', (text, value) => {
    expect(parseFilter(`a eq ${text}`)).toEqual(eq('a', value));
  });

  it.each([
    ['', 'name of an attribute at position 1'],
    ['userName', 'operators eq, ne, co, sw, ew, pr, gt, ge, lt, le at position 9'],
    ['userName is "x"', 'operators eq, ne, co, sw, ew, pr, gt, ge, lt, le at position 10'],
    ['userName eq maya', 'text in double quotes, a number, true, false or null at position 13'],
    ['userName eq', 'text in double quotes, a number, true, false or null at position 12'],
    ['userName eq 012', 'position 13'],
    ['userName eq 1e999', 'position 13'],
    ['userName eq "x', 'a closing quote for the text that starts at position 13'],
    ['userName eq "\\x"', 'escapes of JSON, such as \\" or \\u00e9, at position 13'],
    ['userName eq "\\u0000"', 'U+0000 and half surrogates at position 13'],
    ['userName eq "\\ud800"', 'U+0000 and half surrogates at position 13'],
    ['userName eq "x" title pr', 'the end at position 17'],
    ['(userName pr', '")" at position 13'],
    ['userName pr)', 'the end at position 12'],
    ['not userName pr', '"(" after not at position 5'],
    ['userName pr and', 'name of an attribute at position 16'],
    ['emails[type pr', '"]" at position 15'],
    ['emails[ims[type pr]]', 'position 11'],
    ['emails.value[type pr]', 'position 13'],
    ['a.b.c pr', 'name of an attribute at position 1'],
    [':a pr', 'name of an attribute at position 1'],
    ['__proto__ pr', 'name of an attribute at position 1'],
    ['a.__proto__ pr', 'name of an attribute at position 1'],
    ['urn:x:__proto__ pr', 'name of an attribute at position 1'],
  ])('refuses %s with invalidFilter, a position and what was expected', (text, detail) => {
    expect(refusal(() => parseFilter(text))).toEqual({
      status: 400,
      scimType: 'invalidFilter',
      detail: expect.stringContaining(detail),
    });
  });
});

const nested = (depth: number) => `${'('.repeat(depth)}a pr${')'.repeat(depth)}`;
const compared = (count: number) => Array.from({ length: count }, () => 'a pr').join(' and ');
const long = (length: number) => `a eq "${'x'.repeat(length - 7)}"`;

describe('E5 limits of a filter', () => {
  it.each([
    ['4,096 characters', long(MAX_LENGTH)],
    ['20 levels', nested(20)],
    ['50 comparisons', compared(50)],
    ['20 levels, a value path among them', `${'('.repeat(19)}a[b pr]${')'.repeat(19)}`],
  ])('reads %s', (_, text) => {
    expect(() => parseFilter(text)).not.toThrow();
  });

  it.each([
    ['4,097 characters', long(MAX_LENGTH + 1)],
    ['21 levels', nested(21)],
    ['51 comparisons', compared(51)],
    ['21 levels, a value path among them', `${'('.repeat(20)}a[b pr]${')'.repeat(20)}`],
    ['2,000 levels', nested(2000)],
  ])('refuses %s', (_, text) => {
    expect(refusal(() => parseFilter(text))).toMatchObject({
      status: 400,
      scimType: 'invalidFilter',
      detail: expect.stringMatching(/at position \d+/),
    });
  });
});

describe('RFC 7644 §3.5.2 PATH', () => {
  it.each([
    ['displayName', { path: named('displayName') }],
    ['name.givenName', { path: { name: 'name', sub: 'givenName' } }],
    ['emails[type eq "work"]', { path: named('emails'), where: eq('type', 'work') }],
    ['emails[primary eq true].value', { path: { name: 'emails', sub: 'value' }, where: eq('primary', true) }],
    ['urn:x:2.0:User:manager.value', { path: { urn: 'urn:x:2.0:User', name: 'manager', sub: 'value' } }],
    ['urn:x:2.0:User', { path: { urn: 'urn:x:2.0', name: 'User' } }],
    ['members.$ref', { path: { name: 'members', sub: '$ref' } }],
  ])('reads %s', (text, path) => {
    expect(parsePath(text)).toEqual(path);
  });

  it.each([
    '',
    'emails[type eq "work"',
    'emails[type eq work]',
    'emails[type pr].',
    'emails[type pr]value',
    'a b',
    'a.b.c',
    'a.__proto__',
    'emails.value[type pr]',
  ])('refuses %j with invalidPath and a position', (text) => {
    expect(refusal(() => parsePath(text))).toMatchObject({
      status: 400,
      scimType: 'invalidPath',
      detail: expect.stringMatching(/at position \d+/),
    });
  });
});

const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,8}$/).filter((word) => word.toLowerCase() !== 'not');
const path: fc.Arbitrary<AttrPath> = fc.record(
  { name, urn: fc.constantFrom('urn:a:b', 'urn:ietf:params:scim:schemas:core:2.0:User'), sub: name },
  { requiredKeys: ['name'] },
);
const literal = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 8 }).filter((text) => text.isWellFormed() && !text.includes('\u0000')),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (number === 0 ? 0 : number)),
  fc.boolean(),
  fc.constant(null),
);
const compare = fc.oneof(
  fc.record({ kind: fc.constant('present' as const), path }),
  fc.record({
    kind: fc.constant('compare' as const),
    path,
    operator: fc.constantFrom('eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'),
    value: literal,
  }),
);
const logical = (part: fc.Arbitrary<Filter>): fc.Arbitrary<Filter>[] => [
  fc.record({ kind: fc.constantFrom('and', 'or'), of: fc.array(part, { minLength: 2, maxLength: 3 }) }),
  fc.record({ kind: fc.constant('not' as const), of: part }),
];
const { inner } = fc.letrec<{ inner: Filter }>((tie) => ({
  inner: fc.oneof({ maxDepth: 2 }, compare, ...logical(tie('inner'))),
}));
const some = fc.record({
  kind: fc.constant('some' as const),
  path: path.map((whole) => (whole.urn === undefined ? { name: whole.name } : { urn: whole.urn, name: whole.name })),
  where: inner,
});
const { filter } = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof({ maxDepth: 2 }, compare, some, ...logical(tie('filter'))),
}));

describe('a printed filter', () => {
  it('reads back as the same tree', () => {
    fc.assert(
      fc.property(filter, (tree) => {
        const text = printFilter(tree);
        fc.pre(text.length <= MAX_LENGTH && comparisons(tree) <= 50);
        expect(parseFilter(text)).toEqual(tree);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('E4 the parser', () => {
  const token = fc.constantFrom(
    'userName',
    'emails',
    'eq',
    'pr',
    'and',
    'or',
    'not',
    '(',
    ')',
    '[',
    ']',
    '"x"',
    '"',
    '.',
    ':',
    '\\',
    ' ',
    '1',
    'true',
    '\u0000',
    '\ud800',
  );
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.array(token).map((tokens) => tokens.join(' ')),
    fc.array(token).map((tokens) => tokens.join('')),
  );

  it('throws nothing but a ScimError with a position', () => {
    fc.assert(
      fc.property(text, (input) => {
        for (const read of [parseFilter, parsePath])
          expect(outcome(() => read(input))).toMatch(/^read$|^ScimError .*at position \d+/);
      }),
      { numRuns: 3000 },
    );
  });
});

function comparisons(tree: Filter): number {
  if (tree.kind === 'and' || tree.kind === 'or') return tree.of.reduce((sum, part) => sum + comparisons(part), 0);
  if (tree.kind === 'not') return comparisons(tree.of);
  return tree.kind === 'some' ? comparisons(tree.where) : 1;
}

function outcome(read: () => unknown): string {
  try {
    read();
    return 'read';
  } catch (error) {
    return error instanceof ScimError ? `ScimError ${error.message}` : String(error);
  }
}
