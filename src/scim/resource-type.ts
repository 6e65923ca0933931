import type { Context } from '../domain/ports.ts';
import type { ProvisioningOperation } from '../domain/provisioning-event.ts';
import type { ScimError } from './errors.ts';
import type { JsonObject, Tolerate } from './json.ts';
import type { ListRequest } from './list-request.ts';
import type { ScimRequest, ScimResponse } from './message.ts';
import type { PatchOperation } from './patch/operations.ts';
import { wants, type Projection } from './projection.ts';
import type { ReadResource } from './schema/read.ts';
import type { ResourceSchema } from './schema/resource.ts';

/** A resource with what the answer's headers say of it. */
export interface Rendered {
  readonly id: string;
  readonly name: string;
  /** Absent where the answer says no more than that it was done (204). */
  readonly resource?: JsonObject;
  readonly location: string;
  readonly etag: string;
}

/** A page of a list, and how many there are in all. */
export interface RenderedPage {
  readonly total: number;
  readonly resources: readonly JsonObject[];
  /** Where the next page begins, for a cursor; absent at the end. */
  readonly next?: number;
}

/** What a call works with. */
export interface Call {
  readonly ctx: Context;
  readonly baseUrl: string;
  readonly tolerate: Tolerate;
  /** The version that `If-Match` asks for. */
  readonly version?: number;
  /** Which attributes the answer holds; absent where all that are usual do. */
  readonly projection?: Projection;
  /** Says with which status the call will end well, before a command writes it into the log. */
  readonly willAnswer: (status: number) => void;
  /** Answers and logs another call of the same caller, as if it had come by itself; a refusal given is its answer. */
  readonly nested: (request: ScimRequest, refusal?: ScimError) => Promise<ScimResponse>;
}

/** Tells whether the answer holds an attribute, so that it need not be loaded if it does not. */
export function isWanted({ projection }: Call, attribute: string): boolean {
  return projection === undefined || wants(projection, attribute);
}

/** The version that a command is to find, as commands take it. */
export function expectation({ version }: Call): { version?: number } {
  return version === undefined ? {} : { version };
}

/** A type of resource: its schema, and for each method of RFC 7644 §3 the one domain call it makes. */
export interface ResourceType {
  readonly endpoint: string;
  readonly schema: ResourceSchema;
  readonly operations: {
    readonly create: ProvisioningOperation;
    readonly update: ProvisioningOperation;
    readonly remove: ProvisioningOperation;
    readonly read: ProvisioningOperation;
  };
  /** Reads the body of a POST or PUT. Fails with: 400 invalidSyntax, invalidValue, tooMany. */
  read(body: unknown, tolerate: Tolerate): ReadResource;
  create(call: Call, body: ReadResource): Promise<Rendered>;
  get(call: Call, id: string): Promise<Rendered>;
  list(call: Call, request: ListRequest): Promise<RenderedPage>;
  replace(call: Call, id: string, body: ReadResource): Promise<Rendered>;
  patch(call: Call, id: string, operations: readonly PatchOperation[]): Promise<Rendered>;
  remove(call: Call, id: string): Promise<void>;
}
