import { describe, expect, it } from 'vitest';
import { uuidV7Ids } from '../src/ids.ts';

describe('an id', () => {
  it('is a UUIDv7 (RFC 9562 §5.7), and each is greater than the one before', () => {
    const ids = uuidV7Ids();
    const made = Array.from({ length: 20_000 }, () => ids.next());
    for (const id of made) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u);
    expect(made).toEqual([...made].sort());
    expect(new Set(made).size).toBe(made.length);
  });
});
