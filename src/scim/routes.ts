import { BULK } from './bulk/endpoint.ts';
import { resourceType, resourceTypes, schema, schemas, serviceProviderConfig } from './discovery.ts';
import { collectionOf, documentOf, memberOf, searchOf, type Endpoints } from './endpoints.ts';
import { ScimError, shown } from './errors.ts';
import { GROUPS } from './groups.ts';
import { USERS } from './users.ts';

/**
 * The endpoints of a path below the base URL (RFC 7644 §3.2).
 * Fails with: 404 for a path that is none, 501 for one of the RFC's that is not offered.
 */
export function endpointsOf(segments: readonly string[]): Endpoints {
  const [name = '', id, ...rest] = segments;
  if (name === SEARCH || name === 'Me') throw notOffered(segments);
  const endpoints = rest.length > 0 ? undefined : id === undefined ? collection(name) : member(name, id);
  if (endpoints !== undefined) return endpoints;
  const path = shown(`/${segments.join('/')}`);
  throw new ScimError(
    404,
    `There is no ${path} here. The Base URL ends in /v2 and is followed by /Users, for example.`,
  );
}

/** The segment that searches (RFC 7644 §3.4.3); no id begins with a dot. */
export const SEARCH = '.search';

function collection(name: string): Endpoints | undefined {
  switch (name) {
    case 'Users':
      return collectionOf(USERS);
    case 'Groups':
      return collectionOf(GROUPS);
    case 'Bulk':
      return BULK;
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
      return id === SEARCH ? searchOf(USERS) : memberOf(USERS, id);
    case 'Groups':
      return id === SEARCH ? searchOf(GROUPS) : memberOf(GROUPS, id);
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
