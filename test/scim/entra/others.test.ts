import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateScimCredential } from '../../../src/domain/scim-credential-commands.ts';
import { startRollcall, type Rollcall, type TestWorkspace } from '../../support/rollcall.ts';
import { byUserName, scim } from '../../support/scim-client.ts';

const LIST = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';

let rollcall: Rollcall;
let workspace: TestWorkspace;
let serial = 0;

beforeAll(async () => {
  rollcall = await startRollcall();
  workspace = await rollcall.workspace('acme');
});
afterAll(() => rollcall.close());

async function created(over: object = {}, of: TestWorkspace = workspace) {
  serial += 1;
  const body = { userName: `person${serial}@acme.example`, externalId: `other-${serial}`, active: true, ...over };
  const answer = await scim(of, 'POST', '/Users', { body });
  expect(answer.status, answer.text).toBe(201);
  return answer.body;
}

describe('contract §12, removal', () => {
  it('§12 case 34: the access of a user who is deleted while active ends at once, and their team stays', async () => {
    const user = await workspace.user({ userName: 'leaver@acme.example' }, 'ADMIN');
    const token = await workspace.token(user);
    const group = await scim(workspace, 'POST', '/Groups', {
      body: { displayName: 'Keepers', members: [{ value: user.id }] },
    });
    expect(await viewerOf(token)).toBe('leaver@acme.example');
    expect((await scim(workspace, 'DELETE', `/Users/${user.id}`)).status).toBe(204);
    expect(await viewerOf(token)).toBeUndefined();
    expect((await scim(workspace, 'GET', `/Groups/${group.body.id}`)).body).toMatchObject({
      displayName: 'Keepers',
      members: [],
    });
  });

  async function viewerOf(token: string): Promise<string | undefined> {
    const response = await fetch(`${rollcall.url}/graphql`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: '{ viewer { user { userName } } }' }),
    });
    const { data } = (await response.json()) as { data: { viewer: { user: { userName: string } } | null } | null };
    return data?.viewer?.user.userName;
  }
});

describe('contract §12, discovery', () => {
  it.each(['/Schemas', '/ResourceTypes'])(
    '§12 case 38: %s is a ListResponse without nulls, each entry of which can be read by itself',
    async (path) => {
      const { status, body, headers, text } = await scim(workspace, 'GET', path);
      expect([status, headers.get('content-type'), body.schemas]).toEqual([200, 'application/scim+json', [LIST]]);
      expect([body.totalResults, body.startIndex, body.itemsPerPage]).toEqual([
        body.Resources.length,
        1,
        body.Resources.length,
      ]);
      expect(text).not.toContain('null');
      for (const resource of body.Resources)
        expect((await scim(workspace, 'GET', `${path}/${resource.id}`)).body).toEqual(resource);
    },
  );

  it('§12 case 38: whatever a validator makes of /Schemas is taken, and comes back in the same words', async () => {
    const { body } = await scim(workspace, 'GET', '/Schemas');
    const core = body.Resources.find(({ id }: { id: string }) => id.endsWith('core:2.0:User'));
    const texts = core.attributes.filter(
      ({ type, multiValued, mutability, name }: Record<string, unknown>) =>
        type === 'string' && multiValued === false && mutability === 'readWrite' && name !== 'userName',
    );
    const sent = Object.fromEntries(texts.map(({ name }: { name: string }) => [name, `any ${name}`]));
    expect(Object.keys(sent)).toContain('title');
    expect(await created(sent)).toMatchObject(sent);
  });
});

