import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRollcall, type Rollcall, type TestWorkspace } from '../support/rollcall.ts';
import { scim } from '../support/scim-client.ts';

let rollcall: Rollcall;
let workspace: TestWorkspace;
let group: { id: string };
let user: { id: string };

beforeAll(async () => {
  rollcall = await startRollcall();
  workspace = await rollcall.workspace('acme');
  ({ body: group } = await scim(workspace, 'POST', '/Groups', { body: { displayName: 'Legal', externalId: 'g-1' } }));
  ({ body: user } = await scim(workspace, 'POST', '/Users', { body: { userName: 'Maya', externalId: 'u-1' } }));
});
afterAll(() => rollcall.close());

const post = (path: string, body: object) => scim(workspace, 'POST', path, { body });

describe('the text of a refusal', () => {
  it('says which group has the displayName or externalId, and what to do', async () => {
    const byName = await post('/Groups', { displayName: 'LEGAL' });
    expect([byName.status, byName.body.scimType, byName.body.detail]).toEqual([
      409,
      'uniqueness',
      `A group with displayName "LEGAL" already exists (id ${group.id}, managed by the directory). Look for that displayName with a filter and update what is found, or choose another displayName.`,
    ]);
    const byId = await post('/Groups', { displayName: 'Other', externalId: 'g-1' });
    expect(byId.body.detail).toMatch(
      new RegExp(`^A group with externalId "g-1" already exists \\(id ${group.id}, .*externalId`, 'u'),
    );
  });

  it('says which user has the userName or externalId, and in which state they are', async () => {
    const byName = await post('/Users', { userName: 'MAYA' });
    expect(byName.body.detail).toContain(`A user with userName "MAYA" already exists (id ${user.id}, active).`);
    const byId = await post('/Users', { userName: 'Other', externalId: 'u-1' });
    expect(byId.body.detail).toContain(`A user with externalId "u-1" already exists (id ${user.id}, active).`);
  });

  it.each([
    ['GET', 'Users', 'user'],
    ['PUT', 'Users', 'user'],
    ['PATCH', 'Users', 'user'],
    ['DELETE', 'Users', 'user'],
    ['GET', 'Groups', 'group'],
    ['PUT', 'Groups', 'group'],
    ['PATCH', 'Groups', 'group'],
    ['DELETE', 'Groups', 'group'],
  ])('of %s on an id that no one of /%s has calls it a %s', async (method, endpoint, word) => {
    const body = { PUT: { userName: 'x', displayName: 'x' }, PATCH: { Operations: [] } }[method];
    const answer = await scim(workspace, method, `/${endpoint}/nobody`, { body });
    expect([answer.status, answer.body.status]).toEqual([404, '404']);
    expect(answer.body.detail).toContain(`There is no ${word} "nobody" in this workspace.`);
  });

  it('has the words of SCIM alone, whatever is wrong with a group', async () => {
    const members = (value: unknown) => ({ displayName: 'Any', members: value });
    const answers = [
      await post('/Groups', {}),
      await post('/Groups', { displayName: '' }),
      await post('/Groups', { displayName: ' ' }),
      await post('/Groups', { displayName: 'x'.repeat(257) }),
      await post('/Groups', { displayName: 'a\u0007b' }),
      await post('/Groups', { displayName: 7 }),
      await post('/Groups', members([{ value: 'nobody' }])),
      await post('/Groups', members([{}])),
      await post('/Groups', members([{ value: group.id, type: 'Group' }])),
      await scim(workspace, 'PUT', `/Groups/${group.id}`, { body: { displayName: '\u202e' } }),
      ...(await Promise.all(
        [
          { op: 'remove', path: 'displayName' },
          { op: 'replace', path: 'displayName', value: 'x'.repeat(257) },
          { op: 'replace', path: 'name', value: 'x' },
          { op: 'add', path: 'members', value: [{ value: 'nobody' }] },
          { op: 'replace', path: 'members[value eq "x"].display', value: 'x' },
        ].map((operation) => scim(workspace, 'PATCH', `/Groups/${group.id}`, { body: { Operations: [operation] } })),
      )),
      await scim(workspace, 'GET', '/Groups?filter=name%20eq%20%22x%22'),
      await scim(workspace, 'GET', '/Groups?sortBy=name'),
    ];
    for (const { status, body } of answers) {
      expect([status, body.detail]).toEqual([400, expect.stringMatching(/displayName|members|"name"/u)]);
      expect(body.detail).not.toMatch(/\bteam/iu);
    }
  });
});
