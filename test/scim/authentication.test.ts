import { connect } from 'node:net';
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  generateScimCredential,
  revokeScimCredential,
  rotateScimCredential,
} from '../../src/domain/scim-credential-commands.ts';
import type { Context } from '../../src/domain/ports.ts';
import { DAY, later } from '../../src/domain/values.ts';
import { startRollcall, type Rollcall, type TestWorkspace } from '../support/rollcall.ts';
import { scim, type ScimCall } from '../support/scim-client.ts';

let rollcall: Rollcall;
let workspace: TestWorkspace;

beforeAll(async () => {
  rollcall = await startRollcall();
  workspace = await rollcall.workspace('acme');
});
afterAll(() => rollcall.close());

const ROUTES: [string, string][] = [
  ['GET', '/Users'],
  ['POST', '/Users'],
  ['GET', '/Users/x'],
  ['PUT', '/Users/x'],
  ['PATCH', '/Users/x'],
  ['DELETE', '/Users/x'],
  ['GET', '/Groups'],
  ['GET', '/ServiceProviderConfig'],
  ['GET', '/ResourceTypes'],
  ['GET', '/Schemas'],
  ['GET', '/nothing'],
  ['GET', ''],
];

const latestEvent = async (of: TestWorkspace = workspace) =>
  (await of.ctx.store.workspace(of.ctx.workspaceId).events.page({}, { first: 1 })).items[0]?.item;

describe('a call without a key (B1)', () => {
  it.each(ROUTES)(
    '§11 case 4: is 401 on %s %s with a challenge that blames nothing, and a SCIM body',
    async (method, path) => {
      const { status, headers, body } = await scim(workspace, method, path, { authorization: null });
      expect([status, body.status, body.schemas]).toEqual([
        401,
        '401',
        ['urn:ietf:params:scim:api:messages:2.0:Error'],
      ]);
      expect(headers.get('www-authenticate')).toBe('Bearer realm="scim"');
      expect(headers.get('content-type')).toBe('application/scim+json');
      expect(body.detail).toContain('Authorization');
    },
  );
});

describe('the Authorization header (B4)', () => {
  it.each(['Bearer KEY', 'bearer KEY', 'BEARER KEY', 'Bearer  KEY', 'KEY', '  KEY '])(
    '§11 case 6: lets in %j',
    async (header) => {
      const authorization = header.replace('KEY', workspace.key);
      expect((await scim(workspace, 'GET', '/Users', { authorization })).status).toBe(200);
    },
  );

  it('§11 case 6: that says Bearer twice is refused with a text that says so', async () => {
    const { status, body } = await scim(workspace, 'GET', '/Users', {
      authorization: `Bearer Bearer ${workspace.key}`,
    });
    expect(status).toBe(401);
    expect(body.detail).toContain('twice');
  });

  it.each(['Bearer', 'Basic dXNlcjpwYXNz', 'Bearer a b c', 'Digest x', ',', 'x'.repeat(10_000)])(
    'that is %.30j is 401 and never a crash (B3)',
    async (authorization) => {
      expect((await scim(workspace, 'GET', '/Users', { authorization })).status).toBe(401);
    },
  );
});

