import { z } from 'zod';
import * as rules from './setting-rules.ts';

/** How much is logged. */
export type LogLevel = (typeof rules.LOG_LEVELS)[number];

/** How the process was started. Production rules hold unless `--dev` was given; `NODE_ENV` is never read. */
export interface Mode {
  readonly dev: boolean;
}

/** The environment as a process gets it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Every setting: parsed once, passed down. */
export interface Config extends Mode {
  readonly port: number;
  readonly host: string;
  /** `sqlite:` and a path, or a `postgresql:` URL. */
  readonly databaseUrl: string;
  /** These two: for PostgreSQL. */
  readonly databasePoolMax: number;
  readonly databaseStatementTimeoutMs: number;
  /** Without a slash at its end. */
  readonly publicUrl: string;
  /** `undefined` only under `--dev`: the secret is then in the file beside the database. */
  readonly secret: string | undefined;
  readonly upgradeUrl: string;
  readonly supportUrl: string;
  readonly corsOrigins: readonly string[];
  readonly logLevel: LogLevel;
  readonly trustProxy: number;
  /** These three: 0 means no limit. */
  readonly scimRatePerSecond: number;
  readonly scimRateBurst: number;
  readonly scimMaxConcurrent: number;
  readonly drainDelayMs: number;
  readonly sandbox: boolean;
  /** `undefined` where there are no metrics. */
  readonly metricsToken: string | undefined;
}

/** One setting as data. */
interface Setting<T> {
  readonly variable: string;
  readonly rule: z.ZodType<T, string>;
  /** Takes the place of `rule` without `--dev`. */
  readonly productionRule?: z.ZodType<T, string>;
  /** The text read where the variable is absent or empty. */
  readonly absent?: string;
  /** What takes the place of `absent` where it depends on how the server runs; `undefined` makes the variable required. */
  readonly absentIn?: (mode: Mode, environment: Environment) => string | undefined;
  /** The default in words, where `absent` does not say it. */
  readonly shownDefault?: string;
  readonly sentence: string;
}

