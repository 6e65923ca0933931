import type { Json, JsonObject, Tolerate } from './json.ts';
import { isObject } from './json.ts';
import type { Attribute } from './schema/attribute.ts';
import { subAttributeNamed } from './schema/attribute.ts';

/**
 * What identity providers send that the RFCs do not know, and what is read from it. Everything else in this folder
 * follows the RFCs; it asks here where it reads a body, a value or a filter. What needs to be told alone is in
 * oddities.ts: `schemas`, for example, may be missing or misspelt (Microsoft's validator, OneLogin), for it is never
 * read. `null`, `""` and `[]` are no value at all (Okta, Entra ID), which RFC 7643 §2.5 says for `null` and `[]`.
 * Who sends what, and from where that is known: docs/quirks.md.
 */

/**
 * Entra ID without `aadOptscim062020` and OneLogin's templates write booleans as text, `"False"`, in values and filters.
 * Read: true or false; other text is not a boolean. Shown by test/scim/patch/providers.test.ts.
 */
export function flagFromText(text: string): boolean | undefined {
  const lower = text.trim().toLowerCase();
  return lower === 'true' ? true : lower === 'false' ? false : undefined;
}

/**
 * Old Entra ID jobs send a single value as a list of one, `[{ "$ref": null, "value": "X" }]` or `["X"]`.
 * Read: the one value. Shown by test/scim/patch/providers.test.ts.
 */
export function singleFromList(attribute: Attribute, list: Json[]): Json {
  const [only = null] = list;
  if (attribute.type === 'complex' || !isObject(only)) return only;
  return Object.hasOwn(only, 'value') ? (only['value'] ?? null) : only;
}

/**
 * Entra ID sends `"manager": "<id>"`; others send `"emails": ["x"]`.
 * Read: `{ "value": "<id>" }`, where the attribute has a `value`. Shown by test/scim/patch/providers.test.ts.
 */
export function complexFromText(attribute: Attribute, text: string): JsonObject | undefined {
  return subAttributeNamed(attribute, 'value') === undefined ? undefined : { value: text };
}

/** A complex value as its attribute's parts name it, whatever a provider calls them. */
export function elementOf(attribute: Attribute, element: JsonObject, tolerate: Tolerate): JsonObject {
  if (attribute.name === 'roles') return roleFromJson(element, tolerate);
  return attribute.name === 'manager' ? managerFromId(element, tolerate) : element;
}

/**
 * OneLogin's templates, made for SCIM 1.1, send `"manager": { "managerId": "<id>" }`.
 * Read: `value`. Shown by test/scim/quirks.test.ts.
 */
function managerFromId(element: JsonObject, tolerate: Tolerate): JsonObject {
  const { managerId, ...rest } = element;
  if (managerId === undefined || Object.hasOwn(rest, 'value')) return element;
  tolerate('Read manager.managerId as manager.value.');
  return { ...rest, value: managerId };
}

/**
 * Entra ID's `AppRoleAssignments` sends `roles[].value` as JSON in text: `{"id":…,"value":"Admin","displayName":…}`;
 * on POST it calls the display text `displayName`.
 * Read: `value` and `display`. Shown by test/scim/patch/providers.test.ts.
 */
function roleFromJson(element: JsonObject, tolerate: Tolerate): JsonObject {
  const role = embeddedRole(ownText(element, 'value'));
  if (role !== undefined) tolerate('Read the JSON text in roles.value as a role.');
  const { value = ownText(element, 'value'), display } = role ?? {};
  const shown = ownText(element, 'display') ?? display ?? ownText(element, 'displayName');
  const { displayName, ...rest } = element;
  if (displayName !== undefined) tolerate('Read roles.displayName as roles.display.');
  return { ...rest, ...(value === undefined ? {} : { value }), ...(shown === undefined ? {} : { display: shown }) };
}

/**
 * Some Entra ID connectors and hand-written clients call the list of a PATCH `operations`.
 * Read: the list, whatever the case of its key. Shown by test/scim/patch/operations.test.ts.
 */
export function operationsOf(body: JsonObject, tolerate: Tolerate): Json | undefined {
  const key = Object.keys(body).find((name) => name.toLowerCase() === 'operations');
  if (key === undefined) return undefined;
  if (key !== 'Operations') tolerate(`Read ${JSON.stringify(key)} as Operations.`);
  return body[key];
}

/**
 * Okta's custom unique identifier field filters by `email eq` and `email.value eq`.
 * Read: `emails`. Shown by test/scim/filter/to-criteria.test.ts.
 */
export const FILTER_NAMES: ReadonlyMap<string, string> = new Map([['email', 'emails']]);

interface Role {
  readonly value: string;
  readonly display: string | undefined;
}

function embeddedRole(text: string | undefined): Role | undefined {
  if (text?.trimStart().startsWith('{') !== true) return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    const value = isObject(parsed) ? ownText(parsed, 'value') : undefined;
    return isObject(parsed) && value !== undefined ? { value, display: ownText(parsed, 'displayName') } : undefined;
  } catch {
    return undefined;
  }
}

function ownText(object: JsonObject, name: string): string | undefined {
  const value = Object.hasOwn(object, name) ? object[name] : undefined;
  return typeof value === 'string' ? value : undefined;
}
