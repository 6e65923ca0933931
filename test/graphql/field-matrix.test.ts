import { buildASTSchema, extendSchema, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { permissionsOf, ROLES, type Role } from '../../src/domain/actor.ts';
import { generateScimCredential } from '../../src/domain/scim-credential-commands.ts';
import { createTeam } from '../../src/domain/team-commands.ts';
import { globalId, NODE_TYPES } from '../../src/graphql/ids.ts';
import { buildRollcallSchema, printRollcallSchema } from '../../src/graphql/schema.ts';
import { callOf, directoryOf, eventOf } from './support/directory.ts';
import { FIELD_TABLE, reachableFields, READERS, type ReachableField, type Reader } from './support/field-table.ts';
import { person, startServer, type Answer, type Tenant, type TestServer } from './support/server.ts';

type Asker = Role | 'nobody';

const ASKERS: readonly Asker[] = [...ROLES, 'nobody'];
const FIELDS = reachableFields(buildRollcallSchema());

let server: TestServer;
let acme: Tenant;
/** Global IDs by type; of access tokens, by role. */
const ids: Record<string, string> = {};

beforeAll(async () => {
  server = await startServer();
  acme = await server.tenant('acme');
  const { system, workspace, member, tokens } = acme;
  const { credential } = await generateScimCredential(system, { name: 'Okta' });
  const ctx = directoryOf(system, credential.id);
  const user = await person({ ...ctx, call: callOf(ctx, { credentialId: credential.id }) }, 'ada@acme.example');
  const team = await createTeam({ ...ctx, call: callOf(ctx) }, { name: 'Engineers', memberIds: [user.id] });
  const refused = eventOf(ctx, {
    outcome: 'REFUSED',
    errorCode: 'INVALID_REQUEST',
    httpStatus: 400,
    credentialId: credential.id,
    changes: [{ path: 'title', before: null, after: 'Engineer', redacted: false }],
  });
  server.world.store.journal.record(refused);
  server.world.store.journal.tally(refused);
  for (const role of ROLES) {
    const { data } = await server.ask(tokens[role], '{ viewer { accessTokens { id } } }');
    ids[`AccessToken ${role}`] = data.viewer.accessTokens[0].id;
  }
  ids['Workspace'] = globalId('Workspace', workspace.id);
  ids['Provisioning'] = globalId('Provisioning', workspace.id);
  ids['User'] = globalId('User', member.id);
  ids['Team'] = globalId('Team', team.id);
  ids['ScimCredential'] = globalId('ScimCredential', credential.id);
  ids['ProvisioningEvent'] = globalId('ProvisioningEvent', refused.id);
});
afterAll(() => server.close());

/** What the table says is answered. A viewer who is nobody is null, by which nothing below is answered. */
function expected(reader: Reader, asker: Asker, path: string): string {
  if (reader === 'ANYONE') return 'read';
  if (asker === 'nobody') return path.startsWith('viewer') ? 'nothing' : 'UNAUTHENTICATED';
  if (reader === 'SIGNED_IN' || permissionsOf(asker).includes(reader)) return 'read';
  return `FORBIDDEN ${reader}`;
}

const ARGUMENTS: Readonly<Record<string, string>> = { 'Query.node': '(id: $id)', 'Query.nodes': '(ids: [$id])' };

/** A question of fields of one type. */
function queryOf(fields: readonly ReachableField[], steps: readonly string[]): string {
  const selected = fields.map(
    ({ id, name, leadsTo }) => `${name}${ARGUMENTS[id] ?? ''}${leadsTo.length === 0 ? '' : ' { __typename }'}`,
  );
  const selection = `{ __typename ... on ${fields[0]!.type} { ${selected.join(' ')} } }`;
  const body = steps.reduceRight((inner, step) => `{ ${step} ${inner} }`, selection);
  return `query${body.includes('$id') ? ' ($id: ID!)' : ''} ${body}`;
}

/** The outermost object of a type in an answer. */
function instanceOf(type: string, value: unknown): Record<string, unknown> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const object: Record<string, unknown> = { ...value };
  if (object['__typename'] === type) return object;
  for (const each of Object.values(object)) {
    const found = instanceOf(type, each);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether a field was read, or why not: by an error of its own, or one on the way to it. */
function outcomeOf({ data, errors }: Answer, { type, name }: ReachableField, steps: readonly string[]): string {
  const value = instanceOf(type, data)?.[name];
  const concerning = errors.filter(({ path = [] }) => {
    const names = path.filter((step) => typeof step === 'string');
    return names.length <= steps.length || names[steps.length] === name;
  });
  if (concerning.length === 0) return value === undefined ? 'nothing' : 'read';
  if (value !== undefined && value !== null) return 'read, with an error';
  const codes = concerning.map(({ extensions: { code, permission } }) => [code, permission].filter(Boolean).join(' '));
  return [...new Set(codes)].join();
}

/** Asks for fields that are to end alike at once: an error of one that takes the others with it leaves them unread. */
async function ask(fields: readonly ReachableField[], asker: Asker, path: string): Promise<[string, string][]> {
  const { type } = fields[0]!;
  const id = ids[type === 'AccessToken' ? `AccessToken ${asker}` : type] ?? ids['Team'];
  const token = asker === 'nobody' ? undefined : acme.tokens[asker];
  const steps = path === '' ? [] : path.split('.');
  const answer = await server.ask(token, queryOf(fields, steps), { id });
  return fields.map((field) => [field.id, outcomeOf(answer, field, steps)]);
}

/** The fields of a schema that no row names. */
function rowless(fields: readonly ReachableField[]): string[] {
  return fields.map(({ id }) => id).filter((id) => !READERS.has(id));
}

describe('the table of fields (D9)', () => {
  it('names every field that a query reaches, and no other', () => {
    expect(rowless(FIELDS)).toEqual([]);
    expect([...READERS.keys()].toSorted()).toEqual(FIELDS.map(({ id }) => id).toSorted());
    expect(FIELDS.length).toBeGreaterThan(150);
  });

  it('misses a field, and a type, that are new', () => {
    const schema = buildASTSchema(parse(printRollcallSchema()));
    const more = 'type Device { serial: String } extend type User { devices: [Device!]! }';
    expect(rowless(reachableFields(extendSchema(schema, parse(more)))).toSorted()).toEqual([
      'Device.serial',
      'User.devices',
    ]);
  });

  it('asks for every type that `node` answers by its ID too', () => {
    for (const type of NODE_TYPES) expect(FIELD_TABLE[type]?.at).toContain('node(id: $id)');
  });

  it('has no way to what needs a permission that does not need it itself', () => {
    const needs = (type: string) =>
      Object.keys(FIELD_TABLE[type]!.fields).filter((reader) => reader !== 'ANYONE' && reader !== 'SIGNED_IN');
    const guarded = FIELDS.flatMap(({ type }) => (isGuarded(type) ? [type] : []));
    const ways = FIELDS.filter(({ id, leadsTo }) => !(id in ARGUMENTS) && leadsTo.some((to) => guarded.includes(to)));
    expect(ways.length).toBeGreaterThan(20);
    for (const { id, leadsTo } of ways)
      expect({ id, reader: READERS.get(id) }).toEqual({ id, reader: needs(leadsTo[0]!)[0] });
  });
});

/** Whether everything of a type needs a permission. */
function isGuarded(type: string): boolean {
  const readers = Object.keys(FIELD_TABLE[type]!.fields);
  return !readers.includes('ANYONE') && !readers.includes('SIGNED_IN');
}

const CASES = Object.entries(FIELD_TABLE).flatMap(([type, { at }]) =>
  at.flatMap((path) => ASKERS.map((asker) => ({ type, path, asker }))),
);

describe('the field matrix (D9)', () => {
  it.each(CASES)('$type at "$path" is read by $asker as the table says', async ({ type, path, asker }) => {
    const fields = FIELDS.filter((field) => field.type === type);
    const wantedOf = ({ id }: ReachableField) => expected(READERS.get(id)!, asker, path);
    const alike = Object.values(Object.groupBy(fields, wantedOf)).map((group) => group!);
    const told = (await Promise.all(alike.map((group) => ask(group, asker, path)))).flat();
    const wanted = alike.flat().map((field) => [field.id, wantedOf(field)]);
    expect(told).toEqual(wanted);
  });

  it.each(ROLES)('keeps the access tokens of others from %s', async (role) => {
    for (const other of ROLES.filter((each) => each !== role)) {
      const { data, errors } = await server.ask(acme.tokens[role], 'query ($id: ID!) { node(id: $id) { id } }', {
        id: ids[`AccessToken ${other}`],
      });
      expect({ data, errors }).toEqual({ data: { node: null }, errors: [] });
    }
  });
});
