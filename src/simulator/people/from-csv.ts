import { readFile } from 'node:fs/promises';
import { CsvError, parseCsv, type CsvRecord } from './csv.ts';
import { PersonSchema, type Person } from './person.ts';

const COLUMNS: readonly string[] = Object.keys(PersonSchema.shape);

/** Reads people from a CSV file (see `parsePeople`). Fails with: an Error naming the file and, where it can, the line. */
export async function readPeople(path: string): Promise<Person[]> {
  const text = await readFile(path, 'utf8');
  try {
    return parsePeople(text);
  } catch (error) {
    if (error instanceof CsvError) throw new Error(`${path}: ${error.message}`, { cause: error });
    throw error;
  }
}

/** Reads people from CSV text whose header row names fields of `Person` in any order; an empty field is an absent one. Fails with: CsvError. */
export function parsePeople(text: string): Person[] {
  const [header, ...records] = parseCsv(text);
  if (!header) throw new CsvError(1, `the file is empty; its first line must name columns: ${COLUMNS.join(', ')}.`);
  const columns = header.fields.map((name) => name.trim());
  checkHeader(columns, header.line);
  const seen = new Map<string, number>();
  return records.map((record) => {
    const person = personFrom(columns, record);
    checkUnseen(seen, person, record.line);
    return person;
  });
}

function checkHeader(columns: readonly string[], line: number): void {
  if (!columns.includes('userName')) throw new CsvError(line, 'the header row has no column userName.');
  const repeated = columns.find((name, index) => columns.indexOf(name) !== index);
  if (repeated !== undefined) throw new CsvError(line, `the header row names the column ${repeated} twice.`);
  const unknown = columns.find((name) => !COLUMNS.includes(name));
  if (unknown === undefined) return;
  throw new CsvError(line, `unknown column ${JSON.stringify(unknown)}; known are ${COLUMNS.join(', ')}.`);
}

function personFrom(columns: readonly string[], { line, fields }: CsvRecord): Person {
  if (fields.length !== columns.length) {
    throw new CsvError(line, `${fields.length} fields where the header row names ${columns.length}.`);
  }
  const given = columns.map((name, index) => [name, fields[index]?.trim()] as const).filter(([, value]) => value);
  const parsed = PersonSchema.safeParse(Object.fromEntries(given));
  if (!parsed.success) throw new CsvError(line, 'userName is empty; every person needs one.');
  return parsed.data;
}

function checkUnseen(seen: Map<string, number>, { userName }: Person, line: number): void {
  const key = userName.normalize('NFC').toLowerCase();
  const first = seen.get(key);
  if (first !== undefined) throw new CsvError(line, `userName ${userName} was already used on line ${first}.`);
  seen.set(key, line);
}
