import type { ComparisonOperator } from '../../domain/criteria.ts';
import { invalidFilter, invalidPath } from '../errors.ts';
import type { AttrPath, Filter, Literal, Path } from './ast.ts';
import { Scanner } from './scanner.ts';

/** How deep parentheses and brackets may nest. */
export const MAX_DEPTH = 20;

/** How many comparisons one filter may have. */
export const MAX_COMPARISONS = 50;

const OPERATORS: ReadonlySet<string> = new Set(['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le']);
const KEYWORDS: ReadonlyMap<string, Literal> = new Map<string, Literal>([
  ['true', true],
  ['false', false],
  ['null', null],
]);
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const ATTRIBUTE_NAME = /^[A-Za-z$][\w$-]*$/;

/** Reads a filter (RFC 7644 §3.4.2.2). Fails with: 400 invalidFilter that says where and what was expected. */
export function parseFilter(text: string): Filter {
  const parser = new Parser(new Scanner(text, 'filter', invalidFilter));
  return parser.whole(() => parser.filter());
}

/** Reads the `path` of a PATCH operation (RFC 7644 §3.5.2). Fails with: 400 invalidPath. */
export function parsePath(text: string): Path {
  const parser = new Parser(new Scanner(text, 'path', invalidPath));
  return parser.whole(() => parser.path());
}

class Parser {
  readonly #scanner: Scanner;
  #depth = 0;
  #comparisons = 0;
  #insideBrackets = false;

  constructor(scanner: Scanner) {
    this.#scanner = scanner;
  }

  whole<T>(read: () => T): T {
    this.#scanner.skipSpace();
    const result = read();
    this.#scanner.skipSpace();
    if (!this.#scanner.isAtEnd()) throw this.#scanner.expected('the end');
    return result;
  }

  /** FILTER = attrExp / logExp / valuePath / *1"not" "(" FILTER ")", where `or` binds weaker than `and`. */
  filter(): Filter {
    return this.#chain('or', () => this.#chain('and', () => this.#term()));
  }

  /** PATH = attrPath / valuePath [subAttr] */
  path(): Path {
    const path = this.#attrPath();
    if (!this.#scanner.isAt('[')) return { path };
    if (path.sub !== undefined) throw this.#scanner.expected('no brackets after a sub-attribute, but the end,');
    const where = this.#brackets();
    if (!this.#scanner.take('.')) return { path, where };
    const start = this.#scanner.at;
    const sub = this.#scanner.word();
    if (!ATTRIBUTE_NAME.test(sub))
      throw this.#scanner.expected('the name of a sub-attribute after the brackets', start);
    return { path: { ...path, sub }, where };
  }

  /** logExp = FILTER SP ("and" / "or") SP FILTER */
  #chain(kind: 'and' | 'or', part: () => Filter): Filter {
    const first = part();
    const of = [first];
    this.#scanner.skipSpace();
    while (this.#scanner.takeWord(kind)) {
      this.#scanner.skipSpace();
      of.push(part());
      this.#scanner.skipSpace();
    }
    return of.length === 1 ? first : { kind, of };
  }

  /** attrExp / valuePath / *1"not" "(" FILTER ")" */
  #term(): Filter {
    if (this.#scanner.isAt('(')) return this.#group();
    if (!this.#scanner.takeWord('not')) return this.#expression();
    this.#scanner.skipSpace();
    if (!this.#scanner.isAt('(')) throw this.#scanner.expected('"(" after not');
    return { kind: 'not', of: this.#group() };
  }

  /** "(" FILTER ")" */
  #group(): Filter {
    return this.#nested('(', ')', () => this.filter());
  }

  /** attrExp = (attrPath SP "pr") / (attrPath SP compareOp SP compValue); valuePath = attrPath "[" valFilter "]" */
  #expression(): Filter {
    const path = this.#attrPath();
    if (!this.#scanner.isAt('[')) return this.#comparison(path);
    if (path.sub !== undefined || this.#insideBrackets)
      throw this.#scanner.expected('an operator such as eq; brackets follow an attribute only, and do not nest,');
    const where = this.#brackets();
    if (!this.#scanner.take('.')) return { kind: 'some', path, where };
    return { kind: 'some', path, where: { kind: 'and', of: [where, this.#comparison(this.#attrPath())] } };
  }

  /** "[" valFilter "]" */
  #brackets(): Filter {
    this.#insideBrackets = true;
    const where = this.#nested('[', ']', () => this.filter());
    this.#insideBrackets = false;
    return where;
  }

  #nested(open: string, close: string, read: () => Filter): Filter {
    if (this.#depth === MAX_DEPTH) throw this.#scanner.expected(`at most ${MAX_DEPTH} nested parentheses or brackets`);
    this.#scanner.expect(open);
    this.#depth += 1;
    this.#scanner.skipSpace();
    const result = read();
    this.#scanner.skipSpace();
    this.#scanner.expect(close);
    this.#depth -= 1;
    return result;
  }

  /** attrPath = [URI ":"] ATTRNAME *1subAttr; subAttr = "." ATTRNAME */
  #attrPath(): AttrPath {
    const start = this.#scanner.at;
    const word = this.#scanner.word();
    const colon = word.lastIndexOf(':');
    const [name = '', sub, ...more] = word.slice(colon + 1).split('.');
    const isWrong = colon === 0 || more.length > 0 || ![name, sub ?? name].every((part) => ATTRIBUTE_NAME.test(part));
    if (isWrong) throw this.#scanner.expected('the name of an attribute', start);
    return {
      ...(colon > 0 ? { urn: word.slice(0, colon) } : {}),
      name,
      ...(sub === undefined ? {} : { sub }),
    };
  }

  /** (SP "pr") / (SP compareOp SP compValue) */
  #comparison(path: AttrPath): Filter {
    this.#scanner.skipSpace();
    if (this.#comparisons === MAX_COMPARISONS) throw this.#scanner.expected(`at most ${MAX_COMPARISONS} comparisons`);
    this.#comparisons += 1;
    const start = this.#scanner.at;
    const operator = this.#scanner.word().toLowerCase();
    if (operator === 'pr') return { kind: 'present', path };
    if (!isOperator(operator))
      throw this.#scanner.expected('one of the operators eq, ne, co, sw, ew, pr, gt, ge, lt, le', start);
    this.#scanner.skipSpace();
    return { kind: 'compare', path, operator, value: this.#literal() };
  }

  /** compValue = false / null / true / number / string, as in JSON; the keywords in any case, for Entra ID's `True`. */
  #literal(): Literal {
    if (this.#scanner.isAt('"')) return this.#scanner.string();
    const start = this.#scanner.at;
    const word = this.#scanner.word();
    const keyword = KEYWORDS.get(word.toLowerCase());
    if (keyword !== undefined) return keyword;
    if (NUMBER.test(word) && Number.isFinite(Number(word))) return Number(word);
    throw this.#scanner.expected('text in double quotes, a number, true, false or null', start);
  }
}

function isOperator(word: string): word is ComparisonOperator {
  return OPERATORS.has(word);
}
