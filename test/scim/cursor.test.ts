import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTeam } from '../../src/domain/team-commands.ts';
import { startRollcall, type Rollcall, type TestWorkspace } from '../support/rollcall.ts';
import { scim, type ScimAnswer } from '../support/scim-client.ts';

const PEOPLE = 23;
const BODY_NAMES = ['schemas', 'totalResults', 'itemsPerPage', 'nextCursor', 'Resources'];

let rollcall: Rollcall;
let workspace: TestWorkspace;
let other: TestWorkspace;

beforeAll(async () => {
  rollcall = await startRollcall();
  [workspace, other] = [await rollcall.workspace('acme'), await rollcall.workspace('globex')];
  for (const each of [workspace, other])
    for (let number = 0; number < PEOPLE; number += 1)
      await each.user({ userName: nameOf(number), title: number % 2 === 0 ? 'Even' : 'Odd' });
  for (const name of ['Legal', 'Finance', 'Design']) await createTeam(workspace.ctx, { name });
});
afterAll(() => rollcall.close());

const nameOf = (number: number) => `person-${String(number).padStart(3, '0')}@acme.example`;
const get = (path: string, of = workspace) => scim(of, 'GET', path);
const namesIn = ({ body }: ScimAnswer): string[] => body.Resources.map((user: { userName: string }) => user.userName);

/** Reads a list to its end, page by page; `between` happens after each page. */
async function walk(path: string, between: (page: ScimAnswer) => Promise<void> = async () => undefined) {
  const pages: ScimAnswer[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined; cursor = pages.at(-1)!.body.nextCursor) {
    const page = await get(`${path}&cursor=${cursor}`);
    expect(page.status, page.text).toBe(200);
    pages.push(page);
    await between(page);
  }
  return pages;
}

/** A cursor to the second page of a list. */
async function secondPage(path: string, of = workspace): Promise<string> {
  return (await get(`${path}&cursor=`, of)).body.nextCursor;
}

async function refusal(path: string, of = workspace) {
  const { status, body } = await get(path, of);
  return { status, scimType: body.scimType, detail: body.detail };
}