describe('a key that does not work (B2)', () => {
  it('looks the same outside whether unknown, mistyped, wrong, revoked, expired or of another workspace, and not in the log', async () => {
    const { ctx } = workspace;
    const other = await rollcall.workspace('elsewhere');
    const revoked = await generateScimCredential(ctx, { name: 'Revoked' });
    await revokeScimCredential(ctx, revoked.credential.id);
    const expired = await generateScimCredential(ctx, { name: 'Ending', expiresAt: later(ctx.clock.now(), DAY) });
    rollcall.clock.advance(DAY);
    const keys: Record<string, [string, string | null]> = {
      unknown: [ctx.secrets.issue('scim').plain, null],
      mistyped: [`${workspace.key.slice(0, -1)}_`, null],
      revoked: [revoked.secret, 'CREDENTIAL_REVOKED'],
      expired: [expired.secret, 'CREDENTIAL_EXPIRED'],
    };
    const answers = [];
    for (const [name, [key, code]] of Object.entries(keys)) {
      const answer = await scim(workspace, 'GET', '/Users', { authorization: `Bearer ${key}` });
      answers.push([answer.status, answer.text, answer.headers.get('www-authenticate')]);
      const event = await latestEvent();
      expect([event?.errorCode, event?.outcome], name).toEqual([code ?? 'CREDENTIAL_INVALID', 'UNAUTHENTICATED']);
      expect(event?.credentialId === null, name).toBe(code === null);
    }
    const foreign = await scim(workspace, 'GET', '/Users', { authorization: `Bearer ${other.key}` });
    const nowhere = await scim(
      { ...workspace, baseUrl: workspace.baseUrl.replace('acme', 'nowhere') },
      'GET',
      '/Users',
    );
    answers.push([foreign.status, foreign.text, foreign.headers.get('www-authenticate')]);
    answers.push([nowhere.status, nowhere.text, nowhere.headers.get('www-authenticate')]);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.[2]).toBe('Bearer realm="scim", error="invalid_token"');
  });

  it('of another workspace is told to the admin of its own workspace, not to the neighbour', async () => {
    const [mine, neighbour] = [await rollcall.workspace('mine'), await rollcall.workspace('neighbour')];
    await scim(neighbour, 'GET', '/Users', { authorization: `Bearer ${mine.key}` });
    expect(await latestEvent(neighbour)).toBeUndefined();
    expect(await latestEvent(mine)).toMatchObject({ errorCode: 'CREDENTIAL_INVALID', credentialId: mine.credentialId });
  });

  it('is logged at most 60 times a minute, and never delays a call with a right key (A20)', async () => {
    const attacked = await rollcall.workspace('attacked');
    for (let at = 0; at < 90; at += 1) await scim(attacked, 'GET', '/Users', { authorization: 'Bearer guess' });
    expect((await scim(attacked, 'GET', '/Users')).status).toBe(200);
    const reader = attacked.ctx.store.workspace(attacked.ctx.workspaceId);
    const kept = await reader.events.count({ outcomes: ['UNAUTHENTICATED'] }, 10_000);
    expect(kept).toBeGreaterThanOrEqual(60);
    expect(kept).toBeLessThan(75);
  });

  it('is refused in the URL, a form or another header, and is not written to the log (A19)', async () => {
    const secret = workspace.key;
    const shapes: [string, ScimCall][] = [
      [`/Users?access_token=${secret}`, {}],
      ['/Users', { headers: { 'X-Api-Key': secret } }],
    ];
    for (const [path, call] of shapes)
      expect((await scim(workspace, 'GET', path, { ...call, authorization: null })).status).toBe(401);
    const page = await workspace.ctx.store.workspace(workspace.ctx.workspaceId).events.page({}, { first: 100 });
    expect(JSON.stringify([rollcall.log, page])).not.toContain(secret);
  });
});

describe('rotation (A11)', () => {
  it('§11 case 8: lets both keys in until the overlap ends, and then the new one alone; the cut-over shows', async () => {
    const rotating = await rollcall.workspace('rotating');
    const { credential, secret } = await rotateScimCredential(rotating.ctx, {
      credentialId: rotating.credentialId,
      overlapHours: 1,
    });
    expect((await scim(rotating, 'GET', '/Users')).status).toBe(200);
    const reader = rotating.ctx.store.workspace(rotating.ctx.workspaceId);
    expect((await reader.credentials.get(credential.id))?.firstUsedAt).toBeNull();
    expect((await scim(rotating, 'GET', '/Users', { authorization: secret })).status).toBe(200);
    await rotating.ctx.store.journal.flush();
    expect((await reader.credentials.get(credential.id))?.firstUsedAt).not.toBeNull();
    rollcall.clock.advance(DAY / 24);
    expect((await scim(rotating, 'GET', '/Users')).status).toBe(401);
    expect((await scim(rotating, 'GET', '/Users', { authorization: secret })).status).toBe(200);
  });

  it('outlives the admin who made the key: it belongs to the workspace (§11 case 8)', async () => {
    const lasting = await rollcall.workspace('lasting');
    const admin = await lasting.user({ userName: 'admin@lasting.example' }, 'ADMIN');
    const ctx: Context = { ...lasting.ctx, actor: { kind: 'user', userId: admin.id, role: 'ADMIN' } };
    const { secret } = await generateScimCredential(ctx, { name: 'By an admin' });
    const Operations = [{ op: 'replace', value: { active: false } }];
    const left = await scim(lasting, 'PATCH', `/Users/${admin.id}`, { body: { Operations } });
    expect(left.body.active).toBe(false);
    expect((await scim(lasting, 'GET', '/Users', { authorization: secret })).status).toBe(200);
  });

  it('§11 case 8: that is over by revocation takes effect on the next call (A12)', async () => {
    const revoking = await rollcall.workspace('revoking');
    expect((await scim(revoking, 'GET', '/Users')).status).toBe(200);
    await revokeScimCredential(revoking.ctx, revoking.credentialId);
    expect((await scim(revoking, 'GET', '/Users')).status).toBe(401);
  });
});

