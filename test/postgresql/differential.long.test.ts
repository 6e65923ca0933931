import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IS_LONG } from '../support/long.ts';
import { Chance } from './differential/chance.ts';
import { graphqlCommand, settingsCommand } from './differential/graphql-commands.ts';
import { Memory, type Command } from './differential/memory.ts';
import { startPair, type Side } from './differential/pair.ts';
import { groupCommand, userCommand } from './differential/scim-commands.ts';

const COMMANDS = IS_LONG ? 100_000 : 400;
/** The long run ends after so long with as many as it has played; how many it says at its end. */
const BUDGET_MS = IS_LONG ? Number(process.env['ROLLCALL_DIFFERENTIAL_MINUTES'] ?? 10) * 60_000 : Infinity;
const SEED = Number(process.env['ROLLCALL_DIFFERENTIAL_SEED'] ?? 20_261_124);
let pair: readonly [Side, Side];

beforeAll(async () => {
  pair = await startPair();
}, 60_000);
afterAll(() => Promise.all(pair.map(({ rollcall }) => rollcall.close())));

function next(chance: Chance, memory: Memory): Command {
  const { paused, settings } = memory.settings;
  if ((paused || !settings.groupPush) && chance.is(0.15)) return settingsCommand(chance, memory);
  return chance.weighted<() => Command>([
    [55, () => userCommand(chance, memory)],
    [22, () => groupCommand(chance, memory)],
    [22, () => graphqlCommand(chance, memory, pair[0].ownerId)],
    [1, () => settingsCommand(chance, memory)],
  ])();
}

/** What an answer was, for the count of kinds. */
function kindOf({ face, method, path }: Command, { status, text }: { status: number; text: string }): string {
  if (face === 'scim') return `${method} ${path.split(/[/?]/u)[1]} ${status}`;
  return (
    /"__typename":"(?<type>\w+)"/u.exec(text)?.groups?.['type'] ??
    `GraphQL ${text.includes('"errors"') ? 'errors' : 'data'} ${status}`
  );
}

describe('K4: one history on SQLite and on PostgreSQL', () => {
  it(
    'is answered alike, command by command, and leaves the same rows',
    async () => {
      const [chance, memory] = [new Chance(SEED), new Memory()];
      const kinds = new Map<string, number>();
      const end = performance.now() + BUDGET_MS;
      let played = 0;
      while (played < COMMANDS && performance.now() < end) {
        const number = (played += 1);
        const command = next(chance, memory);
        const [ours, theirs] = await Promise.all(pair.map((side) => side.play(command, number)));
        expect(theirs, `seed ${SEED}, command ${number}: ${JSON.stringify(command)}`).toEqual(ours);
        memory.learn(command, ours!);
        const kind = kindOf(command, ours!);
        kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      }
      const [ours, theirs] = [await pair[0].dump(), await pair[1].dump()];
      expect([...theirs.keys()]).toEqual([...ours.keys()]);
      for (const [table, rows] of ours) expect(theirs.get(table), table).toEqual(rows);
      const rows = [...ours].map(([table, of]) => `${table} ${of.length}`).join(', ');
      process.stdout.write(
        `K4: ${played} commands, seed ${SEED}; ${rows}; ${JSON.stringify(Object.fromEntries(kinds))}\n`,
      );
      expect([...kinds.keys()].filter((kind) => / 5\d\d$/u.test(kind))).toEqual([]);
      // A history that is refused for the most part would show little.
      expect(kinds.get('POST Users 201')).toBeGreaterThan(played / 50);
    },
    60_000 + COMMANDS * 100,
  );
});
