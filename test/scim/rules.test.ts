import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { updateProvisioningSettings } from '../../src/domain/provisioning-settings-commands.ts';
import { updateWorkspace } from '../../src/domain/workspace-commands.ts';
import { startRollcall, type Rollcall, type TestWorkspace } from '../support/rollcall.ts';
import { scim } from '../support/scim-client.ts';

let rollcall: Rollcall;
let workspace: TestWorkspace;

beforeAll(async () => {
  rollcall = await startRollcall();
  workspace = await rollcall.workspace('acme');
});
afterAll(() => rollcall.close());

const events = async (of: TestWorkspace, first = 1) =>
  (await of.ctx.store.workspace(of.ctx.workspaceId).events.page({}, { first })).items.map(({ item }) => item);

describe('a workspace whose subscription lost SSO', () => {
  it('refuses every call with 403 and says why, changes nothing and shows it in the log', async () => {
    const lapsed = await rollcall.workspace('lapsed');
    const { body: user } = await scim(lapsed, 'POST', '/Users', { body: { userName: 'kept@lapsed.example' } });
    await updateWorkspace(lapsed.ctx, { plan: 'BUSINESS' });
    for (const [method, path, body] of [
      ['GET', '/Users', undefined],
      ['POST', '/Users', { userName: 'new@lapsed.example' }],
      ['PATCH', `/Users/${user.id}`, { Operations: [{ op: 'replace', value: { active: false } }] }],
    ] as const) {
      const answer = await scim(lapsed, method, path, { body });
      expect([answer.status, answer.body.scimType]).toEqual([403, undefined]);
      expect(answer.body.detail).toContain('does not include SSO');
      expect((await events(lapsed))[0]).toMatchObject({ errorCode: 'SSO_NOT_IN_SUBSCRIPTION', outcome: 'REFUSED' });
    }
    await updateWorkspace(lapsed.ctx, { plan: 'ENTERPRISE' });
    const { body } = await scim(lapsed, 'GET', '/Users');
    expect(body.Resources).toEqual([user]);
  });
});

describe('a workspace whose provisioning is paused', () => {
  it('refuses every call with 403, reads too, and takes them again when it is resumed', async () => {
    const resting = await rollcall.workspace('resting');
    await updateProvisioningSettings(resting.ctx, { paused: true }, 1);
    for (const [method, path, body] of [
      ['GET', '/Users', undefined],
      ['POST', '/Users', { userName: 'new@resting.example' }],
      ['GET', '/ServiceProviderConfig', undefined],
    ] as const) {
      const answer = await scim(resting, method, path, { body });
      expect([answer.status, answer.body.scimType]).toEqual([403, undefined]);
      expect(answer.body.detail).toContain('paused');
      expect((await events(resting))[0]).toMatchObject({ errorCode: 'PAUSED', outcome: 'REFUSED' });
    }
    await updateProvisioningSettings(resting.ctx, { paused: false }, 2);
    expect((await scim(resting, 'GET', '/Users')).body.totalResults).toBe(0);
  });
});

describe('a failure of ours', () => {
  it('is 500 in SCIM with the id of the request, tells nothing of the inside, and is logged', async () => {
    const broken = await startRollcall();
    const own = await broken.workspace('broken');
    const across = broken.world.store.acrossWorkspaces;
    const find = across.credentialByKey.bind(across);
    across.credentialByKey = () => Promise.reject(new Error('the inside: /etc/secret'));
    try {
      const { status, body, text, headers } = await scim(own, 'GET', '/Users');
      expect([status, body.status, headers.get('content-type')]).toEqual([500, '500', 'application/scim+json']);
      expect(text).not.toContain('inside');
      const logged = broken.log.join('');
      expect(logged).toContain('the inside');
      expect(logged).toContain(headers.get('x-request-id'));
    } finally {
      across.credentialByKey = find;
      await broken.close();
    }
  });
});

