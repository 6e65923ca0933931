import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRollcall, type Rollcall, type TestWorkspace } from '../support/rollcall.ts';
import { scim } from '../support/scim-client.ts';

const UNKNOWN = '01970000-0000-7000-8000-000000000000';

/** Every route with a neighbour's ids and key (D2). */
describe('tenant isolation over SCIM', () => {
  let rollcall: Rollcall;
  let ours: TestWorkspace;
  let theirs: TestWorkspace;
  let victim: { id: string };

  beforeAll(async () => {
    rollcall = await startRollcall();
    ours = await rollcall.workspace('ours');
    theirs = await rollcall.workspace('theirs');
    const body = { userName: 'canary@theirs.example', title: 'CANARY', externalId: '00uCANARY', active: true };
    victim = (await scim(theirs, 'POST', '/Users', { body })).body;
  });
  afterAll(() => rollcall.close());

  it.each([
    ['GET', undefined],
    ['PUT', { userName: 'taken@over.example' }],
    ['PATCH', { Operations: [{ op: 'replace', value: { active: false } }] }],
    ['DELETE', undefined],
  ])('answers %s on a neighbour’s id byte for byte as on an id that never was', async (method, body) => {
    const foreign = await scim(ours, method, `/Users/${victim.id}`, { body });
    const unknown = await scim(ours, method, `/Users/${UNKNOWN}`, { body });
    expect(foreign.status).toBe(404);
    expect(foreign.text.replaceAll(victim.id, UNKNOWN)).toBe(unknown.text);
    expect((await scim(theirs, 'GET', `/Users/${victim.id}`)).body).toEqual(victim);
  });

  it.each([
    'userName eq "canary@theirs.example"',
    'externalId eq "00uCANARY"',
    'title eq "CANARY"',
    'userName pr',
    'not (userName eq "x")',
    'active eq true or active eq false',
  ])('finds nobody of the neighbour with %j', async (filter) => {
    const { body } = await scim(ours, 'GET', `/Users?filter=${encodeURIComponent(filter)}`);
    expect([body.totalResults, body.Resources]).toEqual([0, []]);
  });

  it('finds nobody by the neighbour’s id', async () => {
    const filter = encodeURIComponent(`id eq "${victim.id}"`);
    expect((await scim(ours, 'GET', `/Users?filter=${filter}`)).body.totalResults).toBe(0);
  });

  it.each([
    ['GET', '/Users'],
    ['POST', '/Users'],
    ['GET', '/Users/ID'],
    ['PUT', '/Users/ID'],
    ['PATCH', '/Users/ID'],
    ['DELETE', '/Users/ID'],
    ['GET', '/Groups'],
    ['POST', '/Groups'],
    ['POST', '/Groups/.search'],
    ['POST', '/Users/.search'],
    ['GET', '/Schemas'],
    ['GET', '/ServiceProviderConfig'],
  ])('refuses our key on %s %s of the neighbour and shows nothing', async (method, path) => {
    const body = method === 'GET' || method === 'DELETE' ? undefined : { userName: 'intruder@ours.example' };
    const answer = await scim({ ...theirs, key: ours.key }, method, path.replace('ID', victim.id), { body });
    expect(answer.status).toBe(401);
    expect(answer.text).not.toContain('canary');
    expect((await scim(theirs, 'GET', '/Users')).body.totalResults).toBe(1);
  });

  it('tells nothing of names taken elsewhere (D8)', async () => {
    const body = { userName: 'canary@theirs.example', externalId: '00uCANARY' };
    expect((await scim(ours, 'POST', '/Users', { body })).status).toBe(201);
  });
});
