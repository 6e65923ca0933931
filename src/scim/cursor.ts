import type { Slice } from '../domain/criteria.ts';
import { expiredCursor, invalidCount, invalidCursor, shown } from './errors.ts';
import { printFilter, printPath } from './filter/printer.ts';
import type { JsonObject } from './json.ts';
import type { ListRequest } from './list-request.ts';
import { CURSOR_SECONDS, MAX_RESULTS } from './paging.ts';
import type { Call, ResourceType } from './resource-type.ts';

// Cursors of RFC 9865. The server keeps nothing of them: a cursor is the place where the next page begins, sealed so that
// only this server can make one, for one workspace and one question. All cursors are of one length.

/** The `cursor` of a list request, and the `count` that came with it. */
export interface CursorAsked {
  /** Empty for the first page. */
  readonly text: string;
  readonly count?: number;
}

/** Of what list a cursor is. */
interface CursorOf {
  readonly type: ResourceType;
  readonly call: Call;
  readonly request: ListRequest;
}

/**
 * Reads `cursor` and its `count`; undefined where the list is not asked for by cursor (RFC 9865 §2).
 * Fails with: 400 invalidCursor, invalidCount.
 */
export function readCursorPaging(query: URLSearchParams): CursorAsked | undefined {
  const text = query.get('cursor')?.trim();
  if (text === undefined) return undefined;
  if (query.has('startIndex'))
    throw invalidCursor('There are both a cursor and a startIndex. Send the one or the other.');
  const count = query.get('count')?.trim() ?? '';
  if (count === '') return { text };
  const value = Number(count);
  if (/^\+?\d+$/u.test(count) && value >= 1 && value <= MAX_RESULTS) return { text, count: value };
  throw invalidCount(`count is ${shown(count)}. With a cursor, send a whole number from 1 to ${MAX_RESULTS}.`);
}

/** A list request with the place that its cursor stands for. Fails with: 400 invalidCursor, expiredCursor. */
export function opened(type: ResourceType, call: Call, request: ListRequest): ListRequest {
  const { cursor } = request;
  if (cursor === undefined) return request;
  if (cursor.text === '') return { ...request, after: 0 };
  const place = placeIn(call.ctx.secrets.unseal(cursor.text, boundTo({ type, call, request })));
  if (place === undefined)
    throw invalidCursor('The cursor is none of this list: send it as it was given, with the same filter and order.');
  if (place.expiresAt <= Date.parse(call.ctx.clock.now()))
    throw expiredCursor(`The cursor is older than ${CURSOR_SECONDS / 60} minutes. Begin again with an empty one.`);
  const { after, count } = place;
  if (cursor.count !== undefined && cursor.count !== count)
    throw invalidCursor(`The cursor is for pages of ${count}, but count is ${cursor.count}. Send count=${count}.`);
  return { ...request, after, count };
}

/** Which part of a list a request asks for, by position or by cursor. */
export function sliceOf({ startIndex, count, after }: ListRequest): Slice {
  return after === undefined ? { offset: startIndex - 1, limit: count } : { offset: 0, limit: count, after };
}

/** A page read by cursor: no `startIndex`, and a `nextCursor` while more follow (RFC 9865 §2). */
export function cursorResponse(list: JsonObject, next: number | undefined, of: CursorOf): JsonObject {
  const { Resources, startIndex: _startIndex, ...rest } = list;
  const nextCursor = next === undefined ? {} : { nextCursor: sealed(next, of) };
  return { ...rest, ...nextCursor, Resources: Resources! };
}

function sealed(after: number, of: CursorOf): string {
  const { ctx } = of.call;
  const expiresAt = Date.parse(ctx.clock.now()) + CURSOR_SECONDS * 1000;
  const place = [padded(after), padded(expiresAt), padded(of.request.count)].join('.');
  return ctx.secrets.seal(place, boundTo(of));
}

function placeIn(text: string | undefined) {
  if (text === undefined) return undefined;
  const [after, expiresAt, count] = text.split('.').map(Number);
  return { after: after!, expiresAt: expiresAt!, count: count! };
}

/** What makes a cursor that of another list if it changes. */
function boundTo({ type, call, request: { filter, sort } }: CursorOf): string {
  const order = sort === undefined ? null : [printPath(sort.path), sort.descending];
  const question = filter === undefined ? null : printFilter(filter);
  return JSON.stringify(['cursor', call.ctx.workspaceId, type.endpoint, question, order]);
}

/** Every safe integer has at most 16 digits. */
function padded(value: number): string {
  return String(value).padStart(16, '0');
}
