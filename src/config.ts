import { z } from 'zod';

/** The shortest `ROLLCALL_SECRET` that is taken. */
export const MIN_SECRET_LENGTH = 32;

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** How much is logged. */
export type LogLevel = (typeof LOG_LEVELS)[number];

/** How the process was started. Production rules hold unless `--dev` was given; `NODE_ENV` is never read. */
export interface Mode {
  readonly dev: boolean;
}

/** The environment as a process gets it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** One setting: where it comes from, what it may be, and a sentence for the person who sets it. */
interface Setting<T> {
  readonly variable: string;
  /** Reads the variable's text. Messages continue "VARIABLE …" and never hold the value, which may be a secret. */
  readonly rule: z.ZodType<T, string>;
  /** Replaces `rule` without `--dev`. */
  readonly productionRule?: z.ZodType<T, string>;
  /** The text that stands for an absent or empty variable; `undefined` means that the variable is required. */
  readonly absent: (mode: Mode, environment: Environment) => string | undefined;
  /** The default, as documentation says it. */
  readonly shownDefault: string;
  readonly sentence: string;
}

/** Every setting: parsed once, passed down. */
export interface Config {
  readonly dev: boolean;
  readonly port: number;
  readonly host: string;
  readonly databaseUrl: string;
  /** Without a slash at its end. */
  readonly publicUrl: string;
  /** `undefined` only under `--dev`: the secret is then in the file beside the database. */
  readonly secret: string | undefined;
  readonly upgradeUrl: string;
  readonly supportUrl: string;
  readonly corsOrigins: readonly string[];
  readonly logLevel: LogLevel;
  /** How many proxies in front of the server are believed about the client's address. */
  readonly trustProxy: number;
  /** These three: 0 means no limit. */
  readonly scimRatePerSecond: number;
  readonly scimRateBurst: number;
  readonly scimMaxConcurrent: number;
  /** Whether Apollo Sandbox is served at `GET /graphql`. */
  readonly sandbox: boolean;
}

const whole = (from: number, to: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `must be a whole number from ${from} to ${to}.`)
    .transform(Number)
    .refine((value) => value >= from && value <= to, `must be a whole number from ${from} to ${to}.`);

const oneOf = <const T extends string>(values: readonly T[]) =>
  z.enum(values, { error: `must be one of ${values.join(', ')}.` });

/** A URL that a link or a client may be given: absolute, http or https, no user name or password in it. */
const webUrl = z.string().superRefine((text, issues) => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:\/\//i.test(text)) issues.addIssue('must be an absolute http or https URL.');
  else if (url.username !== '' || url.password !== '') issues.addIssue('must not hold a user name or password.');
});

const publicUrl = webUrl
  .refine((text) => !text.includes('?') && !text.includes('#'), 'must not have a query or a fragment.')
  .refine((text) => !hostOf(text).includes('_'), 'must not have an underscore in its host: Okta refuses such a URL.')
  .transform((text) => (URL.canParse(text) ? new URL(text).href.replace(/\/+$/, '') : text));

const httpsPublicUrl = publicUrl.refine(
  (url) => !/^http:/i.test(url),
  'must begin with https://; plain http is for --dev alone.',
);

function hostOf(text: string): string {
  return URL.canParse(text) ? new URL(text).host : '';
}

