import { invalidSyntax, invalidValue, ScimError, shown } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import type { ScimRequest, ScimResponse } from '../message.ts';
import type { Call } from '../resource-type.ts';
import { callOf, referenceIn, referencesOf } from './call.ts';
import type { BulkOperation, BulkRequest } from './request.ts';

/** What has become of an operation. */
type Progress =
  | { readonly state: 'waiting' | 'begun' }
  | { readonly state: 'done'; readonly result: JsonObject; readonly id: string | undefined };

interface Bulk extends BulkRequest {
  readonly call: Call;
  /** The bulk request itself. */
  readonly request: ScimRequest;
}

const METHODS = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
const TYPES = new Set(['Users', 'Groups']);

/**
 * Does the operations of a bulk request, one after the other and each a transaction of its own: in the order sent, but
 * whom one refers to before it (RFC 7644 §3.7.2). What was done stays done, whatever fails later.
 */
export class BulkRun {
  readonly #bulk: Bulk;
  readonly #progress: Progress[];
  readonly #places: ReadonlyMap<string, number>;
  #errors = 0;

  constructor(bulk: Bulk) {
    this.#bulk = bulk;
    this.#progress = bulk.operations.map(() => ({ state: 'waiting' }));
    const named = bulk.operations.map(({ bulkId }, place) => [bulkId, place] as const);
    this.#places = new Map(named.flatMap(([bulkId, place]) => (bulkId === undefined ? [] : [[bulkId, place]])));
  }

  /** How many operations have failed. */
  get errors(): number {
    return this.#errors;
  }

  /** The results of all operations that were tried, in the order sent. */
  async results(): Promise<JsonObject[]> {
    for (const place of this.#progress.keys()) await this.#perform(place);
    return this.#progress.flatMap((progress) => (progress.state === 'done' ? [progress.result] : []));
  }

  get #isOver(): boolean {
    return this.#errors >= this.#bulk.failOnErrors;
  }

  async #perform(place: number): Promise<void> {
    if (this.#isOver || this.#progress[place]!.state !== 'waiting') return;
    this.#progress[place] = { state: 'begun' };
    const operation = this.#bulk.operations[place]!;
    const references = referencesOf(operation);
    for (const bulkId of references) {
      const other = this.#places.get(bulkId);
      if (other !== undefined) await this.#perform(other);
    }
    if (!this.#isOver) await this.#call(place, operation, references);
  }

  async #call(place: number, operation: BulkOperation, references: ReadonlySet<string>): Promise<void> {
    const { call, request } = this.#bulk;
    const nested = callOf(request, operation, (text) => this.#resolved(text));
    const refusal = refusalOf(operation, nested) ?? this.#unresolved(references);
    const response = await call.nested(nested, refusal);
    if (response.status >= 400) this.#errors += 1;
    const location = locationOf(call.baseUrl, nested, response);
    const id = response.status < 400 ? location?.split('/').at(-1) : undefined;
    this.#progress[place] = { state: 'done', result: resultOf(operation, response, location), id };
  }

  /** A reference as the id that it stands for; any other text as it is. */
  #resolved(text: string): string {
    const bulkId = referenceIn(text);
    const place = bulkId === undefined ? undefined : this.#places.get(bulkId);
    const progress = place === undefined ? undefined : this.#progress[place];
    return progress?.state === 'done' ? (progress.id ?? text) : text;
  }

  /** Why an operation cannot be: circular references end here, after all that could be made was (RFC 7644 §3.7.1). */
  #unresolved(references: ReadonlySet<string>): ScimError | undefined {
    for (const bulkId of references) {
      const place = this.#places.get(bulkId);
      const name = shown(bulkId);
      if (place === undefined) return invalidValue(`No operation has the bulkId ${name} that this one refers to.`);
      const progress = this.#progress[place]!;
      if (progress.state !== 'done')
        return new ScimError(409, `The references to and from bulkId ${name} go round in a circle. Leave one out.`);
      if (progress.id === undefined)
        return new ScimError(409, `The operation with bulkId ${name}, to which this one refers, made nothing.`);
    }
    return undefined;
  }
}

/** What a bulk takes: the writes of RFC 7644 §3.7 on users and groups, and no bulk in a bulk. */
function refusalOf({ method, bulkId, data }: BulkOperation, { segments }: ScimRequest): ScimError | undefined {
  const [type = '', id] = segments;
  if (!METHODS.has(method)) return invalidValue(`The method ${shown(method)} is none of POST, PUT, PATCH and DELETE.`);
  if (!TYPES.has(type) || id === '.search')
    return invalidValue(`The path ${shown(`/${segments.join('/')}`)} is none of /Users and /Groups, or below them.`);
  if (method === 'POST' && bulkId === undefined) return invalidSyntax('A POST needs a bulkId. Make one up.');
  if (method !== 'DELETE' && data === undefined)
    return invalidSyntax(`A ${method} needs data. Send the resource in it.`);
  return undefined;
}

/** Where the resource is; nowhere after a POST that failed. */
function locationOf(baseUrl: string, { method, segments }: ScimRequest, response: ScimResponse): string | undefined {
  if (response.headers['Location'] !== undefined) return response.headers['Location'];
  if (method === 'POST' || segments.some((segment) => referenceIn(segment) !== undefined)) return undefined;
  return [baseUrl, ...segments.map(encodeURIComponent)].join('/');
}

/** The result of one operation (RFC 7644 §3.7): what failed says why, what was done says where. */
function resultOf(operation: BulkOperation, response: ScimResponse, location: string | undefined): JsonObject {
  const { method, bulkId } = operation;
  const version = response.headers['ETag'];
  return {
    ...(location === undefined ? {} : { location }),
    method,
    ...(bulkId === undefined ? {} : { bulkId }),
    ...(version === undefined ? {} : { version }),
    status: String(response.status),
    ...(response.status < 400 || response.body === undefined ? {} : { response: response.body }),
  };
}
