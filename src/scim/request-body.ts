import { invalidSyntax, ScimError } from './errors.ts';
import type { ScimRequest } from './message.ts';

/** The largest body read, in bytes. */
export const MAX_BODY_BYTES = 16 * 1024 * 1024;
/** How deep the brackets of a body may nest; SCIM itself needs six. */
export const MAX_BODY_DEPTH = 64;

const MEDIA_TYPES = new Set(['application/scim+json', 'application/json']);

/**
 * Reads a body as JSON, of a SCIM or plain JSON media type or none (RFC 7644 §3.1).
 * Fails with: 400 invalidSyntax, 413, 415.
 */
export async function readJson(request: ScimRequest): Promise<unknown> {
  checkMediaType(request.header('content-type'));
  const text = decode(await request.readBody());
  checkDepth(text);
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const why = error instanceof SyntaxError ? positionOf(error.message) : '';
    throw invalidSyntax(`The body is not JSON${why}. Send one JSON object.`);
  }
}

function checkMediaType(header: string | undefined): void {
  const [type = '', ...parameters] = (header ?? '').split(';').map((part) => part.trim().toLowerCase());
  if (type !== '' && !MEDIA_TYPES.has(type))
    throw new ScimError(415, `The Content-Type ${JSON.stringify(type)} is not read. Send application/scim+json.`);
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))?.slice('charset='.length);
  if (charset !== undefined && !/^"?utf-?8"?$/u.test(charset))
    throw new ScimError(415, `The charset ${JSON.stringify(charset)} is not read. Send UTF-8.`);
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw invalidSyntax('The body is not valid UTF-8. Send JSON in UTF-8.');
  }
}

/** Engine messages quote the body, which may hold a password: only the position is passed on. */
function positionOf(message: string): string {
  const position = /position (\d+)/u.exec(message)?.[1];
  return position === undefined ? '' : ` (it breaks off or goes wrong at position ${position})`;
}

function checkDepth(text: string): void {
  let depth = 0;
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (isQuoted) {
      if (code === BACKSLASH) at += 1;
      else if (code === QUOTE) isQuoted = false;
    } else if (code === QUOTE) isQuoted = true;
    else if (code === OPEN_BRACE || code === OPEN_BRACKET) depth += 1;
    else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) depth -= 1;
    if (depth > MAX_BODY_DEPTH) throw invalidSyntax(`The body nests deeper than ${MAX_BODY_DEPTH} levels. Flatten it.`);
  }
}

const [QUOTE, BACKSLASH, OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = [0x22, 0x5c, 0x7b, 0x7d, 0x5b, 0x5d];