const SETTINGS: { readonly [K in Exclude<keyof Config, 'dev'>]: Setting<Config[K]> } = {
  port: {
    variable: 'PORT',
    rule: rules.whole(0, 65_535),
    absent: '4000',
    sentence: 'The port to listen on; 0 takes any free one.',
  },
  host: {
    variable: 'HOST',
    rule: rules.host,
    absent: '127.0.0.1',
    sentence: 'The address to listen on; 0.0.0.0 listens on all of them.',
  },
  databaseUrl: {
    variable: 'DATABASE_URL',
    rule: rules.databaseUrl,
    absent: 'sqlite:./data/rollcall.db',
    sentence:
      'Where everything is stored: sqlite: and the path of a file, which is made when it is missing, or postgresql://user:password@host:port/database, with ?sslmode=verify-full and sslrootcert= for a database across a network.',
  },
  databasePoolMax: {
    variable: 'DATABASE_POOL_MAX',
    rule: rules.whole(3, 1_000),
    absent: '10',
    sentence:
      'The most connections that this process opens to PostgreSQL; all processes together need fewer than it allows.',
  },
  databaseStatementTimeoutMs: {
    variable: 'DATABASE_STATEMENT_TIMEOUT_MS',
    rule: rules.whole(100, 600_000),
    absent: '10000',
    sentence: 'After how many milliseconds PostgreSQL ends a statement; the call is then answered 503.',
  },
  publicUrl: {
    variable: 'PUBLIC_URL',
    rule: rules.publicUrl,
    productionRule: rules.httpsPublicUrl,
    absentIn: ({ dev }, environment) => (dev ? `http://localhost:${portOf(environment)}` : undefined),
    shownDefault: 'http://localhost:$PORT with --dev, else required',
    sentence: 'The URL by which the outside reaches this server. SCIM base URLs begin with it, so it stays for life.',
  },
  secret: {
    variable: 'ROLLCALL_SECRET',
    rule: rules.secret,
    absentIn: ({ dev }) => (dev ? '' : undefined),
    shownDefault: 'kept in a file beside the database with --dev, else required',
    sentence: `Guards every stored key: ${rules.MIN_SECRET_LENGTH} characters or more. A new one ends all keys.`,
  },
  upgradeUrl: {
    variable: 'UPGRADE_URL',
    rule: rules.webUrl,
    absent: 'https://rollcall.example/upgrade',
    sentence: 'Where a workspace whose plan lacks SSO is sent to get it.',
  },
  supportUrl: {
    variable: 'SUPPORT_URL',
    rule: rules.webUrl,
    absent: 'https://rollcall.example/support',
    sentence: 'Where a person is sent for help.',
  },
  corsOrigins: {
    variable: 'CORS_ORIGINS',
    rule: rules.origins,
    absent: '',
    shownDefault: 'none',
    sentence: 'The origins whose pages may call /graphql from a browser: exact, separated by commas.',
  },
  logLevel: {
    variable: 'LOG_LEVEL',
    rule: rules.oneOf(rules.LOG_LEVELS),
    // A person at a terminal wants to read the greeting, not a line for each request.
    absentIn: ({ dev }) => (dev ? 'warn' : 'info'),
    shownDefault: 'warn with --dev, else info',
    sentence: `How much is logged: ${rules.LOG_LEVELS.join(', ')}.`,
  },
  trustProxy: {
    variable: 'TRUST_PROXY',
    rule: rules.proxies,
    absent: '0',
    sentence: "How many proxies in front of the server are believed about a client's address; false means 0.",
  },
  scimRatePerSecond: {
    variable: 'SCIM_RATE_PER_SECOND',
    rule: rules.whole(0, 1_000_000),
    absent: '500',
    sentence: 'The SCIM requests a second that a workspace may keep up; 0 switches the limit off.',
  },
  scimRateBurst: {
    variable: 'SCIM_RATE_BURST',
    rule: rules.whole(0, 1_000_000),
    absent: '1000',
    sentence: 'The SCIM requests that a workspace may make at once after a pause; 0 switches the limit off.',
  },
  scimMaxConcurrent: {
    variable: 'SCIM_MAX_CONCURRENT',
    rule: rules.whole(0, 1_000_000),
    absent: '75',
    sentence: 'The SCIM requests of a workspace that are worked on at one time; 0 switches the limit off.',
  },
  drainDelayMs: {
    variable: 'DRAIN_DELAY_MS',
    rule: rules.whole(0, 60_000),
    absentIn: ({ dev }) => (dev ? '0' : '2000'),
    shownDefault: '0 with --dev, else 2000',
    sentence:
      'How long a server that was told to end goes on taking requests, its /readyz at 503, until load balancers have seen it.',
  },
  sandbox: {
    variable: 'SANDBOX',
    rule: rules.onOrOff,
    absentIn: ({ dev }) => String(dev),
    shownDefault: 'true with --dev, else false',
    sentence: "Whether GET /graphql shows a browser Apollo Sandbox, which loads from Apollo's servers.",
  },
  metricsToken: {
    variable: 'METRICS_TOKEN',
    rule: rules.scrapeToken,
    absent: '',
    shownDefault: 'none: no metrics',
    sentence: `What a scrape of GET /metrics sends as its bearer token: ${rules.MIN_SCRAPE_TOKEN_LENGTH} characters or more.`,
  },
};

/** One thing wrong with the environment. */
export interface ConfigFault {
  readonly variable: string;
  /** Continues the variable's name. */
  readonly message: string;
}

