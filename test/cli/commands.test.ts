import { readFileSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { beforeAll, describe, expect, it } from 'vitest';
import { requireBuild, rollcall, rollcallJson, temporaryFolder } from './support.ts';

requireBuild();
const folder = temporaryFolder();
const file = `${folder}/commands.db`;
const place = { cwd: folder, env: { DATABASE_URL: `sqlite:${file}` } };
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u;
const DAY = 86_400_000;

const run = (...args: string[]) => rollcall(args, place);
const json = (...args: string[]) => rollcallJson(args, place);

/** One value from the database, read beside the commands. */
function stored(sql: string, ...values: unknown[]): unknown {
  const database = new Database(file, { readonly: true });
  try {
    return database
      .prepare(sql)
      .pluck()
      .get(...values);
  } finally {
    database.close();
  }
}

beforeAll(async () => {
  await json('workspace', 'create', '--slug', 'acme', '--name', 'Acme Legal', '--plan', 'enterprise');
}, 60_000);

describe.concurrent('rollcall migrate', () => {
  it('makes the database, and says what it ran; a second time there is nothing to do', async () => {
    const fresh = { cwd: folder, env: { DATABASE_URL: `sqlite:${folder}/deep/er/new.db` } };
    expect(await rollcallJson(['migrate'], fresh)).toEqual({
      migrated: [
        '0001-first-tables',
        '0002-teams',
        '0003-passwords',
        '0004-invitations',
        '0005-sign-in',
        '0006-user-emails',
        '0007-user-lists',
      ],
    });
    expect(await rollcallJson(['migrate'], fresh)).toEqual({ migrated: [] });
    expect(await rollcall(['migrate'], fresh)).toMatchObject({ code: 0, stdout: 'The database is up to date.\n' });
  });

  it('refuses a file that is no database, and leaves it as it is', async () => {
    const letter = 'Dear Maya, this is no database. '.repeat(100);
    writeFileSync(`${folder}/letter.txt`, letter);
    const env = { DATABASE_URL: 'sqlite:./letter.txt', ROLLCALL_SECRET: 'a secret of the tests that is long enough' };
    const { code, stderr } = await rollcall(['migrate'], { cwd: folder, env });
    expect(code).toBe(1);
    expect(stderr).toContain('not a database');
    expect(readFileSync(`${folder}/letter.txt`, 'utf8')).toBe(letter);
  });
});

describe.concurrent('rollcall workspace', () => {
  it('create answers {id, slug}; the plan is free unless told', async () => {
    const answer = await json('workspace', 'create', '--slug', 'small-firm', '--name', 'Small Firm');
    expect(answer).toEqual({ id: expect.stringMatching(UUID), slug: 'small-firm' });
    expect(stored('select plan from workspaces where id = ?', answer.id)).toBe('FREE');
  });

  it('update changes plan and name, each by itself, and answers both', async () => {
    const { id } = await json('workspace', 'create', '--slug', 'changing', '--name', 'Before');
    const named = await json('workspace', 'update', '--slug', 'changing', '--name', 'After');
    expect(named).toEqual({ id, slug: 'changing', name: 'After', plan: 'free' });
    const planned = await json('workspace', 'update', '--slug', 'changing', '--plan', 'enterprise');
    expect(planned).toEqual({ id, slug: 'changing', name: 'After', plan: 'enterprise' });
    const events = "select count(*) from domain_events where workspace_id = ? and name = 'WorkspaceUpdated'";
    expect(stored(events, id)).toBe(2);
  });

  it('create refuses a slug that is taken', async () => {
    const { code, stderr } = await run('workspace', 'create', '--slug', 'acme', '--name', 'Other');
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'A workspace with slug "acme" already exists.\n' });
  });

  it('create refuses a slug that could not stand in a URL, or an empty name', async () => {
    const bad = await run('workspace', 'create', '--slug', 'Acme_Legal', '--name', 'Acme');
    expect(bad).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^The slug "Acme_Legal" cannot be used\. Use /u),
    });
    const nameless = await run('workspace', 'create', '--slug', 'nameless', '--name', ' ');
    expect(nameless).toMatchObject({ code: 1, stderr: expect.stringMatching(/^The name is empty\./u) });
  });

  it('update refuses a workspace that is not there', async () => {
    const { code, stderr } = await run('workspace', 'update', '--slug', 'nowhere', '--plan', 'free');
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'There is no workspace "nowhere" in this database.\n' });
  });
});

