import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { afterAll } from 'vitest';
import { CLI, cleanEnvironment } from '../cli/support.ts';

const MAIN = join(dirname(CLI), 'main.js');
/** No measure of anything: where eight tests want one processor, a start takes its time. */
const PATIENCE_MS = 60_000;
const LISTENING =
  /"url":"(?<url>http:[^"]+)"[^\n]*"msg":"listening"|(?<url>http:\/\/127\.0\.0\.1:\d+)\/graphql\n[^]*\n\n/u;

/** How a process ended. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** How a server is started. */
export interface StartOptions {
  readonly cwd: string;
  /** `['--dev']` unless told. */
  readonly args?: readonly string[];
  /** Options of Node itself. */
  readonly nodeArgs?: readonly string[];
  /** On top of `PORT=0` and `LOG_LEVEL=info`. */
  readonly env?: Readonly<Record<string, string>>;
}

type Child = ChildProcessByStdio<null, Readable, Readable>;
const running = new Set<ServerProcess>();

afterAll(async () => {
  await Promise.all([...running].map((server) => server.kill()));
});

/** `node dist/main.js` as a process of its own. Whatever is left of it is killed, by its id, after the tests of a file. */
export class ServerProcess {
  readonly ended: Promise<Ending>;
  stdout = '';
  stderr = '';
  /** Its address, from the log, or from the greeting where nothing is logged; empty until it listens. */
  url = '';
  /** From the start of the process to the first line that says it listens. */
  readyMs = 0;
  readonly #child: Child;
  readonly #started = performance.now();

  constructor({ cwd, args = ['--dev'], nodeArgs = [], env = {} }: StartOptions) {
    this.#child = spawn(process.execPath, [...nodeArgs, MAIN, ...args], {
      cwd,
      env: cleanEnvironment({ PORT: '0', LOG_LEVEL: 'info', ...env }),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(this);
    this.#child.stdout.setEncoding('utf8').on('data', (text: string) => this.#read(text));
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.ended = new Promise((resolve) => {
      this.#child.once('close', (code, signal) => {
        running.delete(this);
        resolve({ code, signal });
      });
    });
  }

  /** The lines of the log, parsed. */
  get log(): Record<string, unknown>[] {
    return this.stdout
      .split('\n')
      .slice(0, -1)
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  /** What a person reads: all of stdout that is no line of the log. */
  get greeting(): string {
    return this.stdout
      .split('\n')
      .filter((line) => !line.startsWith('{'))
      .join('\n');
  }

  /** Waits until it listens. Fails where it ends first, or takes too long. */
  async ready(): Promise<this> {
    const deadline = this.#started + PATIENCE_MS;
    let hasEnded = false;
    void this.ended.then(() => (hasEnded = true));
    while (this.url === '') {
      if (hasEnded) throw new Error(`The server ended before it listened: ${this.stderr}${this.stdout}`);
      if (performance.now() > deadline) throw new Error(`The server does not listen: ${this.stderr}${this.stdout}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return this;
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  /** Ends it as an operator does, and waits. */
  stop(): Promise<Ending> {
    this.signal('SIGTERM');
    return this.ended;
  }

  /** `kill -9`, and waits. */
  kill(): Promise<Ending> {
    this.signal('SIGKILL');
    return this.ended;
  }

  #read(text: string): void {
    this.stdout += text;
    if (this.url !== '') return;
    this.url = LISTENING.exec(this.stdout)?.groups?.['url'] ?? '';
    this.readyMs = performance.now() - this.#started;
  }
}

/** Starts a server and waits until it listens. */
export function startServer(options: StartOptions): Promise<ServerProcess> {
  return new ServerProcess(options).ready();
}

/** Starts a server that is expected to end by itself, and waits for that. */
export async function runServer(options: StartOptions): Promise<Ending & { stdout: string; stderr: string }> {
  const server = new ServerProcess(options);
  const timer = setTimeout(() => void server.kill(), PATIENCE_MS);
  const ending = await server.ended;
  clearTimeout(timer);
  return { ...ending, stdout: server.stdout, stderr: server.stderr };
}

/** Asks GraphQL something with a personal access token. */
export async function graphql(url: string, token: string, query: string) {
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    body: JSON.stringify({ query }),
  });
  // What is in it is what the tests are about.
  // oxlint-disable-next-line typescript/no-explicit-any
  return { status: answer.status, text: await answer.clone().text(), body: (await answer.json()) as any };
}
