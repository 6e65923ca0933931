import { describe, expect, it, vi } from 'vitest';
import { untilChanged } from '../../src/db/until-changed.ts';

type Ask = (key: string) => Promise<string | undefined>;

describe('what is remembered until the database changes', () => {
  it('is asked once, and anew after each change', async () => {
    let version = 1;
    const ask = vi.fn<Ask>(async (key: string) => `${key} at ${version}`);
    const remembered = untilChanged(() => version, ask);
    expect([await remembered('a'), await remembered('a'), await remembered('b')]).toEqual([
      'a at 1',
      'a at 1',
      'b at 1',
    ]);
    expect(ask).toHaveBeenCalledTimes(2);
    version = 2;
    expect(await remembered('a')).toBe('a at 2');
  });

  it('is never what was read before a change that somebody has seen meanwhile', async () => {
    let version = 1;
    let answer = Promise.withResolvers<string>();
    const remembered = untilChanged(
      () => version,
      () => answer.promise,
    );
    const slow = remembered('a');
    const old = answer;
    answer = Promise.withResolvers();
    version = 2;
    const next = remembered('b');
    old.resolve('old');
    answer.resolve('new');
    expect([await slow, await next]).toEqual(['old', 'new']);
    expect(await remembered('a')).toBe('new');
  });

  it('is nothing that was not found', async () => {
    const ask = vi.fn<Ask>(async () => undefined);
    const remembered = untilChanged(() => 1, ask);
    await remembered('a');
    await remembered('a');
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it('is asked each time where the database cannot tell', async () => {
    const ask = vi.fn<Ask>(async () => 'found');
    const remembered = untilChanged(undefined, ask);
    await remembered('a');
    await remembered('a');
    expect(ask).toHaveBeenCalledTimes(2);
  });
});
