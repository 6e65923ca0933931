import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createUser } from '../../src/domain/user-commands.ts';
import { globalId } from '../../src/graphql/ids.ts';
import { directoryOf } from './support/directory.ts';
import { startServer, type Tenant, type TestServer } from './support/server.ts';

const REHEARSE = `mutation ($input: RehearseImportInput!) { rehearseImport(input: $input) { __typename
  ... on RehearseImportSuccess { rehearsal { pageCount slowestPageMs
    users { totalCount importCount skipCount failCount } teams { totalCount importCount skipCount failCount }
    problems { attribute message remedy { text audience oktaLocation } target { ... on User { id } ... on Team { id } } } } }
  ... on MutationError { code message path } } }`;

let server: TestServer;
let acme: Tenant;

beforeAll(async () => {
  server = await startServer();
  acme = await server.tenant('acme');
});
afterAll(() => server.close());

describe('rehearseImport', () => {
  it('answers the findings, with whom each problem is about', async () => {
    const nameless = await createUser(directoryOf(acme.system), { userName: 'kim@acme.example', active: true });
    const { data } = await server.ask(acme.tokens.ADMIN, REHEARSE, { input: {} });
    const { rehearsal } = data.rehearseImport;
    expect(rehearsal).toMatchObject({
      pageCount: 2,
      users: { totalCount: 4, importCount: 3, skipCount: 0, failCount: 1 },
      teams: { totalCount: 0 },
      problems: [{ attribute: 'name.givenName' }, { attribute: 'name.familyName' }],
    });
    expect(rehearsal.problems[0].target).toEqual({ id: globalId('User', nameless.id) });
    expect(rehearsal.problems[0].remedy.audience).toBe('DIRECTORY_ADMIN');
    const { data: without } = await server.ask(acme.tokens.ADMIN, REHEARSE, { input: { includeTeams: false } });
    expect(without.rehearseImport.rehearsal).toMatchObject({ teams: null, pageCount: 1 });
  });

  it('refuses a page that Okta could not ask for, and who may not', async () => {
    const { data } = await server.ask(acme.tokens.ADMIN, REHEARSE, { input: { pageSize: 0 } });
    expect(data.rehearseImport).toMatchObject({ __typename: 'InvalidInputError', path: ['pageSize'] });
    const { errors } = await server.ask(acme.tokens.MEMBER, REHEARSE, { input: {} });
    expect(errors[0]!.extensions).toMatchObject({ code: 'FORBIDDEN', permission: 'MANAGE_SECURITY_AND_IDENTITY' });
  });
});
