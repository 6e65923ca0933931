import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ScimError } from '../../../src/scim/errors.ts';
import type { Json, JsonObject } from '../../../src/scim/json.ts';
import { attributeNamed } from '../../../src/scim/schema/attribute.ts';
import { readResource } from '../../../src/scim/schema/read.ts';
import { USER, USER_SCHEMA } from '../../../src/scim/schema/user.ts';
import { CORE_USER, ENTERPRISE_USER } from '../../../src/scim/urns.ts';
import { maya, patch } from './maya.ts';

const name = fc.constantFrom(
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'name',
  'emails',
  'value',
  'type',
  'manager',
  'title',
  CORE_USER,
  ENTERPRISE_USER,
);
const path = fc.oneof(
  fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('.')),
  fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join(':')),
  fc.tuple(name, name, name).map(([list, part, sub]) => `${list}[${part} eq "x"].${sub}`),
);
const { value } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<Json>('x', true, null, 1),
    fc.array(tie('value'), { maxLength: 2 }),
    object(tie('value')),
  ),
}));
const operation = fc.record(
  { op: fc.constantFrom('add', 'replace', 'remove'), path, value },
  { requiredKeys: ['op', 'value'] },
);

describe('E7 prototype pollution', () => {
  it('does not come from any path or value', () => {
    const before = fingerprint();
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 4 }), value, (operations, body) => {
        for (const run of [() => patch(operations).resource, () => readResource(USER, body, () => {}).resource]) {
          expect(strangers(unlessRefused(run) ?? {})).toEqual([]);
        }
        expect(fingerprint()).toEqual(before);
      }),
      { numRuns: 5000 },
    );
  });

  it('does not come from JSON with a __proto__ of its own', () => {
    const hostile =
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"name":{"__proto__":{"polluted":1},"givenName":"M"}}';
    const { resource } = patch([{ op: 'add', value: JSON.parse(hostile) as Json }]);
    expect(resource).toEqual({ ...maya(), name: { givenName: 'M', familyName: 'Ortiz' } });
    expect(readResource(USER, JSON.parse(hostile), () => {}).resource).toEqual({ name: { givenName: 'M' } });
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

function object(value: fc.Arbitrary<Json>): fc.Arbitrary<JsonObject> {
  const key = fc.oneof(name, path);
  const entries = fc.array(fc.tuple(key, value), { maxLength: 3 });
  return entries.map(
    (pairs) =>
      JSON.parse(`{${pairs.map(([k, v]) => `${JSON.stringify(k)}:${JSON.stringify(v)}`).join()}}`) as JsonObject,
  );
}

function unlessRefused(run: () => JsonObject): JsonObject | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof ScimError) return undefined;
    throw error;
  }
}

/** Keys of a result that are no attribute's, and objects with another prototype. */
function strangers(resource: JsonObject): string[] {
  const keys = Object.keys(resource).filter(
    (key) => key !== ENTERPRISE_USER && attributeNamed(USER_SCHEMA.attributes, key)?.name !== key,
  );
  const inner = Object.values(resource)
    .flatMap((part) => (Array.isArray(part) ? part : [part]))
    .filter((part) => typeof part === 'object');
  return [
    ...keys,
    ...inner
      .filter((part) => Object.getPrototypeOf(part) !== Object.prototype || Object.hasOwn(part as object, '__proto__'))
      .map(String),
  ];
}

function fingerprint(): string[] {
  return [Object.prototype, Array.prototype, String.prototype, Object].flatMap((owner) =>
    Object.getOwnPropertyNames(owner),
  );
}
