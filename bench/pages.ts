// What the admin UI's pages ask of a big workspace: their own operations, over HTTP, against 100,000 users and a million events.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Database from 'better-sqlite3';
import { print, type DocumentNode } from 'graphql';
import { z } from 'zod';
import { percentile } from '../src/simulator/report.ts';
import { chromiumPath, launch, open } from '../test/web/support/browser.ts';
import { number, table, thisMachine } from './report.ts';
import { cli, endAll, freePort, rollcallSettings, startRollcallProcess, stop } from './servers.ts';

const Options = z.object({
  users: z.coerce.number().int().min(100),
  events: z.coerce.number().int().min(100),
  calls: z.coerce.number().int().min(10),
});
const OWNER = 'owner@bench.example';
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** The operations of the pages, as the build of the admin UI made them, with what they are first asked with. */
const PAGES = [
  { title: 'Provisioning (settings)', document: 'ProvisioningPageDocument', variables: {} },
  { title: 'Provisioning, its chart of 24 hours', document: 'ProvisioningHealthDocument', variables: { window: 'LAST_24_HOURS' } }, // prettier-ignore
  { title: 'Provisioning, its chart of 30 days', document: 'ProvisioningHealthDocument', variables: { window: 'LAST_30_DAYS' } }, // prettier-ignore
  { title: 'Activity', document: 'ProvisioningEventsDocument', variables: { filter: {}, first: 50 } },
  { title: 'Members, by name', document: 'MembersDocument', variables: { filter: {}, orderBy: 'DISPLAY_NAME_ASC', first: 50 } }, // prettier-ignore
] as const;

/** Fills a stopped server's database: every user and event is the first one's twin, with names and times of its own. */
function fill(database: string, { users, events }: { users: number; events: number }): void {
  const db = new Database(database);
  db.pragma('synchronous = OFF');
  const copies = (most: number) => `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${most})`;
  const id = `printf('01900000-0000-7000-8000-%012x', n.i)`;
  const user = columnsOf(db, 'users', {
    id,
    seq: 'n.i + (select max(seq) from users)',
    user_name: `'person' || n.i || '@bench.example'`,
    user_name_key: `'person' || n.i || '@bench.example'`,
    role: "'MEMBER'",
    own_role: "'MEMBER'",
    external_id: `'external-' || n.i`,
    display_name: `'Person ' || n.i`,
    display_name_key: `'person ' || n.i`,
    search_text: `'person ' || n.i`,
    managed_by: "'DIRECTORY'",
    linked_at: 't.created_at',
  });
  db.exec(
    `${copies(users)} insert into users (${user.names}) select ${user.values} from n, (select * from users limit 1) t`,
  );
  db.prepare('update workspace_counters set user_count = user_count + ?, last_user_seq = last_user_seq + ?').run(
    users,
    users,
  );
  const now = Date.now();
  const at = `strftime('%Y-%m-%dT%H:%M:%fZ', (${now} - (${events} - n.i) * ${Math.floor((30 * DAY_MS) / events)}) / 1000.0, 'unixepoch')`;
  const event = columnsOf(db, 'provisioning_events', {
    seq: 'null',
    id: `printf('%08x-%04x-7000-8000-%012x', (${now} - (${events} - n.i)) / 65536, (${now} - (${events} - n.i)) % 65536, n.i)`,
    occurred_at: at,
    outcome: `case when n.i % 20 = 0 then 'REFUSED' else 'SUCCEEDED' end`,
    error_code: `case when n.i % 20 = 0 then 'ALREADY_EXISTS' end`,
    http_status: `case when n.i % 20 = 0 then 409 else 200 end`,
    operation: `case when n.i % 20 = 0 then 'CREATE_USER' when n.i % 4 = 0 then 'UPDATE_USER' else 'READ_USERS' end`,
  });
  db.exec(`${copies(events)} insert into provisioning_events (${event.names})
    select ${event.values} from n, (select * from provisioning_events limit 1) t`);
  tally(db, events, now);
  db.exec('analyze');
  db.close();
}

/** The columns of a table, and what each copy of a row has in them: its own value, or the one of the row. */
function columnsOf(db: Database.Database, name: string, own: Record<string, string>) {
  const all = db.pragma(`table_info(${name})`) as { name: string }[];
  const names = all.map((column) => column.name);
  return { names: names.join(', '), values: names.map((column) => own[column] ?? `t.${column}`).join(', ') };
}

/** The hourly tallies of those events: like the one of the first call, for each hour of the 30 days. */
function tally(db: Database.Database, events: number, now: number): void {
  const hour = `strftime('%Y-%m-%dT%H', (${now} - n.i * ${HOUR_MS}) / 1000.0, 'unixepoch')`;
  const share = Math.floor(events / (30 * 24));
  const row = columnsOf(db, 'call_tallies', { hour, count: String(share), ms_5: String(share) });
  db.exec(`with recursive n(i) as (select 1 union all select i + 1 from n where i < ${30 * 24})
    insert or ignore into call_tallies (${row.names}) select ${row.values} from n, (select * from call_tallies limit 1) t`);
}

