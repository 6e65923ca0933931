import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTeam } from '../../src/domain/team-commands.ts';
import { startRollcall, type Rollcall, type TestWorkspace } from '../support/rollcall.ts';
import { scim } from '../support/scim-client.ts';

const CORE_USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

let rollcall: Rollcall;
let workspace: TestWorkspace;

beforeAll(async () => {
  rollcall = await startRollcall();
  workspace = await rollcall.workspace('acme');
  const people = [
    { userName: 'bea', title: 'Counsel', emails: [{ value: 'z@x.example' }, { value: 'a@x.example', primary: true }] },
    { userName: 'Ada', name: { familyName: 'Zorn' }, [ENTERPRISE]: { department: 'Legal' } },
    { userName: 'cyd', title: 'analyst', name: { familyName: 'Abel' }, emails: [{ value: 'm@x.example' }] },
  ];
  for (const body of people) expect((await scim(workspace, 'POST', '/Users', { body })).status).toBe(201);
  for (const name of ['b team', 'A team', 'c team']) await createTeam(workspace.ctx, { name });
});
afterAll(() => rollcall.close());

const names = async (query: string) => {
  const { status, body, text } = await scim(workspace, 'GET', `/Users?${query}`);
  expect(status, text).toBe(200);
  return body.Resources.map(({ userName }: { userName: string }) => userName);
};

describe('RFC 7644 §3.4.2.3 sorting', () => {
  it('lists by creation where no sortBy is sent, and sortOrder says nothing then', async () => {
    expect(await names('')).toEqual(['bea', 'Ada', 'cyd']);
    expect(await names('sortOrder=descending')).toEqual(['bea', 'Ada', 'cyd']);
    expect(await names('sortBy=&sortOrder=sideways')).toEqual(['bea', 'Ada', 'cyd']);
  });

  it.each([
    ['sortBy=userName', ['Ada', 'bea', 'cyd']],
    ['sortBy=USERNAME&sortOrder=ascending', ['Ada', 'bea', 'cyd']],
    ['sortBy=userName&sortOrder=Descending', ['cyd', 'bea', 'Ada']],
    [`sortBy=${CORE_USER}:userName&sortOrder=DESCENDING`, ['cyd', 'bea', 'Ada']],
    ['sortBy=meta.created&sortOrder=descending', ['cyd', 'Ada', 'bea']],
  ])('%s gives %j: text in any case, names in any notation', async (query, expected) => {
    expect(await names(query)).toEqual(expected);
  });

  it('puts those without a value last ascending and first descending', async () => {
    expect(await names('sortBy=title')).toEqual(['cyd', 'bea', 'Ada']);
    expect((await names('sortBy=title&sortOrder=descending'))[0]).toBe('Ada');
    expect(await names('sortBy=name.familyName')).toEqual(['cyd', 'Ada', 'bea']);
    expect((await names(`sortBy=${ENTERPRISE}:department`))[0]).toBe('Ada');
  });

  it('takes the primary value of a list, or else its first', async () => {
    expect((await names('sortBy=emails')).slice(0, 2)).toEqual(['bea', 'cyd']);
    expect((await names('sortBy=emails.value')).slice(0, 2)).toEqual(['bea', 'cyd']);
  });

  it('goes with filter and pages', async () => {
    const filter = encodeURIComponent('emails pr');
    expect(await names(`filter=${filter}&sortBy=userName&sortOrder=descending`)).toEqual(['cyd', 'bea']);
    expect(await names('sortBy=userName&startIndex=2&count=1')).toEqual(['bea']);
  });

  it('sorts groups alike', async () => {
    const { body } = await scim(workspace, 'GET', '/Groups?sortBy=displayName&attributes=displayName');
    const shown = body.Resources.map(({ displayName }: { displayName: string }) => displayName);
    expect(shown).toEqual(['A team', 'b team', 'c team']);
    for (const sortBy of ['id', 'externalId', 'meta.lastModified', 'members', 'members.value'])
      expect((await scim(workspace, 'GET', `/Groups?sortBy=${sortBy}`)).body.Resources, sortBy).toHaveLength(3);
  });

  it.each([
    ['/Users?sortBy=shoeSize', 'shoeSize'],
    ['/Users?sortBy=password', 'password'],
    ['/Users?sortBy=name', 'name'],
    ['/Users?sortBy=urn:x:y:z', 'urn:x:y:z'],
    [`/Users?sortBy=${ENTERPRISE}`, ENTERPRISE],
    ['/Users?sortBy=user%20Name', 'user Name'],
    [`/Users?sortBy=${encodeURIComponent('emails[type eq "work"].value')}`, 'emails['],
    ['/Users?sortBy=userName&sortOrder=up', 'up'],
    ['/Groups?sortBy=userName', 'userName'],
  ])('%s is 400 invalidValue naming it', async (path, named) => {
    const { status, body } = await scim(workspace, 'GET', path);
    expect([status, body.scimType]).toEqual([400, 'invalidValue']);
    expect(body.detail).toContain(named);
  });
});
