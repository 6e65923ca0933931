import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { generatePeople } from '../src/simulator/people/generated.ts';
import { cpuMicroseconds, residentMegabytes } from './process-figures.ts';
import { collectUsers, SCENARIOS, type Amounts, type Outcome, type Scenario, type Subject } from './scenarios.ts';
import { startServer, type RunningServer, type ServerName } from './servers.ts';

/** One scenario on one server in one round; processor times are per operation. */
export interface Figures extends Outcome {
  readonly perSecond: number;
  readonly serverMicroseconds: number;
  readonly clientMicroseconds: number;
}

/** All that one round showed of one server. */
export interface ServerRound {
  readonly server: ServerName;
  readonly scenarios: Record<string, Figures>;
  /** Resident memory in megabytes: after the users were provisioned, at the end, and at its most. */
  readonly memory: { readonly provisioned: number; readonly end: number; readonly most: number };
  readonly readyMilliseconds?: number;
}

/** The longest that a server does something after its last answer: it writes its log, and copies it while idle. */
const SETTLE_MS = 1_500;

interface Entrant {
  readonly subject: Subject;
  readonly scenarios: Record<string, Figures>;
  calls: number;
  provisioned: number;
}

/**
 * Starts every server on a fresh database and lets them take turns at each scenario, another one first each time: so
 * that what else the machine does meets all of them alike. The others are idle meanwhile.
 */
export async function playRound(
  round: number,
  names: readonly ServerName[],
  { amounts, folder, say }: { amounts: Amounts; folder: string; say: (line: string) => void },
): Promise<ServerRound[]> {
  const people = generatePeople(amounts.users);
  const entrants: Entrant[] = [];
  try {
    for (const name of names) {
      const server = await startServer(name, join(folder, `${round}-${name}`));
      entrants.push({ subject: { server, people, users: new Map() }, scenarios: {}, calls: 0, provisioned: 0 });
    }
    for (const [turn, scenario] of SCENARIOS.entries()) {
      for (const index of entrants.keys()) {
        const entrant = entrants[(index + turn + round) % entrants.length]!;
        await play(entrant, scenario, amounts);
        say(lineOf(round, entrant, scenario));
      }
    }
    return await Promise.all(entrants.map(finish));
  } finally {
    await Promise.all(entrants.map(({ subject }) => subject.server.stop()));
  }
}

async function play(entrant: Entrant, scenario: Scenario, amounts: Amounts): Promise<void> {
  const { subject, scenarios } = entrant;
  const { pid } = subject.server;
  const [serverBefore, clientBefore] = [cpuMicroseconds(pid), process.cpuUsage()];
  const outcome = await scenario.run(subject, amounts);
  const client = process.cpuUsage(clientBefore);
  await sleep(SETTLE_MS);
  const { operations, milliseconds } = outcome;
  scenarios[scenario.name] = {
    ...outcome,
    perSecond: (operations * 1000) / milliseconds,
    serverMicroseconds: (cpuMicroseconds(pid) - serverBefore) / operations,
    clientMicroseconds: (client.user + client.system) / operations,
  };
  entrant.calls += outcome.calls;
  if (scenario.name !== 'provision') return;
  entrant.provisioned = residentMegabytes(pid).now;
  entrant.calls += await collectUsers(subject);
}

async function finish({ subject: { server }, scenarios, calls, provisioned }: Entrant): Promise<ServerRound> {
  const { now, most } = residentMegabytes(server.pid);
  await server.stop();
  checkEvents(server, calls);
  const { name, readyMilliseconds } = server;
  const ready = readyMilliseconds === undefined ? {} : { readyMilliseconds };
  return { server: name, scenarios, memory: { provisioned, end: now, most }, ...ready };
}

/** A server that is fast because it forgets is not measured. */
function checkEvents({ name, database }: RunningServer, calls: number): void {
  const db = new Database(database, { readonly: true });
  const table = name === 'rollcall' ? 'provisioning_events' : 'events';
  const count = db.prepare<[], number>(`select count(*) from ${table}`).pluck().get();
  db.close();
  if (count !== calls) throw new Error(`${name} kept ${count} events of ${calls} calls.`);
}

function lineOf(round: number, { subject, scenarios }: Entrant, { name }: Scenario): string {
  const { perSecond, p50, p99, serverMicroseconds } = scenarios[name]!;
  const rates = `${perSecond.toFixed(0).padStart(6)}/s  p50 ${p50.toFixed(2)} ms  p99 ${p99.toFixed(2)} ms`;
  const title = `round ${round + 1}  ${name.padEnd(10)} ${subject.server.name.padEnd(17)}`;
  return `${title} ${rates}  server ${serverMicroseconds.toFixed(0)} µs`;
}
