import type { CallKind, OktaClient } from './client.ts';
import { jsonOf, OktaFailure, requireSuccess, type AnswerText } from './failures.ts';
import { isObject, kindOf, listOf } from './list-response.ts';
import type { ScimObject, ScimUser } from './okta-messages.ts';

/** Okta's *Test API Credentials* button: the first two users. Fails with: OktaFailure, Stopped. */
export async function testConnection(client: OktaClient): Promise<void> {
  listOf(await client.call({ kind: 'test', method: 'GET', path: '/Users?startIndex=1&count=2' }));
}

/** Okta's existence check (RFC 7644 §3.4.2.2): who answers to this userName; a 404 counts as nobody. Fails with: OktaFailure. */
export async function findUsers(client: OktaClient, userName: string): Promise<ScimUser[]> {
  const path = lookUpPath('/Users', 'userName', userName);
  const answer = await client.call({ kind: 'look up', method: 'GET', path });
  if (answer.status === 404) return [];
  return listOf(answer).resources.map(asUser);
}

/** Okta's path for finding resources by one attribute's value. */
export function lookUpPath(endpoint: '/Users' | '/Groups', attribute: string, value: string): string {
  const literal = value.replace(/["\\]/g, String.raw`\$&`);
  const filter = encodeURIComponent(`${attribute} eq "${literal}"`);
  return `${endpoint}?filter=${filter}&startIndex=1&count=100`;
}

/** `POST /Users` (RFC 7644 §3.3); `acknowledged` tells of a 201 even if its body is not what Okta needs. Fails with: OktaFailure. */
export async function createUser(client: OktaClient, body: ScimObject, acknowledged: () => void): Promise<ScimUser> {
  const answer = await client.call({ kind: 'create', method: 'POST', path: '/Users', body });
  if (answer.status === 201) acknowledged();
  requireSuccess(answer);
  if (answer.text.trim() === '') throw new OktaFailure('Create new user returned empty user.');
  return asUser(jsonOf(answer));
}

/** `GET /Users/{id}`; the answer must be the user asked for and say whether it is active. Fails with: OktaFailure. */
export async function readUser(client: OktaClient, id: string): Promise<ScimUser & { readonly active: boolean }> {
  const answer = await client.call({ kind: 'read', method: 'GET', path: pathOf(id) });
  requireSuccess(answer);
  const user = asUser(jsonOf(answer));
  if (user.id !== id) throw new OktaFailure(`GET /Users/${id} answered another user, ${user.id}.`);
  const active = user['active'];
  if (typeof active === 'boolean') return { ...user, active };
  throw new OktaFailure(`The user's active is ${kindOf(active)}; Okta reads only true or false.`);
}

/** `PUT /Users/{id}` (RFC 7644 §3.5.1). Fails with: OktaFailure. */
export async function replaceUser(client: OktaClient, kind: CallKind, id: string, body: ScimObject): Promise<void> {
  checkWritten(await client.call({ kind, method: 'PUT', path: pathOf(id), body }), id);
}

/** `PATCH /Users/{id}` (RFC 7644 §3.5.2); a 204 is as good as the user. Fails with: OktaFailure. */
export async function patchUser(client: OktaClient, kind: CallKind, id: string, body: ScimObject): Promise<void> {
  checkWritten(await client.call({ kind, method: 'PATCH', path: pathOf(id), body }), id);
}

function checkWritten(answer: AnswerText, id: string): void {
  requireSuccess(answer);
  if (answer.text.trim() === '') return;
  const user = asUser(jsonOf(answer));
  if (user.id !== id) throw new OktaFailure(`The answer is about another user: its id is ${user.id}, not ${id}.`);
}

function asUser(value: unknown): ScimUser {
  if (!isObject(value)) throw new OktaFailure(`The answer is ${kindOf(value)} instead of a user.`);
  const { id } = value;
  if (typeof id === 'string' && id !== '') return { ...value, id };
  throw new OktaFailure('The user in the answer has no id; Okta cannot address it again.');
}

function pathOf(id: string): string {
  return `/Users/${encodeURIComponent(id)}`;
}
