import { SCENARIOS, type Scenario } from './scenarios.ts';

/** One scenario with a number of requests under way at once. */
export interface Play {
  readonly scenario: Scenario;
  readonly concurrency: number;
  /** Which time the scenario is played, from 0. */
  readonly turn: number;
}

/** What names a play among the figures. */
export function playKey({ scenario: { name, once }, concurrency }: Play): string {
  return once ? name : `${name}@${concurrency}`;
}

/**
 * What one round plays, in its order: everybody is provisioned with the most requests at once, then all is done with each
 * number of them, and at the end what makes one call at a time.
 */
export function playsOf(concurrencies: readonly number[]): Play[] {
  const plays = rowsOf(concurrencies);
  const arrival = plays.filter(({ scenario, turn }) => scenario.name === 'provision' && turn === 0);
  const repeated = plays.filter((play) => !play.scenario.once && !arrival.includes(play));
  const single = plays.filter(({ scenario }) => scenario.once);
  return [...arrival, ...repeated.sort((a, b) => a.concurrency - b.concurrency), ...single];
}

/** The plays in the order of the tables: by scenario, then by concurrency. */
export function rowsOf(concurrencies: readonly number[]): Play[] {
  return SCENARIOS.flatMap((scenario) => {
    if (scenario.once) return [{ scenario, concurrency: 1, turn: 0 }];
    return turnsOf(scenario, concurrencies).sort((a, b) => a.concurrency - b.concurrency);
  });
}

/** Provisioning begins with the most requests at once, for then everybody arrives; the other scenarios with the fewest. */
function turnsOf(scenario: Scenario, concurrencies: readonly number[]): Play[] {
  const sorted = [...concurrencies].sort((a, b) => (scenario.name === 'provision' ? b - a : a - b));
  return sorted.map((concurrency, turn) => ({ scenario, concurrency, turn }));
}
