import { BULK_BYTES, BULK_OPERATIONS } from './bulk/limits.ts';
import type { JsonObject } from './json.ts';
import { CURSOR_SECONDS, DEFAULT_COUNT, MAX_RESULTS } from './paging.ts';
import type { Attribute, Schema } from './schema/attribute.ts';
import { DOCUMENT_SCHEMAS } from './schema/documents.ts';
import { GROUP_SCHEMA } from './schema/group.ts';
import { ENTERPRISE_SCHEMA, USER_SCHEMA } from './schema/user.ts';
import { LIST_RESPONSE, RESOURCE_TYPE, SCHEMA, SERVICE_PROVIDER_CONFIG } from './urns.ts';

/** What this server can do (RFC 7643 §5). */
export function serviceProviderConfig(baseUrl: string): JsonObject {
  return {
    schemas: [SERVICE_PROVIDER_CONFIG],
    patch: { supported: true },
    bulk: { supported: true, maxOperations: BULK_OPERATIONS, maxPayloadSize: BULK_BYTES },
    filter: { supported: true, maxResults: MAX_RESULTS },
    changePassword: { supported: false },
    sort: { supported: true },
    etag: { supported: true },
    pagination: {
      cursor: true,
      index: true,
      defaultPaginationMethod: 'index',
      defaultPageSize: DEFAULT_COUNT,
      maxPageSize: MAX_RESULTS,
      cursorTimeout: CURSOR_SECONDS,
    },
    authenticationSchemes: [
      {
        type: 'oauthbearertoken',
        name: 'SCIM credential',
        description: 'A credential made in the settings of the workspace, sent as a bearer token.',
        specUri: 'https://www.rfc-editor.org/info/rfc6750',
        primary: true,
      },
    ],
    meta: { resourceType: 'ServiceProviderConfig', location: `${baseUrl}/ServiceProviderConfig` },
  };
}

/** All resource types (RFC 7643 §6), as the list RFC 7644 §4 asks for. */
export function resourceTypes(baseUrl: string): JsonObject {
  return listOf(RESOURCE_TYPES.map((type) => renderResourceType(type, baseUrl)));
}

/** One resource type by its id. */
export function resourceType(baseUrl: string, id: string): JsonObject | undefined {
  const type = RESOURCE_TYPES.find((candidate) => candidate.id.toLowerCase() === id.toLowerCase());
  return type === undefined ? undefined : renderResourceType(type, baseUrl);
}

/** All schemas (RFC 7643 §7), as the list RFC 7644 §4 asks for. */
export function schemas(baseUrl: string): JsonObject {
  return listOf(SCHEMAS.map((schema) => renderSchema(schema, baseUrl)));
}

/** One schema by its URN, without regard to case. */
export function schema(baseUrl: string, id: string): JsonObject | undefined {
  const found = SCHEMAS.find((candidate) => candidate.id.toLowerCase() === id.toLowerCase());
  return found === undefined ? undefined : renderSchema(found, baseUrl);
}

interface ResourceType {
  readonly id: string;
  readonly endpoint: string;
  readonly schema: Schema;
  readonly extensions: readonly Schema[];
}

const SCHEMAS = [USER_SCHEMA, ENTERPRISE_SCHEMA, GROUP_SCHEMA, ...DOCUMENT_SCHEMAS];

const RESOURCE_TYPES: readonly ResourceType[] = [
  { id: 'User', endpoint: '/Users', schema: USER_SCHEMA, extensions: [ENTERPRISE_SCHEMA] },
  { id: 'Group', endpoint: '/Groups', schema: GROUP_SCHEMA, extensions: [] },
];

function listOf(resources: JsonObject[]): JsonObject {
  const { length } = resources;
  return { schemas: [LIST_RESPONSE], totalResults: length, startIndex: 1, itemsPerPage: length, Resources: resources };
}

function renderResourceType({ id, endpoint, schema, extensions }: ResourceType, baseUrl: string): JsonObject {
  const schemaExtensions = extensions.map((extension) => ({ schema: extension.id, required: false }));
  return {
    schemas: [RESOURCE_TYPE],
    id,
    name: id,
    description: schema.description,
    endpoint,
    schema: schema.id,
    ...(schemaExtensions.length === 0 ? {} : { schemaExtensions }),
    meta: { resourceType: 'ResourceType', location: `${baseUrl}/ResourceTypes/${id}` },
  };
}

function renderSchema({ id, name, description, attributes }: Schema, baseUrl: string): JsonObject {
  return {
    schemas: [SCHEMA],
    id,
    name,
    description,
    attributes: attributes.filter((attribute) => attribute.name !== 'schemas').map(renderAttribute),
    meta: { resourceType: 'Schema', location: `${baseUrl}/Schemas/${id}` },
  };
}

/** RFC 7643 §7; what an attribute does not have is left out, for Entra ID wants no nulls. */
function renderAttribute(attribute: Attribute): JsonObject {
  const { canonicalValues, referenceTypes, subAttributes, caseExact, ...rest } = attribute;
  const hasCase = !['complex', 'boolean', 'integer'].includes(attribute.type);
  return {
    ...rest,
    ...(hasCase ? { caseExact } : {}),
    ...(canonicalValues === undefined ? {} : { canonicalValues: [...canonicalValues] }),
    ...(referenceTypes === undefined ? {} : { referenceTypes: [...referenceTypes] }),
    ...(subAttributes === undefined ? {} : { subAttributes: subAttributes.map(renderAttribute) }),
  };
}
