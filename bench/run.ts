import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { markdownOf, thisMachine, type BenchRun } from './report.ts';
import { playRound, type ServerRound } from './rounds.ts';
import { endAll, SERVER_NAMES } from './servers.ts';

const count = (least: number) => z.coerce.number().int().min(least);
const Options = z.object({
  users: count(100),
  concurrency: count(1),
  lookups: count(1),
  writes: count(2),
  rounds: count(1),
  servers: z.string().transform((text) => text.split(',')).pipe(z.array(z.enum(SERVER_NAMES)).min(1)), // prettier-ignore
});

function options() {
  const { values } = parseArgs({
    options: {
      users: { type: 'string', default: '10000' },
      concurrency: { type: 'string', default: '16' },
      lookups: { type: 'string', default: '20000' },
      writes: { type: 'string', default: '5000' },
      rounds: { type: 'string', default: '3' },
      servers: { type: 'string', default: 'rollcall,reference-full,reference-normal' },
    },
  });
  return Options.parse(values);
}

const say = (line: string) => void process.stderr.write(`${line}\n`);

async function main(): Promise<void> {
  const { rounds, servers, ...amounts } = options();
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-bench-'));
  process.once('exit', () => {
    endAll();
    rmSync(folder, { recursive: true, force: true });
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  const played: ServerRound[][] = [];
  for (let round = 0; round < rounds; round++) {
    played.push(await playRound(round, servers, { amounts, folder, say }));
    rmSync(folder, { recursive: true, force: true });
  }
  const date = new Date().toISOString().slice(0, 10);
  const run: BenchRun = { date, machine: thisMachine(), amounts, servers, rounds: played };
  save(run);
  process.stdout.write(`\n${markdownOf(run)}`);
}

function save(run: BenchRun): void {
  const folder = join(import.meta.dirname, 'results');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${run.date}.json`), `${JSON.stringify(run, null, 2)}\n`);
}

await main();
