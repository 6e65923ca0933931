import { registerEnumType } from 'type-graphql';

/**
 * A GraphQL enum over a union of the domain: the compiler asks for a description of every value, so that a value added
 * to the domain cannot be forgotten here.
 */
export function enumeration<Value extends string>(
  name: string,
  description: string,
  values: Readonly<Record<Value, string>>,
): Readonly<Record<Value, Value>> {
  const described = Object.entries<string>(values);
  const enumeration = Object.fromEntries(described.map(([value]) => [value, value])) as Record<Value, Value>;
  registerEnumType(enumeration, {
    name,
    description,
    valuesConfig: Object.fromEntries(described.map(([value, text]) => [value, { description: text }])) as Partial<
      Record<Value, { description: string }>
    >,
  });
  return enumeration;
}
