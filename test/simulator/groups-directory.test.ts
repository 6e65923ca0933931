import { describe, expect, it } from 'vitest';
import { groupsOf } from '../../src/simulator/groups/directory.ts';

const people = (count: number) => Array.from({ length: count }, (_, i) => ({ value: `id-${i}`, display: `p${i}` }));

describe('the groups of the simulated directory', () => {
  it('are the same every time', () => {
    expect(groupsOf(30, people(50))).toEqual(groupsOf(30, people(50)));
  });

  it('are spread unevenly: one with everyone, some with nobody', () => {
    const sizes = groupsOf(30, people(50)).map(({ first }) => first.length);
    expect(sizes[0]).toBe(50);
    expect(sizes.filter((size) => size === 0).length).toBeGreaterThan(3);
    expect(new Set(sizes).size).toBeGreaterThan(5);
  });

  it('have different names', () => {
    expect(new Set(groupsOf(100, []).map(({ name }) => name)).size).toBe(100);
  });

  it('lose and gain members, and four of them see every ending', () => {
    const groups = groupsOf(4, people(50));
    expect(groups.map(({ ending }) => ending)).toEqual(['pushed now', 'kept', 'emptied', 'unlinked']);
    const { first, later } = groups[2]!;
    expect(first.filter((member) => !later.includes(member)).length).toBeGreaterThan(0);
    expect(later.filter((member) => !first.includes(member)).length).toBeGreaterThan(0);
  });

  it('need nobody to exist', () => {
    expect(groupsOf(9, []).every(({ first, later }) => first.length + later.length === 0)).toBe(true);
  });
});
