import { AnswerLost } from './failures.ts';
import type { Answer, HttpAnswer } from './http.ts';

/** What a bad network has done to a run's calls; `seed` is what its choices come from. */
export interface ChaosTally {
  readonly seed: number;
  /** Answers that did not come back, though the server had acted. */
  readonly lost: number;
  /** Requests that reached the server twice. */
  readonly duplicated: number;
  /** Calls that were sent after others that were made later. */
  readonly reordered: number;
}

/** A call under way that waits for a later one to overtake it. */
interface HeldCall {
  readonly number: number;
  readonly letGo: () => void;
}

const MOST_COPIES = 20;
const PATIENCE_MS = 100;

/** A bad network between a provider and a server, made up from a seed: one call at a time, the same seed does the same. */
export class Chaos {
  readonly #seed: number;
  readonly #rate: number;
  readonly #random: () => number;
  readonly #held = new Set<HeldCall>();
  readonly #count = { lost: 0, duplicated: 0, reordered: 0 };
  #made = 0;
  #underWay = 0;

  /** `rate` is the share of requests that each kind of mishap meets. */
  constructor({ seed, rate }: { readonly seed: number; readonly rate: number }) {
    this.#seed = seed;
    this.#rate = rate;
    this.#random = randomFrom(seed);
  }

  get tally(): ChaosTally {
    return { seed: this.#seed, ...this.#count };
  }

  /** Has a call sent until an answer comes back, as one does whose answer was lost. Fails with: whatever `send` fails with. */
  async carry(send: (isLost: boolean) => Promise<HttpAnswer>): Promise<Answer> {
    const number = ++this.#made;
    if (this.#strikes()) await this.#beOvertaken(number);
    this.#underWay++;
    try {
      return await this.#persist(send);
    } finally {
      this.#underWay--;
      for (const { number: held, letGo } of this.#held) if (held < number) letGo();
    }
  }

  async #persist(send: (isLost: boolean) => Promise<HttpAnswer>): Promise<Answer> {
    let repeated = false;
    for (let copies = 1; ; copies++) {
      const [isTwice, isLost] = [this.#strikes(), this.#strikes()];
      repeated ||= isTwice;
      this.#count.duplicated += Number(isTwice);
      this.#count.lost += Number(isLost);
      try {
        const answer = isTwice ? await this.#twice(() => send(isLost)) : await send(isLost);
        return { ...answer, repeated };
      } catch (error) {
        if (!(error instanceof AnswerLost) || copies === MOST_COPIES) throw error;
        repeated = true;
      }
    }
  }

  /** Both copies are on the way at once; either answer may be the one that is seen. */
  async #twice(send: () => Promise<HttpAnswer>): Promise<HttpAnswer> {
    const sent = [send(), send()] as const;
    await Promise.allSettled(sent);
    return await (this.#random() < 0.5 ? sent[0] : sent[1]);
  }

  /** Holds a call back until one that was made later is done; for a moment only, since none may come. */
  async #beOvertaken(number: number): Promise<void> {
    if (this.#underWay === 0) return;
    await new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.#held.delete(call);
        resolve();
      };
      const timer = setTimeout(end, PATIENCE_MS);
      const letGo = () => {
        this.#count.reordered++;
        end();
      };
      const call: HeldCall = { number, letGo };
      this.#held.add(call);
    });
  }

  #strikes(): boolean {
    return this.#random() < this.#rate;
  }
}

/** Numbers from 0 to 1, the same ones for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
