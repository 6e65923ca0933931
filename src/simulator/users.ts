import type { CallKind, DirectoryClient } from './client.ts';
import { jsonOf, DirectoryFailure, requireSuccess, type AnswerText } from './failures.ts';
import { isObject, kindOf, listOf } from './list-response.ts';
import { isMadeBefore, requireGone } from './recovery.ts';
import type { ScimObject, ScimUser } from './scim.ts';

/** The existence check (RFC 7644 §3.4.2.2): who answers to a query; a 404 counts as nobody. Fails with: DirectoryFailure. */
export async function findUsers(client: DirectoryClient, query: string): Promise<ScimUser[]> {
  const answer = await client.call({ kind: 'look up', method: 'GET', path: `/Users?${query}` });
  if (answer.status === 404) return [];
  return listOf(answer).resources.map(asUser);
}

/** The query parameter that asks for these values, all of them. */
export function filterBy(values: Readonly<Record<string, string>>): string {
  const comparisons = Object.entries(values).map(([attribute, value]) => {
    const literal = value.replace(/["\\]/g, String.raw`\$&`);
    return `${attribute} eq "${literal}"`;
  });
  return `filter=${encodeURIComponent(comparisons.join(' and '))}`;
}

/** `POST /Users` (RFC 7644 §3.3); undefined where an earlier copy of the request has made the user. `acknowledged` tells of a 201 even if its body is of no use. Fails with: DirectoryFailure. */
export async function createUser(
  client: DirectoryClient,
  body: ScimObject,
  acknowledged: () => void,
): Promise<ScimUser | undefined> {
  const answer = await client.call({ kind: 'create', method: 'POST', path: '/Users', body });
  if (answer.status === 201) acknowledged();
  if (isMadeBefore(answer)) return undefined;
  requireSuccess(answer);
  if (answer.text.trim() === '') throw new DirectoryFailure('Create new user returned empty user.');
  return asUser(jsonOf(answer));
}

/** `GET /Users/{id}`; the answer must be the user asked for and say whether it is active. Fails with: DirectoryFailure. */
export async function readUser(client: DirectoryClient, id: string): Promise<ScimUser & { readonly active: boolean }> {
  const answer = await client.call({ kind: 'read', method: 'GET', path: pathOf(id) });
  requireSuccess(answer);
  const user = asUser(jsonOf(answer));
  if (user.id !== id) throw new DirectoryFailure(`GET /Users/${id} answered another user, ${user.id}.`);
  const active = user['active'];
  if (typeof active === 'boolean') return { ...user, active };
  throw new DirectoryFailure(`The user's active is ${kindOf(active)}; only true or false is read.`);
}

/** `PUT /Users/{id}` (RFC 7644 §3.5.1). Fails with: DirectoryFailure. */
export async function replaceUser(
  client: DirectoryClient,
  kind: CallKind,
  id: string,
  body: ScimObject,
): Promise<void> {
  checkWritten(await client.call({ kind, method: 'PUT', path: pathOf(id), body }), id);
}

/** `PATCH /Users/{id}` (RFC 7644 §3.5.2); a 204 is as good as the user. Fails with: DirectoryFailure. */
export async function patchUser(client: DirectoryClient, kind: CallKind, id: string, body: ScimObject): Promise<void> {
  checkWritten(await client.call({ kind, method: 'PATCH', path: pathOf(id), body }), id);
}

/** `DELETE /Users/{id}` (RFC 7644 §3.6), after which nobody has that id. Fails with: DirectoryFailure. */
export async function deleteUser(client: DirectoryClient, id: string): Promise<void> {
  requireGone(await client.call({ kind: 'delete', method: 'DELETE', path: pathOf(id) }));
  const { status } = await client.call({ kind: 'read', method: 'GET', path: pathOf(id) });
  if (status !== 404) throw new DirectoryFailure(`the user ${id} was deleted, but reading it is answered ${status}.`);
}

function checkWritten(answer: AnswerText, id: string): void {
  requireSuccess(answer);
  if (answer.text.trim() === '') return;
  const user = asUser(jsonOf(answer));
  if (user.id !== id) throw new DirectoryFailure(`The answer is about another user: its id is ${user.id}, not ${id}.`);
}

function asUser(value: unknown): ScimUser {
  if (!isObject(value)) throw new DirectoryFailure(`The answer is ${kindOf(value)} instead of a user.`);
  const { id } = value;
  if (typeof id === 'string' && id !== '') return { ...value, id };
  throw new DirectoryFailure('The user in the answer has no id; it cannot be addressed again.');
}

function pathOf(id: string): string {
  return `/Users/${encodeURIComponent(id)}`;
}