describe.concurrent('rollcall user create', () => {
  const create = (userName: string, ...more: string[]) =>
    [
      'user',
      'create',
      '--workspace',
      'acme',
      '--user-name',
      userName,
      '--email',
      'maya@acme.example',
      ...more,
    ] as const;

  it('answers {id, userName}; the user is active, a member, and managed by the workspace', async () => {
    const answer = await json(...create('Maya@acme.example', '--given-name', 'Maya', '--family-name', "O'Brien"));
    expect(answer).toEqual({ id: expect.stringMatching(UUID), userName: 'Maya@acme.example' });
    const row = "select status || ' ' || role || ' ' || managed_by from users where id = ?";
    expect(stored(row, answer.id)).toBe('ACTIVE MEMBER WORKSPACE');
    expect(stored('select profile from users where id = ?', answer.id)).toContain("O'Brien");
  });

  it('gives the role it is told', async () => {
    const { id } = await json(...create('olivia@acme.example', '--role', 'owner'));
    expect(stored('select role from users where id = ?', id)).toBe('OWNER');
  });

  it('refuses a userName that is taken in other case, and says by whom', async () => {
    const { id } = await json(...create('Zoë@acme.example'));
    const { code, stdout, stderr } = await run(...create('ZOË@ACME.EXAMPLE'));
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe(`A user with userName "ZOË@ACME.EXAMPLE" already exists (${id}, active).\n`);
  });

  it('refuses what is no email address', async () => {
    const args = ['user', 'create', '--workspace', 'acme', '--user-name', 'sam', '--email', 'sam at acme'];
    const { code, stderr } = await run(...args);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^"sam at acme" is no email address\./u);
  });

  it('refuses an invisible character in a name, by its number', async () => {
    const { code, stderr } = await run(...create('sam\u200b@acme.example'));
    expect(code).toBe(1);
    expect(stderr).toContain('U+200B');
  });

  it('refuses a workspace that is not there', async () => {
    const args = ['user', 'create', '--workspace', 'nowhere', '--user-name', 'sam', '--email', 'sam@acme.example'];
    expect(await run(...args)).toMatchObject({
      code: 1,
      stderr: 'There is no workspace "nowhere" in this database.\n',
    });
  });
});

describe.concurrent('rollcall token create', () => {
  it('answers {secret, prefix, expiresAt}: 90 days, found by the userName in any case', async () => {
    await json(
      'user',
      'create',
      '--workspace',
      'acme',
      '--user-name',
      'Pat@acme.example',
      '--email',
      'pat@acme.example',
    );
    const args = ['token', 'create', '--workspace', 'acme', '--user-name', 'pat@ACME.example', '--name', 'CI'];
    const { secret, prefix, expiresAt, ...rest } = await json(...args);
    expect(rest).toEqual({});
    expect(secret).toMatch(/^pat_[0-9A-Za-z]{10}_[0-9A-Za-z]{49}$/u);
    expect(secret.startsWith(`${prefix}_`)).toBe(true);
    expect(Math.abs(Date.parse(expiresAt) - Date.now() - 90 * DAY)).toBeLessThan(60_000);
    expect(stored('select count(*) from access_tokens where secret_hash = ?', secret)).toBe(0);
  });

  it('refuses a user who is not there', async () => {
    const args = ['token', 'create', '--workspace', 'acme', '--user-name', 'nobody', '--name', 'CI'];
    expect(await run(...args)).toMatchObject({ code: 1, stderr: 'There is no user "nobody" in this workspace.\n' });
  });
});

