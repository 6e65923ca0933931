import type { ProvisioningOperation } from '../domain/provisioning-event.ts';
import { cursorResponse, opened } from './cursor.ts';
import { ScimError } from './errors.ts';
import type { JsonObject } from './json.ts';
import { readListRequest } from './list-request.ts';
import type { ScimRequest } from './message.ts';
import { schemasOf, tellFilter, tellOperation, tellPatch, tellSchemas } from './oddities.ts';
import { readOperations } from './patch/operations.ts';
import { project, readProjection } from './projection.ts';
import { readJson } from './request-body.ts';
import type { Call, Rendered, ResourceType } from './resource-type.ts';
import type { ReadResource } from './schema/read.ts';
import { readSearchRequest } from './search-request.ts';
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
    GET: { operation: operations.read, status: 200, answer: (call, request) => list(type, call, request.query) },
    POST: { operation: operations.create, status: 201, answer: (call, request) => create(type, call, request) },
  };
}

/** The search of a type of resource: a list request in a body, for filters that no URL may show (RFC 7644 §3.4.3). */
export function searchOf(type: ResourceType): Endpoints {
  const answer = async (call: Call, request: ScimRequest) =>
    list(type, call, readSearchRequest(await readJson(request)));
  return { POST: { operation: type.operations.read, status: 200, answer } };
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

async function create(type: ResourceType, call: Call, request: ScimRequest): Promise<Ending> {
  const body = await bodyOf(type, call, request);
  const asked = asking(type, call, request.query);
  return { ...shown(asked, await type.create(asked, body)), status: 201 };
}

async function get(type: ResourceType, call: Call, request: ScimRequest, id: string): Promise<Ending> {
  const asked = asking(type, call, request.query);
  const found = await type.get(asked, id);
  return { ...shown(asked, found), summary: `Read ${found.name}` };
}

async function list(type: ResourceType, call: Call, query: URLSearchParams): Promise<Ending> {
  const request = opened(type, call, readListRequest(query));
  if (request.filter !== undefined) tellFilter(type.schema, request.filter, call.tolerate);
  const asked = asking(type, call, query);
  const { total, resources, next } = await type.list(asked, request);
  const shownResources = resources.map((resource) => projected(asked, resource));
  const list = listResponse(total, request.startIndex, shownResources);
  const body = request.after === undefined ? list : cursorResponse(list, next, { type, call, request });
  const summary =
    request.filter === undefined ? `Listed ${resources.length} of ${total}` : `Looked for matches: ${total} found`;
  return { status: 200, body, summary };
}

async function replace(type: ResourceType, call: Call, request: ScimRequest, id: string): Promise<Ending> {
  const body = await bodyOf(type, call, request);
  const asked = asking(type, call, request.query);
  return shown(asked, await type.replace(asked, id, body));
}

async function patch(type: ResourceType, call: Call, request: ScimRequest, id: string): Promise<Ending> {
  const body = await readJson(request);
  const operations = readOperations(body, call.tolerate);
  tellPatch(body, call.tolerate);
  for (const operation of operations) tellOperation(type.schema, operation, call.tolerate);
  const asked = asking(type, call, request.query);
  return shown(asked, await type.patch(asked, id, operations));
}

/** The body of a POST or PUT, read by its type. */
async function bodyOf(type: ResourceType, { tolerate }: Call, request: ScimRequest): Promise<ReadResource> {
  const body = await readJson(request);
  tellSchemas(body, schemasOf(type.schema), tolerate);
  return type.read(body, tolerate);
}

async function remove(type: ResourceType, call: Call, id: string): Promise<Ending> {
  await type.remove(call, id);
  return { status: 204 };
}

/** `Content-Location` says which resource the body is, and equals its `meta.location` (RFC 7643 §3.1). */
function shown(call: Call, { resource, location, etag, id, name }: Rendered): Ending {
  const ending = { headers: { Location: location, ETag: etag }, target: { id, name } };
  if (resource === undefined) return { ...ending, status: 204 };
  const headers = { ...ending.headers, 'Content-Location': location };
  return { ...ending, headers, status: 200, body: projected(call, resource) };
}

/** The call with what it asks to see; most ask for no projection, and then a resource is shown as it is. */
function asking(type: ResourceType, call: Call, query: URLSearchParams): Call {
  const attributes = query.get('attributes') ?? undefined;
  const excludedAttributes = query.get('excludedAttributes') ?? undefined;
  if (attributes === undefined && excludedAttributes === undefined) return call;
  return { ...call, projection: readProjection(type.schema, { attributes, excludedAttributes }) };
}

function projected({ projection }: Call, resource: JsonObject): JsonObject {
  return projection === undefined ? resource : project(projection, resource);
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
