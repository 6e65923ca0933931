import { simulateOkta } from '../src/simulator/okta.ts';
import { createMessage, patchMessage, replaceMessage } from '../src/simulator/okta/messages.ts';
import { generatePeople } from '../src/simulator/people/generated.ts';
import { oktaIdOf, promoted, type Person } from '../src/simulator/people/person.ts';
import { percentile } from '../src/simulator/report.ts';
import type { ScimUser } from '../src/simulator/scim.ts';
import { applyLoad, type LoadRequest, type LoadTimes } from './load.ts';
import { whyNot } from './peers.ts';
import type { RunningServer } from './servers.ts';

/** How much is done, in one turn of a scenario. */
export interface Amounts {
  readonly users: number;
  readonly concurrency: number;
  readonly lookups: number;
  readonly writes: number;
  /** Which time it is, from 0: so that a later turn has something to change. */
  readonly turn: number;
}

/** What came of one scenario on one server: latencies in milliseconds. */
export interface Outcome {
  readonly operations: number;
  /** HTTP calls, each of which must have left an event. */
  readonly calls: number;
  readonly milliseconds: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** A server with the people that were provisioned on it. */
export interface Subject {
  readonly server: RunningServer;
  readonly people: readonly Person[];
  /** Users by userName, once they were collected. */
  readonly users: Map<string, ScimUser>;
}

/** One kind of work, the same for each server. */
export interface Scenario {
  readonly name: string;
  /** What is done, and what counts as one operation. */
  readonly title: string;
  /** Whether it makes one call at a time and is therefore played once, whatever the concurrency. */
  readonly once?: boolean;
  readonly run: (subject: Subject, amounts: Amounts) => Promise<Outcome>;
}

const PAGE = 100;
const WALKS = 3;
const DEEP_PAGES = 100;

/** In the order of the tables; a turn plays them in this order too, those that are played once at the end. */
export const SCENARIOS: readonly Scenario[] = [
  { name: 'provision', title: 'Provision a user (simulator: look-up, then POST)', run: provision },
  { name: 'lookup', title: 'GET, filter `userName eq`', run: lookUp },
  { name: 'read', title: 'GET by id', run: read },
  { name: 'put', title: 'PUT, profile changed', run: put },
  { name: 'patch', title: 'PATCH `active`', run: patch },
  { name: 'create', title: 'POST alone', run: create },
  { name: 'import', title: 'Import walk, a page of 100', once: true, run: importWalk },
  { name: 'deep', title: 'The last page of 100, by its index', once: true, run: deepPage },
  { name: 'group', title: 'PUT of a group, up to 10,000 members', once: true, run: pushGroup },
];

/** In the first turn everybody is provisioned; in a later one some people more, for everybody is there already. */
async function provision({ server, people }: Subject, { concurrency, writes, turn }: Amounts): Promise<Outcome> {
  const { url: baseUrl, token } = server;
  const some = () => generatePeople(Math.min(writes, people.length), { prefix: `more-${turn}-` });
  const arriving = turn === 0 ? [...people] : some();
  const steps = ['test', 'provision'] as const;
  const report = await simulateOkta({ baseUrl, token, people: arriving, concurrency, steps: [...steps] });
  const step = report.steps.find((tally) => tally.step === 'provision');
  const creates = report.calls.find(({ kind }) => kind === 'create');
  if (!report.ok || step === undefined || creates === undefined || creates.count !== arriving.length)
    throw new Error(`Provisioning on ${server.name} failed: ${report.problems[0]?.message ?? 'not all were created'}`);
  const { p50, p95, p99 } = creates;
  const calls = report.calls.reduce((sum, { count }) => sum + count, 0);
  return { operations: arriving.length, calls, milliseconds: step.milliseconds, p50, p95, p99 };
}

/** Reads all users, so that the other scenarios know their ids. Returns how many calls it took. Nobody measures it. */
export async function collectUsers(subject: Subject): Promise<number> {
  const { calls } = await walk(subject, 1);
  if (subject.users.size !== subject.people.length)
    throw new Error(`${subject.server.name} lists ${subject.users.size} users of ${subject.people.length}.`);
  return calls;
}

function lookUp(subject: Subject, { lookups, concurrency }: Amounts): Promise<Outcome> {
  return steady(subject, { total: lookups, concurrency }, (index) => lookUpOf(scattered(subject.people, index)));
}

function lookUpOf({ userName }: Person): LoadRequest {
  const literal = userName.replace(/["\\]/g, String.raw`\$&`);
  const filter = encodeURIComponent(`userName eq "${literal}"`);
  return { method: 'GET', path: `/Users?filter=${filter}&startIndex=1&count=100` };
}

function read(subject: Subject, { lookups, concurrency }: Amounts): Promise<Outcome> {
  return steady(subject, { total: lookups, concurrency }, (index) => {
    const { id } = userOf(subject, scattered(subject.people, index));
    return { method: 'GET', path: `/Users/${id}` };
  });
}

function put(subject: Subject, { writes, concurrency, turn }: Amounts): Promise<Outcome> {
  return steady(subject, { total: Math.min(writes, subject.people.length), concurrency }, (index) => {
    const person = subject.people[index]!;
    const existing = userOf(subject, person);
    const body = replaceMessage(existing, promotedTimes(person, turn + 1), oktaIdOf(person), true);
    return { method: 'PUT', path: `/Users/${existing.id}`, body };
  });
}

function promotedTimes(person: Person, times: number): Person {
  return times === 0 ? person : promotedTimes(promoted(person), times - 1);
}

/** First some are deactivated; when all of them are, the same are reactivated: each call changes something. */
async function patch(subject: Subject, { writes, concurrency }: Amounts): Promise<Outcome> {
  const half = Math.min(Math.floor(writes / 2), subject.people.length);
  const { url, token } = subject.server;
  const all = { milliseconds: 0, times: [] as number[] };
  for (const active of [false, true]) {
    const request = (index: number): LoadRequest => {
      const { id } = userOf(subject, subject.people[index]!);
      return { method: 'PATCH', path: `/Users/${id}`, body: patchMessage({ active }) };
    };
    const { milliseconds, times } = await applyLoad({ url, token, status: 200, total: half, concurrency, request });
    all.milliseconds += milliseconds;
    all.times.push(...times);
  }
  return outcomeOf(all);
}

function importWalk(subject: Subject): Promise<Outcome> {
  return walk(subject, WALKS);
}

function deepPage(subject: Subject): Promise<Outcome> {
  const startIndex = subject.people.length - PAGE + 1;
  return steady(subject, { total: DEEP_PAGES, concurrency: 1 }, () => {
    return { method: 'GET', path: `/Users?startIndex=${startIndex}&count=${PAGE}` };
  });
}

function create(subject: Subject, { writes, concurrency, turn }: Amounts): Promise<Outcome> {
  const others = generatePeople(writes, { prefix: `other-${turn}-` });
  const amount = { total: writes, concurrency, status: 201 };
  return steady(subject, amount, (index) => {
    const person = others[index]!;
    return { method: 'POST', path: '/Users', body: createMessage(person, oktaIdOf(person)) };
  });
}

const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const MOST_MEMBERS = 10_000;
const PUSHES = 10;

/**
 * A wizard app's push: the group is made empty and then put whole, each time without a tenth of the members, another one,
 * so that each push adds and removes. `excludedAttributes` spares both sides the echo.
 */
async function pushGroup(subject: Subject): Promise<Outcome> {
  const displayName = 'Everyone';
  let id = '';
  const onBody = (body: string) => ({ id } = JSON.parse(body) as { id: string });
  const post: LoadRequest = { method: 'POST', path: '/Groups', body: { schemas: [GROUP], displayName } };
  const made = await steady(subject, { total: 1, concurrency: 1, status: 201, onBody }, () => post);
  const members = [...subject.users.values()].slice(0, MOST_MEMBERS).map(({ id: value }) => ({ value }));
  const pushed = await steady(subject, { total: PUSHES, concurrency: 1 }, (index) => {
    const left = members.filter((_, place) => place % PUSHES !== index);
    return {
      method: 'PUT',
      path: `/Groups/${id}?excludedAttributes=members`,
      body: { schemas: [GROUP], displayName, members: left },
    };
  });
  return { ...pushed, calls: made.calls + pushed.calls };
}

function walk(subject: Subject, times: number): Promise<Outcome> {
  const pages = Math.ceil(subject.people.length / PAGE);
  const onBody = (body: string) => {
    const { Resources }: { Resources: (ScimUser & { userName: string })[] } = JSON.parse(body);
    for (const user of Resources) subject.users.set(user.userName, user);
  };
  const amount = { total: pages * times, concurrency: 1, ...(subject.users.size === 0 && { onBody }) };
  return steady(subject, amount, (index) => {
    return { method: 'GET', path: `/Users?startIndex=${(index % pages) * PAGE + 1}&count=${PAGE}` };
  });
}

interface Amount {
  readonly total: number;
  readonly concurrency: number;
  readonly status?: number;
  readonly onBody?: (body: string) => void;
}

async function steady(
  { server: { url, token } }: Subject,
  amount: Amount,
  request: (index: number) => LoadRequest,
): Promise<Outcome> {
  return outcomeOf(await applyLoad({ url, token, status: 200, ...amount, request }));
}

function outcomeOf({ milliseconds, times }: LoadTimes): Outcome {
  const sorted = [...times].sort((a, b) => a - b);
  const [p50, p95, p99] = [percentile(sorted, 50), percentile(sorted, 95), percentile(sorted, 99)];
  return { operations: times.length, calls: times.length, milliseconds, p50, p95, p99 };
}

/** Looks whether the work was done: after `turns` turns somebody has the last title, is active and is found by name. */
export async function checkWork(subject: Subject, turns: number): Promise<number> {
  const person = subject.people[0]!;
  const { name } = subject.server;
  const seen: ScimUser[] = [];
  const onBody = (body: string) => seen.push(JSON.parse(body) as ScimUser);
  const path = `/Users/${userOf(subject, person).id}`;
  await steady(subject, { total: 1, concurrency: 1, onBody }, () => ({ method: 'GET', path }));
  const { title } = promotedTimes(person, turns);
  if (seen[0]?.['title'] !== title || seen[0]?.['active'] !== true)
    throw new Error(`${name} answers its writes without keeping them: ${path} is not active with the title ${title}.`);
  if (whyNot(name, 'lookup') !== undefined) return 1;
  await steady(subject, { total: 1, concurrency: 1, onBody }, () => lookUpOf(person));
  if (seen[1]?.['totalResults'] !== 1) throw new Error(`${name} does not find ${person.userName} by its userName.`);
  return 2;
}

/** A large prime, so that neighbours in time are not neighbours in the database. */
const STRIDE = 7_919;

function scattered(people: readonly Person[], index: number): Person {
  return people[(index * STRIDE) % people.length]!;
}

function userOf({ users }: Subject, { userName }: Person): ScimUser {
  const user = users.get(userName);
  if (user === undefined) throw new Error(`${userName} was not listed.`);
  return user;
}
