import { ScimError, invalidPath, mutability, noTarget, shown } from '../errors.ts';
import type { Filter, Path } from '../filter/ast.ts';
import { parsePath } from '../filter/parser.ts';
import type { Tolerate } from '../json.ts';
import type { Attribute, Schema } from '../schema/attribute.ts';
import { shownName } from '../schema/read.ts';
import type { ResourceSchema, Target } from '../schema/resource.ts';
import { resolve } from '../schema/resource.ts';
import type { OperationPath, PatchOperation } from './operations.ts';

/** What an operation changes: an attribute, a part of it, or those values of a list that a filter chooses. */
export interface PatchTarget extends Target {
  readonly where?: Filter;
}

/** What the `path` of an operation names (RFC 7644 §3.5.2). Fails with: 400 invalidPath, mutability. */
export function targetOfPath(types: ResourceSchema, { path, where, text }: OperationPath): PatchTarget {
  const target = resolve(types, path);
  if (target === undefined)
    throw invalidPath(`The path ${shown(text)} names no attribute. GET /Schemas lists the attributes.`);
  if (where !== undefined && !target.attribute.multiValued)
    throw invalidPath(
      `The path ${shown(text)} filters ${target.attribute.name}, which has one value; leave the filter out.`,
    );
  if (isReadOnly(target)) throw mutability(`${nameOf(target)} is read-only; leave it out of the PATCH.`);
  if (target.sub?.mutability === 'immutable')
    throw mutability(`${nameOf(target)} cannot be changed; remove the value and add another one.`);
  return { ...target, ...(where === undefined ? {} : { where }) };
}

/** Where a key of a path-less value stands, and who hears of what was ignored. */
export interface KeyReading {
  readonly within: Schema | undefined;
  readonly tolerate: Tolerate;
}

/** What a key of a path-less value names; undefined where it is unknown or read-only, and ignored. */
export function targetOfKey(
  types: ResourceSchema,
  key: string,
  { within, tolerate }: KeyReading,
): PatchTarget | undefined {
  const path = readKey(key, within?.id);
  const target = path === undefined ? undefined : resolve(types, path.path);
  if (path === undefined || target === undefined || (path.where !== undefined && !target.attribute.multiValued)) {
    tolerate(`Ignored the unknown attribute ${shownName(key)}.`);
    return undefined;
  }
  if (isReadOnly(target)) {
    tolerate(`Ignored the read-only attribute ${nameOf(target)}.`);
    return undefined;
  }
  if (isPath(path, target)) tolerate(`Read the key ${shown(key)} as a path.`);
  return { ...target, ...(path.where === undefined ? {} : { where: path.where }) };
}

/** Entra ID's merged replace: the keys of the value are paths, `name.givenName` or a URN with an attribute. */
function isPath({ path, where }: Path, { schema }: Target): boolean {
  return (
    path.sub !== undefined || where !== undefined || (path.urn ?? schema.id) !== schema.id || path.urn !== undefined
  );
}

/** An operation names the resource itself, which is none of its attributes. */
export function namesTheResource(schema: Schema, op: PatchOperation['op']): ScimError {
  return noTarget(`${schema.id} is the resource itself; name the attribute to ${op} after it.`);
}

/** An operation would leave a required attribute without a value. */
export function emptiesRequired({ name }: Attribute): ScimError {
  return mutability(`${name} is required and cannot be removed or emptied; replace it by another value.`);
}

/** Reads a key of a path-less value; what is no path is an unknown attribute. */
function readKey(key: string, urn: string | undefined): Path | undefined {
  try {
    const { path, where } = parsePath(key);
    const within = urn === undefined || path.urn !== undefined ? path : { ...path, urn };
    return { path: within, ...(where === undefined ? {} : { where }) };
  } catch (error) {
    if (error instanceof ScimError) return undefined;
    throw error;
  }
}

function isReadOnly({ attribute, sub }: Target): boolean {
  return attribute.mutability === 'readOnly' || sub?.mutability === 'readOnly';
}

function nameOf({ attribute, sub }: Target): string {
  return sub === undefined ? attribute.name : `${attribute.name}.${sub.name}`;
}
