import { Refused } from './facts.ts';

/** A filter inside the brackets of a path, as a tree. */
export type Condition =
  | { readonly is: 'both'; readonly left: Condition; readonly right: Condition }
  | { readonly is: 'either'; readonly left: Condition; readonly right: Condition }
  | { readonly is: 'not'; readonly of: Condition }
  | { readonly is: 'pr'; readonly name: string }
  | { readonly is: 'test'; readonly name: string; readonly op: string; readonly literal: Literal };

/** What a part is compared with. */
export type Literal = string | number | boolean | null;

/** A path of RFC 7644 §3.5.2: `attrPath / valuePath [subAttr]`. */
export interface ParsedPath {
  readonly urn?: string;
  readonly name: string;
  readonly sub?: string;
  readonly where?: Condition;
}

const NAME = String.raw`[A-Za-z$][\w$-]*`;
const HEAD = new RegExp(String.raw`^\s*(?:([^\s\[\]"()]+):)?(${NAME})(?:\.(${NAME}))?\s*$`, 'u');
const CHOSEN = new RegExp(String.raw`^\s*(?:([^\s\[\]"()]+):)?(${NAME})\[(.*)\](?:\.(${NAME}))?\s*$`, 'su');

/** Reads a path. Fails with: Refused invalidPath. */
export function readPath(text: string): ParsedPath {
  const plain = HEAD.exec(text);
  if (plain !== null) return { ...given({ urn: plain[1], sub: plain[3] }), name: plain[2]! };
  const chosen = CHOSEN.exec(text);
  if (chosen === null) throw new Refused('invalidPath');
  return { ...given({ urn: chosen[1], sub: chosen[4] }), name: chosen[2]!, where: readCondition(chosen[3]!) };
}

function given(parts: { urn: string | undefined; sub: string | undefined }): { urn?: string; sub?: string } {
  return Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined));
}

const WORD = /\s*("(?:[^"\\]|\\.)*"|[()]|[^\s()"]+)/suy;

function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (WORD.lastIndex = 0; text.slice(WORD.lastIndex).trim() !== '';) {
    const found = WORD.exec(text);
    if (found === null) throw new Refused('invalidPath');
    words.push(found[1]!);
  }
  return words;
}

/** The grammar of RFC 7644 §3.4.2.2 within brackets, where `or` binds weaker than `and`. */
function readCondition(text: string): Condition {
  const words = wordsOf(text);
  let at = 0;
  const isNext = (keyword: string) => words[at]?.toLowerCase() === keyword;
  const next = () => {
    const word = words[at];
    if (word === undefined) throw new Refused('invalidPath');
    at += 1;
    return word;
  };
  const chain = (kind: 'and' | 'or', part: () => Condition): Condition => {
    let left = part();
    while (isNext(kind)) {
      at += 1;
      left = { is: kind === 'and' ? 'both' : 'either', left, right: part() };
    }
    return left;
  };
  const whole = (): Condition => chain('or', () => chain('and', term));
  const group = (): Condition => {
    if (next() !== '(') throw new Refused('invalidPath');
    const inner = whole();
    if (next() !== ')') throw new Refused('invalidPath');
    return inner;
  };
  const term = (): Condition => {
    if (isNext('(')) return group();
    if (!isNext('not')) return test(next);
    at += 1;
    return { is: 'not', of: group() };
  };
  const condition = whole();
  if (at < words.length) throw new Refused('invalidPath');
  return condition;
}

const OPERATORS = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'];

function test(next: () => string): Condition {
  const attribute = next();
  if (!HEAD.test(attribute)) throw new Refused('invalidPath');
  const op = next().toLowerCase();
  if (op === 'pr') return { is: 'pr', name: attribute };
  if (!OPERATORS.includes(op)) throw new Refused('invalidPath');
  return { is: 'test', name: attribute, op, literal: readLiteral(next()) };
}

/** As in JSON; Entra ID writes `True`. */
function readLiteral(word: string): Literal {
  try {
    return JSON.parse(word.startsWith('"') ? word : word.toLowerCase()) as Literal;
  } catch {
    throw new Refused('invalidPath');
  }
}
