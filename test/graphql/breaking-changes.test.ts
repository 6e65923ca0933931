import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { buildSchema, findBreakingChanges } from 'graphql';
import { describe, expect, it } from 'vitest';
import { buildRollcallSchema } from '../../src/graphql/schema.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What git says; undefined where it cannot: no repository, no tag, or no such file in it. */
function git(...args: string[]): string | undefined {
  try {
    return execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return undefined;
  }
}

/** What would break clients of the last release, a line each; one line where there is no release to compare with. */
function report(): string[] {
  const tag = git('describe', '--tags', '--abbrev=0')?.trim();
  if (tag === undefined) return ['schema.graphql: no tag yet, so there is nothing to compare with.'];
  const released = git('show', `${tag}:schema.graphql`);
  if (released === undefined) return [`schema.graphql: ${tag} has none, so there is nothing to compare with.`];
  const changes = findBreakingChanges(buildSchema(released), buildRollcallSchema());
  if (changes.length === 0) return [`schema.graphql: no breaking change since ${tag}.`];
  return changes.map(({ type, description }) => `schema.graphql: since ${tag}, ${type}: ${description}`);
}

describe('schema.graphql against the last release', () => {
  it('is compared, and what would break clients is reported', () => {
    const lines = report();
    process.stdout.write(`${lines.join('\n')}\n`);
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.every((line) => line.startsWith('schema.graphql: '))).toBe(true);
  });

  it('would show a field taken away', () => {
    const before = buildSchema('type Query { a: Int b: Int }');
    expect(findBreakingChanges(before, buildSchema('type Query { a: Int }'))).toMatchObject([
      { type: 'FIELD_REMOVED' },
    ]);
  });
});