describe.concurrent('rollcall invitation create', () => {
  const invitee = (userName: string) => ['--workspace', 'acme', '--user-name', userName];
  const create = (userName: string) => ['invitation', 'create', ...invitee(userName)];

  it('answers {url, expiresAt}: 7 days, at the public URL of the settings, and keeps only a hash', async () => {
    await json('user', 'create', ...invitee('Ida@acme.example'), '--email', 'ida@acme.example', '--role', 'owner');
    const env = { ...place.env, PUBLIC_URL: 'https://rollcall.example/' };
    const { url, expiresAt, ...rest } = await rollcallJson(create('ida@ACME.example'), { cwd: folder, env });
    expect(rest).toEqual({});
    expect(url).toMatch(/^https:\/\/rollcall\.example\/sign-in\/acme\/invitation#token=inv_[0-9A-Za-z]{10}_\w{49}$/u);
    expect(Math.abs(Date.parse(expiresAt) - Date.now() - 7 * DAY)).toBeLessThan(60_000);
    const publicId = url.split('_')[1];
    expect(stored('select length(secret_hash) from invitations where public_id = ?', publicId)).toBe(64);
    const { stdout } = await run(...create('ida@acme.example'));
    expect(stdout).toMatch(/#token=inv_\w{60}\nFor Ida@acme\.example, until .+Z\. It is not shown again\.\n$/u);
    expect(stored('select count(*) from invitations where public_id = ?', publicId)).toBe(0);
  });

  it('refuses a user who is not there', async () => {
    const { code, stderr } = await run(...create('nobody'));
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'There is no user "nobody" in this workspace.\n' });
  });
});

describe.concurrent('rollcall rehearse-import', () => {
  it('answers what would be imported, and exits 1 where somebody would not be', async () => {
    await json('workspace', 'create', '--slug', 'rehearsed', '--name', 'Rehearsed');
    const rehearse = ['rehearse-import', '--workspace', 'rehearsed', '--page-size', '10', '--no-teams'];
    const nobody = { totalCount: 0, importCount: 0, skipCount: 0, failCount: 0 };
    const slowestPageMs = expect.any(Number);
    expect(await json(...rehearse)).toEqual({ users: nobody, teams: null, pageCount: 1, slowestPageMs, problems: [] });
    const here = ['--workspace', 'rehearsed', '--email', 'ida@acme.example'];
    const { id } = await json('user', 'create', ...here, '--user-name', 'ida');
    expect((await json(...rehearse)).users).toMatchObject({ totalCount: 1, importCount: 1 });
    const database = new Database(file);
    database.prepare("update users set profile = '{}' where id = ?").run(id);
    database.close();
    const { code, stdout, stderr } = await run(...rehearse);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toMatch(/^Users: 1; 0 would import, 0 be skipped as deactivated, 1 fail\.$/mu);
    expect(stdout).toContain('- ida has no primary email address. Give the user a primary email address here.');
  });
});

