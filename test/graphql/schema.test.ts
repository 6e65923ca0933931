import { readFileSync } from 'node:fs';
import {
  buildSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  isUnionType,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { buildRollcallSchema, printRollcallSchema } from '../../src/graphql/schema.ts';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

describe('schema.graphql', () => {
  it('is what the code makes (else run: tsx src/graphql/print-schema.ts schema.graphql)', () => {
    expect(printRollcallSchema()).toBe(read('../../schema.graphql'));
  });

  it('agrees with the target in every element that it has', () => {
    const ours = elementsOf(buildRollcallSchema());
    const target = elementsOf(buildSchema(read('support/schema-target.graphql')));
    const differing = [...ours].filter(([path, text]) => target.get(path) !== text);
    expect(differing.map(([path, text]) => ({ path, ours: text, target: target.get(path) }))).toEqual([]);
    expect(ours.size).toBeGreaterThan(300);
  });

  it('lacks nothing of the target', () => {
    const ours = elementsOf(buildRollcallSchema());
    const target = elementsOf(buildSchema(read('support/schema-target.graphql')));
    expect([...target.keys()].filter((path) => !ours.has(path))).toEqual([]);
  });

  it('describes every element', () => {
    const undescribed = [...elementsOf(buildRollcallSchema())].filter(([, text]) => text.startsWith(' '));
    expect(undescribed).toEqual([]);
  });
});

/** Each element by its path, as its description and what it is. */
function elementsOf(schema: GraphQLSchema): Map<string, string> {
  const elements = new Map<string, string>([['schema', described(schema.description, 'schema')]]);
  for (const type of Object.values(schema.getTypeMap())) {
    if (isIntrospectionType(type) || isSpecifiedScalarType(type)) continue;
    elements.set(type.name, described(type.description, kindOf(type)));
    for (const [path, text] of membersOf(type)) elements.set(`${type.name}.${path}`, text);
  }
  return elements;
}

function kindOf(type: GraphQLNamedType): string {
  if (isScalarType(type)) return `scalar ${type.specifiedByURL}`;
  if (!isObjectType(type)) return type.constructor.name;
  return `type implements ${type
    .getInterfaces()
    .map((each) => each.name)
    .sort()
    .join(' ')}`;
}

function* membersOf(type: GraphQLNamedType): Generator<[string, string]> {
  if (isEnumType(type)) for (const value of type.getValues()) yield [value.name, described(value.description, '')];
  if (isUnionType(type)) for (const member of type.getTypes()) yield [`| ${member.name}`, 'a member'];
  if (isInputObjectType(type)) for (const field of Object.values(type.getFields())) yield [field.name, inputOf(field)];
  if (!isObjectType(type) && !isInterfaceType(type)) return;
  for (const field of Object.values(type.getFields())) {
    yield [field.name, described(field.description, String(field.type))];
    for (const arg of field.args) yield [`${field.name}(${arg.name})`, inputOf(arg)];
  }
}

function inputOf(input: GraphQLArgument | GraphQLInputField): string {
  return described(input.description, `${String(input.type)} = ${JSON.stringify(input.defaultValue)}`);
}

function described(description: string | null | undefined, text: string): string {
  return `${description ?? ''} ${text}`;
}
