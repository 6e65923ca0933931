import { GraphQLError } from 'graphql';
import { TokenBuckets } from '../domain/token-buckets.ts';
import { compareKey } from '../domain/values.ts';
import type { ErrorCode } from './errors.ts';

/** How many sign-ins may fail at once, and how often one more a minute, for a user name and for an address. */
export const SIGN_IN_LIMITS = {
  userName: { burst: 10, perMinute: 1 },
  address: { burst: 50, perMinute: 10 },
} as const;

/** Whose sign-in is tried, and from where. */
export interface Attempt {
  readonly slug: string;
  readonly userName: string;
  readonly address: string;
}

/**
 * Meters the sign-ins that fail, in this process: by user name in its workspace, known or not, and by address. Those that
 * succeed cost nothing.
 */
export class SignInAttempts {
  readonly #userNames: TokenBuckets;
  readonly #addresses: TokenBuckets;

  constructor(nowMs: () => number) {
    const bucketsOf = ({ burst, perMinute }: { burst: number; perMinute: number }) =>
      new TokenBuckets(perMinute / 60, burst, nowMs);
    this.#userNames = bucketsOf(SIGN_IN_LIMITS.userName);
    this.#addresses = bucketsOf(SIGN_IN_LIMITS.address);
  }

  /** Counts an attempt; the seconds to wait where there were too many, else 0. */
  enter({ slug, userName, address }: Attempt): number {
    const waitForAddress = this.#addresses.take(networkOf(address));
    if (waitForAddress > 0) return Math.ceil(waitForAddress);
    return Math.ceil(this.#userNames.take(nameKey(slug, userName)));
  }

  /** Takes back what an attempt counted that has not failed. */
  succeeded({ slug, userName, address }: Attempt): void {
    this.#addresses.giveBack(networkOf(address));
    this.#userNames.giveBack(nameKey(slug, userName));
  }
}

/** The refusal of an attempt, as a top-level error. */
export function tooManyAttempts(seconds: number): GraphQLError {
  const code: ErrorCode = 'RATE_LIMITED';
  return new GraphQLError(`Too many sign-ins have failed. Wait ${seconds} s, then try again.`, {
    extensions: { code },
  });
}

function nameKey(slug: string, userName: string): string {
  return JSON.stringify([slug, compareKey(userName)]).slice(0, 400);
}

/** An IPv4 address, or the network of an IPv6 address: whoever has one of its 2^64 addresses has them all. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/iu, '');
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.split('::', 2);
  const [left, right] = [head, tail ?? ''].map((part) => part.split(':').filter((group) => group !== ''));
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - left!.length - right!.length }, () => '0');
  return [...left!, ...zeros, ...right!].slice(0, 4).join(':');
}
