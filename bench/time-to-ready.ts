import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { median } from './report.ts';
import { endAll, freePort, rollcallSettings, startRollcallProcess, stop } from './servers.ts';

/** Starts the server on a fresh database (tables made, demo seeded) and a second time on the same, and ends it. */
async function twoStarts(folder: string): Promise<{ first: number; second: number }> {
  mkdirSync(folder);
  const database = join(folder, 'rollcall.db');
  const starts: number[] = [];
  for (let time = 0; time < 2; time++) {
    const { child, milliseconds } = await startRollcallProcess(rollcallSettings(database, await freePort()));
    starts.push(milliseconds);
    await stop(child);
  }
  return { first: starts[0]!, second: starts[1]! };
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } });
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-bench-'));
  process.once('exit', () => {
    endAll();
    rmSync(folder, { recursive: true, force: true });
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  const rounds: { first: number; second: number }[] = [];
  for (let round = 0; round < Number(values.rounds); round++) rounds.push(await twoStarts(join(folder, String(round))));
  for (const [start, title] of [
    ['first', 'First start'],
    ['second', 'Second start'],
  ] as const) {
    const all = rounds.map((round) => Math.round(round[start]));
    process.stdout.write(`${title}: ready after ${median(all)} ms (median of ${all.join(', ')})\n`);
  }
}

await main();
