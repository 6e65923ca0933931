import { describe, expect, it } from 'vitest';
import { parseCsv } from '../../src/simulator/people/csv.ts';
import { parsePeople, readPeople } from '../../src/simulator/people/from-csv.ts';

const fieldsOf = (text: string) => parseCsv(text).map(({ fields }) => fields);

describe('parseCsv', () => {
  it('reads quoted fields with commas, doubled quotes and line ends', () => {
    expect(fieldsOf('a,"b, c","say ""hi""","two\r\nlines"\r\n')).toEqual([['a', 'b, c', 'say "hi"', 'two\r\nlines']]);
  });

  it('accepts LF, CRLF, a missing final line end and a byte order mark', () => {
    expect(fieldsOf('\uFEFFa,b\r\nc,d\ne,f')).toEqual([
      ['a', 'b'],
      ['c', 'd'],
      ['e', 'f'],
    ]);
  });

  it('keeps empty fields and skips empty lines', () => {
    expect(fieldsOf('a,,\n\n,,"",b')).toEqual([
      ['a', '', ''],
      ['', '', '', 'b'],
    ]);
  });

  it('counts lines through quoted line ends', () => {
    expect(parseCsv('"a\nb"\nc').map(({ line }) => line)).toEqual([1, 3]);
  });

  it.each([
    ['a\n"never closed\n\n', 'Line 2: a quoted field is never closed.'],
    ['a\nb"c', 'Line 2: a quote inside an unquoted field; quote the whole field and double the quote.'],
    ['"a"b', 'Line 1: expected a comma or the end of the line after a field, but found "b".'],
  ])('refuses %j', (text, message) => {
    expect(() => parseCsv(text)).toThrow(message);
  });
});

describe('parsePeople', () => {
  it('reads columns in any order and leaves empty fields out', () => {
    const people = parsePeople(`familyName,userName,title\r\nO'Brien,Sean@acme.example,\r\n`);
    expect(people).toEqual([{ userName: 'Sean@acme.example', familyName: "O'Brien" }]);
  });

  it.each([
    ['', 'Line 1: the file is empty'],
    ['givenName\nMaya', 'Line 1: the header row has no column userName.'],
    ['userName,userName\na,b', 'Line 1: the header row names the column userName twice.'],
    ['userName,familiyName\na,b', 'Line 1: unknown column "familiyName"'],
    ['userName,title\na', 'Line 2: 1 fields where the header row names 2.'],
    ['userName,title\n,x', 'Line 2: userName is empty'],
    ['userName\na@x\nA@X', 'Line 3: userName A@X was already used on line 2.'],
  ])('refuses %j', (text, message) => {
    expect(() => parsePeople(text)).toThrow(message);
  });

  it('reads the example file, with its commas, quotes and gaps', async () => {
    const people = await readPeople(new URL('../../examples/people.csv', import.meta.url).pathname);
    expect(people).toHaveLength(40);
    expect(people).toContainEqual(expect.objectContaining({ displayName: 'Robert "Bob" Smith' }));
    expect(people).toContainEqual(expect.objectContaining({ familyName: 'St. John, Jr.' }));
    expect(people.filter(({ familyName }) => familyName === undefined)).toHaveLength(2);
  });
});
