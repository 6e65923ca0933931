import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { whatIsMissing } from './peers.ts';
import { ratioChart } from './plots.ts';
import { headOf, markdownOf, thisMachine, type BenchRun } from './report.ts';
import { playRound, type ServerRound } from './rounds.ts';
import { endAll, isRollcall, SERVER_NAMES } from './servers.ts';

const count = (least: number) => z.coerce.number<string>().int().min(least);
const split = z.string().transform((text) => text.split(','));
const Options = z.object({
  users: split.pipe(z.array(count(100)).min(1)),
  concurrency: split.pipe(z.array(count(1)).min(1)),
  lookups: count(1),
  writes: count(2),
  rounds: count(1),
  servers: split.pipe(z.array(z.enum(SERVER_NAMES)).min(1)),
  plots: z.string().min(1),
});

function options() {
  const { values } = parseArgs({
    options: {
      users: { type: 'string', default: '10000' },
      concurrency: { type: 'string', default: '1,8,32' },
      lookups: { type: 'string', default: '20000' },
      writes: { type: 'string', default: '5000' },
      rounds: { type: 'string', default: '3' },
      servers: { type: 'string', default: 'rollcall,reference-full,reference-normal' },
      plots: { type: 'string', default: join(import.meta.dirname, 'plots') },
    },
  });
  return Options.parse(values);
}

const say = (line: string) => void process.stderr.write(`${line}\n`);

async function main(): Promise<void> {
  const { users, rounds, servers, plots, ...amounts } = options();
  const missing = whatIsMissing(servers);
  if (missing !== undefined) {
    say(missing);
    process.exitCode = 1;
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-bench-'));
  process.once('exit', () => {
    endAll();
    rmSync(folder, { recursive: true, force: true });
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  const runs: BenchRun[] = [];
  for (const size of users) {
    const played: ServerRound[][] = [];
    for (let round = 0; round < rounds; round++) {
      played.push(await playRound(round, servers, { amounts: { ...amounts, users: size }, folder, say }));
      rmSync(folder, { recursive: true, force: true });
    }
    runs.push({ amounts: { ...amounts, users: size }, servers, rounds: played });
  }
  publish(runs, plots);
}

/** Keeps each round's figures, draws the ratios and prints the tables. */
function publish(runs: readonly BenchRun[], plots: string): void {
  const date = new Date().toISOString().slice(0, 10);
  const results = join(import.meta.dirname, 'results');
  for (const folder of [results, plots]) mkdirSync(folder, { recursive: true });
  const text = JSON.stringify({ date, machine: thisMachine(), runs }, null, 2);
  writeFileSync(join(results, `${date}.json`), `${text}\n`);
  for (const run of runs) {
    for (const concurrency of run.amounts.concurrency) {
      const name = `ratios-${run.amounts.users}-users-${concurrency}-at-once.svg`;
      if (isRollcall(run.servers[0]) && run.servers.length > 1)
        writeFileSync(join(plots, name), ratioChart(run, concurrency));
    }
  }
  process.stdout.write(`\n${[headOf(runs[0]!, date), ...runs.map(markdownOf)].join('\n\n')}`);
}

await main();
