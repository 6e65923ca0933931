import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** The cases of the contract on the wire, by section: §11 is Okta's, §12 that of Entra ID and the others. */
const CASES: Readonly<Record<string, readonly number[]>> = {
  '§11': [
    2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 34, 36, 38, 40, 42, 44, 46, 48, 50, 52, 54, 56, 58, 60,
    62, 64, 66, 68, 70, 72, 74, 76, 78, 80, 82, 84, 86, 88, 90, 92,
  ],
  '§12': [2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 34, 36, 38, 40, 42, 44, 46, 48, 50],
};

describe('the cases of the contract', () => {
  it.each(Object.keys(CASES))(
    '%s each have a test with the number in its title, and no other numbers are used',
    (section) => {
      const titled = [...titles().matchAll(new RegExp(`${section} case (\\d+)\\b`, 'gu'))].map(([, number]) =>
        Number(number),
      );
      expect([...new Set(titled)].toSorted((a, b) => a - b)).toEqual(CASES[section]);
    },
  );

  it('are numbered with their section in every title', () => {
    expect(titles().match(/.*(?<!§1[12] )\bcase \d+\b.*/gu)).toBeNull();
  });
});

/** The titles of the tests of the SCIM face, one a line: what stands first in `it`, `describe` or a row of a table. */
function titles(): string {
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' });
  const tests = files.filter((file) => file.endsWith('.test.ts') && file !== 'contract-cases.test.ts');
  const source = tests.map((file) => readFileSync(join(import.meta.dirname, file), 'utf8')).join('\n');
  const title = /^\s*(?:(?:it|describe|test)(?:\.\w+)?\(|\]\)?\(|.*\)\(|\[)?\s*(['"`])(.*?)\1\s*,/gmu;
  return [...source.matchAll(title)].map(([, , text]) => text).join('\n');
}
