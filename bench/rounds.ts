import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { generatePeople } from '../src/simulator/people/generated.ts';
import { whyNot } from './peers.ts';
import { playKey, playsOf, type Play } from './plays.ts';
import { cpuMicroseconds, residentMegabytes } from './process-figures.ts';
import { checkWork, collectUsers, type Amounts, type Outcome, type Subject } from './scenarios.ts';
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
  /** By `playKey`; a play that the server cannot do is absent. */
  readonly scenarios: Record<string, Figures>;
  /** Resident memory in megabytes: after the users were provisioned, at the end, and at its most. */
  readonly memory: { readonly provisioned: number; readonly end: number; readonly most: number };
  readonly readyMilliseconds?: number;
}

/** The longest that a server does something after its last answer: it writes its log, and copies it while idle. */
const SETTLE_MS = 1_500;

/** How much a round does on each server. */
export interface RoundAmounts extends Pick<Amounts, 'users' | 'lookups' | 'writes'> {
  /** How many requests are under way at once: each scenario is played with each of them. */
  readonly concurrency: readonly number[];
}

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
  { amounts, folder, say }: { amounts: RoundAmounts; folder: string; say: (line: string) => void },
): Promise<ServerRound[]> {
  const people = generatePeople(amounts.users);
  const entrants: Entrant[] = [];
  try {
    for (const name of names) {
      const server = await startServer(name, join(folder, `${round}-${name}`));
      entrants.push({ subject: { server, people, users: new Map() }, scenarios: {}, calls: 0, provisioned: 0 });
    }
    for (const [position, play] of playsOf(amounts.concurrency).entries()) {
      for (const index of entrants.keys()) {
        const entrant = entrants[(index + position + round) % entrants.length]!;
        if (whyNot(entrant.subject.server.name, play.scenario.name) !== undefined) continue;
        await playOne(entrant, play, amounts);
        say(lineOf(round, entrant, play));
      }
    }
    for (const entrant of entrants) entrant.calls += await checkWork(entrant.subject, amounts.concurrency.length);
    return await Promise.all(entrants.map(finish));
  } finally {
    await Promise.all(entrants.map(({ subject }) => subject.server.stop().then(() => subject.server.release())));
  }
}

async function playOne(entrant: Entrant, play: Play, amounts: RoundAmounts): Promise<void> {
  const { subject, scenarios } = entrant;
  const { scenario, concurrency, turn } = play;
  const { pid } = subject.server;
  const [serverBefore, clientBefore] = [cpuMicroseconds(pid), process.cpuUsage()];
  const outcome = await scenario.run(subject, { ...amounts, concurrency, turn });
  const client = process.cpuUsage(clientBefore);
  await sleep(SETTLE_MS);
  const { operations, milliseconds } = outcome;
  scenarios[playKey(play)] = {
    ...outcome,
    perSecond: (operations * 1000) / milliseconds,
    serverMicroseconds: (cpuMicroseconds(pid) - serverBefore) / operations,
    clientMicroseconds: (client.user + client.system) / operations,
  };
  entrant.calls += outcome.calls;
  if (scenario.name !== 'provision' || turn > 0) return;
  entrant.provisioned = residentMegabytes(pid).now;
  entrant.calls += await collectUsers(subject);
}

async function finish({ subject: { server }, scenarios, calls, provisioned }: Entrant): Promise<ServerRound> {
  const { now, most } = residentMegabytes(server.pid);
  await server.stop();
  await checkEvents(server, calls);
  const { name, readyMilliseconds } = server;
  const ready = readyMilliseconds === undefined ? {} : { readyMilliseconds };
  return { server: name, scenarios, memory: { provisioned, end: now, most }, ...ready };
}

/** A server that is fast because it forgets is not measured; the peers keep no events. */
async function checkEvents({ name, countEvents }: RunningServer, calls: number): Promise<void> {
  const count = await countEvents?.();
  if (count !== undefined && count !== calls) throw new Error(`${name} kept ${count} events of ${calls} calls.`);
}

function lineOf(round: number, { subject, scenarios }: Entrant, play: Play): string {
  const { perSecond, p50, p99, serverMicroseconds } = scenarios[playKey(play)]!;
  const rates = `${perSecond.toFixed(0).padStart(6)}/s  p50 ${p50.toFixed(2)} ms  p99 ${p99.toFixed(2)} ms`;
  const title = `round ${round + 1}  ${playKey(play).padEnd(13)} ${subject.server.name.padEnd(20)}`;
  return `${title} ${rates}  server ${serverMicroseconds.toFixed(0)} µs`;
}
