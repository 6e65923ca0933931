import { randomBytes } from 'node:crypto';
import type { Clock, Ids } from './domain/ports.ts';

/** The machine's clock. A request asks it several times within a millisecond, and the text costs more than the look. */
export const systemClock: Clock = {
  now() {
    const milliseconds = Date.now();
    if (milliseconds !== lastTold.milliseconds)
      lastTold = { milliseconds, instant: new Date(milliseconds).toISOString() };
    return lastTold.instant;
  },
};

let lastTold = { milliseconds: 0, instant: '1970-01-01T00:00:00.000Z' };

/** Random bytes, fetched many at a time: the system call is most of what a few of them cost. */
function randomPool(size: number): () => Buffer {
  const POOL_SIZE = 4_096;
  let pool = Buffer.alloc(0);
  let used = 0;
  return () => {
    if (used + size > pool.length) [pool, used] = [randomBytes(POOL_SIZE), 0];
    used += size;
    return Buffer.from(pool.subarray(used - size, used));
  };
}

/** Makes UUIDv7 (RFC 9562 §5.7) that grow within the process: a counter takes the first 12 random bits. */
export function uuidV7Ids(): Ids {
  let last = 0;
  let counter = 0;
  const eightBytes = randomPool(8);
  return {
    next() {
      const now = Math.max(Date.now(), last);
      counter = now === last ? counter + 1 : eightBytes()[0]!;
      last = counter > 0xfff ? now + 1 : now;
      if (counter > 0xfff) counter = 0;
      const time = last.toString(16).padStart(12, '0');
      const random = eightBytes();
      random[0] = (random[0]! & 0x3f) | 0x80;
      const tail = random.toString('hex');
      const count = counter.toString(16).padStart(3, '0');
      return `${time.slice(0, 8)}-${time.slice(8)}-7${count}-${tail.slice(0, 4)}-${tail.slice(4)}`;
    },
  };
}
