import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { globalId } from '../../src/graphql/ids.ts';
import { startServer, type Tenant, type TestServer } from './support/server.ts';

const ERROR = '... on MutationError { code message remedy { text audience oktaLocation } path }';
const BROKEN = '... on RuleBrokenError { rule }';
const TAKEN = '... on AlreadyExistsError { field }';
const INVALID = '... on InvalidInputError { issues { path message } }';
const GENERATE = `mutation ($input: GenerateScimCredentialInput!) { generateScimCredential(input: $input) { __typename
  ... on GenerateScimCredentialSuccess { secret scimCredential { id name prefix status expiresAt createdAt createdBy { userName } } } ${ERROR} ${BROKEN} ${TAKEN} ${INVALID} } }`;
const ROTATE = `mutation ($input: RotateScimCredentialInput!) { rotateScimCredential(input: $input) { __typename
  ... on RotateScimCredentialSuccess { secret scimCredential { id name status expiresAt
    predecessor { id status overlapEndsAt successor { id } successorUsedAt viewerCanRotate { allowed brokenRule } } } } ${ERROR} ${BROKEN} ${INVALID} } }`;
const RENAME = `mutation ($input: RenameScimCredentialInput!) { renameScimCredential(input: $input) { __typename
  ... on RenameScimCredentialSuccess { scimCredential { id name } } ${ERROR} ${TAKEN} ${INVALID} } }`;
const REVOKE = `mutation ($input: RevokeScimCredentialInput!) { revokeScimCredential(input: $input) { __typename
  ... on RevokeScimCredentialSuccess { scimCredential { id status revokedAt revokedBy { userName } } }
  ... on MutationError { code message path } } }`;
const CREDENTIALS = `query ($first: Int, $after: String, $statuses: [ScimCredentialStatus!]) { workspace { provisioning {
  viewerCanGenerateCredential { allowed brokenRule missingPermission explanation }
  credentials(first: $first, after: $after, statuses: $statuses) { totalCount pageInfo { endCursor hasNextPage }
    nodes { id name status requestCountLast24Hours viewerCanRevoke { allowed } } } } } }`;
const HOUR = 3_600_000;

let server: TestServer;
let acme: Tenant;

beforeEach(async () => {
  server = await startServer();
  acme = await server.tenant('acme');
});
afterEach(() => server.close());

const ask = async (query: string, input: object, token = acme.tokens.ADMIN) => {
  const { data, errors } = await server.ask(token, query, { input });
  expect(errors).toEqual([]);
  return Object.values<any>(data)[0]; // oxlint-disable-line typescript/no-explicit-any -- each test looks inside
};
const generate = async (name: string) => (await ask(GENERATE, { name })).scimCredential;
const list = async (variables: object = {}) =>
  (await server.ask(acme.tokens.ADMIN, CREDENTIALS, variables)).data.workspace.provisioning;