describe('RFC 9865 §2 cursor paging', () => {
  it.each([1, 5, 22, 23, 24, 1000])('in pages of %i gives everyone once, in the order of creation', async (count) => {
    const pages = await walk(`/Users?count=${count}`);
    expect(pages.flatMap(namesIn)).toEqual(Array.from({ length: PEOPLE }, (_, number) => nameOf(number)));
    expect(pages).toHaveLength(Math.ceil(PEOPLE / count));
    for (const { body } of pages) {
      expect(body.totalResults).toBe(PEOPLE);
      expect(body.itemsPerPage).toBe(body.Resources.length);
    }
  });

  it('begins with an empty cursor, with or without an equals sign, and 100 a page', async () => {
    const [bare, empty, counted] = await Promise.all(
      ['/Users?cursor', '/Users?cursor=', '/Users?cursor=&count=5'].map((path) => get(path)),
    );
    expect(bare!.body).toEqual(empty!.body);
    expect(bare!.body).not.toHaveProperty('nextCursor');
    expect(Object.keys(counted!.body)).toEqual(BODY_NAMES);
  });

  it('leaves lists without a cursor as they were', async () => {
    expect((await get('/Users?count=5')).body).toMatchObject({ startIndex: 1, itemsPerPage: 5 });
    expect((await get('/Users?count=5')).body).not.toHaveProperty('nextCursor');
  });

  it('works with filters, also those of one answer and none', async () => {
    const even = await walk(`/Users?count=5&filter=${encodeURIComponent('title eq "Even"')}`);
    expect(even.flatMap(namesIn)).toHaveLength(12);
    expect(even.map(({ body }) => body.totalResults)).toEqual([12, 12, 12]);
    const one = await walk(`/Users?count=1&filter=${encodeURIComponent(`userName eq "${nameOf(3)}"`)}`);
    expect(one.map(namesIn)).toEqual([[nameOf(3)]]);
    const none = await walk(`/Users?filter=${encodeURIComponent('title eq "Nobody"')}`);
    expect(none.map(({ body }) => [body.totalResults, body.Resources])).toEqual([[0, []]]);
  });

  it('works with sortBy and with attributes', async () => {
    const pages = await walk('/Users?count=7&sortBy=userName&sortOrder=descending&attributes=userName');
    expect(pages.flatMap(namesIn)).toEqual(Array.from({ length: PEOPLE }, (_, i) => nameOf(PEOPLE - 1 - i)));
    expect(pages[0]!.body.Resources[0]).not.toHaveProperty('meta');
  });

  it('works for groups', async () => {
    const names = (await walk('/Groups?count=2')).flatMap(({ body }) =>
      body.Resources.map((group: { displayName: string }) => group.displayName),
    );
    expect(names).toEqual(['Legal', 'Finance', 'Design']);
  });

  it('works in a search body', async () => {
    const search = (body: object) => scim(workspace, 'POST', '/Users/.search', { body });
    const first = await search({ cursor: '', count: 20 });
    const second = await search({ cursor: first.body.nextCursor, count: 20 });
    expect([...namesIn(first), ...namesIn(second)]).toHaveLength(PEOPLE);
    expect(second.body).not.toHaveProperty('nextCursor');
  });

  it('goes on with the count of the cursor where none is sent', async () => {
    const cursor = await secondPage('/Users?count=5');
    expect((await get(`/Users?cursor=${cursor}`)).body.itemsPerPage).toBe(5);
  });

  it('gives every untouched user exactly once while users are made, changed and deleted (G15)', async () => {
    const busy = await rollcall.workspace('busy');
    const people = [];
    for (let number = 0; number < 200; number += 1) people.push(await busy.user({ userName: nameOf(number) }));
    const touched = new Set<string>();
    const seen: string[] = [];
    let cursor: string | undefined = '';
    for (let round = 0; cursor !== undefined; round += 1) {
      const page: ScimAnswer = await get(`/Users?count=9&cursor=${cursor}`, busy);
      seen.push(...namesIn(page));
      cursor = page.body.nextCursor;
      const [gone, changed] = [people[round]!, people[199 - round]!];
      for (const user of [gone, changed]) touched.add(user.userName);
      await scim(busy, 'DELETE', `/Users/${gone.id}`);
      await scim(busy, 'PATCH', `/Users/${changed.id}`, {
        body: { Operations: [{ op: 'add', value: { title: 'T' } }] },
      });
      await busy.user({ userName: `new-${round}@acme.example` });
    }
    expect(new Set(seen).size).toBe(seen.length);
    const untouched = people.map(({ userName }) => userName).filter((name) => !touched.has(name));
    expect(seen.filter((name) => untouched.includes(name))).toEqual(untouched);
  });
});

