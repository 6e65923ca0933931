import type { UserAttributes } from './user-attributes.ts';

/** An attribute before and after, as JSON text of at most 1,024 characters; null where there was or is none. */
export interface AttributeChange {
  /** The SCIM path, for example `name.givenName`. */
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
  /** Whether the values are withheld, as a password's are. */
  readonly redacted: boolean;
}

const LONGEST_VALUE = 1_024;
const MOST_CHANGES = 100;
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** What differs between two states of a user, attribute by attribute; lists are compared whole. */
export function changesBetween(before: Partial<UserAttributes>, after: Partial<UserAttributes>): AttributeChange[] {
  const [old, now] = [flatten(before), flatten(after)];
  const paths = [...new Set([...old.keys(), ...now.keys()])];
  return paths
    .filter((path) => old.get(path) !== now.get(path))
    .slice(0, MOST_CHANGES)
    .map((path) => ({ path, before: shown(old.get(path)), after: shown(now.get(path)), redacted: false }));
}

function shown(json: string | undefined): string | null {
  if (json === undefined) return null;
  return json.length <= LONGEST_VALUE ? json : `${json.slice(0, LONGEST_VALUE - 1)}…`;
}

function flatten(attributes: Partial<UserAttributes>): Map<string, string> {
  const { name, enterprise, ...rest } = attributes;
  const flat = new Map<string, string>();
  put(flat, '', rest);
  put(flat, 'name.', name);
  put(flat, `${ENTERPRISE}:`, enterprise);
  return flat;
}

function put(flat: Map<string, string>, prefix: string, values: object | undefined): void {
  for (const [key, value] of Object.entries(values ?? {})) {
    if (value !== undefined) flat.set(prefix + key, canonical(value));
  }
}

/** JSON with the members of objects in one order, so that equal values have equal text. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  members.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(',')}}`;
}
