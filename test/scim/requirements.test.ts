import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRollcall, type Rollcall, type TestWorkspace } from '../support/rollcall.ts';
import { scim } from '../support/scim-client.ts';

// Requirements of the RFCs that no other test shows as such; docs/scim.md names the test of each one.

const CORE = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error';

let rollcall: Rollcall;
let workspace: TestWorkspace;
let made = 0;

beforeAll(async () => {
  rollcall = await startRollcall();
  workspace = await rollcall.workspace('acme');
});
afterAll(() => rollcall.close());

const call = (method: string, path: string, body?: unknown) =>
  scim(workspace, method, path, body === undefined ? {} : { body });
const newName = () => `Rfc-${(made += 1)}@acme.example`;
const patch = (...Operations: object[]) => ({ Operations });

async function user(more: object = {}) {
  const { status, body, text } = await call('POST', '/Users', { userName: newName(), ...more });
  expect(status, text).toBe(201);
  return body;
}

async function group(more: object = {}) {
  const { status, body, text } = await call('POST', '/Groups', { displayName: `Group ${(made += 1)}`, ...more });
  expect(status, text).toBe(201);
  return body;
}

async function found(filter: string, type = 'Users'): Promise<string[]> {
  const { status, body, text } = await call('GET', `/${type}?filter=${encodeURIComponent(filter)}`);
  expect(status, `${filter}: ${text}`).toBe(200);
  return body.Resources.map(({ id }: { id: string }) => id);
}

describe('RFC 7643 §2 attributes', () => {
  it('names are read in any case by POST, PUT, PATCH, filter, sortBy and attributes', async () => {
    const userName = newName();
    const { body: one } = await call('POST', '/Users', { USERNAME: userName, Name: { GIVENNAME: 'Ada' }, TITLE: 'T' });
    expect(one).toMatchObject({ userName, name: { givenName: 'Ada' }, title: 'T' });
    const { body: put } = await call('PUT', `/Users/${one.id}`, { username: userName, nickname: 'A' });
    expect([put.nickName, put.title]).toEqual(['A', undefined]);
    const { body: patched } = await call('PATCH', `/Users/${one.id}`, patch({ op: 'ADD', path: 'TITLE', value: 'U' }));
    expect(patched.title).toBe('U');
    expect(await found(`USERNAME eq "${userName}"`)).toEqual([one.id]);
    const { body: list } = await call('GET', `/Users?sortBy=USERNAME&attributes=USERNAME&count=1`);
    expect(Object.keys(list.Resources[0]).toSorted()).toEqual(['id', 'schemas', 'userName']);
  });

  it('null, an empty list and absence are the same, in answers and filters', async () => {
    const cleared = await user({ title: null, phoneNumbers: [], name: null, nickName: '' });
    const silent = await user();
    expect(Object.keys(cleared)).toEqual(Object.keys(silent));
    for (const attribute of ['title', 'phoneNumbers', 'phoneNumbers.value', 'nickName', 'name.givenName'])
      expect(await found(`id eq "${cleared.id}" and not (${attribute} pr)`), attribute).toEqual([cleared.id]);
  });

  it('references are addresses that can be read: $ref of members and groups, meta.location', async () => {
    const member = await user();
    const team = await group({ members: [{ value: member.id }] });
    const { body: read } = await call('GET', `/Users/${member.id}`);
    for (const [address, id] of [
      [team.members[0].$ref, member.id],
      [read.groups[0].$ref, team.id],
      [team.meta.location, team.id],
    ]) {
      const answer = await fetch(address, { headers: { Authorization: `Bearer ${workspace.key}` } });
      expect([answer.status, ((await answer.json()) as { id: string }).id]).toEqual([200, id]);
    }
  });

  it('times are xsd:dateTime with a date, a time and a zone', async () => {
    const { meta } = await user();
    for (const time of [meta.created, meta.lastModified])
      expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/u);
  });
});