describe('RFC 9865 §2 a cursor', () => {
  it('is of one length, whatever it stands for, and tells nothing (M4)', async () => {
    const paths = ['/Users?count=1', '/Users?count=22', '/Users?count=5&sortBy=userName', '/Groups?count=1'];
    const cursors = await Promise.all(paths.map((path) => secondPage(path)));
    cursors.push(...(await walk('/Users?count=2')).flatMap(({ body }) => body.nextCursor ?? []));
    expect(new Set(cursors.map((cursor) => cursor.length)).size).toBe(1);
    expect(new Set(cursors).size).toBe(cursors.length);
    for (const cursor of cursors) expect(cursor).toMatch(/^[\w-]+$/u);
  });

  it('that anyone changed is 400 invalidCursor, every character of it counting (M1)', async () => {
    const cursor = await secondPage('/Users?count=5');
    const forged = Array.from(cursor, (letter, place) => {
      const swapped = letter === 'A' ? 'B' : 'A';
      return cursor.slice(0, place) + swapped + cursor.slice(place + 1);
    });
    for (const text of [...forged, cursor.slice(1), `${cursor}A`, `${cursor}=`, 'x', '1', '%00', 'ä', 'A'.repeat(4000)])
      expect(await refusal(`/Users?count=5&cursor=${encodeURIComponent(text)}`), text).toMatchObject({
        status: 400,
        scimType: 'invalidCursor',
      });
  });

  it('comes through none of 10,000 random changes (M1)', async () => {
    const { secrets } = rollcall.world;
    const sealed = secrets.seal('0000000000000005', 'a list');
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    for (let round = 0; round < 10_000; round += 1) {
      const text = sealed.split('');
      for (let changes = 1 + (round % 4); changes > 0; changes -= 1)
        text[Math.floor(Math.random() * text.length)] = letters[Math.floor(Math.random() * letters.length)]!;
      const forged = text.join('');
      if (forged !== sealed) expect(secrets.unseal(forged, 'a list'), forged).toBeUndefined();
    }
  });

  it.each([
    ['another filter', `/Users?count=5&filter=${encodeURIComponent('title eq "Odd"')}`],
    ['no filter', '/Users?count=5'],
    ['another order', `/Users?count=5&sortBy=userName&filter=${encodeURIComponent('title eq "Even"')}`],
    ['another count', `/Users?count=6&filter=${encodeURIComponent('title eq "Even"')}`],
    ['another type', `/Groups?count=5&filter=${encodeURIComponent('displayName pr')}`],
  ])('with %s is 400 invalidCursor (M1)', async (_what, path) => {
    const cursor = await secondPage(`/Users?count=5&filter=${encodeURIComponent('title eq "Even"')}`);
    expect(await refusal(`${path}&cursor=${cursor}`)).toMatchObject({ status: 400, scimType: 'invalidCursor' });
  });

  it('of another workspace is 400 invalidCursor, as a forged one is (M1)', async () => {
    const cursor = await secondPage('/Users?count=5', other);
    expect((await get(`/Users?count=5&cursor=${cursor}`, other)).status).toBe(200);
    const foreign = await refusal(`/Users?count=5&cursor=${cursor}`);
    expect(foreign).toEqual(await refusal(`/Users?count=5&cursor=${'A'.repeat(cursor.length)}`));
    expect(foreign.scimType).toBe('invalidCursor');
  });

  it('with a startIndex is 400 invalidCursor', async () => {
    expect(await refusal('/Users?cursor=&startIndex=1')).toMatchObject({ status: 400, scimType: 'invalidCursor' });
  });

  it.each(['0', '-1', '1001', '1.5', 'many', '1e2'])('with a count of %s is 400 invalidCount', async (count) => {
    const { status, scimType, detail } = await refusal(`/Users?cursor=&count=${count}`);
    expect([status, scimType]).toEqual([400, 'invalidCount']);
    expect(detail).toContain(count);
  });

  it('is 400 expiredCursor from the cursorTimeout on that is advertised (M3)', async () => {
    const { pagination } = (await get('/ServiceProviderConfig')).body;
    expect(pagination).toEqual({
      cursor: true,
      index: true,
      defaultPaginationMethod: 'index',
      defaultPageSize: 100,
      maxPageSize: 1000,
      cursorTimeout: 600,
    });
    const cursor = await secondPage('/Users?count=5');
    rollcall.clock.advance(pagination.cursorTimeout * 1000 - 10_000);
    expect((await get(`/Users?count=5&cursor=${cursor}`)).status).toBe(200);
    rollcall.clock.advance(10_000);
    const { status, scimType } = await refusal(`/Users?count=5&cursor=${cursor}`);
    expect([status, scimType]).toEqual([400, 'expiredCursor']);
  });

  it('is masked in the log', async () => {
    const cursor = await secondPage('/Users?count=5');
    await get(`/Users?count=5&cursor=${cursor}`);
    await workspace.ctx.store.journal.flush();
    const { events } = workspace.ctx.store.workspace(workspace.ctx.workspaceId);
    const { items } = await events.page({ operations: ['READ_USERS'] }, { first: 100 });
    expect(items.map(({ item }) => item.path)).toContain('/Users?count=5&cursor=[masked]');
    expect(JSON.stringify(items)).not.toContain(cursor);
  });
});
