import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateScimCredential } from '../../src/domain/scim-credential-commands.ts';
import { CREDENTIAL_LIMIT, credentialStatus } from '../../src/domain/scim-credential.ts';
import { startRollcall, type Rollcall } from '../support/rollcall.ts';
import { byUserName, scim } from '../support/scim-client.ts';

let rollcall: Rollcall;
beforeAll(async () => {
  rollcall = await startRollcall();
});
afterAll(() => rollcall.close());

const times = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at));

describe('what happens at the same moment', () => {
  it('G1: of twenty creates of one userName in all its forms one is 201, the rest are 409, and none fails', async () => {
    const workspace = await rollcall.workspace('rush');
    const forms = ['élodie@rush.example', 'ÉLODIE@rush.example', 'e\u0301lodie@rush.example', 'Élodie@RUSH.example'];
    for (let round = 0; round < 10; round += 1) {
      const answers = await Promise.all(
        times(20, (at) =>
          scim(workspace, 'POST', '/Users', { body: { userName: `${round}${forms[at % forms.length]}` } }),
        ),
      );
      const statuses = answers.map(({ status }) => status);
      expect(statuses.filter((status) => status === 201)).toHaveLength(1);
      expect(statuses.filter((status) => status === 409)).toHaveLength(19);
      const { body } = await scim(workspace, 'GET', byUserName(`${round}${forms[0]}`));
      expect(body.totalResults).toBe(1);
    }
  });

  it('G3: of two owners who are deactivated or deleted at once one stays, and the other call is told why', async () => {
    for (let round = 0; round < 10; round += 1) {
      const workspace = await rollcall.workspace(`owners-${round}`);
      const owners = await Promise.all(
        times(2, (at) => workspace.user({ userName: `owner${at}@owners.example` }, 'OWNER')),
      );
      const Operations = [{ op: 'replace', value: { active: false } }];
      const answers = await Promise.all(
        owners.map(({ id }, at) =>
          at === 0 && round % 2 === 0
            ? scim(workspace, 'DELETE', `/Users/${id}`)
            : scim(workspace, 'PATCH', `/Users/${id}`, { body: { Operations } }),
        ),
      );
      expect(answers.filter(({ status }) => status === 403)).toHaveLength(1);
      expect(answers.filter(({ status }) => status < 300)).toHaveLength(1);
      const { body } = await scim(workspace, 'GET', `/Users?filter=${encodeURIComponent('active eq true')}`);
      expect(body.totalResults).toBe(1);
    }
  });

  it('A17: of a hundred credentials generated at once on the last free place exactly one is made', async () => {
    const { ctx } = await rollcall.workspace('keys');
    for (let made = 1; made < CREDENTIAL_LIMIT - 1; made += 1)
      await generateScimCredential(ctx, { name: `Key ${made}` });
    const results = await Promise.allSettled(times(100, (at) => generateScimCredential(ctx, { name: `Rush ${at}` })));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const all = await ctx.store.workspace(ctx.workspaceId).credentials.all();
    expect(all.filter((credential) => credentialStatus(credential, ctx.clock.now()) === 'ACTIVE')).toHaveLength(
      CREDENTIAL_LIMIT,
    );
  });

  it('a PATCH and a PUT of one user at once end as one after the other, with two versions more', async () => {
    const workspace = await rollcall.workspace('pair');
    const { body: user } = await scim(workspace, 'POST', '/Users', { body: { userName: 'pair@pair.example' } });
    const [patch, put] = await Promise.all([
      scim(workspace, 'PATCH', `/Users/${user.id}`, {
        body: { Operations: [{ op: 'add', path: 'title', value: 'T' }] },
      }),
      scim(workspace, 'PUT', `/Users/${user.id}`, { body: { ...user, nickName: 'N' } }),
    ]);
    expect([patch.status, put.status]).toEqual([200, 200]);
    const { body } = await scim(workspace, 'GET', `/Users/${user.id}`);
    expect([body.meta.version, body.nickName]).toEqual(['W/"3"', 'N']);
    expect([undefined, 'T']).toContain(body.title);
  });
});
