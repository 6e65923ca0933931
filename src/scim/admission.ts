import { TokenBuckets } from '../domain/token-buckets.ts';
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

/**
 * Meters the calls of each workspace, in this process: a token bucket and a count of the calls under way. A limit is a
 * workspace's, not a key's, so that a second key buys nothing.
 */
export class Admission {
  readonly #limits: AdmissionLimits;
  readonly #buckets: TokenBuckets;
  readonly #underWay = new Map<string, number>();

  constructor(limits: AdmissionLimits, nowMs: () => number) {
    this.#limits = limits;
    this.#buckets = new TokenBuckets(limits.ratePerSecond, Math.max(limits.burst, 1), nowMs);
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

function tooManyCalls(seconds: number): ScimError {
  return new ScimError(429, `Too many calls for this workspace. Wait ${seconds} s, then go on.`, {
    headers: { 'Retry-After': String(seconds) },
  });
}
