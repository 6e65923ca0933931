import { request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { ServerProcess } from '../process/support.ts';

/** A server that has not said within this time that it is ready gets no request: much less than a server goes on after SIGTERM. */
const FRESH_MS = 500;

/** As many wait for their answers at most; where the machine cannot keep up, fewer are begun, and `rate` says so. */
const UNDER_WAY = 64;

/** Asks as a load balancer does: servers that say they are ready, by turns. No request is tried again. */
export class Load {
  readonly failures: string[] = [];
  readonly statuses = new Map<number, number>();
  isOver = false;
  /** The requests a second that were begun. */
  rate = 0;
  readonly #key: string;
  readonly #perSecond: number;
  readonly #servers: ServerProcess[];
  /** When the question was asked that a server last answered with "ready". */
  readonly #readyAt = new Map<ServerProcess, number>();
  #next = 0;
  #underWay = 0;
  #isAnswered = false;

  constructor(key: string, servers: readonly ServerProcess[], perSecond: number) {
    this.#key = key;
    this.#perSecond = perSecond;
    this.#servers = [...servers];
  }

  replace(at: number, server: ServerProcess): void {
    this.#servers[at] = server;
  }

  /** Waits until all servers have been seen ready. */
  async balanced(): Promise<void> {
    while (!this.#servers.every((server) => this.#readyAt.has(server))) await pause(5);
  }

  /** Begins so many requests a second, whether those before have ended or not, while few enough are under way. */
  async run(): Promise<void> {
    const begun: Promise<void>[] = [];
    let missed = 0;
    const looking = this.#look();
    const from = performance.now();
    while (!this.isOver) {
      const due = ((performance.now() - from) / 1_000) * this.#perSecond;
      while (begun.length + missed < due)
        if (this.#underWay < UNDER_WAY) begun.push(this.#one(begun.length));
        else missed += 1;
      await pause(2);
    }
    this.rate = (begun.length / (performance.now() - from)) * 1_000;
    await Promise.all(begun);
    this.#isAnswered = true;
    await looking;
  }

  async #look(): Promise<void> {
    while (!this.#isAnswered) {
      for (const server of this.#servers) void this.#ask(server);
      await pause(50);
    }
  }

  async #ask(server: ServerProcess): Promise<void> {
    const askedAt = performance.now();
    const answer = await fetch(`${server.url}/readyz`).catch(() => undefined);
    if (answer?.ok === true) this.#readyAt.set(server, askedAt);
    else this.#readyAt.delete(server);
  }

  /** The next server in turn of those that are ready; while none is, the request waits. */
  async #chosen(): Promise<ServerProcess> {
    for (;;) {
      const since = performance.now() - FRESH_MS;
      const ready = this.#servers.filter((server) => (this.#readyAt.get(server) ?? -Infinity) > since);
      if (ready.length > 0) return ready[(this.#next += 1) % ready.length]!;
      await pause(5);
    }
  }

  async #one(number: number): Promise<void> {
    this.#underWay += 1;
    try {
      const status = await this.#send(await this.#chosen(), number);
      this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
      if (status >= 400) this.failures.push(`${number}: ${status}`);
    } catch (error) {
      this.failures.push(`${number}: ${String(error)}`);
    } finally {
      this.#underWay -= 1;
    }
  }

  #send(server: ServerProcess, number: number): Promise<number> {
    const isWrite = number % 4 === 0;
    const path = isWrite ? '/Users' : '/Users?filter=userName%20eq%20%22load-0%22';
    return new Promise((resolve, reject) => {
      const outgoing = request(
        `${server.url}/scim/two/v2${path}`,
        {
          method: isWrite ? 'POST' : 'GET',
          agent: false,
          headers: { Authorization: `Bearer ${this.#key}`, 'Content-Type': 'application/scim+json' },
        },
        (answer) => {
          answer.resume();
          answer.once('end', () => resolve(answer.statusCode!));
          answer.once('error', reject);
        },
      );
      outgoing.once('error', reject);
      outgoing.end(isWrite ? JSON.stringify({ userName: `load-${number}` }) : undefined);
    });
  }
}
