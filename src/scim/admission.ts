import { ScimError } from './errors.ts';

/** How many calls a workspace may make; 0 switches a limit off. */
export interface AdmissionLimits {
  readonly ratePerSecond: number;
  /** How many calls may come at once after a quiet time. */
  readonly burst: number;
  readonly maxConcurrent: number;
}

/** How many refused calls without a working key are kept in a workspace's log, a minute; the rest is only counted. */
export const REFUSALS_LOGGED_PER_MINUTE = 60;

const LONGEST_WAIT_SECONDS = 30;
const MOST_BUCKETS = 10_000;

/**
 * Meters the calls of each workspace, in this process: a token bucket and a count of the calls under way. A limit is a
 * workspace's, not a key's, so that a second key buys nothing.
 */
export class Admission {
  readonly #limits: AdmissionLimits;
  readonly #buckets: Buckets;
  readonly #underWay = new Map<string, number>();

  constructor(limits: AdmissionLimits, nowMs: () => number) {
    this.#limits = limits;
    this.#buckets = new Buckets(limits.ratePerSecond, Math.max(limits.burst, 1), nowMs);
  }

  /** Lets a call in; the answer ends it. Fails with: 429 with an integer `Retry-After`, which Okta obeys (contract §2.4). */
  enter(workspaceId: string): () => void {
    const wait = this.#limits.ratePerSecond === 0 ? 0 : this.#buckets.take(workspaceId);
    if (wait > 0) throw tooManyCalls(Math.min(LONGEST_WAIT_SECONDS, Math.ceil(wait)));
    const underWay = this.#underWay.get(workspaceId) ?? 0;
    const { maxConcurrent } = this.#limits;
    if (maxConcurrent !== 0 && underWay >= maxConcurrent) throw tooManyCalls(1);
    this.#underWay.set(workspaceId, underWay + 1);
    return () => this.#leave(workspaceId);
  }

  #leave(workspaceId: string): void {
    const rest = (this.#underWay.get(workspaceId) ?? 1) - 1;
    if (rest > 0) this.#underWay.set(workspaceId, rest);
    else this.#underWay.delete(workspaceId);
  }
}

/** Token buckets by key, full at first; the oldest are forgotten, which only makes them full again. */
export class Buckets {
  readonly #ratePerSecond: number;
  readonly #size: number;
  readonly #nowMs: () => number;
  readonly #buckets = new Map<string, { tokens: number; at: number }>();

  constructor(ratePerSecond: number, size: number, nowMs: () => number) {
    this.#ratePerSecond = ratePerSecond;
    this.#size = size;
    this.#nowMs = nowMs;
  }

  /** Takes a token: 0 where there was one, else the seconds until there is. */
  take(key: string): number {
    const now = this.#nowMs();
    const bucket = this.#buckets.get(key) ?? { tokens: this.#size, at: now };
    const earned = ((now - bucket.at) / 1000) * this.#ratePerSecond;
    const tokens = Math.min(this.#size, bucket.tokens + earned);
    this.#keep(key, { tokens: tokens >= 1 ? tokens - 1 : tokens, at: now });
    return tokens >= 1 ? 0 : (1 - tokens) / this.#ratePerSecond;
  }

  #keep(key: string, bucket: { tokens: number; at: number }): void {
    if (!this.#buckets.has(key) && this.#buckets.size >= MOST_BUCKETS) {
      const [oldest] = this.#buckets.keys();
      if (oldest !== undefined) this.#buckets.delete(oldest);
    }
    this.#buckets.set(key, bucket);
  }
}

function tooManyCalls(seconds: number): ScimError {
  return new ScimError(429, `Too many calls for this workspace. Wait ${seconds} s, then go on.`, {
    headers: { 'Retry-After': String(seconds) },
  });
}