async function prepare(folder: string, sizes: { users: number; events: number }) {
  const port = await freePort();
  const env = rollcallSettings(join(folder, 'rollcall.db'), port);
  await cli(['workspace', 'create', '--slug', 'bench', '--name', 'Bench', '--plan', 'enterprise', '--json'], env);
  const owner = ['--user-name', OWNER, '--email', OWNER, '--role', 'owner', '--json'];
  await cli(['user', 'create', '--workspace', 'bench', ...owner], env);
  const key = await cli(['credential', 'generate', '--workspace', 'bench', '--name', 'bench', '--json'], env);
  const token = await cli(['token', 'create', '--workspace', 'bench', '--user-name', OWNER, '--name', 'bench', '--json'], env); // prettier-ignore
  const secretOf = (line: string) => z.object({ secret: z.string() }).parse(JSON.parse(line)).secret;
  const first = await startRollcallProcess(env);
  const url = `http://127.0.0.1:${port}`;
  // A first call and its event, whose twins the others are.
  await fetch(`${url}/scim/bench/v2/Users?count=1`, { headers: { Authorization: `Bearer ${secretOf(key)}` } });
  await stop(first.child);
  fill(join(folder, 'rollcall.db'), sizes);
  const { child } = await startRollcallProcess(env);
  return { child, url, token: secretOf(token) };
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      users: { type: 'string', default: '100000' },
      events: { type: 'string', default: '1000000' },
      calls: { type: 'string', default: '200' },
    },
  });
  const { users, events, calls } = Options.parse(values);
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-pages-'));
  process.once('exit', () => {
    endAll();
    rmSync(folder, { recursive: true, force: true });
  });
  const { child, url, token } = await prepare(folder, { users, events });
  // Made by the build, so that no type of it is known here.
  const made = '../web/src/gql/graphql.ts';
  const documents = (await import(made)) as Record<string, DocumentNode>;
  const rows: string[][] = [];
  for (const { title, document, variables } of PAGES) {
    const body = JSON.stringify({ query: print(documents[document]!), variables });
    const times: number[] = [];
    for (let call = 0; call < calls; call += 1) times.push(await ask(`${url}/graphql`, token, body));
    const sorted = times.sort((a, b) => a - b);
    rows.push([title, ...[50, 95, 99].map((rank) => percentile(sorted, rank).toFixed(1))]);
  }
  const opened = chromiumPath === undefined ? [] : await openMembers(url, token);
  await stop(child);
  const { cpu, cores, memoryGigabytes, node, os } = thisMachine();
  const machine = `${new Date().toISOString().slice(0, 10)}, ${cpu}, ${cores} cores, ${memoryGigabytes} GB, ${os}, Node ${node}.`;
  const amount = `${number(users)} users, ${number(events)} events, ${number(calls)} calls of each, one at a time.`;
  process.stdout.write(`\n${machine} ${amount}\n\n${table(['', 'p50 ms', 'p95 ms', 'p99 ms'], rows)}\n`);
  if (opened.length > 0)
    process.stdout.write(`\nThe Members page in Chromium:\n\n${table(['', 'median ms', 'most ms'], opened)}\n`);
}

const VISITS = 9;

/** From the address until the rows stand and the search takes a letter: with nothing in the browser's cache, and again. */
async function openMembers(url: string, token: string): Promise<string[][]> {
  const browser = await launch();
  const [first, again]: [number[], number[]] = [[], []];
  for (let visit = 0; visit < VISITS; visit += 1) {
    const { page, context } = await open(browser, { url: 'about:blank', token });
    for (const times of [first, again]) {
      const started = performance.now();
      await page.goto(`${url}/members`, { waitUntil: 'commit' });
      await page.getByRole('row').nth(50).waitFor();
      await page.getByRole('searchbox').first().fill('p');
      times.push(performance.now() - started);
      await page.goto('about:blank');
    }
    await context.close();
  }
  await browser.close();
  return [['first visit', first] as const, ['second visit', again] as const].map(([title, times]) => {
    const sorted = times.sort((a, b) => a - b);
    return [title, number(percentile(sorted, 50)), number(sorted.at(-1)!)];
  });
}

/** One call, in milliseconds; a fault in the answer is thrown. */
async function ask(url: string, token: string, body: string): Promise<number> {
  const started = performance.now();
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
  const answer = await fetch(url, { method: 'POST', headers, body });
  const { errors } = z.object({ errors: z.unknown().optional() }).parse(await answer.json());
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return performance.now() - started;
}

await main();
