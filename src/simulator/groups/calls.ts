import type { CallKind, DirectoryClient } from '../client.ts';
import { jsonOf, DirectoryFailure, requireSuccess, type AnswerText } from '../failures.ts';
import { isObject, kindOf, listOf } from '../list-response.ts';
import { isMadeBefore, requireGone } from '../recovery.ts';
import type { ScimObject } from '../scim.ts';

/** A group as a server answered it. */
export interface ReadGroup {
  readonly id: string;
  readonly displayName: unknown;
  /** As listed; empty where the answer leaves `members` out or says null. */
  readonly memberIds: readonly string[];
}

/** The look-up before a first push (RFC 7644 §3.4.2.2), by a query; a 404 counts as no group. Fails with: DirectoryFailure. */
export async function findGroups(client: DirectoryClient, query: string): Promise<ReadGroup[]> {
  const path = `/Groups?${query}`;
  const answer = await client.call({ kind: 'look up group', method: 'GET', path });
  return answer.status === 404 ? [] : listOf(answer).resources.map(asGroup);
}

/** `POST /Groups` (RFC 7644 §3.3); undefined where an earlier copy of the request has made the group. Fails with: DirectoryFailure. */
export async function createGroup(client: DirectoryClient, body: ScimObject): Promise<ReadGroup | undefined> {
  const answer = await client.call({ kind: 'create group', method: 'POST', path: '/Groups', body });
  if (isMadeBefore(answer)) return undefined;
  requireSuccess(answer);
  return asGroup(jsonOf(answer));
}

/** `GET /Groups/{id}`; the answer must be the group asked for. Fails with: DirectoryFailure. */
export async function readGroup(client: DirectoryClient, id: string, query = ''): Promise<ReadGroup> {
  const path = pathOf(id) + (query && `?${query}`);
  const answer = await client.call({ kind: 'read group', method: 'GET', path });
  requireSuccess(answer);
  const group = asGroup(jsonOf(answer));
  if (group.id === id) return group;
  throw new DirectoryFailure(`GET /Groups/${id} answered another group, ${group.id}.`);
}

/** `PUT /Groups/{id}` (RFC 7644 §3.5.1). Fails with: DirectoryFailure. */
export async function replaceGroup(
  client: DirectoryClient,
  kind: CallKind,
  id: string,
  body: ScimObject,
): Promise<void> {
  checkWritten(await client.call({ kind, method: 'PUT', path: pathOf(id), body }), id);
}

/** `PATCH /Groups/{id}` (RFC 7644 §3.5.2); a 204 is as good as the group. Fails with: DirectoryFailure. */
export async function patchGroup(client: DirectoryClient, kind: CallKind, id: string, body: ScimObject): Promise<void> {
  checkWritten(await client.call({ kind, method: 'PATCH', path: pathOf(id), body }), id);
}

/** `DELETE /Groups/{id}` (RFC 7644 §3.6): *Delete in target app*; a repeated one may find nothing any more. Fails with: DirectoryFailure. */
export async function deleteGroup(client: DirectoryClient, id: string): Promise<void> {
  requireGone(await client.call({ kind: 'delete group', method: 'DELETE', path: pathOf(id) }));
}

/** Reads a group from an answer. Fails with: DirectoryFailure naming what a directory could not use. */
export function asGroup(value: unknown): ReadGroup {
  if (!isObject(value)) throw new DirectoryFailure(`The answer is ${kindOf(value)} instead of a group.`);
  const { id, displayName, members } = value;
  if (typeof id !== 'string' || id === '') {
    throw new DirectoryFailure('The group in the answer has no id; it cannot be addressed again.');
  }
  return { id, displayName, memberIds: valuesOf(members ?? [], `members of group ${id}`) };
}

/** The `value`s of a multi-valued attribute. Fails with: DirectoryFailure for anything but an array of objects with one. */
export function valuesOf(entries: unknown, what: string): string[] {
  if (!Array.isArray(entries)) throw new DirectoryFailure(`The ${what} are ${kindOf(entries)} instead of an array.`);
  return entries.map((entry: unknown) => {
    const value = isObject(entry) ? entry['value'] : undefined;
    if (typeof value === 'string' && value !== '') return value;
    throw new DirectoryFailure(`One of the ${what} has no value.`);
  });
}

function checkWritten(answer: AnswerText, id: string): void {
  requireSuccess(answer);
  if (answer.text.trim() === '') return;
  const group = asGroup(jsonOf(answer));
  if (group.id !== id)
    throw new DirectoryFailure(`The answer is about another group: its id is ${group.id}, not ${id}.`);
}

function pathOf(id: string): string {
  return `/Groups/${encodeURIComponent(id)}`;
}
