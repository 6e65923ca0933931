import { readdirSync, readFileSync } from 'node:fs';
import { Kind, parse, print, validate, type DocumentNode } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAccessToken } from '../../src/domain/access-token-commands.ts';
import { generateScimCredential } from '../../src/domain/scim-credential-commands.ts';
import { createTeam } from '../../src/domain/team-commands.ts';
import { globalId } from '../../src/graphql/ids.ts';
import { buildRollcallSchema } from '../../src/graphql/schema.ts';
import { person, startServer, type Tenant, type TestServer } from './support/server.ts';

const ROOT = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, ROOT), 'utf8');
const filesIn = (folder: string, ending: string) =>
  readdirSync(new URL(folder, ROOT))
    .filter((name) => name.endsWith(ending))
    .map((name) => folder + name);

/** One operation as a person pastes it, with the fragments that stand beside it. */
interface Example {
  readonly title: string;
  readonly document: string;
}

const examples = filesIn('examples/', '.graphql').flatMap((path) => operationsIn(path, parse(read(path))));
const documented = filesIn('docs/', '.md').flatMap((path) =>
  [...read(path).matchAll(/^```graphql\n(?<text>[\s\S]*?)^```$/gmu)]
    .map(({ groups }) => groups!['text']!)
    // A piece of an operation, shown by itself.
    .filter((text) => !text.startsWith('...'))
    .flatMap((text) => operationsIn(path, parse(text))),
);

function operationsIn(path: string, { definitions }: DocumentNode): Example[] {
  const fragments = definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION);
  const operations = definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
  return operations.map((operation) => {
    const text = print(operation);
    const used = fragments.filter(({ name }) => text.includes(`...${name.value}`));
    const title = `${path}: ${operation.name?.value ?? text.split('\n').slice(0, 3).join(' ')}`;
    return { title, document: [text, ...used.map((each) => print(each))].join('\n') };
  });
}

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

/** What stands for each variable of an operation, by its name. */
async function variablesFor(tenant: Tenant): Promise<Record<string, unknown>> {
  const { system } = tenant;
  const user = await person(system, 'lea@acme.example');
  const team = await createTeam(system, { name: 'Legal' });
  const { credential } = await generateScimCredential(system, { name: 'Okta' });
  const { token } = await createAccessToken(system, { userId: tenant.owner.id, name: 'spare' });
  return {
    id: globalId('ScimCredential', credential.id),
    scimCredentialId: globalId('ScimCredential', credential.id),
    userId: globalId('User', user.id),
    user: globalId('User', user.id),
    userIds: [globalId('User', user.id)],
    teamId: globalId('Team', team.id),
    team: globalId('Team', team.id),
    accessTokenId: globalId('AccessToken', token.id),
    version: 1,
    password: 'correct horse battery',
    token: 'inv_unknown',
    after: null,
    newest: null,
  };
}

describe.each([
  ['the operations in examples/', examples],
  ['the operations in docs/', documented],
])('%s', (_where, operations) => {
  it('are some', () => {
    expect(operations.length).toBeGreaterThan(10);
  });

  it.each(operations.map((each) => [each.title, each.document] as const))(
    '%s fits the schema and runs',
    async (title, document) => {
      const schema = buildRollcallSchema();
      expect(validate(schema, parse(document)).map(({ message }) => message)).toEqual([]);
      const tenant = await server.tenant(
        `acme-${operations.findIndex((each) => each.title === title && each.document === document)}-${_where.includes('docs') ? 'd' : 'e'}`,
      );
      const all = await variablesFor(tenant);
      const declared = [...document.matchAll(/\$(\w+): /gu)].map(([, name]) => name!);
      expect(declared.filter((name) => !(name in all))).toEqual([]);
      const given = Object.fromEntries(declared.map((name) => [name, all[name]]));
      const { data, errors } = await server.ask(tenant.tokens.OWNER, document, given);
      const needsSession = /\bcreateAccessToken\b/u.test(document);
      expect(errors.map(({ message }) => message)).toEqual(needsSession ? [expect.stringContaining('session')] : []);
      expect(data).toBeTruthy();
    },
  );
});
