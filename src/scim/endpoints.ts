import type { ProvisioningOperation } from '../domain/provisioning-event.ts';
import { ScimError } from './errors.ts';
import type { JsonObject } from './json.ts';
import { readListRequest } from './list-request.ts';
import type { ScimRequest } from './message.ts';
import { readOperations } from './patch/operations.ts';
import { project, readProjection } from './projection.ts';
import { readJson } from './request-body.ts';
import type { Call, Rendered, ResourceType } from './resource-type.ts';
import { readResource } from './schema/read.ts';
import { LIST_RESPONSE } from './urns.ts';

/** How a call ended well: the answer, and what the log says of it. */
export interface Ending {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: JsonObject;
  /** Whom it was about; absent for lists. */
  readonly target?: { readonly id: string; readonly name: string };
  /** The story in a sentence, where no command tells one. */
  readonly summary?: string;
}

/** What a method does on a route. */
export interface Endpoint {
  readonly operation: ProvisioningOperation;
  /** The status of success, for the event that a command writes before the answer. */
  readonly status: number;
  readonly answer: (call: Call, request: ScimRequest) => Promise<Ending>;
}

/** The endpoints of a path, by method. */
export type Endpoints = Readonly<Record<string, Endpoint>>;

/** The collection of a type of resource: create and list (RFC 7644 §3.3, §3.4.2). */
export function collectionOf(type: ResourceType): Endpoints {
  const { operations } = type;
  return {
    GET: { operation: operations.read, status: 200, answer: (call, request) => list(type, call, request) },
    POST: { operation: operations.create, status: 201, answer: (call, request) => create(type, call, request) },
  };
}

/** One resource: read, replace, patch, delete (RFC 7644 §3.4.1, §3.5, §3.6). */
export function memberOf(type: ResourceType, id: string): Endpoints {
  const { operations } = type;
  return {
    GET: { operation: operations.read, status: 200, answer: (call, request) => get(type, call, request, id) },
    PUT: { operation: operations.update, status: 200, answer: (call, request) => replace(type, call, request, id) },
    PATCH: { operation: operations.update, status: 200, answer: (call, request) => patch(type, call, request, id) },
    DELETE: { operation: operations.remove, status: 204, answer: (call) => remove(type, call, id) },
  };
}

/** A document that discovery shows (RFC 7644 §4): read only, and never filtered. */
export function documentOf(render: (baseUrl: string) => JsonObject): Endpoints {
  const answer = async (call: Call, request: ScimRequest): Promise<Ending> => {
    if (request.query.has('filter'))
      throw new ScimError(403, 'Discovery cannot be filtered (RFC 7644 §4). Leave the filter parameter out.');
    return { status: 200, body: render(call.baseUrl), summary: 'Asked what the server can do' };
  };
  return { GET: { operation: 'OTHER', status: 200, answer } };
}

/** A list that is always empty, of what cannot be written yet. */
export function emptyList(operations: ResourceType['operations'], refusal: string): Endpoints {
  const answer = async (_call: Call, request: ScimRequest): Promise<Ending> => {
    const { startIndex } = readListRequest(request.query);
    return { status: 200, body: listResponse(0, startIndex, []), summary: 'Listed 0 of 0' };
  };
  const refuse = async (): Promise<Ending> => {
    throw new ScimError(501, refusal);
  };
  return {
    GET: { operation: operations.read, status: 200, answer },
    POST: { operation: operations.create, status: 201, answer: refuse },
  };
}

async function create(type: ResourceType, call: Call, request: ScimRequest): Promise<Ending> {
  const body = readResource(type.schema, await readJson(request), call.tolerate);
  const made = await type.create(call, body);
  return { ...shown(type, made, request), status: 201 };
}

async function get(type: ResourceType, call: Call, request: ScimRequest, id: string): Promise<Ending> {
  const found = await type.get(call, id);
  return { ...shown(type, found, request), summary: `Read ${found.name}` };
}

async function list(type: ResourceType, call: Call, request: ScimRequest): Promise<Ending> {
  const asked = readListRequest(request.query);
  const { total, resources } = await type.list(call, asked);
  const body = listResponse(total, asked.startIndex, resources.map(projector(type, request)));
  const summary =
    asked.filter === undefined ? `Listed ${resources.length} of ${total}` : `Looked for matches: ${total} found`;
  return { status: 200, body, summary };
}

async function replace(type: ResourceType, call: Call, request: ScimRequest, id: string): Promise<Ending> {
  const body = readResource(type.schema, await readJson(request), call.tolerate);
  return shown(type, await type.replace(call, id, body), request);
}

async function patch(type: ResourceType, call: Call, request: ScimRequest, id: string): Promise<Ending> {
  const operations = readOperations(await readJson(request), call.tolerate);
  return shown(type, await type.patch(call, id, operations), request);
}

async function remove(type: ResourceType, call: Call, id: string): Promise<Ending> {
  await type.remove(call, id);
  return { status: 204 };
}

function shown(type: ResourceType, { resource, location, etag, id, name }: Rendered, request: ScimRequest): Ending {
  const headers = { Location: location, ETag: etag };
  return { status: 200, headers, body: projector(type, request)(resource), target: { id, name } };
}

/** Most calls ask for no projection, and then a resource is shown as it is. */
function projector(type: ResourceType, { query }: ScimRequest): (resource: JsonObject) => JsonObject {
  const attributes = query.get('attributes') ?? undefined;
  const excludedAttributes = query.get('excludedAttributes') ?? undefined;
  if (attributes === undefined && excludedAttributes === undefined) return (resource) => resource;
  const projection = readProjection(type.schema, { attributes, excludedAttributes });
  return (resource) => project(projection, resource);
}

function listResponse(totalResults: number, startIndex: number, resources: readonly JsonObject[]): JsonObject {
  return {
    schemas: [LIST_RESPONSE],
    totalResults,
    startIndex,
    itemsPerPage: resources.length,
    Resources: [...resources],
  };
}
