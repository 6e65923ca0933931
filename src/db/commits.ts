import { AsyncLocalStorage } from 'node:async_hooks';
import type { Session } from './session.ts';

/** Runs the work of commands in durable transactions. */
export interface Commits {
  /** Runs the work of one command. It fails alone unless its transaction is lost; then with `Unavailable`. */
  run<T>(work: (session: Session) => Promise<T>): Promise<T>;
  /** Throws within the work of a command: what it asked for would wait for itself, or see another state. */
  forbidWithinWork(): void;
  /** Resolves when nothing waits. */
  settled(): Promise<void>;
  /** Transactions committed since the start. */
  readonly commits: number;
}

/** Another transaction changed what this one had read; the work is run again. */
export class Superseded extends Error {
  override readonly name = 'Superseded';
}

/** The span in which the work of a command may use its transaction. */
interface Turn {
  open: boolean;
}

/** Knows which work runs, so that none reaches past its transaction or outlives it. */
export class Turns {
  readonly #turns = new AsyncLocalStorage<Turn>();

  /** Runs work whose session asks `check` before each statement. */
  async during<T>(work: (check: () => void) => Promise<T>): Promise<T> {
    const turn: Turn = { open: true };
    try {
      return await this.#turns.run(turn, () => work(() => checkTurn(turn)));
    } finally {
      turn.open = false;
    }
  }

  /** Throws within the work of a command. */
  forbidWithin(): void {
    if (this.#turns.getStore()?.open === true)
      throw new Error('Within the work of a command, read and write through its transaction alone.');
  }
}

function checkTurn(turn: Turn): void {
  if (!turn.open) throw new Error('This transaction is over: await all that the work of a command does.');
}
