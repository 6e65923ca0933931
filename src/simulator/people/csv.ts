/** One record of a CSV text with the line it starts on, counted from 1. */
export interface CsvRecord {
  readonly line: number;
  readonly fields: readonly string[];
}

/** Says what is wrong in a CSV text, and on which line. */
export class CsvError extends Error {
  override readonly name = 'CsvError';

  constructor(
    readonly line: number,
    problem: string,
  ) {
    super(`Line ${line}: ${problem}`);
  }
}

const BYTE_ORDER_MARK = '\uFEFF';

/** Reads comma-separated text (RFC 4180 §2; a lone LF also ends a record, a final line end is optional, empty lines are skipped). Fails with: CsvError. */
export function parseCsv(text: string): CsvRecord[] {
  const reader = new CsvReader(text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text);
  const records: CsvRecord[] = [];
  while (!reader.atEnd) {
    const record = reader.record();
    if (record.fields.length > 1 || record.fields[0] !== '') records.push(record);
  }
  return records;
}

class CsvReader {
  readonly #text: string;
  #position = 0;
  #line = 1;

  constructor(text: string) {
    this.#text = text;
  }

  get atEnd(): boolean {
    return this.#position >= this.#text.length;
  }

  /** record = field *(COMMA field) */
  record(): CsvRecord {
    const line = this.#line;
    const fields = [this.#field()];
    while (this.#text[this.#position] === ',') {
      this.#position++;
      fields.push(this.#field());
    }
    this.#endOfRecord();
    return { line, fields };
  }

  /** field = (escaped / non-escaped) */
  #field(): string {
    return this.#text[this.#position] === '"' ? this.#escaped() : this.#plain();
  }

  /** non-escaped = *TEXTDATA */
  #plain(): string {
    const start = this.#position;
    while (!this.atEnd && !',\r\n'.includes(this.#text.charAt(this.#position))) {
      if (this.#text[this.#position] === '"') {
        throw new CsvError(this.#line, 'a quote inside an unquoted field; quote the whole field and double the quote.');
      }
      this.#position++;
    }
    return this.#text.slice(start, this.#position);
  }

  /** escaped = DQUOTE *(TEXTDATA / COMMA / CR / LF / 2DQUOTE) DQUOTE */
  #escaped(): string {
    const opened = this.#line;
    let value = '';
    for (let from = this.#position + 1; ; from = this.#position + 1) {
      const quote = this.#text.indexOf('"', from);
      if (quote === -1) throw new CsvError(opened, 'a quoted field is never closed.');
      value += this.#text.slice(from, quote);
      this.#position = quote + 1;
      if (this.#text[this.#position] !== '"') break;
      value += '"';
    }
    this.#line += value.split('\n').length - 1;
    return value;
  }

  #endOfRecord(): void {
    if (this.atEnd) return;
    const rest = this.#text.slice(this.#position, this.#position + 2);
    if (!rest.startsWith('\n') && rest !== '\r\n') {
      const found = JSON.stringify(rest[0]);
      throw new CsvError(this.#line, `expected a comma or the end of the line after a field, but found ${found}.`);
    }
    this.#position += rest.startsWith('\n') ? 1 : 2;
    this.#line++;
  }
}