describe('generateScimCredential', () => {
  it('answers the credential with its secret', async () => {
    const result = await ask(GENERATE, { name: 'Okta' });
    expect(result).toEqual({
      __typename: 'GenerateScimCredentialSuccess',
      secret: expect.stringMatching(/^scim_[0-9A-Za-z]{10}_[0-9A-Za-z]{49}$/),
      scimCredential: {
        id: expect.any(String),
        name: 'Okta',
        prefix: result.secret.slice(0, 15),
        status: 'ACTIVE',
        expiresAt: null,
        createdAt: '2026-03-01T09:30:00.000Z',
        createdBy: { userName: 'admin@acme.example' },
      },
    });
  });

  it('takes an instant of any zone and keeps it in UTC', async () => {
    const { scimCredential } = await ask(GENERATE, { name: 'Okta', expiresAt: '2026-04-01T02:00:00+02:00' });
    expect(scimCredential.expiresAt).toBe('2026-04-01T00:00:00.000Z');
    expect((await ask(GENERATE, { name: 'Other', expiresAt: null })).scimCredential.expiresAt).toBeNull();
  });

  it.each(['2026-02-30T00:00:00Z', '2026-04-01', 'tomorrow', 5, '2026-04-01T24:00:00Z', '2026-13-01T00:00:00Z'])(
    'refuses the instant %j',
    async (expiresAt) => {
      const { status, errors } = await server.ask(acme.tokens.ADMIN, GENERATE, { input: { name: 'Okta', expiresAt } });
      expect(status).toBe(400);
      expect(errors[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT' });
    },
  );

  it('says all that is wrong with the input at once', async () => {
    const result = await ask(GENERATE, { name: '', expiresAt: '2020-01-01T00:00:00Z' });
    expect(result).toMatchObject({ __typename: 'InvalidInputError', code: 'INVALID_INPUT', path: null });
    expect(result.issues.map((issue: { path: string[] }) => issue.path)).toEqual([['name'], ['expiresAt']]);
    expect((await ask(GENERATE, { name: 'x'.repeat(81) })).path).toEqual(['name']);
  });

  it('refuses a name that an active credential has, in any case', async () => {
    await generate('Okta');
    expect(await ask(GENERATE, { name: 'OKTA' })).toMatchObject({
      __typename: 'AlreadyExistsError',
      code: 'ALREADY_EXISTS',
      field: 'name',
      path: ['name'],
      remedy: { audience: 'WORKSPACE_ADMIN', oktaLocation: null },
    });
  });

  it('stops at five active credentials and says so before', async () => {
    for (let n = 1; n <= 5; n += 1) await generate(`Okta ${n}`);
    expect((await list()).viewerCanGenerateCredential).toMatchObject({
      allowed: false,
      brokenRule: 'CREDENTIAL_LIMIT',
    });
    expect(await ask(GENERATE, { name: 'Okta 6' })).toMatchObject({
      __typename: 'RuleBrokenError',
      code: 'RULE_BROKEN',
      rule: 'CREDENTIAL_LIMIT',
      remedy: { text: expect.stringContaining('Revoke one') },
    });
  });

  it('needs a subscription with SSO', async () => {
    const small = await server.tenant('small', 'BUSINESS');
    const result = await ask(GENERATE, { name: 'Okta' }, small.tokens.OWNER);
    expect(result).toMatchObject({ rule: 'SSO_NOT_IN_SUBSCRIPTION', path: null });
  });

  it.each([
    ['generateScimCredential', '(input: { name: "Okta" })'],
    ['rotateScimCredential', '(input: { scimCredentialId: "x" })'],
    ['renameScimCredential', '(input: { scimCredentialId: "x", name: "Okta" })'],
    ['revokeScimCredential', '(input: { scimCredentialId: "x" })'],
  ])('%s is FORBIDDEN to a member', async (field, args) => {
    const { data, errors } = await server.ask(acme.tokens.MEMBER, `mutation { ${field}${args} { __typename } }`);
    expect(data).toEqual({ [field]: null });
    expect(errors[0]?.extensions).toEqual({ code: 'FORBIDDEN', permission: 'MANAGE_SECURITY_AND_IDENTITY' });
  });
});

describe('rotateScimCredential', () => {
  it('gives the name to a new credential and lets the old one work for the overlap', async () => {
    const old = await generate('Okta');
    const result = await ask(ROTATE, { scimCredentialId: old.id });
    expect(result).toMatchObject({
      __typename: 'RotateScimCredentialSuccess',
      secret: expect.stringMatching(/^scim_/),
      scimCredential: { name: 'Okta', status: 'ACTIVE' },
    });
    const { scimCredential } = result;
    expect(scimCredential.predecessor).toEqual({
      id: old.id,
      status: 'RETIRING',
      overlapEndsAt: '2026-03-02T09:30:00.000Z',
      successor: { id: scimCredential.id },
      successorUsedAt: null,
      viewerCanRotate: { allowed: false, brokenRule: 'CREDENTIAL_NOT_USABLE' },
    });
    server.world.clock.advance(24 * HOUR);
    const statuses = (await list()).credentials.nodes.map((node: { status: string }) => node.status);
    expect(statuses).toEqual(['ACTIVE', 'EXPIRED']);
  });

  it('sees when the directory has switched', async () => {
    const old = await generate('Okta');
    const { scimCredential } = await ask(ROTATE, { scimCredentialId: old.id });
    const { workspaceId } = acme.system;
    const credentialId = Buffer.from(scimCredential.id, 'base64url').toString().split(':')[1]!;
    const at = '2026-03-01T10:00:00.000Z';
    server.world.store.journal.credentialUsed({
      workspaceId,
      credentialId,
      at,
      ipAddress: '192.0.2.7',
      userAgent: 'Okta',
    });
    await server.world.store.journal.flush();
    const { data } = await server.ask(
      acme.tokens.ADMIN,
      `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on ScimCredential { successorUsedAt lastUsedAt lastUsedIp lastUsedUserAgent } } }`,
      { ids: [old.id, scimCredential.id] },
    );
    expect(data.nodes).toEqual([
      { successorUsedAt: at, lastUsedAt: null, lastUsedIp: null, lastUsedUserAgent: null },
      { successorUsedAt: null, lastUsedAt: at, lastUsedIp: '192.0.2.7', lastUsedUserAgent: 'Okta' },
    ]);
  });

  it('takes an overlap of 0 to 168 hours', async () => {
    const { id } = await generate('Okta');
    expect(await ask(ROTATE, { scimCredentialId: id, overlapHours: 169 })).toMatchObject({ path: ['overlapHours'] });
    expect(await ask(ROTATE, { scimCredentialId: id, overlapHours: -1 })).toMatchObject({ path: ['overlapHours'] });
    const { scimCredential } = await ask(ROTATE, { scimCredentialId: id, overlapHours: 0 });
    expect(scimCredential.predecessor.status).toBe('EXPIRED');
    expect(await ask(ROTATE, { scimCredentialId: id })).toMatchObject({
      rule: 'CREDENTIAL_NOT_USABLE',
      path: ['scimCredentialId'],
    });
  });
});

describe('renameScimCredential', () => {
  it('changes the name, but to none that is taken or cannot be', async () => {
    const [{ id }] = [await generate('Okta'), await generate('Entra')];
    expect(await ask(RENAME, { scimCredentialId: id, name: 'Okta production' })).toMatchObject({
      scimCredential: { id, name: 'Okta production' },
    });
    expect(await ask(RENAME, { scimCredentialId: id, name: 'entra' })).toMatchObject({ code: 'ALREADY_EXISTS' });
    expect(await ask(RENAME, { scimCredentialId: id, name: 'a\u0000b' })).toMatchObject({ code: 'INVALID_INPUT' });
  });
});

describe('revokeScimCredential', () => {
  it('ends the credential, once', async () => {
    const { id } = await generate('Okta');
    const first = await ask(REVOKE, { scimCredentialId: id });
    expect(first.scimCredential).toEqual({
      id,
      status: 'REVOKED',
      revokedAt: '2026-03-01T09:30:00.000Z',
      revokedBy: { userName: 'admin@acme.example' },
    });
    server.world.clock.advance(HOUR);
    expect(await ask(REVOKE, { scimCredentialId: id }, acme.tokens.OWNER)).toEqual(first);
  });
});

describe('an ID that is not there', () => {
  it.each([
    [ROTATE, {}],
    [RENAME, { name: 'x' }],
    [REVOKE, {}],
  ])('is a NotFoundError that names the field and the ID as sent (%#)', async (query, more) => {
    for (const id of ['nonsense', globalId('User', acme.owner.id), globalId('ScimCredential', server.world.ids.next())])
      expect(await ask(query, { scimCredentialId: id, ...more })).toMatchObject({
        __typename: 'NotFoundError',
        code: 'NOT_FOUND',
        message: `There is no SCIM credential with the ID "${id}" in this workspace.`,
        path: ['scimCredentialId'],
      });
  });
});

describe('Provisioning.credentials', () => {
  it('lists the newest first, page by page and by state', async () => {
    for (const name of ['first', 'second', 'third']) {
      server.world.clock.advance(1_000);
      await generate(name);
    }
    const { nodes } = (await list()).credentials;
    expect(nodes.map((node: { name: string }) => node.name)).toEqual(['third', 'second', 'first']);
    await ask(REVOKE, { scimCredentialId: nodes[1].id });
    expect((await list({ statuses: ['REVOKED'] })).credentials).toMatchObject({
      totalCount: 1,
      nodes: [{ name: 'second' }],
    });
    const first = (await list({ first: 2 })).credentials;
    expect(first).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true } });
    const { credentials } = await list({ first: 2, after: first.pageInfo.endCursor });
    expect(credentials.nodes).toMatchObject([
      { name: 'first', requestCountLast24Hours: 0, viewerCanRevoke: { allowed: true } },
    ]);
  });
});

