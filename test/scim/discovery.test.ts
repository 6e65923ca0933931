import { describe, expect, it } from 'vitest';
import { resourceType, resourceTypes, schema, schemas, serviceProviderConfig } from '../../src/scim/discovery.ts';
import type { Json, JsonObject } from '../../src/scim/json.ts';
import { CORE_GROUP, CORE_USER, ENTERPRISE_USER } from '../../src/scim/urns.ts';

const BASE = 'https://rollcall.example/scim/acme/v2';

interface Described {
  readonly attributes: readonly { name: string; subAttributes?: Described['attributes'] }[];
}

/** The names of attributes and of their parts, dotted. */
function namesOf({ name, subAttributes = [] }: Described['attributes'][number]): string[] {
  return [name, ...subAttributes.flatMap(namesOf).map((part) => `${name}.${part}`)];
}

/** The names that an instance has, dotted. */
function pathsOf(instance: Json): string[] {
  if (Array.isArray(instance)) return instance.flatMap(pathsOf);
  if (typeof instance !== 'object' || instance === null) return [];
  return Object.entries(instance).flatMap(([name, value]) => [
    name,
    ...pathsOf(value).map((part) => `${name}.${part}`),
  ]);
}

describe('RFC 7643 §5 ServiceProviderConfig', () => {
  it('says what the server can do', () => {
    expect(serviceProviderConfig(BASE)).toMatchObject({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
      patch: { supported: true },
      bulk: { supported: true, maxOperations: 1000, maxPayloadSize: 1_048_576 },
      filter: { supported: true, maxResults: 1000 },
      changePassword: { supported: false },
      sort: { supported: true },
      etag: { supported: true },
      pagination: { cursor: true, index: true, defaultPaginationMethod: 'index' },
      authenticationSchemes: [{ type: 'oauthbearertoken', name: expect.any(String), description: expect.any(String) }],
      meta: { resourceType: 'ServiceProviderConfig', location: `${BASE}/ServiceProviderConfig` },
    });
  });
});

describe('RFC 7643 §6 resource types', () => {
  it('are User with the enterprise extension, and Group, as a list', () => {
    expect(resourceTypes(BASE)).toMatchObject({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
      totalResults: 2,
      startIndex: 1,
      itemsPerPage: 2,
      Resources: [
        {
          id: 'User',
          endpoint: '/Users',
          schema: CORE_USER,
          schemaExtensions: [{ schema: ENTERPRISE_USER, required: false }],
          meta: { location: `${BASE}/ResourceTypes/User` },
        },
        { id: 'Group', endpoint: '/Groups', schema: CORE_GROUP },
      ],
    });
  });

  it('are found by id', () => {
    expect(resourceType(BASE, 'Group')).toEqual((resourceTypes(BASE)['Resources'] as Json[])[1]);
    expect(resourceType(BASE, '__proto__')).toBeUndefined();
  });
});

describe('RFC 7643 §7 schemas', () => {
  it('are User, its extension, Group and those of discovery itself, as a list', () => {
    const own = 'urn:ietf:params:scim:schemas:core:2.0';
    expect(schemas(BASE)).toMatchObject({
      totalResults: 6,
      Resources: [
        { id: CORE_USER },
        { id: ENTERPRISE_USER },
        { id: CORE_GROUP },
        { id: `${own}:ServiceProviderConfig`, name: 'ServiceProviderConfig' },
        { id: `${own}:ResourceType`, name: 'ResourceType' },
        { id: `${own}:Schema`, name: 'Schema' },
      ],
    });
  });

  it.each(['ServiceProviderConfig', 'ResourceType', 'Schema'])(
    'describe every attribute of a %s that is shown, and none that is not',
    (name) => {
      const described = schema(BASE, `urn:ietf:params:scim:schemas:core:2.0:${name}`) as unknown as Described;
      const [one] = { ServiceProviderConfig: [serviceProviderConfig(BASE)], ResourceType: [], Schema: [] }[name] ?? [];
      const all = name === 'ResourceType' ? resourceTypes(BASE) : schemas(BASE);
      const instances = one === undefined ? (all['Resources'] as JsonObject[]) : [one];
      // The RFC describes the parts of an attribute, and not the parts of those again, which only this schema has.
      const own = instances
        .flatMap(pathsOf)
        .map((path) => path.replace(/(?:\.subAttributes)+/u, '.subAttributes'))
        .filter((path) => !/^(?:schemas|meta)\b/u.test(path));
      const optional = ['documentationUri', 'specUri', 'subAttributes', 'canonicalValues', 'referenceTypes'];
      const known = described.attributes.flatMap(namesOf);
      expect([...new Set(own)].filter((path) => !known.includes(path))).toEqual([]);
      const missing = known.filter((path) => !own.includes(path) && !optional.some((part) => path.includes(part)));
      expect(missing).toEqual([]);
    },
  );

  it('are found by URN in any case', () => {
    expect(schema(BASE, ENTERPRISE_USER.toUpperCase())).toEqual((schemas(BASE)['Resources'] as Json[])[1]);
    expect(schema(BASE, 'urn:x')).toBeUndefined();
  });

  it('describe attributes in full', () => {
    const attributes = schema(BASE, CORE_USER)?.['attributes'] as JsonObject[];
    expect(attributes.find((attribute) => attribute['name'] === 'userName')).toEqual({
      name: 'userName',
      type: 'string',
      multiValued: false,
      description: expect.any(String),
      required: true,
      caseExact: false,
      mutability: 'readWrite',
      returned: 'default',
      uniqueness: 'server',
    });
    const emails = attributes.find((attribute) => attribute['name'] === 'emails');
    expect(emails).toMatchObject({ type: 'complex', multiValued: true });
    expect((emails?.['subAttributes'] as JsonObject[] | undefined)?.[2]).toMatchObject({
      name: 'type',
      canonicalValues: ['work', 'home', 'other'],
    });
    expect(attributes.map((attribute) => attribute['name'])).toContain('externalId');
  });
});

describe('Entra 12: discovery', () => {
  it('has no nulls', () => {
    expect(JSON.stringify([schemas(BASE), resourceTypes(BASE), serviceProviderConfig(BASE)])).not.toContain('null');
  });
});