describe('ETags (RFC 7644 §3.14, B15)', () => {
  it('are weak, grow with each change, and stand in the header and in meta.version', async () => {
    const { body, headers } = await scim(workspace, 'POST', '/Users', { body: { userName: 'etag@acme.example' } });
    expect(headers.get('etag')).toBe('W/"1"');
    const put = await scim(workspace, 'PUT', `/Users/${body.id}`, { body: { ...body, title: 'Counsel' } });
    expect([put.headers.get('etag'), put.body.meta.version]).toEqual(['W/"2"', 'W/"2"']);
    expect(Date.parse(put.body.meta.lastModified)).toBeGreaterThanOrEqual(Date.parse(body.meta.lastModified));
  });

  it.each(['PUT', 'PATCH', 'DELETE'])(
    'of an older version make %s fail with 412 and change nothing',
    async (method) => {
      const { body: user } = await scim(workspace, 'POST', '/Users', {
        body: { userName: `${method}-412@acme.example` },
      });
      const changes =
        method === 'PUT' ? { ...user, title: 'X' } : { Operations: [{ op: 'replace', value: { title: 'X' } }] };
      const body = method === 'DELETE' ? undefined : changes;
      for (const tag of ['W/"7"', '"0"', 'nonsense', '""']) {
        const stale = await scim(workspace, method, `/Users/${user.id}`, { body, headers: { 'If-Match': tag } });
        expect([stale.status, stale.body.status], tag).toEqual([412, '412']);
      }
      expect((await scim(workspace, 'GET', `/Users/${user.id}`)).body).toEqual(user);
      const fresh = await scim(workspace, method, `/Users/${user.id}`, {
        body,
        headers: { 'If-Match': user.meta.version },
      });
      expect(fresh.status).toBe(method === 'DELETE' ? 204 : 200);
    },
  );

  it('given as * match any version', async () => {
    const { body } = await scim(workspace, 'POST', '/Users', { body: { userName: 'any@acme.example' } });
    const put = await scim(workspace, 'PUT', `/Users/${body.id}`, { body, headers: { 'If-Match': '*' } });
    expect(put.status).toBe(200);
  });
});

describe('attributes and excludedAttributes (RFC 7644 §3.9)', () => {
  it.each([
    ['attributes=userName', ['id', 'schemas', 'userName']],
    ['attributes=USERNAME,urn:ietf:params:scim:schemas:core:2.0:User:title', ['id', 'schemas', 'title', 'userName']],
    ['excludedAttributes=meta,groups,userName,id,emails,active', ['externalId', 'id', 'name', 'schemas', 'title']],
  ])('%s shows just %j', async (query, names) => {
    const sent = {
      userName: `p${Math.random()}@acme.example`,
      externalId: `00u${Math.random()}`,
      title: 'T',
      name: { givenName: 'G' },
    };
    const { body } = await scim(workspace, 'POST', '/Users', { body: sent });
    const { body: shown } = await scim(workspace, 'GET', `/Users/${body.id}?${query}`);
    expect(Object.keys(shown).toSorted()).toEqual(names);
    const { body: made } = await scim(workspace, 'PUT', `/Users/${body.id}?${query}`, { body });
    expect(made).toEqual(shown);
  });

  it('attributes=name.givenName shows that part alone', async () => {
    const { body } = await scim(workspace, 'POST', '/Users', {
      body: { userName: 'part@acme.example', name: { givenName: 'G', familyName: 'F' } },
    });
    const { body: shown } = await scim(workspace, 'GET', `/Users/${body.id}?attributes=name.givenName`);
    expect(shown.name).toEqual({ givenName: 'G' });
  });
});

describe('a PATCH (RFC 7644 §3.5.2)', () => {
  it('is all or nothing: one bad operation leaves everything as it was (G6)', async () => {
    const { body: user } = await scim(workspace, 'POST', '/Users', { body: { userName: 'atomic@acme.example' } });
    const Operations = [
      { op: 'replace', path: 'title', value: 'Changed' },
      { op: 'add', path: 'emails', value: [{ value: 'x@acme.example' }] },
      { op: 'replace', path: 'active', value: 'banana' },
    ];
    const { status, body } = await scim(workspace, 'PATCH', `/Users/${user.id}`, { body: { Operations } });
    expect([status, body.scimType]).toEqual([400, 'invalidValue']);
    expect(body.detail).toContain('active');
    expect((await scim(workspace, 'GET', `/Users/${user.id}`)).body).toEqual(user);
  });

  it('that changes nothing leaves meta.version and lastModified alone, and is UNCHANGED in the log', async () => {
    const { body: user } = await scim(workspace, 'POST', '/Users', {
      body: { userName: 'noop@acme.example', title: 'T' },
    });
    for (const Operations of [[], [{ op: 'replace', value: { title: 'T', active: true } }]]) {
      const { status, body } = await scim(workspace, 'PATCH', `/Users/${user.id}`, { body: { Operations } });
      expect([status, body]).toEqual([200, user]);
      expect((await events(workspace))[0]).toMatchObject({ outcome: 'UNCHANGED', changes: [] });
    }
  });

  it('cannot set what is read-only, and names it (E9)', async () => {
    const { body: user } = await scim(workspace, 'POST', '/Users', { body: { userName: 'mass@acme.example' } });
    for (const path of ['id', 'meta.version', 'groups', 'meta']) {
      const Operations = [{ op: 'replace', path, value: 'x' }];
      const { status, body } = await scim(workspace, 'PATCH', `/Users/${user.id}`, { body: { Operations } });
      expect([status, body.scimType], path).toEqual([400, 'mutability']);
    }
    const value = {
      id: 'x',
      role: 'OWNER',
      workspaceId: 'x',
      version: 99,
      managedBy: 'WORKSPACE',
      meta: { version: 'W/"9"' },
    };
    const { body } = await scim(workspace, 'PATCH', `/Users/${user.id}`, {
      body: { Operations: [{ op: 'add', value }] },
    });
    expect(body).toEqual(user);
  });
});

