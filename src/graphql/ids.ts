/** The types that have a global ID. `Provisioning` has the ID of its workspace. */
export const NODE_TYPES = [
  'Workspace',
  'Provisioning',
  'User',
  'Team',
  'ScimCredential',
  'ProvisioningEvent',
  'AccessToken',
] as const;
export type NodeType = (typeof NODE_TYPES)[number];

/** What a global ID names. */
export interface GlobalId {
  readonly type: NodeType;
  readonly id: string;
}

/** No object has this ID: it stands for one that cannot be read, where something has to be asked for. */
export const NO_ID = '00000000-0000-0000-0000-000000000000';

const LONGEST = 100;
const FORM = /^(?<type>[A-Za-z]+):(?<id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/u;

/** The global ID of an object. */
export function globalId(type: NodeType, id: string): string {
  return Buffer.from(`${type}:${id}`).toString('base64url');
}

/** What a global ID names; undefined where it is none of ours. */
export function readGlobalId(text: string): GlobalId | undefined {
  if (text.length > LONGEST) return undefined;
  const { type, id } = FORM.exec(Buffer.from(text, 'base64url').toString())?.groups ?? {};
  const known = NODE_TYPES.find((each) => each === type);
  if (known === undefined || id === undefined || globalId(known, id) !== text) return undefined;
  return { type: known, id };
}

/** The local ID inside a global ID of one type; one that no object has where it is of another type or none of ours. */
export function localId(type: NodeType, text: string): string {
  return localIdOf([type], text);
}

/** The same for a global ID of any of these types. */
export function localIdOf(types: readonly NodeType[], text: string): string {
  const read = readGlobalId(text);
  return read !== undefined && types.includes(read.type) ? read.id : NO_ID;
}
