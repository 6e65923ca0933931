import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** The built command; the server's entry stands beside it. */
export const CLI = join(ROOT, 'dist/cli.js');
/** The sample of people that the README uses. */
export const SAMPLE_PEOPLE = join(ROOT, 'examples/people.csv');

/** What came of a command. */
export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The one object at the end of stdout; undefined where there is none. */
  // What is in it is what the tests are about.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly json: any;
}

/** Where a command runs, and with which settings. */
export interface CliPlace {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

const PATIENCE_MS = 25_000;

/** The environment of a child: settings of the machine that runs the tests do not reach it. */
export function cleanEnvironment(env: Readonly<Record<string, string>> = {}): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '', ...env };
}

/** Runs `rollcall …` as a process of its own, and waits for its end. */
export function rollcall(args: readonly string[], { cwd = tmpdir(), env }: CliPlace = {}): Promise<CliResult> {
  const child = spawn(process.execPath, [CLI, ...args], {
    cwd,
    env: cleanEnvironment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: PATIENCE_MS,
    killSignal: 'SIGKILL',
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr, json: lastObject(stdout) }));
  });
}

function lastObject(stdout: string): unknown {
  const line = stdout.trimEnd().split('\n').at(-1) ?? '';
  return line.startsWith('{') ? JSON.parse(line) : undefined;
}

/** Runs `rollcall … --json`, which must go well, and answers its object. */
export async function rollcallJson(args: readonly string[], place?: CliPlace): Promise<CliResult['json']> {
  const { code, stderr, json } = await rollcall([...args, '--json'], place);
  if (code !== 0) throw new Error(`rollcall ${args.join(' ')} ended with ${code}: ${stderr}`);
  return json;
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A new folder, removed after the tests of the file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-cli-'));
  folders.push(folder);
  return folder;
}

/** Makes sure that what is built is what stands in `src`. `npm test` builds first; a bare `vitest` may not have. */
export function requireBuild(): void {
  beforeAll(() => {
    if (!existsSync(CLI)) throw new Error('dist/cli.js is missing. Build first: npm run build');
    if (newestIn(join(ROOT, 'src'), '.ts') <= newestIn(join(ROOT, 'dist'), '')) return;
    // A file that was touched but says the same is newer, too, and is not emitted again: the compiler knows better.
    const { status, stdout } = spawnSync('tsc', ['-p', 'tsconfig.build.json'], {
      cwd: ROOT,
      encoding: 'utf8',
      env: { ...process.env, PATH: `${join(ROOT, 'node_modules/.bin')}:${process.env['PATH']}` },
    });
    if (status !== 0) throw new Error(`dist is older than src, and src does not build: npm run build\n${stdout}`);
  }, 60_000);
}

function newestIn(folder: string, ending: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  const times = files
    .filter((file) => file.isFile() && file.name.endsWith(ending))
    .map((file) => statSync(join(file.parentPath, file.name)).mtimeMs);
  return Math.max(...times);
}