describe('contract §12, setting up a connector', () => {
  it('§12 case 44: JumpCloud makes a test user of any domain and a test group, and deletes both', async () => {
    const user = await created({ userName: 'jc-test@nobody-owns-this.invalid' });
    const group = await scim(workspace, 'POST', '/Groups', { body: { displayName: 'jc-test-group' } });
    const Operations = [{ op: 'add', path: 'members', value: [{ value: user.id }] }];
    const filled = await scim(workspace, 'PATCH', `/Groups/${group.body.id}`, { body: { Operations } });
    expect([user.active, filled.body.members.length]).toEqual([true, 1]);
    for (const path of [`/Groups/${group.body.id}`, `/Users/${user.id}`]) {
      expect((await scim(workspace, 'DELETE', path)).status).toBe(204);
      expect((await scim(workspace, 'GET', path)).status).toBe(404);
    }
  });

  it('§12 case 48: a PUT to an id that is gone is 404, and the POST that authentik sends next makes the user', async () => {
    const { id, userName, externalId } = await created();
    await scim(workspace, 'DELETE', `/Users/${id}`);
    const body = { userName, externalId, active: true };
    const put = await scim(workspace, 'PUT', `/Users/${id}`, { body });
    expect([put.status, put.body.status]).toEqual([404, '404']);
    expect((await scim(workspace, 'GET', byUserName(userName))).body.totalResults).toBe(0);
    expect((await created(body)).userName).toBe(userName);
  });

  it('§12 case 50: a second directory gets 409 for a userName of the first, finds the user, and its externalId counts from its PUT on', async () => {
    const entra = { ...workspace, key: (await generateScimCredential(workspace.ctx, { name: 'Entra' })).secret };
    const user = await created({ externalId: '00uOKTA' });
    const body = { userName: user.userName, externalId: 'entra-object', active: true };
    const post = await scim(entra, 'POST', '/Users', { body });
    expect([post.status, post.body.scimType]).toEqual([409, 'uniqueness']);
    expect(post.body.detail).toContain(user.id);
    const found = await scim(entra, 'GET', byUserName(user.userName));
    expect(found.body.Resources[0]).toMatchObject({ id: user.id, externalId: '00uOKTA' });
    const put = await scim(entra, 'PUT', `/Users/${user.id}`, { body });
    expect([put.status, put.body.externalId]).toEqual([200, 'entra-object']);
    const silent = await scim(workspace, 'PUT', `/Users/${user.id}`, { body: { userName: user.userName } });
    expect(silent.body.externalId).toBe('entra-object');
  });
});

describe('contract §7, what others send', () => {
  it('Google: asks for one user to see whether the key works (7.5)', async () => {
    const { status, body } = await scim(workspace, 'GET', '/Users?count=1');
    expect([status, body.startIndex, body.Resources.length <= 1]).toEqual([200, 1, true]);
  });

  it('Ping: looks people up by a filter expression of the admin (7.6)', async () => {
    const { id, userName } = await created({ emails: [{ value: 'ping@acme.example', type: 'work' }] });
    for (const filter of [
      `userName eq "${userName}" or emails.value eq "PING@acme.example"`,
      'emails[type eq "work" and value eq "ping@acme.example"]',
    ]) {
      const { body } = await scim(workspace, 'GET', `/Users?filter=${encodeURIComponent(filter)}`);
      expect(body.Resources.map((user: { id: string }) => user.id)).toEqual([id]);
    }
  });

  it('Rippling: sends a POST again, gets 409, and finds the user by externalId or userName (7.7)', async () => {
    const { id, userName, externalId } = await created();
    const again = await scim(workspace, 'POST', '/Users', { body: { userName, externalId, active: true } });
    expect([again.status, again.body.scimType]).toEqual([409, 'uniqueness']);
    for (const filter of [`externalId eq "${externalId}"`, `userName eq "${userName}"`]) {
      const { body } = await scim(workspace, 'GET', `/Users?filter=${encodeURIComponent(filter)}`);
      expect(body.Resources.map((user: { id: string }) => user.id)).toEqual([id]);
    }
  });

  it('authentik: changes several attributes of a group in one replace without a path (7.8)', async () => {
    const { id } = await created();
    const group = await scim(workspace, 'POST', '/Groups', { body: { displayName: 'authentik users' } });
    const value = { displayName: 'authentik people', externalId: 'pk-1', members: [{ value: id }] };
    const { status, body } = await scim(workspace, 'PATCH', `/Groups/${group.body.id}`, {
      body: { Operations: [{ op: 'replace', value }] },
    });
    expect([status, body]).toEqual([
      200,
      expect.objectContaining({ displayName: 'authentik people', externalId: 'pk-1' }),
    ]);
    expect(body.members).toEqual([expect.objectContaining({ value: id })]);
  });

  it('Bitwarden: lists without startIndex and count, and gets a page of 100 at most (7.8)', async () => {
    const { status, body } = await scim(workspace, 'GET', '/Groups');
    expect([status, body.startIndex, body.itemsPerPage]).toEqual([200, 1, body.Resources.length]);
  });

  it('any: a base URL with a slash at its end is the same one (2.2)', async () => {
    const slashed = { ...workspace, baseUrl: `${workspace.baseUrl}/` };
    expect((await scim(slashed, 'GET', '/Users?count=0')).status).toBe(200);
    expect((await scim(slashed, 'GET', '/Groups?count=0')).status).toBe(200);
  });
});