/** The settings cannot be taken. The message lists all that is wrong, by variable and rule, never with a value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly faults: readonly ConfigFault[];

  constructor(faults: readonly ConfigFault[]) {
    const lines = faults.map(({ variable, message }) => `  ${variable} ${message}`);
    super(['The settings in the environment are not right:', ...lines].join('\n'));
    this.faults = faults;
  }
}

/** Reads every setting. Throws a `ConfigError` that holds all faults at once. */
export function parseConfig(environment: Environment, mode: Mode): Config {
  const faults: ConfigFault[] = [];
  const read = <T>(setting: Setting<T>): T => {
    const { variable } = setting;
    const answer = readSetting(setting, mode, environment);
    if (answer.success) return answer.value;
    faults.push(...answer.messages.map((message) => ({ variable, message })));
    return z.NEVER;
  };
  const config: Config = {
    dev: mode.dev,
    port: read(SETTINGS.port),
    host: read(SETTINGS.host),
    databaseUrl: read(SETTINGS.databaseUrl),
    databasePoolMax: read(SETTINGS.databasePoolMax),
    databaseStatementTimeoutMs: read(SETTINGS.databaseStatementTimeoutMs),
    publicUrl: read(SETTINGS.publicUrl),
    secret: read(SETTINGS.secret),
    upgradeUrl: read(SETTINGS.upgradeUrl),
    supportUrl: read(SETTINGS.supportUrl),
    corsOrigins: read(SETTINGS.corsOrigins),
    logLevel: read(SETTINGS.logLevel),
    trustProxy: read(SETTINGS.trustProxy),
    scimRatePerSecond: read(SETTINGS.scimRatePerSecond),
    scimRateBurst: read(SETTINGS.scimRateBurst),
    scimMaxConcurrent: read(SETTINGS.scimMaxConcurrent),
    drainDelayMs: read(SETTINGS.drainDelayMs),
    sandbox: read(SETTINGS.sandbox),
    metricsToken: read(SETTINGS.metricsToken),
  };
  if (faults.length > 0) throw new ConfigError(faults);
  return config;
}

type Reading<T> =
  { readonly success: true; readonly value: T } | { readonly success: false; readonly messages: readonly string[] };

function readSetting<T>(setting: Setting<T>, mode: Mode, environment: Environment): Reading<T> {
  // An empty variable is an absent one: compose files and CI systems set variables to nothing.
  const text = (environment[setting.variable]?.trim() || undefined) ?? absentText(setting, mode, environment);
  if (text === undefined) return { success: false, messages: [`is required without --dev. ${setting.sentence}`] };
  const rule = (mode.dev ? undefined : setting.productionRule) ?? setting.rule;
  const answer = rule.safeParse(text);
  if (answer.success) return { success: true, value: answer.data };
  return { success: false, messages: answer.error.issues.map((issue) => issue.message) };
}

function absentText<T>(setting: Setting<T>, mode: Mode, environment: Environment): string | undefined {
  return setting.absentIn === undefined ? setting.absent : setting.absentIn(mode, environment);
}

/** The port for the default public URL; a wrong PORT is reported once, as PORT. */
function portOf(environment: Environment): number {
  const answer = SETTINGS.port.rule.safeParse(environment['PORT']?.trim());
  return answer.success ? answer.data : Number(SETTINGS.port.absent);
}

/** A setting as help and documentation show it. */
export interface SettingRow {
  readonly name: string;
  readonly default: string;
  readonly sentence: string;
}

/** Every setting, in the order in which a person wants to read of them. */
export function describeSettings(): readonly SettingRow[] {
  return Object.values(SETTINGS).map(({ variable, absent, shownDefault, sentence }) => ({
    name: variable,
    default: shownDefault ?? absent ?? '',
    sentence,
  }));
}

/** The path of the file that a `sqlite:` URL names; undefined for PostgreSQL. */
export function databasePath(databaseUrl: string): string | undefined {
  return databaseUrl.startsWith('sqlite:') ? databaseUrl.slice('sqlite:'.length) : undefined;
}

/** How the connections to PostgreSQL are bounded. */
export function poolOf({ databasePoolMax, databaseStatementTimeoutMs }: Config) {
  return { most: databasePoolMax, statementTimeoutMs: databaseStatementTimeoutMs };
}
