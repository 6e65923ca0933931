const MOST_BUCKETS = 10_000;

/** Token buckets by key, full at first; the oldest are forgotten, which only makes them full again. */
export class TokenBuckets {
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
    // A clock that is set back takes nothing away.
    const earned = (Math.max(0, now - bucket.at) / 1000) * this.#ratePerSecond;
    const tokens = Math.min(this.#size, bucket.tokens + earned);
    this.#keep(key, { tokens: tokens >= 1 ? tokens - 1 : tokens, at: now });
    return tokens >= 1 ? 0 : (1 - tokens) / this.#ratePerSecond;
  }

  /** Gives a token back that was taken for nothing. */
  giveBack(key: string): void {
    const bucket = this.#buckets.get(key);
    if (bucket !== undefined) bucket.tokens = Math.min(this.#size, bucket.tokens + 1);
  }

  #keep(key: string, bucket: { tokens: number; at: number }): void {
    if (!this.#buckets.has(key) && this.#buckets.size >= MOST_BUCKETS) {
      const [oldest] = this.#buckets.keys();
      if (oldest !== undefined) this.#buckets.delete(oldest);
    }
    this.#buckets.set(key, bucket);
  }
}
