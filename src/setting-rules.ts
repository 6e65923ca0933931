import { z } from 'zod';
import { addressFault } from './db/postgresql/address.ts';

/** The shortest `ROLLCALL_SECRET` that is taken. */
export const MIN_SECRET_LENGTH = 32;

/** The shortest `METRICS_TOKEN` that is taken. */
export const MIN_SCRAPE_TOKEN_LENGTH = 16;

/** The words that `LOG_LEVEL` may be. */
export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

// Each rule reads the text of a variable. Its messages continue "VARIABLE …" and never hold the text, which may be a
// secret or have a password inside.

/** A whole number in decimal digits. */
export function whole(from: number, to: number): z.ZodType<number, string> {
  const sentence = `must be a whole number from ${from} to ${to}.`;
  return z
    .string()
    .regex(/^\d{1,9}$/, sentence)
    .transform(Number)
    .refine((value) => value >= from && value <= to, sentence);
}

/** One of some words. */
export function oneOf<const T extends string>(words: readonly T[]): z.ZodType<T, string> {
  const sentence = `must be one of ${words.join(', ')}.`;
  return z.string().transform((text, context) => {
    const word = words.find((candidate) => candidate === text);
    if (word !== undefined) return word;
    context.addIssue(sentence);
    return z.NEVER;
  });
}

/** `true` or `false`. */
export const onOrOff = oneOf(['true', 'false']).transform((text) => text === 'true');

/** A host name or an address. */
export const host = z
  .string()
  .regex(/^[\w.:-]+$/, 'must be a host name or an address, without a scheme, a path or brackets.');

/** An absolute http or https URL with nothing secret in it. */
export const webUrl = z.string().superRefine((text, context) => {
  const url = parsedUrl(text);
  if (url === undefined) context.addIssue('must be an absolute http or https URL.');
  else if (url.username !== '' || url.password !== '') context.addIssue('must not hold a user name or a password.');
});

/** The public URL as a stable base for others: Okta takes no underscore anywhere in it. The slash at its end goes. */
export const publicUrl = webUrl
  .refine((text) => !/[?#]/.test(text), 'must not have a query or a fragment.')
  .refine((text) => !text.includes('_'), 'must not have an underscore: Okta refuses such a URL.')
  .transform((text) => (parsedUrl(text)?.href ?? text).replace(/\/+$/, ''));

/** The public URL of a server that was started without `--dev`. */
export const httpsPublicUrl = publicUrl.refine(
  (text) => !text.startsWith('http://'),
  'must begin with https://; plain http is for --dev alone.',
);

function parsedUrl(text: string): URL | undefined {
  return /^https?:\/\/[^\s\p{Cc}/]/iu.test(text) && !/[\s\p{Cc}]/u.test(text) && URL.canParse(text)
    ? new URL(text)
    : undefined;
}

/** `sqlite:` and the path of a file, or `postgresql://` and where the database is. */
export const databaseUrl = z.string().superRefine((text, context) => {
  const fault = databaseUrlFault(text);
  if (fault !== undefined) context.addIssue(fault);
});

function databaseUrlFault(text: string): string | undefined {
  const path = text.slice('sqlite:'.length);
  if (/^postgres(?:ql)?:\/\//u.test(text)) return addressFault(text);
  if (!text.startsWith('sqlite:'))
    return 'must be sqlite:PATH, such as sqlite:./data/rollcall.db, or postgresql://user:password@host:port/database.';
  if (path === '' || path.endsWith('/')) return 'must name a file after sqlite:.';
  if (path.startsWith(':')) return 'must name a file: a database in memory would lose every user.';
  if (path.startsWith('//')) return 'must be sqlite:/absolute/path or sqlite:./relative/path.';
  if (/[?#\0]/.test(path)) return 'must name a file without ? or # in its path.';
  return undefined;
}

/** A secret that is long enough, or none. */
export const secret = z
  .string()
  .refine((text) => text === '' || text.length >= MIN_SECRET_LENGTH, `needs at least ${MIN_SECRET_LENGTH} characters.`)
  .transform((text) => (text === '' ? undefined : text));

const SCRAPE_TOKEN = new RegExp(`^(?:[!-~]{${MIN_SCRAPE_TOKEN_LENGTH},1024})?$`);

/** What a scrape proves itself with, or nothing. It has to fit into a header, whole. */
export const scrapeToken = z
  .string()
  .regex(SCRAPE_TOKEN, `needs ${MIN_SCRAPE_TOKEN_LENGTH} to 1024 characters of ASCII, without spaces.`)
  .transform((text) => (text === '' ? undefined : text));

/** Exact origins separated by commas; nothing for none. */
export const origins = z
  .string()
  .transform((text) => (text === '' ? [] : [...new Set(text.split(',').map((origin) => origin.trim()))]))
  .superRefine((list, context) => {
    const wrong = list.flatMap((origin, index) => (isOrigin(origin) ? [] : [index + 1]));
    if (wrong.length === 0) return;
    context.addIssue(
      'must be exact origins such as https://app.example.com, separated by commas, without a path, * or null; ' +
        `look at number ${wrong.join(', ')}.`,
    );
  });

function isOrigin(text: string): boolean {
  return !text.includes('*') && parsedUrl(text)?.origin === text;
}

/** A number of proxies. */
export const proxies = z
  .string()
  .regex(/^(?:false|\d|10)$/, 'must be the number of proxies in front of the server, from 0 to 10, or false.')
  .transform((text) => (text === 'false' ? 0 : Number(text)));
