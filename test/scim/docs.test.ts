import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const PAGE = readFileSync(join(import.meta.dirname, '../../docs/scim.md'), 'utf8');
const LEVELS = ['MUST', 'MUST NOT', 'SHALL', 'SHALL NOT', 'SHOULD', 'SHOULD NOT', 'MAY'];

/** The rows of the tables of requirements. */
const REQUIREMENTS = PAGE.split('\n')
  .filter((line) => /^\| (?:7643|7644|9865)-/u.test(line))
  .map((line) => {
    const [, id = '', level = '', text = '', shown = ''] = line.split('|').map((cell) => cell.trim());
    return { id, level, text, shown };
  });

/** The words of titles that a cell names, each with its file. */
function referencesIn(cell: string): { file: string; words: string }[] {
  return [...cell.matchAll(/`([^`]+\.test\.ts)` “([^”]+)”/gu)].map(([, file, words]) => ({
    file: file!,
    words: words!,
  }));
}

const TITLE = /(?:\b(?:describe|it|test)(?:\.\w+)*|\))\(\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1/gsu;
const titles = new Map<string, string[]>();

function titlesOf(file: string): string[] {
  const known = titles.get(file);
  if (known !== undefined) return known;
  const path = join(import.meta.dirname, file);
  const source = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const found = [...source.matchAll(TITLE)].map(([, , title]) => title!.replaceAll("\\'", "'"));
  titles.set(file, found);
  return found;
}

describe('docs/scim.md', () => {
  it('gives each requirement an id of its own, numbered by section, and a level of RFC 2119', () => {
    const sections = new Map<string, number>();
    for (const { id, level, text } of REQUIREMENTS) {
      const [, section = '', number = ''] = /^(\d{4}-\d+(?:\.\d+)*)-(\d\d)$/u.exec(id) ?? [];
      sections.set(section, (sections.get(section) ?? 0) + 1);
      expect([Number(number), LEVELS.includes(level), text !== ''], id).toEqual([sections.get(section), true, true]);
    }
    expect(REQUIREMENTS.length).toBeGreaterThan(150);
  });

  it('shows each requirement by a test that there is, or says why not', () => {
    const missing = REQUIREMENTS.flatMap(({ id, shown }) =>
      referencesIn(shown)
        .filter(({ file, words }) => !titlesOf(file).some((title) => title.includes(words)))
        .map(({ file, words }) => `${id}: ${file} “${words}”`),
    );
    expect(missing).toEqual([]);
    for (const { id, shown } of REQUIREMENTS)
      expect(referencesIn(shown).length > 0 || /[a-z]{3} [a-z]/u.test(shown), id).toBe(true);
  });

  it('names no other test file that is not there', () => {
    const files = [...PAGE.matchAll(/`([\w./-]+\.test\.ts)`/gu)].map(([, file]) => file!);
    expect([...new Set(files)].filter((file) => !existsSync(join(import.meta.dirname, file)))).toEqual([]);
  });
});
