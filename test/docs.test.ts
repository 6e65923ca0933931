import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeSettings } from '../src/config.ts';

const ROOT = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const pagesIn = (folder: string) =>
  readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name));

const PAGES = [...['.', 'docs', 'docs/decisions', 'web', 'bench'].flatMap(pagesIn), 'examples/typed-client/README.md'];

/** The cells of the rows of all tables of a page. */
const rowsOf = (text: string) =>
  text
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.split('|').map((cell) => cell.trim()));

/** A heading as the address of its place, in the form of GitHub. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

const anchorsOf = (text: string) => [...text.matchAll(/^#+ (.+)$/gmu)].map(([, heading]) => anchorOf(heading!));

/** What is wrong with a link, seen from the page it stands on; undefined for nothing. */
function faultOf(page: string, link: string): string | undefined {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : relative(ROOT, join(ROOT, dirname(page), path));
  if (!existsSync(join(ROOT, target))) return `${page}: ${link} is not there`;
  if (anchor !== undefined && !anchorsOf(read(target)).includes(anchor)) return `${page}: ${link} has no such heading`;
  return undefined;
}

/** The ids at the beginning of titles (`I4: tells …`) and at their end (`the role matrix (D9)`). */
function idsInTitles(source: string): string[] {
  const titles = [...source.matchAll(/\b(?:it|describe)(?:\.\w+)?\(\s*(['"`])(.+?)\1/gu)].map(([, , title]) => title!);
  return titles.flatMap((title) => {
    const [, first, last] =
      /^([A-M]\d{1,2}(?:, [A-M]\d{1,2})*)[: ]|\(([A-M]\d{1,2}(?:, [A-M]\d{1,2})*)\)$/u.exec(title) ?? [];
    return (first ?? last)?.split(', ') ?? [];
  });
}

describe('the documentation', () => {
  it.each(PAGES)('%s links to what is there', (page) => {
    const links = [...read(page).matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/gu)].map(([, link]) => link!);
    expect(links.map((link) => faultOf(page, link)).filter(Boolean)).toEqual([]);
  });

  it('gives each decision a number of its own, without a gap', () => {
    const numbers = pagesIn('docs/decisions').map((path) => Number(/\/(\d{4})-/u.exec(path)?.[1]));
    expect(numbers.toSorted((one, other) => one - other)).toEqual(numbers.map((_, index) => index + 1));
    for (const path of pagesIn('docs/decisions')) expect(read(path), path).toMatch(/^# \d+\. /u);
  });
});

describe('docs/operations.md', () => {
  it('has every setting, with the default and the sentence of src/config.ts', () => {
    const plain = (text: string) => text.replaceAll('`', '');
    const names = new Set(describeSettings().map(({ name }) => name));
    const documented = rowsOf(read('docs/operations.md'))
      .map(([, name = '', preset = '', sentence = '']) => [name, preset, sentence].map(plain))
      .filter(([name = '']) => /^[A-Z][A-Z_]+$/u.test(name));
    expect(documented.filter(([name = '']) => !names.has(name))).toEqual([]);
    expect(documented).toEqual(describeSettings().map((row) => [row.name, row.default, row.sentence]));
  });
});

describe('docs/reliability.md', () => {
  const page = read('docs/reliability.md');
  const rows = rowsOf(page).filter(([, id = '']) => /^[A-M]\d/u.test(id));

  it('names no test file that is not there', () => {
    const files = [...page.matchAll(/`([\w./-]+\.test\.ts)`/gu)].map(([, file]) => file!);
    expect(files.length).toBeGreaterThan(100);
    expect(files.filter((file) => !existsSync(join(ROOT, 'test', file)))).toEqual([]);
  });

  it('has one row for each id, with a test that shows it or a reason', () => {
    const ids = rows.flatMap(([, cell = '']) => cell.split(', '));
    expect(ids.filter((id) => !/^[A-M]\d{1,2}$/u.test(id))).toEqual([]);
    expect(ids.length).toBeGreaterThan(130);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    for (const [, id, , shown = ''] of rows) expect(shown, id).toMatch(/\.test\.ts`|not shown yet|later|\w+ \w+ \w+/u);
  });

  it('has every id that a test carries in its title', () => {
    const ids = new Set(rows.flatMap(([, cell = '']) => cell.split(', ')));
    const carried = readdirSync(join(ROOT, 'test'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.test.ts'))
      .flatMap((file) => idsInTitles(read(join('test', file))));
    expect(carried.length).toBeGreaterThan(60);
    expect([...new Set(carried)].filter((id) => !ids.has(id))).toEqual([]);
  });
});
