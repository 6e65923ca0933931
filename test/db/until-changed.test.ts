import { describe, expect, it, vi } from 'vitest';
import { untilChanged } from '../../src/db/until-changed.ts';

type Ask = (key: string) => Promise<string | undefined>;
const isKept = () => true;

describe('what is remembered until the database changes', () => {
  it('is asked once, and anew after each change', async () => {
    let version = 1;
    const ask = vi.fn<Ask>(async (key) => `${key} at ${version}`);
    const remembered = untilChanged(() => version, { ask, isKept });
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
    const ask = () => answer.promise;
    const remembered = untilChanged<[string], string>(() => version, { ask, isKept });
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

  it('is nothing that was not found, nor what is not to be kept', async () => {
    const ask = vi.fn<Ask>(async (key) => (key === 'wrong' ? 'found' : undefined));
    const remembered = untilChanged(() => 1, { ask, isKept: (_found, key) => key !== 'wrong' });
    for (const key of ['unknown', 'wrong', 'unknown', 'wrong']) await remembered(key);
    expect(ask).toHaveBeenCalledTimes(4);
  });
});
