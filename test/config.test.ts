import { describe, expect, it } from 'vitest';
import { ConfigError, databasePath, describeSettings, parseConfig } from '../src/config.ts';

const SECRET = 'correct-horse-battery-staple-0123456789';
const PRODUCTION = { PUBLIC_URL: 'https://rollcall.acme.example', ROLLCALL_SECRET: SECRET };

function faultsOf(environment: Record<string, string | undefined>, dev = false): ConfigError {
  try {
    parseConfig(environment, { dev });
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('The environment was taken.');
}

describe('parseConfig', () => {
  it('takes an empty environment under --dev', () => {
    expect(parseConfig({}, { dev: true })).toEqual({
      dev: true,
      port: 4000,
      host: '127.0.0.1',
      databaseUrl: 'sqlite:./data/rollcall.db',
      databasePoolMax: 10,
      databaseStatementTimeoutMs: 10_000,
      publicUrl: 'http://localhost:4000',
      secret: undefined,
      upgradeUrl: 'https://rollcall.example/upgrade',
      supportUrl: 'https://rollcall.example/support',
      corsOrigins: [],
      logLevel: 'warn',
      trustProxy: 0,
      scimRatePerSecond: 500,
      scimRateBurst: 1000,
      scimMaxConcurrent: 75,
      drainDelayMs: 0,
      sandbox: true,
      metricsToken: undefined,
    });
  });

  it('takes a public URL and a secret alone in production, and keeps Sandbox off', () => {
    const config = parseConfig(PRODUCTION, { dev: false });
    expect(config).toMatchObject({
      publicUrl: PRODUCTION.PUBLIC_URL,
      secret: SECRET,
      sandbox: false,
      dev: false,
      logLevel: 'info',
    });
  });

  it.each([undefined, 'development', 'test', 'prod', 'production'])(
    'I6 keeps to the production rules whatever NODE_ENV says (%s)',
    (NODE_ENV) => {
      expect(faultsOf({ NODE_ENV }).faults.map((fault) => fault.variable)).toEqual(['PUBLIC_URL', 'ROLLCALL_SECRET']);
    },
  );

  it.each([
    ['PORT', { PORT: '0' }, { port: 0, publicUrl: 'http://localhost:0' }],
    ['PORT in the public URL', { PORT: '8080' }, { port: 8080, publicUrl: 'http://localhost:8080' }],
    ['an IPv6 host', { HOST: '::1' }, { host: '::1' }],
    [
      'a PostgreSQL database',
      { DATABASE_URL: 'postgresql://rollcall:secret@db:5432/rollcall?sslmode=verify-full' },
      { databaseUrl: 'postgresql://rollcall:secret@db:5432/rollcall?sslmode=verify-full' },
    ],
    ['an absolute path', { DATABASE_URL: 'sqlite:/srv/r.db' }, { databaseUrl: 'sqlite:/srv/r.db' }],
    ['a slash at the end', { PUBLIC_URL: 'https://a.example/x//' }, { publicUrl: 'https://a.example/x' }],
    ['capitals in a host', { PUBLIC_URL: 'HTTPS://A.Example:443' }, { publicUrl: 'https://a.example' }],
    ['plain http', { PUBLIC_URL: 'http://10.0.0.1:4000/' }, { publicUrl: 'http://10.0.0.1:4000' }],
    [
      'several origins',
      { CORS_ORIGINS: 'https://a.example, http://localhost:5173,https://a.example' },
      { corsOrigins: ['https://a.example', 'http://localhost:5173'] },
    ],
    ['no proxies', { TRUST_PROXY: 'false' }, { trustProxy: 0 }],
    ['two proxies', { TRUST_PROXY: '2' }, { trustProxy: 2 }],
    ['a limit switched off', { SCIM_RATE_PER_SECOND: '0' }, { scimRatePerSecond: 0 }],
    ['a token for metrics', { METRICS_TOKEN: 't'.repeat(16) }, { metricsToken: 't'.repeat(16) }],
    ['Sandbox off', { SANDBOX: 'false' }, { sandbox: false }],
    ['an empty variable as an absent one', { PORT: '', LOG_LEVEL: ' ' }, { port: 4000, logLevel: 'warn' }],
    ['space around a value', { PORT: ' 4001 ' }, { port: 4001 }],
    ['a secret', { ROLLCALL_SECRET: 's'.repeat(32) }, { secret: 's'.repeat(32) }],
  ])('takes %s', (_what, environment, expected) => {
    expect(parseConfig(environment, { dev: true })).toMatchObject(expected);
  });

  it('takes Sandbox in production when it is asked for', () => {
    expect(parseConfig({ ...PRODUCTION, SANDBOX: 'true' }, { dev: false }).sandbox).toBe(true);
  });
});

const CANARY = 'canary7';
const BAD: readonly (readonly [variable: string, value: string, says: RegExp])[] = [
  ['PORT', CANARY, /whole number from 0 to 65535/],
  ['PORT', '65536', /whole number/],
  ['PORT', '-1', /whole number/],
  ['PORT', '4000.5', /whole number/],
  ['PORT', '0x1F90', /whole number/],
  ['PORT', '4e3', /whole number/],
  ['HOST', `http://${CANARY}`, /without a scheme/],
  ['HOST', `${CANARY}/x`, /without a scheme/],
  ['HOST', '[::1]', /brackets/],
  ['DATABASE_URL', `postgresql://${CANARY}`, /must name a user/],
  ['DATABASE_URL', `postgresql://${CANARY}@db`, /must name a database/],
  [
    'DATABASE_URL',
    `postgres://rollcall:${CANARY}@db/rollcall?sslmode=prefer`,
    /disable, require, verify-ca, verify-full as sslmode/,
  ],
  ['DATABASE_URL', `postgresql://rollcall:${CANARY}@db/rollcall?options=x`, /options that are not known/],
  ['DATABASE_POOL_MAX', '2', /from 3 to 1000/],
  ['DRAIN_DELAY_MS', '60001', /from 0 to 60000/],
  ['DATABASE_STATEMENT_TIMEOUT_MS', '0', /from 100 to 600000/],
  ['DATABASE_URL', `mysql://${CANARY}`, /must be sqlite:PATH/],
  ['DATABASE_URL', `./${CANARY}.db`, /must be sqlite:PATH/],
  ['DATABASE_URL', 'sqlite:', /must name a file/],
  ['DATABASE_URL', `sqlite:./${CANARY}/`, /must name a file/],
  ['DATABASE_URL', 'sqlite::memory:', /in memory/],
  ['DATABASE_URL', `sqlite://${CANARY}/x.db`, /sqlite:\/absolute/],
  ['DATABASE_URL', `sqlite:./x.db?key=${CANARY}`, /without \? or #/],
  ['PUBLIC_URL', CANARY, /absolute http or https URL/],
  ['PUBLIC_URL', `http://${CANARY}.example`, /https:\/\//],
  ['PUBLIC_URL', `HTTP://${CANARY}.example`, /https:\/\//],
  ['PUBLIC_URL', `ftp://${CANARY}.example`, /absolute http or https URL/],
  ['PUBLIC_URL', `https:///${CANARY}`, /absolute http or https URL/],
  ['PUBLIC_URL', `https://roll_${CANARY}.example`, /underscore/],
  ['PUBLIC_URL', `https://a.example/roll_${CANARY}`, /underscore/],
  ['PUBLIC_URL', `https://a.example/?x=${CANARY}`, /query/],
  ['PUBLIC_URL', `https://a.example/#${CANARY}`, /fragment/],
  ['PUBLIC_URL', `https://me:${CANARY}@a.example`, /password/],
  ['PUBLIC_URL', `https://a.example/ ${CANARY}`, /absolute http or https URL/],
  ['ROLLCALL_SECRET', CANARY, /at least 32 characters/],
  ['ROLLCALL_SECRET', CANARY.padEnd(31, 'x'), /at least 32 characters/],
  ['UPGRADE_URL', `javascript:alert('${CANARY}')`, /absolute http or https URL/],
  ['UPGRADE_URL', `/${CANARY}`, /absolute http or https URL/],
  ['SUPPORT_URL', `https://me:${CANARY}@a.example`, /password/],
  ['CORS_ORIGINS', '*', /exact origins/],
  ['CORS_ORIGINS', 'null', /exact origins/],
  ['CORS_ORIGINS', 'https://*.a.example', /exact origins/],
  ['CORS_ORIGINS', `https://a.example,https://${CANARY}.example/`, /number 2/],
  ['CORS_ORIGINS', `https://a.example,`, /number 2/],
  ['CORS_ORIGINS', `${CANARY}.example`, /exact origins/],
  ['CORS_ORIGINS', `https://${CANARY}.example:443`, /exact origins/],
  ['LOG_LEVEL', CANARY, /one of trace, debug, info/],
  ['LOG_LEVEL', 'INFO', /one of/],
  ['TRUST_PROXY', 'true', /number of proxies/],
  ['TRUST_PROXY', '11', /number of proxies/],
  ['TRUST_PROXY', `10.0.0.0/8,${CANARY}`, /number of proxies/],
  ['SCIM_RATE_PER_SECOND', '-1', /whole number/],
  ['SCIM_RATE_PER_SECOND', '1000001', /whole number/],
  ['SCIM_RATE_BURST', 'unlimited', /whole number/],
  ['SCIM_MAX_CONCURRENT', '9'.repeat(400), /whole number/],
  ['SANDBOX', 'yes', /one of true, false/],
  ['SANDBOX', CANARY, /one of true, false/],
  ['METRICS_TOKEN', CANARY, /16 to 1024 characters/],
  ['METRICS_TOKEN', `${CANARY} ${CANARY} ${CANARY}`, /without spaces/],
  ['METRICS_TOKEN', `${CANARY}é${CANARY}${CANARY}`, /ASCII/],
];

describe('I4 a bad setting', () => {
  it.each(BAD)('%s=%s is refused by name and rule, without its value', (variable, value, says) => {
    const error = faultsOf({ ...PRODUCTION, [variable]: value });
    expect([...new Set(error.faults.map((fault) => fault.variable))]).toEqual([variable]);
    expect(error.message).toContain(`  ${variable} `);
    expect(error.message).toMatch(says);
    expect(error.message).not.toContain(CANARY);
    expect(JSON.stringify(error)).not.toContain(CANARY);
  });

  it('is reported together with all the others', () => {
    const all = Object.fromEntries(BAD.map(([variable, value]) => [variable, value]));
    const error = faultsOf(all);
    expect(new Set(error.faults.map((fault) => fault.variable))).toEqual(
      new Set(describeSettings().map((row) => row.name)),
    );
    expect(error.message).not.toContain(CANARY);
    expect(error.message.split('\n')).toHaveLength(error.faults.length + 1);
  });

  it('of PORT is one fault, though the default of PUBLIC_URL holds the port', () => {
    expect(faultsOf({ PORT: 'x' }, true).faults).toHaveLength(1);
  });

  it('shows no part of a secret that is too short', () => {
    const error = faultsOf({ ...PRODUCTION, ROLLCALL_SECRET: 'hunter2' });
    expect(`${error.message} ${error.stack} ${JSON.stringify(error)}`).not.toContain('hunter2');
  });
});

describe('describeSettings', () => {
  const rows = describeSettings();

  it('has a row for each setting of a Config', () => {
    const { dev: _dev, ...config } = parseConfig({}, { dev: true });
    expect(rows).toHaveLength(Object.keys(config).length);
    expect(rows.map((row) => row.name)).toEqual([
      'PORT',
      'HOST',
      'DATABASE_URL',
      'DATABASE_POOL_MAX',
      'DATABASE_STATEMENT_TIMEOUT_MS',
      'PUBLIC_URL',
      'ROLLCALL_SECRET',
      'UPGRADE_URL',
      'SUPPORT_URL',
      'CORS_ORIGINS',
      'LOG_LEVEL',
      'TRUST_PROXY',
      'SCIM_RATE_PER_SECOND',
      'SCIM_RATE_BURST',
      'SCIM_MAX_CONCURRENT',
      'DRAIN_DELAY_MS',
      'SANDBOX',
      'METRICS_TOKEN',
    ]);
  });

  it('gives each a default and a sentence', () => {
    expect(rows.filter((row) => row.default === '' || !/^[A-Z].*\.$/.test(row.sentence))).toEqual([]);
  });
});

describe('databasePath', () => {
  it('is what stands after sqlite:', () => {
    expect(databasePath('sqlite:./data/rollcall.db')).toBe('./data/rollcall.db');
    expect(databasePath('postgresql://rollcall@db/rollcall')).toBeUndefined();
  });
});
