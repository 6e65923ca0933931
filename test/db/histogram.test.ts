import { describe, expect, it } from 'vitest';
import { quantile } from '../../src/db/histogram.ts';

const BOUNDS = [1, 2, 5, 10, Infinity];

describe('a quantile of a histogram', () => {
  it('is nothing where nothing was counted', () => {
    expect(quantile(0.95, BOUNDS, [0, 0, 0, 0, 0])).toBeNull();
  });

  it.each([
    [[100, 0, 0, 0, 0], 0.95],
    [[0, 100, 0, 0, 0], 1.95],
    [[90, 0, 0, 10, 0], 7.5],
    [[95, 0, 0, 5, 0], 1],
  ])('lies within the bucket that holds it: %j', (counts, expected) => {
    expect(quantile(0.95, BOUNDS, counts)).toBeCloseTo(expected, 6);
  });

  it('is the last bound where more took longer than it', () => {
    expect(quantile(0.95, BOUNDS, [0, 0, 0, 0, 7])).toBe(10);
  });
});
