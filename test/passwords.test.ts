import { describe, expect, it } from 'vitest';
import { DomainError } from '../src/domain/errors.ts';
import { createPasswords, HASHES_AT_A_TIME, HASHES_WAITING, turns } from '../src/passwords.ts';

const passwords = createPasswords();

describe('the hash of a password', () => {
  it('is argon2id with m=19456, t=2, p=1 and a salt of its own', async () => {
    const [one, other] = await Promise.all([passwords.hash('correct horse'), passwords.hash('correct horse')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[^$]{22}\$[^$]{43}$/u);
    expect(other).not.toBe(one);
    expect(await passwords.matches('correct horse', one)).toBe(true);
    expect(await passwords.matches('correct horse', other)).toBe(true);
    expect(await passwords.matches('Correct horse', one)).toBe(false);
  });

  it('costs the same where there is none, and is not matched', async () => {
    expect(await passwords.matches('correct horse', undefined)).toBe(false);
    const full = createPasswords();
    const working = Array.from({ length: HASHES_AT_A_TIME + HASHES_WAITING }, () => full.matches('x', undefined));
    // Comparing with nothing waits in the same queue.
    await expect(full.matches('x', undefined)).rejects.toBeInstanceOf(DomainError);
    await Promise.all(working);
  });

  it.each([
    [
      'm = 8 GiB',
      '$argon2id$v=19$m=8388608,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    ],
    [
      't = 10^6',
      '$argon2id$v=19$m=19456,t=1000000,p=1$c2FsdHNhbHRzYWx0c2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    ],
    ['p = 255', '$argon2id$v=19$m=19456,t=2,p=255$c2FsdHNhbHRzYWx0c2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
    ['argon2i', '$argon2i$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
    ['nonsense', 'no hash at all'],
    ['a part of one', '$argon2id$v=19$m=19456'],
  ])('F7: a stored one with %s is refused with an alert, and nothing is allocated for it', async (_what, kept) => {
    const alerts: string[] = [];
    const memory = process.memoryUsage.rss();
    expect(await createPasswords((sentence) => void alerts.push(sentence)).matches('correct horse', kept)).toBe(false);
    expect(alerts).toEqual([expect.stringMatching(/^A stored password hash was refused: it .*\.$/u)]);
    expect(process.memoryUsage.rss() - memory).toBeLessThan(512 * 1024 * 1024);
  });
});

describe('F6: hashing', () => {
  it('takes 200 at once as 2 in flight and 100 in the queue; the rest is unavailable', async () => {
    const ends = await Promise.allSettled(Array.from({ length: 200 }, () => passwords.hash('correct horse')));
    const refused = ends.filter((end) => end.status === 'rejected').map(({ reason }) => reason as DomainError);
    expect(refused.map(({ refusal }) => refusal.kind)).toEqual(Array.from({ length: 98 }, () => 'Unavailable'));
    expect(await passwords.hash('correct horse')).toContain('argon2id');
  });

  it('lets only so many work at a time, in the order in which they came, and goes on after a failure', async () => {
    const inTurn = turns(2, 100);
    const order: number[] = [];
    let [now, most] = [0, 0];
    const work = async (place: number) => {
      now += 1;
      most = Math.max(most, now);
      order.push(place);
      await new Promise((resolve) => void setTimeout(resolve, 1));
      now -= 1;
      if (place % 3 === 0) throw new Error('no');
      return place;
    };
    const ends = await Promise.allSettled(Array.from({ length: 20 }, (_, place) => inTurn(() => work(place))));
    expect(most).toBe(2);
    expect(order).toEqual(Array.from({ length: 20 }, (_, place) => place));
    expect(ends.filter((end) => end.status === 'rejected')).toHaveLength(7);
    expect(await inTurn(async () => 'still')).toBe('still');
  });
});
