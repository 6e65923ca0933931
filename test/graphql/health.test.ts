import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ProvisioningEvent } from '../../src/domain/provisioning-event.ts';
import { later, MINUTE, HOUR, DAY } from '../../src/domain/values.ts';
import { eventOf } from './support/directory.ts';
import { startServer, type Tenant, type TestServer } from './support/server.ts';

let server: TestServer;
let acme: Tenant;
let count = 0;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  count += 1;
  acme = await server.tenant(`acme-${count}`);
});

const QUERY = `query ($window: HealthWindow) { workspace { provisioning { health(window: $window) { window requestCount
  refusedCount throttledCount failedCount durationP95Ms lastRequestAt lastSuccessAt
  topErrors { code count lastOccurredAt remedy { text audience } } buckets { start succeeded refused throttled failed } } } } }`;

interface Bucket {
  readonly start: string;
  readonly succeeded: number;
  readonly refused: number;
  readonly throttled: number;
  readonly failed: number;
}

async function health(window?: string) {
  const { data, errors } = await server.ask(acme.tokens.OWNER, QUERY, window === undefined ? {} : { window });
  expect(errors).toEqual([]);
  return data.workspace.provisioning.health;
}

const now = () => server.world.clock.now();

/** A call some time ago. */
function called(ago: number, changes: Partial<ProvisioningEvent> = {}): void {
  const event = eventOf(acme.system, { occurredAt: later(now(), -ago), credentialId: 'c', ...changes });
  server.world.store.journal.record(event);
  server.world.store.journal.tally(event);
}

const REFUSED = { outcome: 'REFUSED', errorCode: 'INVALID_REQUEST', httpStatus: 400 } as const;

describe('the health of provisioning', () => {
  it('says of no calls that there were none', async () => {
    expect(await health()).toMatchObject({
      window: 'LAST_24_HOURS',
      requestCount: 0,
      durationP95Ms: null,
      lastRequestAt: null,
      lastSuccessAt: null,
      topErrors: [],
    });
  });

  it.each([
    ['LAST_HOUR', 5 * MINUTE, 13],
    ['LAST_24_HOURS', HOUR, 25],
    ['LAST_7_DAYS', 6 * HOUR, 29],
    ['LAST_30_DAYS', DAY, 31],
  ])('cuts %s into equal slices without gaps, the first of which begins the window', async (window, slice, slices) => {
    const buckets: Bucket[] = (await health(window)).buckets;
    const starts = buckets.map(({ start }) => Date.parse(start));
    expect(starts).toHaveLength(slices);
    expect(starts.slice(1).every((start, index) => start === starts[index]! + slice)).toBe(true);
    expect(starts.every((start) => start % slice === 0)).toBe(true);
    expect(starts.at(-1)).toBeLessThanOrEqual(Date.parse(now()));
    expect(starts.at(-1)! + slice).toBeGreaterThan(Date.parse(now()));
  });

  it.each(['LAST_HOUR', 'LAST_24_HOURS', 'LAST_7_DAYS', 'LAST_30_DAYS'])(
    'tells the endings of calls apart in %s',
    async (window) => {
      called(10 * MINUTE);
      called(10 * MINUTE, { outcome: 'UNCHANGED', operation: 'UPDATE_USER' });
      called(9 * MINUTE, REFUSED);
      called(9 * MINUTE, { outcome: 'UNAUTHENTICATED', errorCode: 'CREDENTIAL_INVALID', credentialId: null });
      called(9 * MINUTE, { outcome: 'THROTTLED', errorCode: 'RATE_LIMITED' });
      called(9 * MINUTE, { outcome: 'FAILED', errorCode: 'INTERNAL' });
      const { buckets, ...told } = await health(window);
      expect(told).toMatchObject({ requestCount: 6, refusedCount: 2, throttledCount: 1, failedCount: 1 });
      const sum = (name: keyof Omit<Bucket, 'start'>) =>
        (buckets as Bucket[]).reduce((total, bucket) => total + bucket[name], 0);
      expect([sum('succeeded'), sum('refused'), sum('throttled'), sum('failed')]).toEqual([2, 2, 1, 1]);
    },
  );

  it('puts each call into its slice, and leaves out what came before the window', async () => {
    called(7 * MINUTE, REFUSED);
    called(2 * HOUR);
    called(3 * DAY);
    called(40 * DAY);
    const hits = async (window: string) =>
      ((await health(window)).buckets as Bucket[]).filter(({ succeeded, refused }) => succeeded + refused > 0);
    // The clock stands at half past nine.
    expect(await hits('LAST_HOUR')).toMatchObject([{ start: '2026-03-01T09:20:00.000Z', refused: 1 }]);
    expect(await hits('LAST_24_HOURS')).toMatchObject([
      { start: '2026-03-01T07:00:00.000Z', succeeded: 1 },
      { start: '2026-03-01T09:00:00.000Z', refused: 1 },
    ]);
    expect((await hits('LAST_7_DAYS')).map(({ start }) => start)).toEqual([
      '2026-02-26T06:00:00.000Z',
      '2026-03-01T06:00:00.000Z',
    ]);
    expect((await health('LAST_30_DAYS')).requestCount).toBe(3);
  });

  it('ranks the errors with the time of the last and the remedy', async () => {
    for (const minutes of [50, 40, 30]) called(minutes * MINUTE, REFUSED);
    called(20 * MINUTE, { ...REFUSED, errorCode: 'PAUSED' });
    for (const window of ['LAST_HOUR', 'LAST_24_HOURS']) {
      const { topErrors } = await health(window);
      expect(topErrors).toMatchObject([
        { code: 'INVALID_REQUEST', count: 3, lastOccurredAt: later(now(), -30 * MINUTE) },
        {
          code: 'PAUSED',
          count: 1,
          lastOccurredAt: later(now(), -20 * MINUTE),
          remedy: { audience: 'WORKSPACE_ADMIN' },
        },
      ]);
    }
  });

  it('tells the last call and the last that succeeded, in the window or not', async () => {
    called(45 * DAY);
    called(40 * DAY, REFUSED);
    expect(await health()).toMatchObject({
      requestCount: 0,
      lastRequestAt: later(now(), -40 * DAY),
      lastSuccessAt: later(now(), -45 * DAY),
    });
  });

  it('tells them to the hour once the log has forgotten them', async () => {
    called(100 * DAY);
    await server.world.store.journal.flush();
    await server.world.store.purge(now());
    expect((await health()).lastSuccessAt).toBe(later(now(), -100 * DAY).replace(/:.*/u, ':00:00.000Z'));
  });

  it('has the 95th percentile exactly for the last hour, and within its bucket beyond', async () => {
    for (let n = 1; n <= 100; n += 1) called(MINUTE, { durationMs: n });
    expect((await health('LAST_HOUR')).durationP95Ms).toBe(95);
    const { durationP95Ms } = await health('LAST_24_HOURS');
    expect(durationP95Ms).toBeGreaterThan(50);
    expect(durationP95Ms).toBeLessThanOrEqual(100);
  });

  it('reaches back as far as needed where the last hour was busy', async () => {
    called(2 * HOUR);
    for (let n = 0; n < 1_500; n += 1) called(50 * MINUTE - n, { outcome: 'UNCHANGED' });
    expect((await health('LAST_HOUR')).requestCount).toBe(1_500);
  });

  it('holds nothing of a neighbour', async () => {
    called(MINUTE);
    acme = await server.tenant(`neighbour-${count}`);
    expect((await health()).requestCount).toBe(0);
    expect((await health('LAST_HOUR')).lastRequestAt).toBeNull();
  });
});
