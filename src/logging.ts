import type { IncomingMessage } from 'node:http';
import { pino, stdTimeFunctions } from 'pino';
import type { DestinationStream, Logger } from 'pino';
import type { LogLevel } from './config.ts';

/** What a logger needs: a `Config` will do, or a level alone. */
export type LoggingOptions = ({ readonly logLevel: LogLevel } | { readonly level: LogLevel }) & {
  /** Where the lines go; stdout unless told. */
  readonly destination?: DestinationStream;
};

/** A logger of JSON lines in which no secret is readable, wherever in a line it stands. */
export function createLogger(options: LoggingOptions): Logger {
  return pino(
    {
      level: 'level' in options ? options.level : options.logLevel,
      base: { pid: process.pid },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { req: loggedRequest, err: (error) => loggedError(error), error: (error) => loggedError(error) },
      hooks: { streamWrite: withoutSecrets },
    },
    options.destination ?? pino.destination(1),
  );
}

const SECRET_WORDS = 'password|passwd|passphrase|secret|token|pepper|authorization|cookie|api-?key';
/** A field whose value, whatever it is, is a secret: `password`, `newPassword`, `set-cookie`, `x-api-key`, … */
const SECRET_NAME = new RegExp(`(?:${SECRET_WORDS})s?$`, 'i');
const SECRET_FIELD = new RegExp(`(?:${SECRET_WORDS})s?":`, 'i');
/** The same inside a text: JSON in a message, where quotes are escaped, or `password=…`. */
const SECRET_IN_TEXT = new RegExp(`((?:${SECRET_WORDS})s?(?:\\\\+":\\s*\\\\+"|=))[^"\\\\&]+`, 'gi');
/** A SCIM key, a personal access token or the secret of a session or an invitation, whole or cut. */
const KEY = /(scim|pat|ses|inv)_[0-9A-Za-z_]{20,}/g;
const AUTHORIZATION = /\b(Bearer|Basic)(?:\s+|%20)[\w.~+/=-]{16,}/gi;
/** Any sign of the above: most lines have none and are written as they are. */
const SUSPECT = new RegExp(`${SECRET_WORDS}|scim_|pat_|ses_|inv_|bearer|basic`, 'i');

/**
 * The last step before a line is written, so that it sees everything: fields at any depth, bindings, messages, stacks.
 * Paths for pino's own `redact` are of one depth each and blind to text.
 */
function withoutSecrets(line: string): string {
  if (!SUSPECT.test(line)) return line;
  const named = SECRET_FIELD.test(line) ? `${JSON.stringify(JSON.parse(line, withoutSecretField))}\n` : line;
  return named
    .replace(SECRET_IN_TEXT, '$1[redacted]')
    .replace(KEY, '$1_…[redacted]')
    .replace(AUTHORIZATION, '$1 [redacted]');
}

function withoutSecretField(name: string, value: unknown): unknown {
  return SECRET_NAME.test(name) ? '[redacted]' : value;
}

interface LoggableRequest extends IncomingMessage {
  /** Express's: the URL before routers cut it, and the address behind trusted proxies. */
  readonly originalUrl?: string;
  readonly ip?: string;
}

function loggedRequest(req: LoggableRequest): object {
  return {
    method: req.method,
    url: maskedUrl(req.originalUrl ?? req.url ?? ''),
    remoteAddress: req.ip ?? req.socket?.remoteAddress,
    userAgent: req.headers?.['user-agent']?.slice(0, 256),
  };
}

/** Query parameters that never hold a person's name or a secret. */
const HARMLESS = new Set(['startIndex', 'count', 'attributes', 'excludedAttributes', 'sortBy', 'sortOrder']);
const PARAMETER_NAME = /^[A-Za-z_]{1,32}$/;

/** A URL for the log: its path, and its query with every value masked that could tell who or open a door. */
export function maskedUrl(url: string): string {
  const [path, query] = splitOnce(url, '?');
  if (query === undefined) return path.slice(0, 2048);
  return `${path.slice(0, 2048)}?${query.slice(0, 8192).split('&').map(maskedParameter).join('&').slice(0, 2048)}`;
}

function maskedParameter(parameter: string): string {
  const [name, value] = splitOnce(parameter, '=');
  if (value === undefined || !PARAMETER_NAME.test(name)) return parameter === '' ? '' : '[masked]';
  return HARMLESS.has(name) ? parameter : `${name}=[masked]`;
}

function splitOnce(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

const DEEPEST_CAUSE = 5;

/** An error by named parts alone: other libraries hang bodies and parameters on theirs (body-parser: the whole body). */
function loggedError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return { message: String(error) };
  return {
    type: error.name,
    ...('code' in error ? { code: String(error.code) } : {}),
    message: error.message,
    stack: error.stack,
    ...(error.cause === undefined || depth >= DEEPEST_CAUSE ? {} : { cause: loggedError(error.cause, depth + 1) }),
  };
}
