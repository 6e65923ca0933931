import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRollcall, type Rollcall, type TestWorkspace } from '../support/rollcall.ts';
import { scim } from '../support/scim-client.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const MICROSOFT_GROUP = 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group';

/** Something an identity provider sends beside the RFCs: what comes of it, and what the event of the call tells. */
interface Habit {
  readonly method?: 'POST' | 'PUT' | 'GET';
  readonly path?: string;
  /** Operations of a PATCH of a user, where there is no method. */
  readonly operations?: readonly object[];
  readonly body?: object;
  readonly shows: object;
  readonly tolerated: readonly string[];
}

const EMBEDDED = JSON.stringify({ id: 'x', value: 'Admin', displayName: 'Administrator' });
const BARE_MANAGER = `Read manager as an attribute of ${ENTERPRISE}.`;
const user = (over: object) => ({ schemas: [USER], userName: 'UNIQUE', ...over });

const HABITS: Record<string, Habit> = {
  'Okta: the placeholder password of every create': {
    method: 'POST',
    body: user({ password: 'q7ZkP02x' }),
    shows: { userName: 'UNIQUE' },
    tolerated: ['Discarded the password unread: Sync Password is off.'],
  },
  'Okta: groups echoed in a PUT': {
    method: 'PUT',
    body: user({ groups: [{ value: 'c0ffee', display: 'Legal' }], id: 'other', meta: { version: 'W/"9"' } }),
    shows: { groups: [] },
    tolerated: ['Ignored the read-only attribute groups.'],
  },
  'Okta: empty values of the whole profile': {
    method: 'PUT',
    body: user({ title: '', nickName: '', emails: [{ type: 'work' }] }),
    shows: { userName: 'UNIQUE' },
    tolerated: ['Read "" as no value.', 'Ignored what says no more of emails than a type.'],
  },
  'Okta: a path-less replace of status': {
    operations: [{ op: 'replace', value: { id: 'other', active: false } }],
    shows: { active: false },
    tolerated: ['Ignored the read-only attribute id.'],
  },
  'Okta: email as the unique identifier': {
    method: 'GET',
    path: '/Users?filter=email+eq+%22UNIQUE%22',
    shows: { totalResults: 0 },
    tolerated: ['Read email as emails.'],
  },
  'Entra ID: op names with a capital': {
    operations: [{ op: 'Replace', path: 'title', value: 'T' }],
    shows: { title: 'T' },
    tolerated: ['Read the op "Replace" as replace.'],
  },
  'Entra ID: booleans as text in a PATCH': {
    operations: [{ op: 'replace', path: 'active', value: 'False' }],
    shows: { active: false },
    tolerated: ['Read "False" for active as a boolean.'],
  },
  'Entra ID: booleans as text in a POST': {
    method: 'POST',
    body: user({ active: 'True' }),
    shows: { active: true },
    tolerated: ['Read "True" for active as a boolean.'],
  },
  'Entra ID: booleans as text in a filter': {
    method: 'GET',
    path: '/Users?filter=active+eq+%22False%22+and+userName+eq+%22UNIQUE%22',
    shows: { totalResults: 0 },
    tolerated: ['Read "False" for active as a boolean.'],
  },
  'Entra ID: the flag of the tenant URL': {
    method: 'GET',
    path: '/Users?aadOptscim062020&count=0',
    shows: { itemsPerPage: 0 },
    tolerated: ['Ignored the query parameter aadOptscim062020.'],
  },
  'Entra ID: a replace of a work email that is not there': {
    operations: [{ op: 'replace', path: 'emails[type eq "work"].value', value: 'w@acme.example' }],
    shows: { emails: [{ type: 'work', value: 'w@acme.example' }] },
    tolerated: ['Made emails[type eq "work"], which did not exist.'],
  },
  'Entra ID: a quoted boolean in a path': {
    operations: [{ op: 'replace', path: 'roles[primary eq "True"].value', value: 'r' }],
    shows: { roles: [{ primary: true, value: 'r' }] },
    tolerated: [
      'Read "True" for primary as a boolean.',
      'Read "True" for roles.primary as a boolean.',
      'Made roles[primary eq "True"], which did not exist.',
    ],
  },
  'Entra ID: an app role as JSON in text': {
    operations: [{ op: 'add', path: 'roles', value: [{ value: EMBEDDED }] }],
    shows: { roles: [{ value: 'Admin', display: 'Administrator' }] },
    tolerated: ['Read the JSON text in roles.value as a role.'],
  },
  'Entra ID: app roles of a POST': {
    method: 'POST',
    body: user({ roles: [{ primary: true, type: 'WindowsAzureActiveDirectoryRole', value: 'A', displayName: 'Ad' }] }),
    shows: { roles: [{ primary: true, type: 'WindowsAzureActiveDirectoryRole', value: 'A', display: 'Ad' }] },
    tolerated: ['Read roles.displayName as roles.display.'],
  },
  'Entra ID: a manager as text, without its URN': {
    method: 'POST',
    body: user({ manager: '88' }),
    shows: { [ENTERPRISE]: { manager: { value: '88' } } },
    tolerated: [BARE_MANAGER, 'Read the text given for manager as its value.'],
  },
  'Entra ID: a manager as a list of one': {
    operations: [{ op: 'add', path: 'manager', value: [{ $ref: null, value: '88' }] }],
    shows: { [ENTERPRISE]: { manager: { value: '88' } } },
    tolerated: [BARE_MANAGER],
  },
  'Entra ID: a manager cleared by empty text': {
    operations: [{ op: 'replace', path: `${ENTERPRISE}:manager`, value: '' }],
    shows: { userName: 'UNIQUE' },
    tolerated: ['Read "" as no value.'],
  },
  'Entra ID: the check of a manager': {
    method: 'GET',
    path: '/Users?filter=id+eq+%22x%22+and+manager+eq+%22y%22&attributes=id',
    shows: { totalResults: 0 },
    tolerated: [BARE_MANAGER],
  },
  'Entra ID: several attributes in one replace, by paths': {
    operations: [{ op: 'replace', value: { 'name.givenName': 'G', [`${ENTERPRISE}:department`]: 'D' } }],
    shows: { name: { givenName: 'G' }, [ENTERPRISE]: { department: 'D' } },
    tolerated: ['Read the key "name.givenName" as a path.', `Read the key "${ENTERPRISE}:department" as a path.`],
  },
  'Entra ID: a single value as a list of one': {
    operations: [{ op: 'replace', path: 'displayName', value: [{ $ref: null, value: 'X' }] }],
    shows: { displayName: 'X' },
    tolerated: ['Read the list given for displayName as a single value.'],
  },
  'Entra ID: a group with a schema of its own': {
    method: 'POST',
    path: '/Groups',
    body: { schemas: [GROUP, MICROSOFT_GROUP], displayName: 'UNIQUE', externalId: 'UNIQUE' },
    shows: { members: [] },
    tolerated: [`Ignored "${MICROSOFT_GROUP}" in schemas.`],
  },
  'Entra ID: operations in small letters, with a name each': {
    body: { schemas: [PATCH_OP], operations: [{ name: 'x', op: 'replace', path: 'title', value: 'T' }] },
    shows: { title: 'T' },
    tolerated: ['Read "operations" as Operations.', 'Ignored "name" in an operation.'],
  },
  'Microsoft’s validator: a PATCH without operations': {
    operations: [],
    shows: { userName: 'UNIQUE' },
    tolerated: ['Took a PATCH without operations.'],
  },
  'Microsoft’s validator: a body without schemas': {
    method: 'POST',
    body: { userName: 'UNIQUE' },
    shows: { userName: 'UNIQUE' },
    tolerated: ['Took the body without schemas.'],
  },
  'OneLogin: what an admin left in the template': {
    method: 'PUT',
    path: '?',
    body: { schemas: ['urn:scim:schemas:core:1.0'], id: null, userName: 'UNIQUE', active: 'true', meta: {} },
    shows: { active: true },
    tolerated: ['Ignored "urn:scim:schemas:core:1.0" in schemas.', 'Read "true" for active as a boolean.'],
  },
  'OneLogin: the manager of SCIM 1.1': {
    method: 'PUT',
    body: user({ [ENTERPRISE]: { manager: { managerId: '88' } } }),
    shows: { [ENTERPRISE]: { manager: { value: '88' } } },
    tolerated: ['Read manager.managerId as manager.value.'],
  },
  'others: a lone value for a list': {
    method: 'POST',
    body: user({ emails: 'x@acme.example' }),
    shows: { emails: [{ value: 'x@acme.example' }] },
    tolerated: ['Read the single value of emails as a list of one.', 'Read the text given for emails as its value.'],
  },
  'others: attributes that nobody knows': {
    method: 'POST',
    body: user({ shoeSize: 44 }),
    shows: { userName: 'UNIQUE' },
    tolerated: ['Ignored the unknown attribute shoeSize.'],
  },
};

