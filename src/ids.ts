import { randomBytes } from 'node:crypto';
import type { Clock, Ids } from './domain/ports.ts';

/** The machine's clock. */
export const systemClock: Clock = { now: () => new Date().toISOString() };

/** Makes UUIDv7 (RFC 9562 §5.7) that grow within the process: a counter takes the first 12 random bits. */
export function uuidV7Ids(): Ids {
  let last = 0;
  let counter = 0;
  return {
    next() {
      const now = Math.max(Date.now(), last);
      counter = now === last ? counter + 1 : randomBytes(1)[0]!;
      last = counter > 0xfff ? now + 1 : now;
      if (counter > 0xfff) counter = 0;
      const time = last.toString(16).padStart(12, '0');
      const random = randomBytes(8);
      random[0] = (random[0]! & 0x3f) | 0x80;
      const tail = random.toString('hex');
      const count = counter.toString(16).padStart(3, '0');
      return `${time.slice(0, 8)}-${time.slice(8)}-7${count}-${tail.slice(0, 4)}-${tail.slice(4)}`;
    },
  };
}