describe.concurrent('rollcall credential', () => {
  it('generate answers {id, baseUrl, secret, prefix}, with the base URL of the settings', async () => {
    await json('workspace', 'create', '--slug', 'keys', '--name', 'Keys', '--plan', 'enterprise');
    const env = { ...place.env, PUBLIC_URL: 'https://rollcall.example/' };
    const args = ['credential', 'generate', '--workspace', 'keys', '--name', 'Okta', '--expires-in', '365d'];
    const { id, baseUrl, secret, prefix, ...rest } = await rollcallJson(args, { cwd: folder, env });
    expect(rest).toEqual({});
    expect(id).toMatch(UUID);
    expect(baseUrl).toBe('https://rollcall.example/scim/keys/v2');
    expect(secret).toMatch(/^scim_[0-9A-Za-z]{10}_[0-9A-Za-z]{49}$/u);
    expect(secret.startsWith(`${prefix}_`)).toBe(true);
    const expiresAt = Date.parse(String(stored('select expires_at from scim_credentials where id = ?', id)));
    expect(Math.abs(expiresAt - Date.now() - 365 * DAY)).toBeLessThan(60_000);
  });

  it('generate tells a person the two things to enter in Okta, and that the key is shown once', async () => {
    await json('workspace', 'create', '--slug', 'people', '--name', 'People', '--plan', 'enterprise');
    const { code, stdout } = await run('credential', 'generate', '--workspace', 'people', '--name', 'Okta');
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^Base URL {2}http:\/\/localhost:4000\/scim\/people\/v2\nKey {7}scim_\w+\nThe key is not shown again\.\n$/u,
    );
  });

  it('list shows every credential with its status and none of its secret; revoke ends one', async () => {
    await json('workspace', 'create', '--slug', 'listed', '--name', 'Listed', '--plan', 'enterprise');
    expect(await json('credential', 'list', '--workspace', 'listed')).toEqual({ credentials: [] });
    const { id, secret, prefix } = await json('credential', 'generate', '--workspace', 'listed', '--name', 'Okta');
    const described = { id, name: 'Okta', prefix, expiresAt: null, lastUsedAt: null, createdAt: expect.any(String) };
    const list = ['credential', 'list', '--workspace', 'listed'];
    expect(await json(...list)).toEqual({ credentials: [{ ...described, status: 'active' }] });
    const revoke = ['credential', 'revoke', '--workspace', 'listed', '--id', id];
    const revoked = await json(...revoke);
    expect(revoked).toEqual({ id, revokedAt: expect.stringMatching(/Z$/u) });
    expect(await json(...revoke)).toEqual(revoked);
    expect(await json(...list)).toEqual({ credentials: [{ ...described, status: 'revoked' }] });
    expect((await run(...list)).stdout).not.toContain(secret);
  });

  it('generate refuses a plan without SSO, and says what must happen first', async () => {
    await json('workspace', 'create', '--slug', 'freemium', '--name', 'Free');
    const { code, stderr } = await run('credential', 'generate', '--workspace', 'freemium', '--name', 'Okta');
    expect(code).toBe(1);
    expect(stderr).toMatch(/does not include SSO.*Change to a plan that includes SSO, then try again\.\n$/u);
  });

  it('generate refuses a name in use, and a sixth active credential until one is revoked', async () => {
    await json('workspace', 'create', '--slug', 'full', '--name', 'Full', '--plan', 'enterprise');
    const generate = (name: string) => ['credential', 'generate', '--workspace', 'full', '--name', name];
    const { id } = await json(...generate('Key 1'));
    expect(await run(...generate('KEY 1'))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('already exists'),
    });
    await Promise.all([2, 3, 4, 5].map((number) => json(...generate(`Key ${number}`))));
    const { code, stderr } = await run(...generate('Key 6'));
    expect(code).toBe(1);
    expect(stderr).toMatch(/^A workspace has at most 5 active credentials\. Revoke one/u);
    await json('credential', 'revoke', '--workspace', 'full', '--id', id);
    await json(...generate('Key 6'));
  });

  it("revoke finds nothing in a neighbour's workspace", async () => {
    await json('workspace', 'create', '--slug', 'neighbour', '--name', 'Neighbour', '--plan', 'enterprise');
    const { id } = await json('credential', 'generate', '--workspace', 'neighbour', '--name', 'Okta');
    const { code, stderr } = await run('credential', 'revoke', '--workspace', 'acme', '--id', id);
    expect({ code, stderr }).toEqual({ code: 1, stderr: `There is no SCIM credential "${id}" in this workspace.\n` });
    expect(stored('select revoked_at from scim_credentials where id = ?', id)).toBeNull();
  });
});

describe.concurrent('every command', () => {
  it('prints sentences without --json, and writes nothing to stderr when it goes well', async () => {
    const { code, stdout, stderr } = await run('workspace', 'create', '--slug', 'spoken', '--name', 'Spoken');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Created the workspace spoken \(.+\) on the free plan\.\n$/u);
  });
});
