import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rehearseImport, type ImportProblem } from '../../src/domain/import-rehearsal.ts';
import type { Context } from '../../src/domain/ports.ts';
import { createTeam } from '../../src/domain/team-commands.ts';
import { createUser } from '../../src/domain/user-commands.ts';
import type { UserAttributes } from '../../src/domain/user-attributes.ts';
import { startRollcall, type Rollcall } from '../support/rollcall.ts';
import { scim } from '../support/scim-client.ts';

let rollcall: Rollcall;
let serial = 0;

beforeAll(async () => {
  rollcall = await startRollcall();
});
afterAll(() => rollcall.close());

const directoryIn = (ctx: Context): Context => ({ ...ctx, actor: { kind: 'scimCredential', credentialId: 'c' } });
const workspace = () => rollcall.workspace(`rehearsal-${(serial += 1)}`);

/** The same workspace, where nothing can be written. */
function readOnly(ctx: Context): Context {
  const { store } = ctx;
  return {
    ...ctx,
    store: {
      acrossWorkspaces: store.acrossWorkspaces,
      journal: store.journal,
      workspace: (id) => store.workspace(id),
      isReady: () => store.isReady(),
      close: () => store.close(),
      inWorkspace: () => Promise.reject(new Error('written')),
    },
  };
}

const whole = (userName: string): UserAttributes => ({
  userName,
  active: true,
  name: { givenName: 'Ada', familyName: 'Kim' },
  emails: [{ value: 'ada@acme.example', primary: true }],
});

const told = ({ target, attribute, remedy }: ImportProblem) => [
  target.type === 'User' ? target.user.userName : target.team.name.length,
  attribute,
  remedy.audience,
];

describe('rehearseImport', () => {
  it('says of each user whether Okta would import, skip or refuse them, and why', async () => {
    const acme = await workspace();
    const { ctx } = acme;
    const directory = directoryIn(ctx);
    await createUser(directory, whole('whole'));
    await createUser(directory, { ...whole('gone'), name: {}, active: false });
    await createUser(directory, { ...whole('unnamed@acme.example'), name: {} });
    await createUser(directory, { ...whole('half-named'), name: { givenName: 'Ada' } });
    await createUser(directory, { ...whole('unreachable'), emails: [{ type: 'work', primary: true }] });
    await createUser(directory, {
      ...whole('undecided'),
      emails: [{ value: 'a@b.example' }, { value: 'c@d.example' }],
    });
    await createUser(directory, { ...whole('misspelt'), emails: [{ value: 'ada at acme', primary: true }] });
    await acme.user({ userName: 'made.here@acme.example' });
    await acme.user({ userName: 'nowhere' });
    const { users, teams, problems, pageCount } = await rehearseImport(readOnly(ctx));
    expect(users).toEqual({ totalCount: 9, importCount: 2, skipCount: 1, failCount: 6 });
    expect(teams).toEqual({ totalCount: 0, importCount: 0, skipCount: 0, failCount: 0 });
    expect(pageCount).toBe(2);
    expect(problems.map(told)).toEqual([
      ['unnamed@acme.example', 'name.givenName', 'DIRECTORY_ADMIN'],
      ['unnamed@acme.example', 'name.familyName', 'DIRECTORY_ADMIN'],
      ['half-named', 'name.familyName', 'DIRECTORY_ADMIN'],
      ['unreachable', 'emails', 'DIRECTORY_ADMIN'],
      ['undecided', 'emails', 'DIRECTORY_ADMIN'],
      ['misspelt', 'emails', 'DIRECTORY_ADMIN'],
      ['nowhere', 'emails', 'WORKSPACE_ADMIN'],
    ]);
    expect(problems.at(-2)).toMatchObject({
      message: 'The primary email of misspelt, "ada at acme", is no address.',
      remedy: { text: expect.stringContaining('in the directory'), oktaLocation: expect.stringContaining('To App') },
    });
  });

  it('says the same of teams, or leaves them out', async () => {
    const { ctx } = await workspace();
    const user = await createUser(ctx, whole('member'));
    await createTeam(ctx, { name: 'Legal', memberIds: [user.id] });
    await createTeam(ctx, { name: 'x'.repeat(256) });
    const { teams, problems } = await rehearseImport(readOnly(ctx));
    expect(teams).toEqual({ totalCount: 2, importCount: 1, skipCount: 0, failCount: 1 });
    expect(problems.map(told)).toEqual([[256, 'displayName', 'WORKSPACE_ADMIN']]);
    const without = await rehearseImport(readOnly(ctx), { includeTeams: false });
    expect(without).toMatchObject({ teams: null, problems: [], pageCount: 1 });
  });

  it('reads the pages that Okta reads, and tells the first 100 problems', async () => {
    const acme = await workspace();
    const directory = directoryIn(acme.ctx);
    for (let n = 0; n < 120; n += 1) await createUser(directory, { userName: `user${n}@acme.example`, active: true });
    const asked: number[] = [];
    const { store } = acme.ctx;
    const counting: Context = {
      ...readOnly(acme.ctx),
      store: {
        ...readOnly(acme.ctx).store,
        workspace: (id) => {
          const reader = store.workspace(id);
          const { users } = reader;
          const find: typeof users.find = (criteria, slice) => {
            asked.push(slice.offset);
            return users.find(criteria, slice);
          };
          return { ...reader, users: Object.assign(Object.create(users) as typeof users, { find }) };
        },
      },
    };
    const { users, problems, pageCount, slowestPageMs } = await rehearseImport(counting, { pageSize: 50 });
    expect(asked).toEqual([0, 50, 100]);
    expect(pageCount).toBe(4);
    expect(users).toEqual({ totalCount: 120, importCount: 0, skipCount: 0, failCount: 120 });
    expect(problems).toHaveLength(100);
    expect(slowestPageMs).toBeGreaterThan(0);
    const { body } = await scim(acme, 'GET', '/Users?startIndex=101&count=50');
    expect([body.totalResults, body.itemsPerPage]).toEqual([120, 20]);
  });

  it('agrees with what the SCIM list shows: nobody it lets pass lacks what Okta needs', async () => {
    const acme = await workspace();
    await acme.user({ userName: 'cher@acme.example' });
    await acme.user({ userName: 'ada', emails: [{ value: 'ada@acme.example', primary: true }] });
    expect((await rehearseImport(acme.ctx)).users).toMatchObject({ totalCount: 2, importCount: 2 });
    const { body } = await scim(acme, 'GET', '/Users?startIndex=1&count=100');
    for (const user of body.Resources)
      expect(user).toMatchObject({
        name: { givenName: expect.any(String), familyName: expect.any(String) },
        emails: [{ value: expect.stringContaining('@'), primary: true }],
      });
  });

  it('needs MANAGE_SECURITY_AND_IDENTITY, and a page of 1 to 1,000', async () => {
    const { ctx } = await workspace();
    const member: Context = { ...ctx, actor: { kind: 'user', userId: 'm', role: 'MEMBER' } };
    await expect(rehearseImport(member)).rejects.toThrow('MANAGE_SECURITY_AND_IDENTITY');
    for (const pageSize of [0, 1_001, 1.5])
      await expect(rehearseImport(ctx, { pageSize })).rejects.toThrow('Give a whole number from 1 to 1000.');
    expect((await rehearseImport(ctx, { pageSize: 1_000 })).pageCount).toBe(2);
  });
});
