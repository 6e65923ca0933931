import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signInWithPassword } from '../../src/domain/sign-in.ts';
import { graphql } from '../support/graphql-client.ts';
import { startRollcall, type Rollcall, type TestWorkspace } from '../support/rollcall.ts';
import { scim } from '../support/scim-client.ts';

let rollcall: Rollcall;
let workspace: TestWorkspace;

beforeAll(async () => {
  rollcall = await startRollcall();
  workspace = await rollcall.workspace('acme');
});
afterAll(() => rollcall.close());

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';

describe('a text that looks like the JSON of a list', () => {
  it.each(['["\\u0041"]', '["\\uZZZZ', '["a","\\u0000"]', '["\\ud800"]'])('is kept as it is: %s', async (text) => {
    const body = { schemas: [USER], userName: text, externalId: text };
    const created = await scim(workspace, 'POST', '/Users', { body });
    expect(created).toMatchObject({ status: 201, body: { userName: text, externalId: text } });
    const filter = encodeURIComponent(`userName eq ${JSON.stringify(text)} and externalId eq ${JSON.stringify(text)}`);
    const found = await scim(workspace, 'GET', `/Users?filter=${filter}`);
    expect(found.body.Resources).toMatchObject([{ id: created.body.id, userName: text, externalId: text }]);
  });

  it('is a user name that nobody has', async () => {
    const signIn = signInWithPassword(rollcall.world, { slug: '["\\uX', userName: '["\\uX', password: 'no matter' });
    await expect(signIn).rejects.toMatchObject({ refusal: { rule: 'SIGN_IN_REFUSED' } });
  });
});

describe('a text with U+0000', () => {
  it('is no email address of a person who is invited: no filter could be answered from then on', async () => {
    const token = await workspace.token(await workspace.user({ userName: 'olivia' }, 'OWNER'));
    const invite = `mutation ($email: EmailAddress!) {
      inviteUser(input: { userName: "max", email: $email }) { __typename }
    }`;
    const asked = graphql(rollcall.url, token, invite, { email: 'max\u0000@acme.example' });
    await expect(asked).rejects.toThrow('An EmailAddress is an address');
    const filter = encodeURIComponent('displayName co "x"');
    expect((await scim(workspace, 'GET', `/Users?filter=${filter}`)).status).toBe(200);
  });
});