describe('the transport', () => {
  it.each([
    'application/scim+json',
    'application/json',
    'application/json; charset=utf-8',
    'Application/SCIM+JSON;charset="UTF-8"',
    '',
  ])('reads a body of type %j (B6)', async (type) => {
    const headers = { 'Content-Type': type };
    const { status, body } = await scim(workspace, 'POST', '/Users', { raw: new TextEncoder().encode('{}'), headers });
    expect([status, body.scimType]).toEqual([400, 'invalidValue']);
  });

  it.each([
    'text/xml',
    'application/x-www-form-urlencoded',
    'application/json; charset=utf-16',
    'application/json; charset=utf-7',
  ])('refuses a body of type %j with 415 (B6, B7)', async (type) => {
    const { status, headers } = await scim(workspace, 'POST', '/Users', {
      raw: '{}',
      headers: { 'Content-Type': type },
    });
    expect([status, headers.get('content-type')]).toEqual([415, 'application/scim+json']);
  });

  it('refuses a body that is not UTF-8, nests too deep or ends early, with a SCIM body', async () => {
    const bodies = [new Uint8Array([0x7b, 0xff, 0x7d]), '['.repeat(100_000), '{"a":', '', 'null', '[]', '"x"', '7'];
    for (const raw of bodies) {
      const { status, body } = await scim(workspace, 'POST', '/Users', { raw });
      expect([status, body.scimType], String(raw).slice(0, 20)).toEqual([400, 'invalidSyntax']);
    }
  });

  it('answers with the headers of a thing that is not to be cached, sniffed or framed (B16)', async () => {
    const { headers } = await scim(workspace, 'GET', '/Users');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toBe("default-src 'none';frame-ancestors 'none'");
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('x-request-id')).toMatch(/^[\w.-]{8,64}$/u);
  });

  it.each(['//Users', '/Users/', '//Users//'])('takes the path %j as /Users', async (path) => {
    expect((await scim(workspace, 'GET', path)).status).toBe(200);
  });

  it('knows no other version of the protocol than v2, and says where the Base URL ends', async () => {
    const { status, body } = await scim(
      { ...workspace, baseUrl: workspace.baseUrl.replace('/v2', '/v1') },
      'GET',
      '/Users',
    );
    expect(status).toBe(404);
    expect(body.detail).toContain('/v2');
  });

  it('refuses TRACE with a SCIM body, without echoing the key (B5)', async () => {
    const answer = await exchange(
      rollcall.url,
      `TRACE /scim/acme/v2/Users HTTP/1.1\r\nHost: localhost\r\nAuthorization: ${workspace.key}\r\nConnection: close\r\n\r\n`,
    );
    expect(answer).toContain(' 405 ');
    expect(answer).not.toContain(workspace.key);
  });

  it('takes a call with an empty User-Agent and without Accept (§12 case 42)', async () => {
    const answer = await exchange(
      rollcall.url,
      `GET /scim/acme/v2/Users?count=1 HTTP/1.1\r\nHost: localhost\r\nUser-Agent:\r\nAuthorization: ${workspace.key}\r\nConnection: close\r\n\r\n`,
    );
    expect(answer).toContain(' 200 ');
  });

  it('takes a POST of JSON without a Content-Type (§12 case 42)', async () => {
    const body = '{"userName":"untyped@acme.example"}';
    const answer = await exchange(
      rollcall.url,
      `POST /scim/acme/v2/Users HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${workspace.key}\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
    );
    expect(answer).toContain(' 201 ');
    expect(answer).toContain('untyped@acme.example');
  });
});

function exchange(url: string, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(request));
    let text = '';
    socket.on('data', (chunk) => void (text += chunk.toString()));
    socket.on('end', () => resolve(text));
    socket.on('error', reject);
  });
}

describe('a request that the server refuses before the face sees it (B9)', () => {
  it('is answered with a SCIM body all the same', async () => {
    const long = await scim(workspace, 'GET', `/Users?filter=${'x'.repeat(9 * 1024)}`);
    expect([long.status, long.body.status, long.headers.get('content-type')]).toEqual([
      414,
      '414',
      'application/scim+json',
    ]);
    const headers = Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`x-${at}`, 'y']));
    const many = await scim(workspace, 'GET', '/Users', { headers });
    expect([many.status, many.body.status]).toEqual([431, '431']);
  });
});

describe('the picture of the provisioning', () => {
  it('is not spoiled by calls with a wrong secret behind a right public id', async () => {
    const calm = await rollcall.workspace('calm');
    await scim(calm, 'GET', '/Users');
    await scim(calm, 'GET', '/Users', { authorization: withWrongSecret(calm.key) });
    expect(await latestEvent(calm)).toMatchObject({ credentialId: calm.credentialId, errorCode: 'CREDENTIAL_INVALID' });
    const reader = calm.ctx.store.workspace(calm.ctx.workspaceId);
    expect(await reader.tallies.byOutcome(later(calm.ctx.clock.now(), -DAY))).toEqual([
      { outcome: 'SUCCEEDED', count: 1 },
    ]);
  });
});

/** The same public id before another secret, with a checksum that holds. */
function withWrongSecret(key: string): string {
  const head = `${key.slice(0, 'scim_0123456789_'.length)}${'A'.repeat(43)}`;
  const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
  let [rest, checksum] = [crc32(head), ''];
  for (let place = 0; place < 6; place += 1) {
    checksum = digits[rest % 62]! + checksum;
    rest = Math.floor(rest / 62);
  }
  return head + checksum;
}
