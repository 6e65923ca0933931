import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import { isObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { buildRollcallSchema } from '../../src/graphql/schema.ts';
import { schemaLint, VALUES, WAIVERS, type Waiver } from './support/schema-lint.ts';

const cwd = fileURLToPath(new URL('../..', import.meta.url));

/** What graphql-eslint says of schema.graphql. */
async function findings(waivers: readonly Waiver[] = WAIVERS): Promise<string[]> {
  const eslint = new ESLint({ cwd, overrideConfigFile: true, overrideConfig: [schemaLint(waivers)] });
  const [result] = await eslint.lintFiles(['schema.graphql']);
  const isWaived = (message: string) => waivers.some((waiver) => waiver.message === message);
  const messages = result!.messages.filter(({ message }) => !isWaived(message));
  return messages.map(({ ruleId, line, message }) => `${ruleId} at line ${line}: ${message}`);
}

describe('the lint of schema.graphql', () => {
  it("finds nothing by graphql-eslint's rules for schemas and Relay, but for the written waivers", async () => {
    expect(await findings()).toEqual([]);
  });

  it.each(WAIVERS.map(({ rule }) => rule))('needs its waiver of %s', async (rule) => {
    const others = WAIVERS.filter((waiver) => waiver.rule !== rule);
    const found = await findings(others);
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter((each) => !each.startsWith(rule))).toEqual([]);
  });

  it('waives no ID of a type that has one', () => {
    const types = Object.values(buildRollcallSchema().getTypeMap()).filter((type) => isObjectType(type));
    const withId = types.filter((type) => type.getFields()['id'] !== undefined).map(({ name }) => name);
    expect(VALUES.filter((name) => withId.includes(name))).toEqual([]);
  });
});
