import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { graphql } from './support/graphql-client.ts';
import { startRollcall, type Rollcall, type TestWorkspace } from './support/rollcall.ts';
import { byUserName, scim } from './support/scim-client.ts';

const GENERATE = `mutation ($name: String!) {
  generateScimCredential(input: { name: $name }) {
    __typename
    ... on GenerateScimCredentialSuccess { secret scimCredential { id prefix status } }
    ... on MutationError { code message }
  }
}`;
const MEMBER = `query ($search: String!) {
  workspace {
    members(filter: { search: $search }) {
      totalCount
      nodes {
        id userName displayName displayNameOverride status managedBy role deactivatedBy
        profile { displayName { value source directoryValue locked } title { value source } }
        provisioningLink { externalId adopted }
      }
    }
  }
}`;
const EVENTS = `query ($targetId: ID!) {
  workspace { provisioning { status events(filter: { targetId: $targetId }) { nodes { operation outcome summary changes { path before after } credential { id } } } } }
}`;

/** The main job, seen from both faces: an admin generates a credential over GraphQL, Okta provisions with it over SCIM. */
describe('provisioning from the first click to the last call', () => {
  let rollcall: Rollcall;
  let okta: Pick<TestWorkspace, 'baseUrl' | 'key'>;
  let token: string;
  let id: string;
  const member = async () =>
    (await graphql(rollcall.url, token, MEMBER, { search: 'maya' })).workspace.members.nodes[0];
  const push = async (changes: object) => {
    const { body } = await scim(okta, 'GET', `/Users/${id}`);
    return scim(okta, 'PUT', `/Users/${id}`, { body: { ...body, ...changes } });
  };

  beforeAll(async () => {
    rollcall = await startRollcall();
    const workspace = await rollcall.workspace('acme');
    token = await workspace.token(await workspace.user({ userName: 'admin@acme.example' }, 'OWNER'));
    okta = { baseUrl: workspace.baseUrl, key: '' };
  });
  afterAll(() => rollcall.close());

  it('gives the admin the Base URL and, once, the key', async () => {
    const { workspace } = await graphql(rollcall.url, token, '{ workspace { provisioning { baseUrl status } } }');
    const { generateScimCredential: made } = await graphql(rollcall.url, token, GENERATE, { name: 'Okta production' });
    expect(made.__typename).toBe('GenerateScimCredentialSuccess');
    okta = { baseUrl: workspace.provisioning.baseUrl, key: made.secret };
    expect(workspace.provisioning.status).toBe('AWAITING_FIRST_CALL');
  });

  it('shows a user whom Okta creates', async () => {
    expect((await scim(okta, 'GET', byUserName('Maya.Ortiz@acme.example'))).body.totalResults).toBe(0);
    const body = {
      userName: 'Maya.Ortiz@acme.example',
      displayName: 'Maya Ortiz',
      externalId: '00u1',
      password: 'x',
      groups: [],
    };
    ({ id } = (await scim(okta, 'POST', '/Users', { body })).body);
    expect(await member()).toMatchObject({
      userName: 'Maya.Ortiz@acme.example',
      displayName: 'Maya Ortiz',
      status: 'ACTIVE',
      managedBy: 'DIRECTORY',
      role: 'MEMBER',
      provisioningLink: { externalId: '00u1', adopted: false },
    });
  });

  it('keeps a display name that the admin set, through every later push, and goes back when it is cleared', async () => {
    const { id: userId } = await member();
    const set =
      'mutation ($input: SetDisplayNameOverrideInput!) { setDisplayNameOverride(input: $input) { __typename } }';
    await graphql(rollcall.url, token, set, { input: { userId, displayName: 'Maya O.' } });
    const { body } = await push({ displayName: 'Maya Ortiz-Lee', title: 'Counsel' });
    expect(body.displayName).toBe('Maya Ortiz-Lee');
    expect(await member()).toMatchObject({
      displayName: 'Maya O.',
      profile: {
        displayName: { value: 'Maya O.', source: 'OVERRIDE', directoryValue: 'Maya Ortiz-Lee', locked: true },
        title: { value: 'Counsel', source: 'DIRECTORY' },
      },
    });
    const clear =
      'mutation ($input: ClearDisplayNameOverrideInput!) { clearDisplayNameOverride(input: $input) { __typename } }';
    await graphql(rollcall.url, token, clear, { input: { userId } });
    expect(await member()).toMatchObject({ displayName: 'Maya Ortiz-Lee', displayNameOverride: null });
  });

  it('takes access away and gives it back, with the same id', async () => {
    const before = await member();
    expect((await push({ active: false })).status).toBe(200);
    expect(await member()).toMatchObject({ id: before.id, status: 'DEACTIVATED', deactivatedBy: 'DIRECTORY' });
    expect((await push({ active: true })).status).toBe(200);
    expect(await member()).toEqual(before);
  });

  it('tells the story, and says that all is well', async () => {
    const { id: targetId } = await member();
    const { workspace } = await graphql(rollcall.url, token, EVENTS, { targetId });
    const writes = workspace.provisioning.events.nodes.filter(
      ({ operation }: { operation: string }) => operation !== 'READ_USERS',
    );
    expect(writes.map(({ summary }: { summary: string }) => summary)).toEqual([
      'Reactivated Maya Ortiz-Lee',
      'Deactivated Maya Ortiz-Lee',
      'Updated Maya O.',
      'Created Maya Ortiz',
    ]);
    expect(writes[1].changes).toEqual([{ path: 'active', before: 'true', after: 'false' }]);
    expect(workspace.provisioning.status).toBe('HEALTHY');
  });
});
