import type { Context } from '../domain/ports.ts';
import type { ProvisioningOperation } from '../domain/provisioning-event.ts';
import type { JsonObject, Tolerate } from './json.ts';
import type { ListRequest } from './list-request.ts';
import type { PatchOperation } from './patch/operations.ts';
import type { ReadResource } from './schema/read.ts';
import type { ResourceSchema } from './schema/resource.ts';

/** A resource with what the answer's headers say of it. */
export interface Rendered {
  readonly id: string;
  readonly name: string;
  readonly resource: JsonObject;
  readonly location: string;
  readonly etag: string;
}

/** A page of a list, and how many there are in all. */
export interface RenderedPage {
  readonly total: number;
  readonly resources: readonly JsonObject[];
}

/** What a call works with. */
export interface Call {
  readonly ctx: Context;
  readonly baseUrl: string;
  readonly tolerate: Tolerate;
  /** The version that `If-Match` asks for. */
  readonly version?: number;
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
  create(call: Call, body: ReadResource): Promise<Rendered>;
  get(call: Call, id: string): Promise<Rendered>;
  list(call: Call, request: ListRequest): Promise<RenderedPage>;
  replace(call: Call, id: string, body: ReadResource): Promise<Rendered>;
  patch(call: Call, id: string, operations: readonly PatchOperation[]): Promise<Rendered>;
  remove(call: Call, id: string): Promise<void>;
}