describe('several mutations in one request', () => {
  it('each show what the ones before have done', async () => {
    const { id } = await generate('Okta');
    const { data, errors } = await server.ask(
      acme.tokens.ADMIN,
      `mutation ($id: ID!) {
        a: rotateScimCredential(input: { scimCredentialId: $id }) { ... on RotateScimCredentialSuccess { scimCredential { predecessor { status } } } }
        b: revokeScimCredential(input: { scimCredentialId: $id }) { ... on RevokeScimCredentialSuccess { scimCredential { status successor { predecessor { status } } } } }
      }`,
      { id },
    );
    expect(errors).toEqual([]);
    expect(data.a.scimCredential.predecessor.status).toBe('RETIRING');
    expect(data.b.scimCredential).toEqual({ status: 'REVOKED', successor: { predecessor: { status: 'REVOKED' } } });
  });
});

describe('the secret of a credential (A9, A10)', () => {
  it('is in one answer, which nobody may cache, and in nothing else', async () => {
    const answer = await server.ask(acme.tokens.ADMIN, GENERATE, { input: { name: 'Okta' } });
    const { secret, scimCredential } = answer.data.generateScimCredential;
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const others = [
      await server.ask(acme.tokens.ADMIN, CREDENTIALS),
      await server.ask(acme.tokens.ADMIN, RENAME, { input: { scimCredentialId: scimCredential.id, name: 'Other' } }),
      await server.ask(acme.tokens.ADMIN, ROTATE, { input: { scimCredentialId: scimCredential.id } }),
      await server.ask(acme.tokens.ADMIN, REVOKE, { input: { scimCredentialId: scimCredential.id } }),
      await server.ask(
        acme.tokens.ADMIN,
        'query ($id: ID!) { node(id: $id) { ... on ScimCredential { name prefix } } }',
        {
          id: scimCredential.id,
        },
      ),
    ];
    const secretPart = secret.split('_')[2];
    for (const { text } of others) expect(text).not.toContain(secretPart);
    expect(JSON.stringify(server.logged)).not.toContain(secretPart);
    expect(answer.text.split(secretPart)).toHaveLength(2);
  });
});
