import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { databasePath, type Config } from './config.ts';
import { MIN_SECRET_LENGTH } from './setting-rules.ts';

/** The secret file holds something that cannot be the secret, or cannot be read or made. */
export class SecretFileError extends Error {
  override readonly name = 'SecretFileError';
}

/**
 * The secret of the settings, or the one beside the database where they leave it out (which only `--dev` lets them). Call
 * it before the database is opened: a new secret is made for a new database alone, for keys made under another one
 * would stop working.
 */
export function secretOf(config: Pick<Config, 'secret' | 'databaseUrl'>): string {
  if (config.secret !== undefined) return config.secret;
  const path = databasePath(config.databaseUrl);
  if (path !== undefined) return developmentSecret(path);
  throw new SecretFileError(
    'ROLLCALL_SECRET is required with PostgreSQL: every process needs the same one. Make one with `openssl rand -base64 32`.',
  );
}

/**
 * The secret of a development server: kept in `rollcall.secret` beside the database (mode 0600), made on first use.
 * A server and a CLI that start at the same moment get the same one.
 */
export function developmentSecret(databaseFile: string): string {
  const path = join(dirname(databaseFile), 'rollcall.secret');
  const secret = readSecret(path);
  if (secret !== undefined) return secret;
  if (!existsSync(databaseFile)) return createSecret(path);
  // Another process may have made both since the first look.
  const made = readSecret(path);
  if (made !== undefined) return made;
  throw new SecretFileError(
    `The database ${databaseFile} is there, but not its secret: set ROLLCALL_SECRET to the one its server uses, or put ${path} back.`,
  );
}

function readSecret(path: string): string | undefined {
  let secret: string;
  try {
    secret = readFileSync(path, 'utf8').trim();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw new SecretFileError(`The secret file ${path} cannot be read (${codeOf(error)}).`, { cause: error });
  }
  if (secret.length >= MIN_SECRET_LENGTH) return secret;
  throw new SecretFileError(
    `The secret file ${path} holds ${secret.length} characters and needs at least ${MIN_SECRET_LENGTH}. ` +
      'Put the right secret back, or delete the file to get a new one; keys made under the old one then stop working.',
  );
}

/** Writes the whole secret aside and links it into place: no reader sees half of it, and the first writer wins. */
function createSecret(path: string): string {
  const aside = `${path}.${randomBytes(8).toString('hex')}`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeWhole(aside, `${randomBytes(32).toString('base64url')}\n`);
    linkUnlessThere(aside, path);
  } catch (error) {
    throw new SecretFileError(`The secret file ${path} cannot be made (${codeOf(error)}).`, { cause: error });
  } finally {
    rmSync(aside, { force: true });
  }
  const secret = readSecret(path);
  if (secret === undefined) throw new SecretFileError(`The secret file ${path} vanished while it was being made.`);
  return secret;
}

function writeWhole(path: string, text: string): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function linkUnlessThere(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