describe('RFC 7643 §3 resources', () => {
  it('hold the URNs of the schemas they use, each once, whatever the request has', async () => {
    const plain = await user({ schemas: [CORE, 'urn:nobody:knows', CORE, ENTERPRISE] });
    expect(plain.schemas).toEqual([CORE]);
    const extended = await user({ schemas: [ENTERPRISE, CORE], [ENTERPRISE]: { department: 'Legal' } });
    expect(extended.schemas).toEqual([CORE, ENTERPRISE]);
    expect((await group({ schemas: ['urn:x'] })).schemas).toEqual([GROUP]);
  });

  it('RFC 7644 §3.5.2 have the URN of an extension from a PATCH that adds to it until one that takes the last of it', async () => {
    const { id } = await user();
    const department = `${ENTERPRISE}:department`;
    const { body: added } = await call('PATCH', `/Users/${id}`, patch({ op: 'add', path: department, value: 'Legal' }));
    expect([added.schemas, added[ENTERPRISE]]).toEqual([[CORE, ENTERPRISE], { department: 'Legal' }]);
    const { body: removed } = await call('PATCH', `/Users/${id}`, patch({ op: 'remove', path: department }));
    expect([removed.schemas, removed[ENTERPRISE]]).toEqual([[CORE], undefined]);
  });

  it('have an id that the server gives, unlike any other and never the client’s, and no externalId of ours', async () => {
    const [one, two] = [await user({ id: 'mine', meta: { created: '1999-01-01T00:00:00Z' } }), await user()];
    expect(one.id).not.toBe(two.id);
    for (const { id, externalId, meta } of [one, two, await group({ id: 'mine' })]) {
      expect(id).toMatch(/^[0-9a-f-]{36}$/u);
      expect([externalId, meta.created === meta.lastModified]).toEqual([undefined, true]);
      expect(Date.parse(meta.created)).toBeGreaterThan(Date.parse('2020-01-01'));
    }
  });

  it.each(['Users', 'Groups'])(
    'of /%s are named alike by Location, Content-Location and meta.location, and versioned alike by ETag',
    async (type) => {
      const one = type === 'Users' ? await user() : await group();
      const path = `/${type}/${one.id}`;
      const own = type === 'Users' ? { userName: newName() } : { displayName: `Named ${(made += 1)}` };
      const answers = [
        await call('POST', `/${type}`, own),
        await call('GET', path),
        await call('PUT', path, { ...one, externalId: `x${made}` }),
        await call('PATCH', path, patch({ op: 'replace', path: 'externalId', value: `y${made}` })),
      ];
      for (const { body, headers } of answers) {
        expect(body.meta).toMatchObject({ resourceType: type.slice(0, -1), location: headers.get('location') });
        expect(headers.get('content-location')).toBe(body.meta.location);
        expect([headers.get('etag'), body.meta.version]).toEqual([body.meta.version, expect.stringMatching(/^W\/"/u)]);
      }
    },
  );
});

describe('RFC 7643 §4 users and groups', () => {
  it('change who is in a group by the group alone', async () => {
    const one = await user();
    const team = await group();
    const groups = [{ value: team.id }];
    await call('PUT', `/Users/${one.id}`, { ...one, groups });
    expect((await call('PATCH', `/Users/${one.id}`, patch({ op: 'add', path: 'groups', value: groups }))).status).toBe(
      400,
    );
    const other = await user({ groups });
    for (const { id } of [one, other]) expect((await call('GET', `/Users/${id}`)).body.groups).toEqual([]);
    expect((await call('GET', `/Groups/${team.id}`)).body.members).toEqual([]);
  });

  it('without the required attribute are 400 invalidValue naming it, by POST and PUT', async () => {
    const [one, team] = [await user(), await group()];
    for (const [type, id, name] of [
      ['Users', one.id, 'userName'],
      ['Groups', team.id, 'displayName'],
    ])
      for (const body of [{}, { [name]: '' }, { [name]: null }])
        for (const answer of [await call('POST', `/${type}`, body), await call('PUT', `/${type}/${id}`, body)]) {
          expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidValue']);
          expect(answer.body.detail).toContain(name);
        }
  });

  it('are unique by userName, displayName and externalId: POST, PUT and PATCH of a taken one are 409 uniqueness', async () => {
    const [taken, one] = [await user({ externalId: 'Taken' }), await user()];
    const [full, team] = [await group({ externalId: 'Taken' }), await group()];
    for (const [type, id, changes] of [
      ['Users', one.id, [{ userName: taken.userName.toUpperCase() }, { userName: newName(), externalId: 'Taken' }]],
      ['Groups', team.id, [{ displayName: full.displayName.toUpperCase() }, { displayName: 'N', externalId: 'Taken' }]],
    ] as const)
      for (const value of changes)
        for (const answer of [
          await call('POST', `/${type}`, value),
          await call('PUT', `/${type}/${id}`, value),
          await call('PATCH', `/${type}/${id}`, patch({ op: 'replace', value })),
        ])
          expect([answer.status, answer.body.scimType], JSON.stringify(value)).toEqual([409, 'uniqueness']);
  });
});

describe('RFC 7643 §7 characteristics', () => {
  it.each(['Users', 'Groups'])(
    'attributes and excludedAttributes shape what /%s answers by POST, PUT, PATCH, GET, list and search alike',
    async (type) => {
      const [urn, attribute] = type === 'Users' ? [CORE, 'nickName'] : [GROUP, 'externalId'];
      const own = () => (type === 'Users' ? { userName: newName() } : { displayName: `Shape ${(made += 1)}` });
      for (const name of [
        attribute,
        attribute.toUpperCase(),
        `${urn}:${attribute}`,
        `${urn.toLowerCase()}:${attribute}`,
      ]) {
        for (const kind of ['attributes', 'excludedAttributes']) {
          const sent = { ...own(), [attribute]: `v${(made += 1)}` };
          const query = `?${kind}=${encodeURIComponent(name)},id`;
          const { body: one } = await call('POST', `/${type}${query}`, sent);
          const filter = `id eq "${one.id}"`;
          const answers = [
            one,
            (await call('PUT', `/${type}/${one.id}${query}`, sent)).body,
            (await call('PATCH', `/${type}/${one.id}${query}`, patch())).body,
            (await call('GET', `/${type}/${one.id}${query}`)).body,
            (await call('GET', `/${type}${query}&filter=${encodeURIComponent(filter)}`)).body.Resources[0],
            (await call('POST', `/${type}/.search`, { [kind]: [name, 'id'], filter })).body.Resources[0],
          ];
          for (const answer of answers) {
            expect(Object.keys(answer)).toEqual(expect.arrayContaining(['schemas', 'id']));
            if (kind === 'attributes')
              expect(Object.keys(answer).toSorted()).toEqual(['id', 'schemas', attribute].toSorted());
            else expect([attribute in answer, 'meta' in answer]).toEqual([false, true]);
          }
        }
      }
    },
  );

  it('caseExact counts in filters: externalId and id have a case, userName and displayName have none', async () => {
    const one = await user({ externalId: `Case${(made += 1)}`, displayName: `Show${made}` });
    expect(await found(`externalId eq "${one.externalId}"`)).toEqual([one.id]);
    expect(await found(`externalId eq "${one.externalId.toLowerCase()}"`)).toEqual([]);
    expect(await found(`id eq "${one.id.toUpperCase()}"`)).toEqual([]);
    for (const text of [one.displayName.toLowerCase(), one.displayName.toUpperCase()])
      expect(await found(`displayName eq "${text}"`)).toEqual([one.id]);
  });

  it('readOnly values are ignored by POST and PUT, and 400 mutability by PATCH; so are changes of an immutable one', async () => {
    const member = await user();
    const team = await group({ members: [{ value: member.id }], id: 'x', meta: { version: 'W/"9"' } });
    const { body: put } = await call('PUT', `/Groups/${team.id}`, { ...team, id: 'x', meta: { location: 'x' } });
    expect(put).toEqual(team);
    for (const path of ['id', 'meta.created', `members[value eq "${member.id}"].value`]) {
      const { status, body } = await call('PATCH', `/Groups/${team.id}`, patch({ op: 'replace', path, value: 'x' }));
      expect([status, body.scimType], path).toEqual([400, 'mutability']);
    }
  });
});

describe('RFC 7644 §3.4.2.2 filters', () => {
  it.each(['gt', 'ge', 'lt', 'le', 'co', 'sw', 'ew'])(
    'on a boolean with %s are 400 invalidFilter, in a search too',
    async (op) => {
      const filter = `active ${op} true`;
      for (const { status, body } of [
        await call('GET', `/Users?filter=${encodeURIComponent(filter)}`),
        await call('POST', '/Users/.search', { filter }),
      ])
        expect([status, body.scimType]).toEqual([400, 'invalidFilter']);
    },
  );

  it.each(['', ' ', '(((', 'userName', 'userName regex "x"', 'userName eq', 'eq "x"', 'userName eq "a" and'])(
    'such as %j are 400 invalidFilter, never a list',
    async (filter) => {
      const { status, body } = await call('GET', `/Users?filter=${encodeURIComponent(filter)}`);
      expect([status, body.scimType, body.Resources]).toEqual([400, 'invalidFilter', undefined]);
    },
  );

  it('compare times by the moment, in whatever zone they are written', async () => {
    const { id, meta } = await user();
    const there = new Date(Date.parse(meta.created) + 5.5 * 3_600_000).toISOString().replace('Z', '+05:30');
    for (const op of ['eq', 'ge', 'le'])
      expect(await found(`id eq "${id}" and meta.created ${op} "${there}"`)).toEqual([id]);
    for (const op of ['gt', 'lt', 'ne'])
      expect(await found(`id eq "${id}" and meta.created ${op} "${there}"`)).toEqual([]);
  });

  it('hold a value path against one and the same value, dotted names against any', async () => {
    const { id } = await user({
      emails: [
        { value: `a${made}@x.example`, type: 'work' },
        { value: `b${made}@y.example`, type: 'home' },
      ],
    });
    const mine = (filter: string) => found(`id eq "${id}" and (${filter})`);
    expect(await mine('emails[type eq "work" and value co "@x.example"]')).toEqual([id]);
    expect(await mine('emails[type eq "work" and value co "@y.example"]')).toEqual([]);
    expect(await mine('emails.type eq "work" and emails.value co "@y.example"')).toEqual([id]);
    expect(await mine('emails co "@y.example"')).toEqual([id]);
    expect(await mine('emails pr and not (phoneNumbers pr) and not (emails[type eq "other"])')).toEqual([id]);
  });
});

describe('RFC 7644 §3.12 to §4', () => {
  it('every refusal, of whatever layer, is an Error with its status as text and a detail', async () => {
    const { id } = await user();
    const answers = [
      await scim(workspace, 'GET', '/Users', { authorization: null }),
      await call('GET', '/Users/unknown'),
      await call('GET', '/Unknown'),
      await call('DELETE', '/Users'),
      await call('POST', '/Users', []),
      await scim(workspace, 'POST', '/Users', { raw: '{' }),
      await scim(workspace, 'POST', '/Users', { raw: 'a=b', headers: { 'Content-Type': 'text/plain' } }),
      await scim(workspace, 'PUT', `/Users/${id}`, {
        body: { userName: newName() },
        headers: { 'If-Match': 'W/"99"' },
      }),
      await call('GET', '/Schemas?filter=id%20pr'),
      await call('GET', '/Me'),
      await call('GET', '/Users?count=abc'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 404, 404, 405, 400, 400, 415, 412, 403, 501, 400]);
    for (const { status, body, headers } of answers) {
      expect(body).toMatchObject({ schemas: [ERROR], status: String(status), detail: expect.stringMatching(/\w/u) });
      expect(headers.get('content-type')).toBe('application/scim+json');
    }
  });

  it('If-None-Match has no effect: a GET is answered in full, and there is no 304', async () => {
    const { id, meta } = await user();
    for (const tag of [meta.version, '*', 'W/"99"']) {
      const answer = await scim(workspace, 'GET', `/Users/${id}`, { headers: { 'If-None-Match': tag } });
      expect([answer.status, answer.body.id]).toEqual([200, id]);
    }
  });

  it('discovery ignores paging, sorting and unknown parameters', async () => {
    for (const path of ['/ServiceProviderConfig', '/Schemas', '/ResourceTypes']) {
      const plain = await call('GET', path);
      const asked = await call('GET', `${path}?startIndex=9&count=1&sortBy=id&sortOrder=descending&x=y`);
      expect([asked.status, asked.body]).toEqual([200, plain.body]);
    }
  });

  it('every schema that a resource type names can be read at /Schemas', async () => {
    const { body: types } = await call('GET', '/ResourceTypes');
    for (const { name, endpoint, schema, schemaExtensions = [] } of types.Resources) {
      expect((await call('GET', `/ResourceTypes/${name}`)).body.endpoint).toBe(endpoint);
      for (const urn of [schema, ...schemaExtensions.map((extension: { schema: string }) => extension.schema)])
        expect((await call('GET', `/Schemas/${urn}`)).body.id).toBe(urn);
    }
  });
});

describe('RFC 9865 §2', () => {
  it('a cursor has unreserved characters alone, and is none of an answer that was not asked by cursor', async () => {
    await Promise.all([user(), user()]);
    const { body } = await call('GET', '/Users?count=1&cursor=');
    expect(body.nextCursor).toMatch(/^[\w.~-]+$/u);
    const { body: indexed } = await call('GET', '/Users?count=1');
    expect([indexed.nextCursor, indexed.startIndex]).toEqual([undefined, 1]);
  });
});
