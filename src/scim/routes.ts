import { resourceType, resourceTypes, schema, schemas, serviceProviderConfig } from './discovery.ts';
import { collectionOf, documentOf, emptyList, memberOf, type Endpoints } from './endpoints.ts';
import { ScimError, shown } from './errors.ts';
import { USERS } from './users.ts';

/**
 * The endpoints of a path below the base URL (RFC 7644 §3.2).
 * Fails with: 404 for a path that is none, 501 for one of the RFC's that is not offered.
 */
export function endpointsOf(segments: readonly string[]): Endpoints {
  const [name = '', id, ...rest] = segments;
  if (segments.some((segment) => segment === '.search') || name === 'Bulk' || name === 'Me') throw notOffered(segments);
  const endpoints = rest.length > 0 ? undefined : id === undefined ? collection(name) : member(name, id);
  if (endpoints !== undefined) return endpoints;
  const path = shown(`/${segments.join('/')}`);
  throw new ScimError(
    404,
    `There is no ${path} here. The Base URL ends in /v2 and is followed by /Users, for example.`,
  );
}

const GROUP_OPERATIONS = {
  create: 'CREATE_TEAM',
  update: 'UPDATE_TEAM',
  remove: 'DELETE_TEAM',
  read: 'READ_TEAMS',
} as const;

function collection(name: string): Endpoints | undefined {
  switch (name) {
    case 'Users':
      return collectionOf(USERS);
    case 'Groups':
      return emptyList(GROUP_OPERATIONS, 'Groups cannot be pushed to this version. Switch group push off in the app.');
    case 'ServiceProviderConfig':
      return documentOf(serviceProviderConfig);
    case 'ResourceTypes':
      return documentOf(resourceTypes);
    case 'Schemas':
      return documentOf(schemas);
    default:
      return undefined;
  }
}

function member(name: string, id: string): Endpoints | undefined {
  switch (name) {
    case 'Users':
      return memberOf(USERS, id);
    case 'ResourceTypes':
      return documentOf((baseUrl) => resourceType(baseUrl, id) ?? noSuch('resource type', id));
    case 'Schemas':
      return documentOf((baseUrl) => schema(baseUrl, id) ?? noSuch('schema', id));
    default:
      return undefined;
  }
}

function noSuch(what: string, id: string): never {
  throw new ScimError(404, `There is no ${what} ${shown(id)}. GET the list without an id for those there are.`);
}

function notOffered(segments: readonly string[]): ScimError {
  return new ScimError(
    501,
    `${shown(`/${segments.join('/')}`)} is not offered. GET /ServiceProviderConfig says what is.`,
  );
}
