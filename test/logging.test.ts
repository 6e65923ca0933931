import type { Logger } from 'pino';
import { describe, expect, it } from 'vitest';
import { createLogger, maskedUrl } from '../src/logging.ts';

const KEY = `scim_0123456789_${'aB3'.repeat(16)}x`;
const TOKEN = `pat_0123456789_${'aB3'.repeat(16)}x`;
const SESSION = `ses_0123456789_${'aB3'.repeat(16)}x`;

function written(log: (logger: Logger) => void): string {
  let text = '';
  log(createLogger({ level: 'info', destination: { write: (line: string) => void (text += line) } }));
  return text;
}

describe('createLogger', () => {
  it('J8 writes one JSON line with the level as a word and the time in UTC with milliseconds', () => {
    const text = written((logger) => logger.info({ workspace: 'acme' }, 'hello'));
    expect(text).toMatch(/^[^\n]+\n$/);
    expect(JSON.parse(text)).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      pid: process.pid,
      workspace: 'acme',
      msg: 'hello',
    });
  });

  it('takes its level from a Config', () => {
    let text = '';
    const logger = createLogger({ logLevel: 'error', destination: { write: (line) => void (text += line) } });
    logger.warn('quiet');
    expect(text).toBe('');
  });

  it('hides the token of an invitation inside its URL', () => {
    const url = `https://rollcall.example/sign-in/acme/invitation#token=inv_0123456789_${'aB3'.repeat(16)}x`;
    expect(written((logger) => logger.info({ url }, `follow ${url}`))).not.toContain('aB3aB3');
  });

  it('hides the secret of a session wherever it stands', () => {
    const text = written((logger) => logger.info({ note: `sent ${SESSION}` }, `got ${SESSION.slice(0, -5)}`));
    expect(text).not.toContain('aB3aB3');
    expect(JSON.parse(text)).toMatchObject({ note: 'sent ses_…[redacted]', msg: 'got ses_…[redacted]' });
  });

  it('E10 keeps control characters inside one line', () => {
    const text = written((logger) => logger.info({ userName: 'a\r\nb\u001b[31m\u2028' }, 'x\ny'));
    expect(text.trimEnd()).not.toMatch(/\p{Cc}/u);
    expect(JSON.parse(text)).toMatchObject({ userName: 'a\r\nb\u001b[31m\u2028', msg: 'x\ny' });
  });
});

describe('J6 a secret', () => {
  const fields = [
    'authorization',
    'Authorization',
    'proxy-authorization',
    'cookie',
    'set-cookie',
    'password',
    'newPassword',
    'secret',
    'ROLLCALL_SECRET',
    'token',
    'access_token',
    'tokens',
    'pepper',
    'x-api-key',
  ];

  it.each(fields)('under %s is redacted at any depth, whatever its type', (field) => {
    const text = written((logger) => {
      logger.info({ [field]: 'canary' });
      logger.info({ a: { b: [{ c: { d: { e: { [field]: ['canary'], kept: 'yes' } } } }] } });
      logger.child({ [field]: { x: 'canary' } }).info('bound');
    });
    expect(text).not.toContain('canary');
    expect(text).toContain('"kept":"yes"');
    expect(text.match(/\[redacted\]/g)).toHaveLength(3);
    for (const line of text.trimEnd().split('\n')) expect(() => JSON.parse(line)).not.toThrow();
  });

  it.each([KEY, TOKEN, KEY.slice(0, 40)])('that looks like a key is redacted wherever it stands (%#)', (key) => {
    const text = written((logger) => {
      logger.info(`the key ${key} was refused`);
      logger.info({ note: `x%3D${key}`, list: [key] }, 'see');
      logger.error(new Error(`bad ${key}`, { cause: new Error(key) }));
      logger.info({ [key]: 1 });
    });
    expect(text).not.toContain(key.slice(0, 30));
    expect(text).toContain('_…[redacted]');
  });

  it.each([
    'Authorization: Bearer 0123456789abcdef.canary',
    'Basic dXNlcjpjYW5hcnk6Y2FuYXJ5 canary'.slice(0, 30),
    '{"userName":"x","password":"the canary"}',
    'grant?access_token=canary',
    'password=canary',
  ])('inside a text is redacted: %s', (text) => {
    const line = written((logger) => logger.info(text));
    expect(line).not.toMatch(/canary|YW5hcnk/);
    expect(line).toContain('[redacted]');
  });

  it('that another library hung on an error is left out', () => {
    const error = Object.assign(new Error('Unexpected token'), { body: '{"x":"canary"}', parameters: ['canary'] });
    const text = written((logger) => {
      logger.error(error);
      logger.error({ err: error });
      logger.error({ error });
    });
    expect(text).not.toContain('canary');
    expect(JSON.parse(text.split('\n')[0] ?? '')).toMatchObject({
      err: { type: 'Error', message: 'Unexpected token', stack: expect.stringContaining('logging.test') },
    });
  });

  it('does not make a plain sentence unreadable', () => {
    const sentence = 'The token of the SCIM credential ends soon; use a Bearer key. Password sync is off.';
    expect(JSON.parse(written((logger) => logger.info(sentence))).msg).toBe(sentence);
  });
});

describe('maskedUrl', () => {
  it.each([
    ['/scim/acme/v2/Users?filter=userName+eq+%22ann%22', '/scim/acme/v2/Users?filter=[masked]'],
    ['/scim/acme/v2/Users?startIndex=1&count=2&filter=x=y', '/scim/acme/v2/Users?startIndex=1&count=2&filter=[masked]'],
    ['/scim/acme/v2/Users?access_token=x', '/scim/acme/v2/Users?access_token=[masked]'],
    ['/x?ann%40acme.example', '/x?[masked]'],
    ['/x?aadOptscim062020&attributes=userName', '/x?[masked]&attributes=userName'],
    ['/x?f%69lter=ann', '/x?[masked]'],
    ['/x?', '/x?'],
    ['/x', '/x'],
  ])('%s is logged as %s', (url, masked) => {
    expect(maskedUrl(url)).toBe(masked);
  });

  it('is short, however long the URL', () => {
    expect(maskedUrl(`/${'a'.repeat(9_000)}?${'b=1&'.repeat(9_000)}`).length).toBeLessThan(4_200);
  });
});