let rollcall: Rollcall;
let workspace: TestWorkspace;
let serial = 0;

beforeAll(async () => {
  rollcall = await startRollcall();
  workspace = await rollcall.workspace('acme');
});
afterAll(() => rollcall.close());

const lastEvent = async () => {
  await workspace.ctx.store.journal.flush();
  const { events } = workspace.ctx.store.workspace(workspace.ctx.workspaceId);
  return (await events.page({}, { first: 1 })).items[0]!.item;
};

describe.each(['Okta SCIM Client 1.0.0', ''])('from the User-Agent %j', (agent) => {
  it.each(Object.entries(HABITS))('%s: is read, and told in the event', async (_name, habit) => {
    serial += 1;
    const unique = `person${serial}.example`;
    const filled = <T>(part: T): T => JSON.parse(JSON.stringify(part).replaceAll('UNIQUE', unique)) as T;
    const send = (method: string, path: string, body?: object) =>
      scim(workspace, method, path, { ...(body === undefined ? {} : { body }), headers: { 'User-Agent': agent } });
    const { method = 'PATCH', path = '/Users', operations, body } = filled(habit);
    const sent = body ?? (operations === undefined ? undefined : { schemas: [PATCH_OP], Operations: operations });
    let target = path;
    if (method === 'PUT' || method === 'PATCH') {
      const made = await send('POST', '/Users', { schemas: [USER], userName: unique });
      target = `/Users/${made.body.id}${path.startsWith('?') ? path : ''}`;
    }
    const answer = await send(method, target, sent);
    expect([answer.status < 300, answer.text]).toEqual([true, expect.any(String)]);
    expect(answer.body).toMatchObject(filled(habit.shows));
    expect((await lastEvent()).tolerated).toEqual(filled(habit.tolerated));
  });

  it.each([
    ['Entra ID: a removal of members by a list of values', 'remove'],
    ['JumpCloud: the same, with a capital', 'Remove'],
  ])('%s: takes those alone, and is told in the event', async (_name, op) => {
    const [one, two] = await Promise.all([1, 2].map(() => workspace.user({ userName: `member-${(serial += 1)}` })));
    const members = [{ value: one!.id }, { value: two!.id }];
    const made = await scim(workspace, 'POST', '/Groups', { body: { displayName: `Group ${serial}`, members } });
    const Operations = [{ op, path: 'members', value: [{ $ref: null, value: one!.id }] }];
    const { body } = await scim(workspace, 'PATCH', `/Groups/${made.body.id}`, {
      body: { schemas: [PATCH_OP], Operations },
      headers: { 'User-Agent': agent },
    });
    expect(body.members.map(({ value }: { value: string }) => value)).toEqual([two!.id]);
    expect((await lastEvent()).tolerated.toSorted()).toEqual([
      ...(op === 'Remove' ? ['Read the op "Remove" as remove.'] : []),
      'Removed from members only what the value names.',
    ]);
  });
});

