// What gets dearer as a directory grows: one server of Rollcall, the same calls at several sizes. README.md says how to read it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { createMessage, patchMessage, replaceMessage } from '../src/simulator/okta/messages.ts';
import { generatePeople } from '../src/simulator/people/generated.ts';
import { oktaIdOf, type Person } from '../src/simulator/people/person.ts';
import { percentile } from '../src/simulator/report.ts';
import { applyLoad, type Load, type LoadRequest } from './load.ts';
import { cpuMicroseconds, residentMegabytes } from './process-figures.ts';
import { number, table, thisMachine } from './report.ts';
import { endAll, startServer, type RunningServer } from './servers.ts';
import { lineChart } from './svg.ts';

const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const PAGE = 100;
const CONCURRENCY = 8;
/** A large prime, so that neighbours in time are not neighbours in the database. */
const STRIDE = 7_919;

const Options = z.object({
  sizes: z.string().transform((text) => text.split(',').map(Number)).pipe(z.array(z.number().int().min(200)).min(1)), // prettier-ignore
  calls: z.coerce.number().int().min(10),
  plots: z.string().min(1),
});

/** What one kind of call cost at one size: milliseconds, and the server's processor time in microseconds. */
interface Cost {
  readonly p50: number;
  readonly p99: number;
  readonly microseconds: number;
}

/** A server, with the users that it has by now. */
interface Directory {
  readonly server: RunningServer;
  readonly people: readonly Person[];
  readonly ids: string[];
}

const say = (line: string) => void process.stderr.write(`${line}\n`);

async function measured(directory: Directory, load: Omit<Load, 'url' | 'token'>): Promise<Cost> {
  const { pid, url, token } = directory.server;
  const before = cpuMicroseconds(pid);
  const { times } = await applyLoad({ url, token, ...load });
  await sleep(1_500);
  const sorted = [...times].sort((a, b) => a - b);
  const microseconds = (cpuMicroseconds(pid) - before) / load.total;
  return { p50: percentile(sorted, 50), p99: percentile(sorted, 99), microseconds };
}

/** Creates users until there are `size`. */
async function growTo(directory: Directory, size: number): Promise<void> {
  const { people, ids, server } = directory;
  const first = ids.length;
  await applyLoad({
    url: server.url,
    token: server.token,
    total: size - first,
    concurrency: 32,
    status: 201,
    request: (index) => {
      const person = people[first + index]!;
      return { method: 'POST', path: '/Users', body: createMessage(person, oktaIdOf(person)) };
    },
    onBody: (body, index) => (ids[first + index] = z.object({ id: z.string() }).parse(JSON.parse(body)).id),
  });
}

type Kind = (directory: Directory, size: number, index: number) => LoadRequest;

const at = (index: number, size: number) => (index * STRIDE) % size;

/** The calls that are to cost the same whatever the size; each one changes what it is said to change. */
const KINDS: Readonly<Record<string, Kind>> = {
  'GET, filter `userName eq`': ({ people }, size, index) => {
    const filter = encodeURIComponent(`userName eq "${people[at(index, size)]!.userName}"`);
    return { method: 'GET', path: `/Users?filter=${filter}&startIndex=1&count=100` };
  },
  'GET by id': ({ ids }, size, index) => ({ method: 'GET', path: `/Users/${ids[at(index, size)]}` }),
  'PUT, profile changed': ({ people, ids }, size, index) => {
    const person = people[at(index, size)]!;
    const body = replaceMessage({ id: ids[at(index, size)]! }, { ...person, title: `Title ${size} ${index}` }, oktaIdOf(person), true); // prettier-ignore
    return { method: 'PUT', path: `/Users/${ids[at(index, size)]}`, body };
  },
  'PATCH `active`': ({ ids }, size, index) => {
    const half = Math.floor(index / 2);
    return { method: 'PATCH', path: `/Users/${ids[at(half, size)]}`, body: patchMessage({ active: index % 2 === 1 }) };
  },
};

async function costsAt(directory: Directory, size: number, calls: number): Promise<Map<string, Cost>> {
  const costs = new Map<string, Cost>();
  for (const [title, kind] of Object.entries(KINDS)) {
    // The two calls for one user must not overtake each other.
    const concurrency = title.startsWith('PATCH') ? 1 : CONCURRENCY;
    const request = (index: number) => kind(directory, size, index);
    costs.set(title, await measured(directory, { total: calls, concurrency, status: 200, request }));
    say(`${size} users  ${title}: ${costs.get(title)!.p50.toFixed(2)} ms`);
  }
  return costs;
}

/** The walk of an import, one page after the other as Okta does, and what its first, 200th and last hundred pages took. */
async function importWalk({ server: { url, token } }: Directory, size: number): Promise<string[][]> {
  const pages = Math.ceil(size / PAGE);
  const request = (index: number): LoadRequest => {
    return { method: 'GET', path: `/Users?startIndex=${index * PAGE + 1}&count=${PAGE}` };
  };
  const { times, milliseconds } = await applyLoad({ url, token, total: pages, concurrency: 1, status: 200, request });
  const around = (page: number) => {
    const from = Math.max(0, Math.min(page - 5, pages - 10));
    return percentile(
      times.slice(from, from + 10).sort((a, b) => a - b),
      50,
    ).toFixed(2);
  };
  // The first page is asked for cold: the pages right after it tell more.
  return [[number(size), number(pages), around(6), around(200), around(pages), (milliseconds / 1000).toFixed(1)]];
}

