import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../src/db/store.ts';
import { rollcall, rollcallJson, requireBuild } from '../cli/support.ts';
import {
  addUsers,
  aCredential,
  aDomainEvent,
  anAccessToken,
  anEvent,
  aTeam,
  aUser,
  aWorkspace,
  clock,
  NOW,
} from '../db/support/fixtures.ts';
import { emptyDatabase, type TestDatabase } from '../support/database.ts';

requireBuild();

const USERS = Number(process.env['ROLLCALL_TRANSFER_USERS'] ?? 3_000);
const SECRET = 'a server secret of the tests, 32 characters';
const folder = mkdtempSync(join(tmpdir(), 'rollcall-transfer-'));
const sqlite = { DATABASE_URL: `sqlite:${folder}/old.db`, ROLLCALL_SECRET: SECRET };
let database: TestDatabase;
let postgresql: Record<string, string>;
const figures: Record<string, number> = {};

beforeAll(async () => {
  database = await emptyDatabase();
  postgresql = { DATABASE_URL: database.url, ROLLCALL_SECRET: SECRET };
  await fill();
}, 600_000);
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** Two workspaces: many users with unusual values, teams with members, keys, passwords, sessions and history. */
async function fill(): Promise<void> {
  const store = await openStore(sqlite.DATABASE_URL, { clock });
  await store.migrate();
  for (const share of [0.9, 0.1]) {
    const workspace = aWorkspace();
    const users = Array.from({ length: USERS * share }, (_, at) =>
      aUser(workspace.id, {
        userName: `Üser-${at}@acme.example`,
        externalId: at % 7 === 0 ? null : `00u${at}`,
        adopted: at % 2 === 0,
        version: (at % 9) + 1,
        profile: { displayName: `Zoë "${at}" 🦊`, emails: [{ value: `desk-${at}@acme.example`, primary: true }] },
      }),
    );
    await store.acrossWorkspaces.createWorkspace(workspace, async (tx) =>
      tx.credentials.add(aCredential(workspace.id)),
    );
    for (let at = 0; at < users.length; at += 500) await addUsers(store, workspace.id, users.slice(at, at + 500));
    await store.inWorkspace(workspace.id, async (tx) => {
      const team = aTeam(workspace.id, { roleMapping: 'ADMIN' });
      await tx.teams.add(team);
      const userIds = users.filter((_, at) => at % 3 === 0).map(({ id }) => id);
      await tx.teams.changeMembers(team.id, { kind: 'add', userIds }, NOW);
      await tx.teams.applyRolesOfTeam(team.id, NOW);
      await tx.passwords.set(users[0]!.id, '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA', NOW);
      await tx.accessTokens.add(anAccessToken(workspace.id, users[1]!.id));
      for (const { id } of users.slice(0, 200)) {
        await tx.recordProvisioningEvent(anEvent(workspace.id, { targetId: id }));
        await tx.recordDomainEvent(aDomainEvent(workspace.id, { targetId: id }));
      }
    });
  }
  await store.close();
}

async function timed<T>(name: string, work: () => Promise<T>): Promise<T> {
  const from = performance.now();
  const value = await work();
  figures[name] = Math.round(performance.now() - from);
  return value;
}

/** What a dump holds, without the head, whose seal is new each time. */
const rowsOf = (file: string) => readFileSync(file, 'utf8').split('\n').slice(1);

describe('an installation', () => {
  it('H15: moves from SQLite to PostgreSQL and back, and is the same line by line', async () => {
    const [out, again, back] = ['out', 'again', 'back'].map((name) => join(folder, `${name}.jsonl`)) as [
      string,
      string,
      string,
    ];
    const { rows } = await timed('export', () => rollcallJson(['export', '--file', out], { env: sqlite }));
    expect(statSync(out).mode & 0o777).toBe(0o600);
    expect(rows).toBeGreaterThan(USERS * 2);
    expect(await timed('import', () => rollcallJson(['import', '--file', out], { env: postgresql }))).toEqual({ rows });
    await timed('export from PostgreSQL', () => rollcallJson(['export', '--file', again], { env: postgresql }));
    expect(rowsOf(again)).toEqual(rowsOf(out));
    const other = { ...sqlite, DATABASE_URL: `sqlite:${folder}/new.db` };
    await rollcallJson(['import', '--file', again], { env: other });
    await rollcallJson(['export', '--file', back], { env: other });
    expect(rowsOf(back)).toEqual(rowsOf(out));
    process.stdout.write(`${USERS} users, in ms: ${JSON.stringify(figures)}\n`);
  }, 600_000);

  it('goes on where it was: counters are right, and the next user stands last', async () => {
    const store = await openStore(database.url, { clock });
    const [, workspace] = JSON.parse(rowsOf(join(folder, 'out.jsonl'))[0]!) as [string, unknown[]];
    const slug = workspace.find((value) => typeof value === 'string' && value.startsWith('w-')) as string;
    const { id } = (await store.acrossWorkspaces.workspaceBySlug(slug))!;
    const reader = store.workspace(id);
    const total = await reader.users.count({});
    const added = aUser(id, { id: randomUUID() });
    await addUsers(store, id, [added]);
    expect(await reader.users.count({})).toBe(total + 1);
    const { users } = await reader.users.find(undefined, { offset: total, limit: 5 });
    expect(users.map((user) => user.id)).toEqual([added.id]);
    const team = aTeam(id);
    await store.inWorkspace(id, async (tx) => {
      await tx.teams.add(team);
      await tx.teams.changeMembers(team.id, { kind: 'add', userIds: [added.id] }, NOW);
    });
    expect(await reader.teams.members(team.id)).toHaveLength(1);
    await store.close();
  });

  it('is not taken where there is one already, nor cut off, nor under another secret, and then nothing is written', async () => {
    const out = join(folder, 'out.jsonl');
    const refusal = async (file: string, env: Record<string, string>) => {
      const { code, stderr } = await rollcall(['import', '--file', file], { env });
      expect(code).toBe(1);
      return stderr;
    };
    expect(await refusal(out, postgresql)).toContain('has workspaces already');
    const fresh = { ...sqlite, DATABASE_URL: `sqlite:${folder}/fresh.db` };
    const cut = join(folder, 'cut.jsonl');
    writeFileSync(cut, readFileSync(out, 'utf8').split('\n').slice(0, 500).join('\n'));
    expect(await refusal(cut, fresh)).toContain('is not whole: it ends after 499 rows');
    const other = { ...fresh, ROLLCALL_SECRET: 'another secret of the tests, 32 characters' };
    expect(await refusal(out, other)).toContain('another ROLLCALL_SECRET');
    writeFileSync(cut, 'userName,givenName\n');
    expect(await refusal(cut, fresh)).toContain('is no export of Rollcall');
    await rollcallJson(['import', '--file', out], { env: fresh });
    const { code, stderr } = await rollcall(['export', '--file', out], { env: sqlite });
    expect([code, stderr]).toEqual([1, expect.stringContaining('cannot be made')]);
  }, 120_000);
});