describe('plain SCIM', () => {
  it('has nothing to tell', async () => {
    const body = { schemas: [USER, ENTERPRISE], userName: 'plain@acme.example', [ENTERPRISE]: { department: 'D' } };
    const { body: made } = await scim(workspace, 'POST', '/Users', { body });
    const calls = [
      ['PUT', `/Users/${made.id}`, made],
      ['PATCH', `/Users/${made.id}`, { schemas: [PATCH_OP], Operations: [{ op: 'add', path: 'title', value: 'T' }] }],
      ['GET', `/Users?filter=userName+eq+%22x%22&startIndex=1&count=100&sortBy=userName&attributes=id`, undefined],
    ] as const;
    expect((await lastEvent()).tolerated).toEqual([]);
    for (const [method, path, sent] of calls) {
      await scim(workspace, method, path, sent === undefined ? {} : { body: sent });
      expect((await lastEvent()).tolerated, method).toEqual([]);
    }
  });
});

describe('who calls', () => {
  it('is never looked at: the SCIM face reads the User-Agent for the log alone', () => {
    const folder = join(import.meta.dirname, '../../src/scim');
    const readers = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.ts') && /user-?agent/iu.test(readFileSync(join(folder, file), 'utf8')),
    );
    expect(readers.toSorted()).toEqual(['call-log.ts', 'handler.ts']);
  });
});

describe('docs/quirks.md', () => {
  const text = readFileSync(join(import.meta.dirname, '../../docs/quirks.md'), 'utf8');
  const shown = [...text.matchAll(/`([\w/]+\.test\.ts)` "([^"]+)"/gu)].map(
    ([, file, title]) => [file!, title!] as const,
  );

  it.each(shown)('names a test that is there: %s, %j', (file, title) => {
    expect(readFileSync(join(import.meta.dirname, file), 'utf8')).toContain(title);
  });

  it('has a test in every row, and a row for every habit that is told', () => {
    const rows = text.split('\n').filter((line) => /^\| (?!-|what it sends)/u.test(line));
    expect(rows.filter((row) => !/`[\w/]+\.test\.ts` "/u.test(row))).toEqual([]);
    expect(rows.length).toBeGreaterThan(40);
    const providers = new Set(Object.keys(HABITS).map((name) => name.split(':')[0]!));
    expect([...providers].filter((name) => !text.includes(name.replace('Microsoft’s validator', 'validator')))).toEqual(
      [],
    );
  });
});
