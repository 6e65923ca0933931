import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
  type KeyObject,
} from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { SealUse, SecretKind, Secrets } from './domain/ports.ts';

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const PUBLIC_ID_LENGTH = 10;
const SECRET_LENGTH = 43;
const CHECKSUM_LENGTH = 6;
const KEY_LENGTH = 32;
const NONCE_LENGTH = 12;
const TAG_LENGTH = 16;
const FORM = /^(?<head>(?:scim|pat|ses|inv)_(?<publicId>[0-9A-Za-z]{10})_[0-9A-Za-z]{43})(?<checksum>[0-9A-Za-z]{6})$/u;

/**
 * The one implementation of the domain's Secrets: keys of the form
 * `scim_<10 base62 public id>_<43 base62 = 256 bit><6 base62 CRC32>`, kept as HMAC-SHA-256 under a key derived (HKDF)
 * for each purpose from the server's secret, which never is in the database. Sealed texts are AES-256-GCM, base64url.
 */
export function createSecrets(serverSecret: string): Secrets {
  const keys = {
    scim: subkey(serverSecret, 'scim credential'),
    pat: subkey(serverSecret, 'personal access token'),
    ses: subkey(serverSecret, 'session'),
    inv: subkey(serverSecret, 'invitation'),
  };
  const hash = (kind: SecretKind, plain: string) => createHmac('sha256', keys[kind]).update(plain).digest('hex');
  const sealKeys: Record<SealUse, KeyObject> = {
    carried: subkey(serverSecret, 'seal'),
    kept: subkey(serverSecret, 'seal at rest'),
  };
  return {
    issue(kind) {
      const publicId = base62(randomBytes(KEY_LENGTH), PUBLIC_ID_LENGTH);
      const head = `${kind}_${publicId}_${base62(randomBytes(KEY_LENGTH), SECRET_LENGTH)}`;
      const plain = head + checksumOf(head);
      return { plain, publicId, hash: hash(kind, plain) };
    },
    publicIdOf(kind, plain) {
      const parts = FORM.exec(plain)?.groups;
      if (parts === undefined || !plain.startsWith(`${kind}_`)) return undefined;
      return checksumOf(parts['head']!) === parts['checksum'] ? parts['publicId'] : undefined;
    },
    hash,
    isSame,
    matches: (kind, plain, kept) => isSame(kept, hash(kind, plain)),
    seal: (text, bound, use = 'carried') => seal(sealKeys[use], text, bound),
    unseal: (sealed, bound, use = 'carried') => unseal(sealKeys[use], sealed, bound),
  };
}

const NOTHING = '0'.repeat(2 * KEY_LENGTH);

function isSame(kept: string | undefined, hash: string): boolean {
  const [ours, theirs] = [Buffer.from(kept ?? NOTHING), Buffer.from(hash)];
  return ours.length === theirs.length && timingSafeEqual(ours, theirs) && kept !== undefined;
}

function seal(key: KeyObject, text: string, bound: string): string {
  const nonce = randomBytes(NONCE_LENGTH);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(bound));
  const parts = [nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()];
  return Buffer.concat(parts).toString('base64url');
}

function unseal(key: KeyObject, sealed: string, bound: string): string | undefined {
  const bytes = Buffer.from(sealed, 'base64url');
  // Decoding forgives what encoding never writes, and a seal has one spelling.
  if (bytes.length < NONCE_LENGTH + TAG_LENGTH || bytes.toString('base64url') !== sealed) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_LENGTH), { authTagLength: TAG_LENGTH });
  decipher.setAAD(Buffer.from(bound)).setAuthTag(bytes.subarray(-TAG_LENGTH));
  try {
    return decipher.update(bytes.subarray(NONCE_LENGTH, -TAG_LENGTH), undefined, 'utf8') + decipher.final('utf8');
  } catch {
    return undefined;
  }
}

/** A key object: Node prepares it once, where it would prepare bare bytes with every use. */
function subkey(serverSecret: string, purpose: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', serverSecret, '', `rollcall ${purpose}`, KEY_LENGTH)));
}

function checksumOf(head: string): string {
  let rest = crc32(head);
  let text = '';
  for (let place = 0; place < CHECKSUM_LENGTH; place += 1) {
    text = DIGITS[rest % 62]! + text;
    rest = Math.floor(rest / 62);
  }
  return text;
}

/** The number that the bytes make, in base 62, its last `length` digits. */
function base62(bytes: Buffer, length: number): string {
  let rest = BigInt(`0x${bytes.toString('hex')}`);
  let text = '';
  for (let place = 0; place < length; place += 1) {
    text = DIGITS[Number(rest % 62n)]! + text;
    rest /= 62n;
  }
  return text;
}
