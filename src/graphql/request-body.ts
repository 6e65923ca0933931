import { LIMITS } from './limits.ts';

/** What is wrong with a body, and the status that says so. */
export interface BodyFault {
  readonly status: number;
  readonly message: string;
}

/** The faults of a body, by what body-parser calls them. */
const BODY_FAULTS: Readonly<Record<string, BodyFault>> = {
  'entity.parse.failed': { status: 400, message: 'The body is not valid JSON.' },
  'entity.too.large': { status: 413, message: `The body is larger than ${LIMITS.bodyBytes} bytes. Send less at once.` },
  'nesting.too.deep': {
    status: 400,
    message: `The body nests objects and lists more than ${LIMITS.bodyNesting} deep. Make it flatter.`,
  },
  'charset.unsupported': { status: 415, message: 'The body is not in UTF-8. Send UTF-8.' },
  'encoding.unsupported': { status: 415, message: 'The body has a content coding. Send it without.' },
};

/** Lets a body pass that is UTF-8 and not too deep: body-parser asks before it parses. */
export function verifyBody(_req: unknown, _res: unknown, body: Buffer, charset: string): void {
  if (charset !== 'utf-8') throw bodyFault('charset.unsupported');
  if (nestsTooDeep(body)) throw bodyFault('nesting.too.deep');
}

function bodyFault(type: string): Error {
  return Object.assign(new Error(type), { type, status: BODY_FAULTS[type]!.status });
}

/** The fault of a request that body-parser refused; undefined where the fault is our own. */
export function bodyFaultOf(error: unknown): BodyFault | undefined {
  if (!(error instanceof Error) || !('type' in error) || !('status' in error)) return undefined;
  const known = BODY_FAULTS[String(error.type)];
  if (known !== undefined) return known;
  const { status } = error;
  if (typeof status !== 'number' || status < 400 || status >= 500) return undefined;
  return { status, message: 'The request cannot be taken as it was sent.' };
}

const [QUOTE, BACKSLASH] = [0x22, 0x5c];
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);

/** Whether the JSON text nests deeper than allowed: told before it is parsed, for the parser's own words are no answer. */
function nestsTooDeep(json: Uint8Array): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at]!;
    if (inString && byte === BACKSLASH) at += 1;
    else if (byte === QUOTE) inString = !inString;
    else if (!inString && OPENING.has(byte)) depth += 1;
    else if (!inString && CLOSING.has(byte)) depth -= 1;
    if (depth > LIMITS.bodyNesting) return true;
  }
  return false;
}