/** A group as a wizard app pushes it, whole by PUT, and what changing one member costs then. */
async function groupPush(directory: Directory, members: number): Promise<string[]> {
  const { server, ids } = directory;
  const { url, token, pid } = server;
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/scim+json' };
  const send = async (method: string, path: string, body: object) => {
    const started = performance.now();
    const answer = await fetch(url + path, { method, headers, body: JSON.stringify(body) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}: ${text.slice(0, 200)}`);
    return { milliseconds: performance.now() - started, text };
  };
  const displayName = `Group of ${members}`;
  const made = await send('POST', '/Groups', { schemas: [GROUP], displayName });
  const { id } = z.object({ id: z.string() }).parse(JSON.parse(made.text));
  const all = ids.slice(0, members).map((value) => ({ value }));
  const before = cpuMicroseconds(pid);
  const put = await send('PUT', `/Groups/${id}`, { schemas: [GROUP], displayName, members: all });
  const microseconds = cpuMicroseconds(pid) - before;
  const [out] = all;
  const change = async (op: object) =>
    (await send('PATCH', `/Groups/${id}`, { schemas: [PATCH_OP], Operations: [op] })).milliseconds;
  const times: number[] = [];
  for (let turn = 0; turn < 20; turn += 1) {
    times.push(await change({ op: 'remove', path: `members[value eq "${out!.value}"]` }));
    times.push(await change({ op: 'add', path: 'members', value: [out] }));
  }
  const one = percentile(
    times.sort((a, b) => a - b),
    50,
  );
  return [number(members), number(put.milliseconds), number(microseconds / 1000), one.toFixed(2)];
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      sizes: { type: 'string', default: '1000,10000,100000' },
      calls: { type: 'string', default: '3000' },
      plots: { type: 'string', default: join(import.meta.dirname, 'plots') },
    },
  });
  const { sizes, calls, plots } = Options.parse(values);
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-growth-'));
  process.once('exit', () => {
    endAll();
    rmSync(folder, { recursive: true, force: true });
  });
  const server = await startServer('rollcall', folder);
  const directory: Directory = { server, people: generatePeople(Math.max(...sizes)), ids: [] };
  const costs = new Map<number, Map<string, Cost>>();
  for (const size of sizes) {
    await growTo(directory, size);
    costs.set(size, await costsAt(directory, size, calls));
  }
  const size = Math.max(...sizes);
  const walk = await importWalk(directory, size);
  const underLoad = residentMegabytes(server.pid);
  const groups: string[][] = [];
  for (const members of [10, size / 10, size]) groups.push(await groupPush(directory, members));
  const memory = { underLoad, afterGroups: residentMegabytes(server.pid) };
  await server.stop();
  report({ sizes, calls, costs, walk, groups, memory });
  draw(plots, sizes, costs);
}

/** What a call costs at each size, as lines. */
function draw(folder: string, sizes: readonly number[], costs: Growth['costs']): void {
  const series = Object.keys(KINDS).map((name) => ({
    name,
    values: sizes.map((size) => costs.get(size)!.get(name)!.microseconds),
  }));
  const [title, subtitle] = ['Processor time of a call as the directory grows', 'µs of the server, by number of users'];
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'growth.svg'), lineChart({ title, subtitle, labels: sizes.map(number), series }));
}

interface Growth {
  readonly sizes: readonly number[];
  readonly calls: number;
  readonly costs: ReadonlyMap<number, ReadonlyMap<string, Cost>>;
  readonly walk: readonly (readonly string[])[];
  readonly groups: readonly (readonly string[])[];
  readonly memory: Readonly<Record<'underLoad' | 'afterGroups', ReturnType<typeof residentMegabytes>>>;
}

function report({ sizes, calls, costs, walk, groups, memory }: Growth): void {
  const { cpu, cores, memoryGigabytes, node, os } = thisMachine();
  const first = sizes[0]!;
  const last = sizes.at(-1)!;
  const rows = Object.keys(KINDS).map((title) => {
    const of = (size: number) => costs.get(size)!.get(title)!;
    const cells = sizes.flatMap((size) => [of(size).p50.toFixed(2), number(of(size).microseconds)]);
    return [title, ...cells, (of(last).microseconds / of(first).microseconds).toFixed(2)];
  });
  const head = sizes.flatMap((size) => [`${number(size)}: p50 ms`, 'µs']);
  const parts = [
    `${new Date().toISOString().slice(0, 10)}, ${cpu}, ${cores} cores, ${memoryGigabytes} GB, ${os}, Node ${node}. ${number(calls)} calls of each kind.`,
    table(['', ...head, 'µs, last ÷ first'], rows),
    'The walk of an import, in ms a page (medians of ten):',
    table(['users', 'pages', 'near the first', 'around the 200th', 'the last', 'whole walk, s'], walk),
    'Groups pushed whole by PUT, and a PATCH of one member then:',
    table(['members', 'PUT, ms', 'processor, ms', 'PATCH p50, ms'], groups),
    `Resident memory ${tell(memory.underLoad)} before the groups, ${tell(memory.afterGroups)} after them.`,
  ];
  process.stdout.write(`\n${parts.join('\n\n')}\n`);
}

function tell({ now, most }: Growth['memory']['underLoad']): string {
  return `${number(now)} MB (${number(most)} at its most)`;
}

await main();
