import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { EMAIL_LENGTH, isEmailAddress, type Instant } from '../domain/values.ts';

const RFC_3339 =
  /^\d{4}-(?:0\d|1[0-2])-(?<day>[0-3]\d)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?<zone>Z|[+-]\d\d:\d\d)$/iu;
const NORMAL_LENGTH = '2026-03-01T09:30:00.000Z'.length;

/** An instant; any RFC 3339 date-time is taken and becomes the domain's normal form. */
export const DateTime = new GraphQLScalarType<Instant, string>({
  name: 'DateTime',
  description: 'An instant in UTC, RFC 3339 with milliseconds, for example `2026-03-01T09:30:00.000Z`.',
  specifiedByURL: 'https://scalars.graphql.org/andimarek/date-time.html',
  serialize: textOf,
  parseValue: instantOf,
  parseLiteral: (node) => instantOf(literalOf(node)),
});

/** An address that mail can be sent to, as far as its form tells. */
export const EmailAddress = new GraphQLScalarType<string, string>({
  name: 'EmailAddress',
  description: 'An email address of at most 254 characters.',
  specifiedByURL: 'https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address',
  serialize: textOf,
  parseValue: emailOf,
  parseLiteral: (node) => emailOf(literalOf(node)),
});

/** A secret, in or out; a wrong one is not told again. */
export const SecretString = new GraphQLScalarType<string, string>({
  name: 'SecretString',
  description: 'A secret in plain text. Never logged or cached, and kept only as a hash.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc6750#section-2.1',
  serialize: textOf,
  parseValue: secretOf,
  parseLiteral: (node) => secretOf(literalOf(node)),
});

/** An absolute URL. */
export const Url = new GraphQLScalarType<string, string>({
  name: 'Url',
  description: 'An absolute URL; `https` in production.',
  specifiedByURL: 'https://url.spec.whatwg.org/',
  serialize: textOf,
});

function textOf(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError('The value of a scalar is not text.');
  return value;
}

function secretOf(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new GraphQLError('A SecretString is text.');
}

function literalOf(node: ValueNode): unknown {
  return node.kind === Kind.STRING ? node.value : undefined;
}

function emailOf(value: unknown): string {
  if (typeof value === 'string' && isEmailAddress(value)) return value;
  throw new GraphQLError(
    `An EmailAddress is an address of at most ${EMAIL_LENGTH} characters, for example "maya@acme.example".`,
  );
}

function instantOf(value: unknown): Instant {
  const parts = typeof value === 'string' ? RFC_3339.exec(value)?.groups : undefined;
  const time = parts === undefined ? Number.NaN : Date.parse(value as string);
  if (Number.isNaN(time) || !isDayOfItsMonth(value as string, Number(parts!['day']))) throw notAnInstant();
  const instant = new Date(time).toISOString();
  if (instant.length !== NORMAL_LENGTH) throw notAnInstant();
  return instant;
}

/** JavaScript reads 30 February as 2 March. */
function isDayOfItsMonth(text: string, day: number): boolean {
  return new Date(`${text.slice(0, 10)}T00:00:00.000Z`).getUTCDate() === day;
}

function notAnInstant(): GraphQLError {
  return new GraphQLError('A DateTime is an RFC 3339 date and time, for example "2026-03-01T09:30:00.000Z".');
}
