import { describe, expect, it } from 'vitest';
import { health } from '../../src/http/health.ts';
import { serve } from './serve.ts';

const probing = (ready: () => Promise<boolean>, draining = () => false) =>
  serve((app) => {
    app.use(health({ ready, draining }));
  });

async function read(url: string): Promise<[number, string]> {
  const answer = await fetch(url);
  return [answer.status, await answer.text()];
}

describe('I2, I3 health', () => {
  it('is live and ready when the store answers, and says no more than that', async () => {
    const { url } = await probing(async () => true);
    expect(await read(`${url}/livez`)).toEqual([200, '{"status":"live"}']);
    expect(await read(`${url}/readyz`)).toEqual([200, '{"status":"ready"}']);
  });

  it.each([
    ['says no', async () => false],
    ['fails', async () => Promise.reject(new Error('disk I/O error at /srv/rollcall.db'))],
    [
      'throws at once',
      () => {
        throw new Error('closed');
      },
    ],
  ])('is live and not ready when the store %s', async (_what, ready) => {
    const { url } = await probing(ready);
    expect(await read(`${url}/livez`)).toEqual([200, '{"status":"live"}']);
    expect(await read(`${url}/readyz`)).toEqual([503, '{"status":"unavailable"}']);
  });

  it('is not ready when the store is silent for two seconds', async () => {
    const { url } = await probing(() => new Promise(() => undefined));
    const start = Date.now();
    expect(await read(`${url}/readyz`)).toEqual([503, '{"status":"unavailable"}']);
    expect(Date.now() - start).toBeGreaterThanOrEqual(1_900);
  });

  it('I1 is not ready while the process drains, without asking the store', async () => {
    let asked = false;
    const { url } = await probing(
      async () => (asked = true),
      () => true,
    );
    expect(await read(`${url}/readyz`)).toEqual([503, '{"status":"unavailable"}']);
    expect(await read(`${url}/livez`)).toEqual([200, '{"status":"live"}']);
    expect(asked).toBe(false);
  });
});
