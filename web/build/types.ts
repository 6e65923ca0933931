import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate } from '@graphql-codegen/cli';
import { buildSchema, isAbstractType } from 'graphql';
import codegen from '../codegen.ts';
import { digestOf, onceFor, ROOT, sourcesBelow } from './inputs.ts';

const SCHEMA = join(ROOT, 'schema.graphql');
const GENERATED = join(ROOT, 'web/src/gql');

/** Writes `web/src/gql`: the types of every operation, and which types a union or interface may be. */
export function generateTypes(): Promise<void> {
  return onceFor(inputs(), join(GENERATED, '.inputs'), async () => {
    await generate({ ...codegen, cwd: ROOT }, true);
    const text = `/** For Apollo's cache. */\nexport const possibleTypes = ${JSON.stringify(possibleTypes(), null, 2)};\n`;
    writeFileSync(join(GENERATED, 'possible-types.ts'), text);
  });
}

/** Only the documents count: other changes of a source leave the types as they are. */
function inputs(): string {
  const documents = sourcesBelow(join(ROOT, 'web/src')).flatMap(
    (file) => readFileSync(file, 'utf8').match(/graphql\(\s*(?:\/\* GraphQL \*\/\s*)?`[^`]*`/gu) ?? [],
  );
  return [digestOf([SCHEMA, join(ROOT, 'web/codegen.ts'), import.meta.filename]), ...documents].join('\n');
}

function possibleTypes(): Record<string, string[]> {
  const schema = buildSchema(readFileSync(SCHEMA, 'utf8'));
  const abstract = Object.values(schema.getTypeMap()).filter(isAbstractType);
  return Object.fromEntries(abstract.map((type) => [type.name, schema.getPossibleTypes(type).map(({ name }) => name)]));
}