const databaseUrl = z.string().superRefine((text, issues) => {
  const path = text.slice('sqlite:'.length);
  if (/^postgres(ql)?:/i.test(text)) {
    issues.addIssue('names a PostgreSQL database, which arrives in a later version; this one takes sqlite:PATH alone.');
  } else if (!text.startsWith('sqlite:')) issues.addIssue('must be sqlite:PATH, such as sqlite:./data/rollcall.db.');
  else if (path === '' || path.endsWith('/')) issues.addIssue('must name a file after sqlite:.');
  else if (path.startsWith(':')) issues.addIssue('must name a file: a database in memory would lose every user.');
  else if (path.startsWith('//')) issues.addIssue('must be sqlite:/absolute/path or sqlite:./relative/path.');
  else if (/[?#\0]/.test(path)) issues.addIssue('must name a file without ? or # in its path.');
});

const origins = z
  .string()
  .transform((text) => [...new Set(text.split(',').map((origin) => origin.trim()))])
  .superRefine((list, issues) => {
    list.forEach((origin, index) => {
      if (isOrigin(origin) || (origin === '' && list.length === 1)) return;
      issues.addIssue(
        `must be exact origins such as https://app.example.com, separated by commas, without a path or *; ` +
          `number ${index + 1} is not one.`,
      );
    });
  })
  .transform((list) => list.filter((origin) => origin !== ''));

function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}

const settings = {
  port: {
    variable: 'PORT',
    rule: whole(0, 65_535),
    absent: () => '4000',
    shownDefault: '4000',
    sentence: 'The port to listen on; 0 takes any free one.',
  },
  host: {
    variable: 'HOST',
    rule: z.string().regex(/^[\w.:-]+$/, 'must be a host name or an address, without a scheme, path or brackets.'),
    absent: () => '127.0.0.1',
    shownDefault: '127.0.0.1',
    sentence: 'The address to listen on; 0.0.0.0 listens on all.',
  },
  databaseUrl: {
    variable: 'DATABASE_URL',
    rule: databaseUrl,
    absent: () => 'sqlite:./data/rollcall.db',
    shownDefault: 'sqlite:./data/rollcall.db',
    sentence: 'Where everything is stored: sqlite: and the path of a file, which is created when it is missing.',
  },
  publicUrl: {
    variable: 'PUBLIC_URL',
    rule: publicUrl,
    productionRule: httpsPublicUrl,
    absent: (mode, environment) => (mode.dev ? `http://localhost:${portIn(environment)}` : undefined),
    shownDefault: 'http://localhost:$PORT with --dev, else required',
    sentence: 'The URL under which the outside reaches this server; SCIM base URLs begin with it, so it stays for life.',
  },
  secret: {
    variable: 'ROLLCALL_SECRET',
    rule: z.string().refine((text) => text === '' || text.length >= MIN_SECRET_LENGTH, tooShort()),
    absent: (mode) => (mode.dev ? '' : undefined),
    shownDefault: 'made beside the database with --dev, else required',
    sentence: `Protects every stored key, ${MIN_SECRET_LENGTH} characters or more; changing it ends them all.`,
  },
  upgradeUrl: {
    variable: 'UPGRADE_URL',
    rule: webUrl,
    absent: () => 'https://rollcall.example/upgrade',
    shownDefault: 'https://rollcall.example/upgrade',
    sentence: 'Where a workspace whose plan has no SSO is sent to get it.',
  },
  supportUrl: {
    variable: 'SUPPORT_URL',
    rule: webUrl,
    absent: () => 'https://rollcall.example/support',
    shownDefault: 'https://rollcall.example/support',
    sentence: 'Where a person gets help.',
  },
  corsOrigins: {
    variable: 'CORS_ORIGINS',
    rule: origins,
    absent: () => '',
    shownDefault: 'none',
    sentence: 'The origins whose pages may call /graphql from a browser, exact and separated by commas.',
  },
  logLevel: {
    variable: 'LOG_LEVEL',
    rule: oneOf(LOG_LEVELS),
    absent: () => 'info',
    shownDefault: 'info',
    sentence: `How much is logged: ${LOG_LEVELS.join(', ')}.`,
  },
  trustProxy: {
    variable: 'TRUST_PROXY',
    rule: z
      .string()
      .regex(/^(?:false|\d|10)$/, 'must be the number of proxies in front of the server, from 0 to 10, or false.')
      .transform((text) => (text === 'false' ? 0 : Number(text))),
    absent: () => '0',
    shownDefault: '0',
    sentence: "How many proxies in front of the server are believed about the client's address; false is 0.",
  },
  scimRatePerSecond: {
    variable: 'SCIM_RATE_PER_SECOND',
    rule: whole(0, 1_000_000),
    absent: () => '500',
    shownDefault: '500',
    sentence: 'SCIM requests a second that a workspace may make for long; 0 switches the limit off.',
  },
  scimRateBurst: {
    variable: 'SCIM_RATE_BURST',
    rule: whole(0, 1_000_000),
    absent: () => '1000',
    shownDefault: '1000',
    sentence: 'SCIM requests that a workspace may make at once after a pause; 0 switches the limit off.',
  },
  scimMaxConcurrent: {
    variable: 'SCIM_MAX_CONCURRENT',
    rule: whole(0, 1_000_000),
    absent: () => '75',
    shownDefault: '75',
    sentence: 'SCIM requests of a workspace that are worked on at the same time; 0 switches the limit off.',
  },
  sandbox: {
    variable: 'SANDBOX',
    rule: oneOf(['true', 'false']).transform((text) => text === 'true'),
    absent: (mode) => String(mode.dev),
    shownDefault: 'true with --dev, else false',
    sentence: 'Whether a browser gets Apollo Sandbox, which loads from Apollo, at GET /graphql.',
  },
} satisfies Record<string, Setting<unknown>>;

const SETTINGS: Readonly<Record<keyof typeof settings, Setting<unknown>>> = settings;
