import { hash, parseOptions, verify, type Options } from '@node-rs/argon2';
import { unavailable } from './domain/errors.ts';
import type { Passwords } from './domain/ports.ts';

/** Argon2id as OWASP asks for it: 19 MiB, 2 passes, 1 lane. */
const PARAMETERS = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const satisfies Options;
/** What a stored hash may ask for at most; more would let a row of the database take the server's memory and time. */
const MOST = { memoryCost: 65_536, timeCost: 10, parallelism: 4 } as const;
/** How many hashes are made at a time, each with memory and a thread of its own, and how many may wait. */
export const HASHES_AT_A_TIME = 2;
export const HASHES_WAITING = 100;

/**
 * The one implementation of the domain's Passwords, off the event loop and in turn; with too many waiting it is
 * unavailable. `alert` hears of a stored hash that is refused for its parameters.
 */
export function createPasswords(alert: (sentence: string) => void = () => {}): Passwords {
  const inTurn = turns(HASHES_AT_A_TIME, HASHES_WAITING);
  return {
    hash: (plain) => inTurn(() => hash(plain, PARAMETERS)),
    async matches(plain, kept) {
      const fault = kept === undefined ? undefined : parametersFault(kept);
      if (fault !== undefined) alert(`A stored password hash was refused: ${fault}`);
      if (kept !== undefined && fault === undefined) return inTurn(() => verify(kept, plain));
      // To have no password costs as much as to have another one.
      await inTurn(() => hash(plain, PARAMETERS));
      return false;
    },
  };
}

/** Lets `width` pieces of work run at a time and `waiting` wait their turn; what is more is refused. */
export function turns(width: number, waiting: number): <T>(work: () => Promise<T>) => Promise<T> {
  let free = width;
  const queue: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free -= 1;
    else if (queue.length >= waiting) throw unavailable();
    else await new Promise<void>((resolve) => void queue.push(resolve));
    try {
      return await work();
    } finally {
      // A place is handed on, not freed, where somebody waits.
      const next = queue.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}

/** Why a stored hash is not compared with, or undefined: it is read before anything is allocated for it. */
function parametersFault(kept: string): string | undefined {
  try {
    if (!kept.startsWith('$argon2id$')) return 'it is not argon2id.';
    const { memoryCost, timeCost, parallelism } = parseOptions(kept);
    const isBounded = memoryCost <= MOST.memoryCost && timeCost <= MOST.timeCost && parallelism <= MOST.parallelism;
    return isBounded ? undefined : `it asks for m=${memoryCost}, t=${timeCost}, p=${parallelism}.`;
  } catch {
    return 'it cannot be read.';
  }
}
