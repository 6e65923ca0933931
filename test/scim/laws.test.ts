import { fc, test } from '@fast-check/vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRollcall, type Rollcall, type TestWorkspace } from '../support/rollcall.ts';
import { scim } from '../support/scim-client.ts';

let rollcall: Rollcall;
let workspace: TestWorkspace;
let serial = 0;

beforeAll(async () => {
  rollcall = await startRollcall();
  workspace = await rollcall.workspace('acme');
});
afterAll(() => rollcall.close());

const word = fc
  .string({
    minLength: 1,
    maxLength: 12,
    unit: fc.constantFrom('a', 'É', 'é', '%', '_', '\\', '"', "'", 'ß', '李', ' ', '.', '-', '@'),
  })
  .filter((text) => text.trim() === text);
const plural = fc.array(
  fc.record({ value: word, type: fc.constantFrom('work', 'home', 'WORK'), display: word }, { requiredKeys: ['value'] }),
  { maxLength: 3 },
);
const attributes = fc.record(
  {
    displayName: word,
    title: word,
    locale: word,
    active: fc.boolean(),
    name: fc.record({ givenName: word, familyName: word, formatted: word }, { requiredKeys: [] }),
    emails: plural,
    phoneNumbers: plural,
    roles: plural,
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': fc.record(
      { department: word, manager: fc.record({ value: word, displayName: word }, { requiredKeys: ['value'] }) },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
);
const isAddress = fc.boolean();

describe('the laws of a SCIM user', () => {
  test.prop([attributes, isAddress, fc.boolean()], { numRuns: 150 })(
    'a PUT of a GET changes nothing, whoever made the user (design §7)',
    async (sent, address, byDirectory) => {
      serial += 1;
      const userName = address ? `person${serial}@acme.example` : `person ${serial}`;
      const id = byDirectory
        ? (await scim(workspace, 'POST', '/Users', { body: { ...sent, userName } })).body.id
        : (
            await workspace.user({
              userName,
              ...(sent.displayName === undefined ? {} : { displayName: sent.displayName }),
            })
          ).id;
      const { body: read } = await scim(workspace, 'GET', `/Users/${id}`);
      const { status, body: put } = await scim(workspace, 'PUT', `/Users/${id}`, { body: read });
      expect(status).toBe(200);
      const { meta: _putMeta, ...putRest } = put;
      const { meta: _readMeta, ...readRest } = read;
      expect(putRest).toEqual(readRest);
      if (byDirectory) expect(put.meta).toEqual(read.meta);
    },
  );

  test.prop([attributes, attributes], { numRuns: 100 })(
    'a PUT and the PATCH of the same attributes from the same start end alike, where PUT clears nothing',
    async (start, change) => {
      serial += 1;
      const make = async (name: string) =>
        (await scim(workspace, 'POST', '/Users', { body: { ...start, userName: `${name}${serial}` } })).body;
      const [one, other] = [await make('put'), await make('patch')];
      const { name: _name, ...plain } = change;
      const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
      const { [enterprise]: _enterprise, ...value } = plain;
      const put = await scim(workspace, 'PUT', `/Users/${one.id}`, { body: { ...one, ...value } });
      const patch = await scim(workspace, 'PATCH', `/Users/${other.id}`, {
        body: { Operations: [{ op: 'replace', value }] },
      });
      expect([put.status, patch.status]).toEqual([200, 200]);
      const strip = ({ id: _id, userName: _userName, meta: _meta, ...rest }: Record<string, unknown>) => rest;
      expect(strip(put.body)).toEqual(strip(patch.body));
    },
  );

  it('a filter that SCIM shows to match finds the user, for each attribute of an answer', async () => {
    const { body } = await scim(workspace, 'POST', '/Users', {
      body: {
        userName: 'Findable@acme.example',
        externalId: 'Exact',
        title: 'Été',
        name: { givenName: 'Zoë' },
        timezone: 'Europe/Berlin',
      },
    });
    for (const filter of [
      `id eq "${body.id}"`,
      'externalId eq "Exact"',
      'title eq "ÉTÉ"',
      'name.givenName sw "zO"',
      'name.formatted eq "zoë"',
      'emails.value eq "FINDABLE@acme.example"',
      'emails[type eq "work" and primary eq true] and title pr',
      'urn:ietf:params:scim:schemas:core:2.0:User:timezone co "BERLIN"',
      `meta.created ge "${body.meta.created}" and userName eq "findable@ACME.example"`,
    ]) {
      const { body: found } = await scim(workspace, 'GET', `/Users?filter=${encodeURIComponent(filter)}`);
      expect(
        found.Resources?.map(({ id }: { id: string }) => id),
        filter,
      ).toContain(body.id);
    }
    for (const filter of [
      'externalId eq "exact"',
      'title eq "Ete"',
      'emails[type eq "home"]',
      'not (title pr) and externalId eq "Exact"',
    ]) {
      const { body: found } = await scim(workspace, 'GET', `/Users?filter=${encodeURIComponent(filter)}`);
      expect(
        found.Resources?.map(({ id }: { id: string }) => id),
        filter,
      ).not.toContain(body.id);
    }
  });

  it.each([
    'password eq "x"',
    'groups.value eq "x"',
    'meta.version eq "x"',
    'nothing eq "x"',
    '__proto__ eq "x"',
    'schemas eq "x"',
  ])('refuses to filter by %j with 400 invalidFilter, and never with a list (E6)', async (filter) => {
    const { status, body } = await scim(workspace, 'GET', `/Users?filter=${encodeURIComponent(filter)}`);
    expect([status, body.scimType, body.Resources]).toEqual([400, 'invalidFilter', undefined]);
    expect(body.detail).toContain(filter.split(' ')[0]);
  });
});
