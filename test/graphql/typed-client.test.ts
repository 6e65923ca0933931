import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { person, startServer, type Tenant, type TestServer } from './support/server.ts';

const FOLDER = fileURLToPath(new URL('../../examples/typed-client/', import.meta.url));
const BIN = fileURLToPath(new URL('../../node_modules/.bin/', import.meta.url));

/** The modules of the example, whose types are made here before they are loaded. */
interface TypedClient {
  membersOf(connection: object): AsyncGenerator<{ readonly displayName: string; readonly role: string }>;
  changeRole(connection: object, member: object, role: string): Promise<string>;
}

let server: TestServer;
let acme: Tenant;
let client: TypedClient;

beforeAll(async () => {
  run('graphql-codegen', '--config', 'codegen.ts');
  server = await startServer();
  acme = await server.tenant('acme');
  client = (await import(`${FOLDER}members.ts`)) as TypedClient;
}, 60_000);
afterAll(() => server.close());

function run(command: string, ...args: string[]): string {
  const env = { ...process.env, PATH: `${BIN}:${process.env['PATH'] ?? ''}` };
  return execFileSync(`${BIN}${command}`, args, { cwd: FOLDER, encoding: 'utf8', env, stdio: 'pipe' });
}

async function everyone(token = acme.tokens.OWNER) {
  const members = [];
  for await (const member of client.membersOf({ url: server.url, token })) members.push(member);
  return members;
}

describe('the typed client of the examples', () => {
  it('compiles under strict with the types that the schema makes', () => {
    expect(run('tsc', '-p', '.')).toBe('');
  });

  it('reads every page of a list', async () => {
    for (let n = 0; n < 60; n += 1) await person(acme.system, `person${n}@acme.example`);
    expect(await everyone()).toHaveLength(63);
  });

  it('tells the errors of a mutation apart', async () => {
    const connection = { url: server.url, token: acme.tokens.OWNER };
    const members = await everyone();
    const [member, owner] = ['MEMBER', 'OWNER'].map((role) => members.find((each) => each.role === role)!);
    expect(await client.changeRole(connection, member!, 'ADMIN')).toBe(`${member!.displayName} is ADMIN now.`);
    expect(await client.changeRole(connection, member!, 'MEMBER')).toContain('Load the page again');
    expect(await client.changeRole(connection, owner!, 'MEMBER')).toContain('LAST_OWNER');
  });

  it('throws what no union has, with its code', async () => {
    await expect(everyone('pat_unknown')).rejects.toMatchObject({ name: 'RequestFailed', code: 'UNAUTHENTICATED' });
  });
});