const PLURALS = 'emails phoneNumbers ims photos addresses groups entitlements roles x509Certificates'.split(' ');

describe('discovery (RFC 7644 §4)', () => {
  it.each(['/ServiceProviderConfig', '/ResourceTypes', '/Schemas'])(
    'refuses POST on %s with 405 and a filter with 403',
    async (path) => {
      const post = await scim(workspace, 'POST', path, { body: {} });
      expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET']);
      expect((await scim(workspace, 'GET', `${path}?filter=id%20pr`)).status).toBe(403);
    },
  );

  it('lists in /Schemas every attribute that an answer shows (§11 case 88)', async () => {
    const { body } = await scim(workspace, 'POST', '/Users', {
      body: {
        userName: 'full@acme.example',
        name: { givenName: 'G' },
        addresses: [{ country: 'DE', type: 'work' }],
        'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { department: 'D', manager: { value: '1' } },
      },
    });
    const schemas = (await scim(workspace, 'GET', '/Schemas')).body.Resources;
    const core = schemas.find(({ id }: { id: string }) => id.endsWith('core:2.0:User'));
    const names = new Set(core.attributes.map(({ name }: { name: string }) => name));
    const own = Object.keys(body).filter((name) => !name.startsWith('urn:') && name !== 'schemas');
    expect(own.filter((name) => !names.has(name))).toEqual([]);
    for (const { meta } of schemas) expect((await fetch(meta.location, bearer())).status).toBe(200);
  });

  it('describes in /Schemas what a POST takes, and the extensions at the type of User (§11 case 88)', async () => {
    const { body: sent } = await scim(workspace, 'GET', '/Schemas');
    const core = sent.Resources.find(({ id }: { id: string }) => id === 'urn:ietf:params:scim:schemas:core:2.0:User');
    const shapes = core.attributes.map(({ name, type, multiValued, required }: Record<string, unknown>) => [
      name,
      [type, multiValued, required].join(' '),
    ]);
    expect(Object.fromEntries(shapes)).toMatchObject({
      userName: 'string false true',
      name: 'complex false false',
      displayName: 'string false false',
      profileUrl: 'reference false false',
      active: 'boolean false false',
      password: 'string false false',
      ...Object.fromEntries(PLURALS.map((name) => [name, 'complex true false'])),
    });
    const { body: type } = await scim(workspace, 'GET', '/ResourceTypes/User');
    const extension = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
    expect(type.schemaExtensions).toEqual([{ schema: extension, required: false }]);
    expect(sent.Resources.map(({ id }: { id: string }) => id)).toContain(extension);
  });

  it('answers 404 for a schema or resource type there is not, and 501 for what is not offered', async () => {
    expect((await scim(workspace, 'GET', '/Schemas/urn:nothing')).status).toBe(404);
    expect((await scim(workspace, 'GET', '/ResourceTypes/Nothing')).status).toBe(404);
    for (const [method, path] of [
      ['GET', '/Me'],
      ['POST', '/.search'],
    ] as const)
      expect((await scim(workspace, method, path, method === 'GET' ? {} : { body: {} })).status, path).toBe(501);
  });

  function bearer() {
    return { headers: { Authorization: `Bearer ${workspace.key}` } };
  }
});

describe('the log of calls', () => {
  it('keeps a refused write with its detail, the id of the request and the masked path', async () => {
    const answer = await scim(workspace, 'GET', `/Users?filter=${encodeURIComponent('password eq "hunter2"')}`);
    expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidFilter']);
    const [event] = await events(workspace);
    expect(event).toMatchObject({
      requestId: answer.headers.get('x-request-id'),
      path: '/Users?filter=password eq [masked]',
      httpStatus: 400,
      scimType: 'invalidFilter',
      errorCode: 'INVALID_REQUEST',
      detail: answer.body.detail,
      credentialId: workspace.credentialId,
      userAgent: 'Okta SCIM Client 1.0.0',
    });
  });

  it('keeps what changed, before and after, and equals the difference of the answers (J5)', async () => {
    const { body: user } = await scim(workspace, 'POST', '/Users', {
      body: { userName: 'diff@acme.example', title: 'Old' },
    });
    await scim(workspace, 'PUT', `/Users/${user.id}`, { body: { ...user, title: 'New', nickName: 'D' } });
    const [event] = await events(workspace);
    expect(event?.changes.toSorted((a, b) => (a.path < b.path ? -1 : 1))).toEqual([
      { path: 'nickName', before: null, after: '"D"', redacted: false },
      { path: 'title', before: '"Old"', after: '"New"', redacted: false },
    ]);
    expect(event?.summary).toBe('Updated diff@acme.example');
  });
});
