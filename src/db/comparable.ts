import type { CriteriaField } from '../domain/criteria.ts';
import { USER_FIELDS, type UserField } from '../domain/user-fields.ts';
import { presentedAttributes } from '../domain/user-profile.ts';
import type { User } from '../domain/user.ts';
import { folded, type Places } from './places.ts';
import { IDS_BY_EMAIL } from './user-emails.ts';

const FIELDS: Readonly<Record<string, CriteriaField>> = USER_FIELDS;

/** Where the fields of a user stand. */
export const USER_PLACES: Places<UserField> = {
  fields: USER_FIELDS,
  columns: {
    id: { sql: 'users.id', nullable: false, unique: true },
    userName: { sql: 'users.user_name_key', nullable: false, unique: true },
    externalId: { sql: 'users.external_id', nullable: true, unique: true },
    active: { sql: "(users.status <> 'DEACTIVATED')", nullable: false, unique: false },
    createdAt: { sql: 'users.created_at', nullable: false, unique: false },
    updatedAt: { sql: 'users.updated_at', nullable: false, unique: false },
  },
  ids: { 'emails.value': { id: 'users.id', sql: IDS_BY_EMAIL } },
  comparable: 'users.comparable',
  elements: (list, words) => ({
    from: words.elements('users.comparable', list.split('.')),
    order: `coalesce(${words.json('element.value', ['primary'])}, ${words.jsonFalse}) desc, element.key`,
  }),
  part: (_list, name, words) => ({
    sql: words.json('element.value', name.split('.')),
    nullable: true,
    unique: false,
  }),
};

/** What criteria are compared with, as JSON: what SCIM presents, folded, of the fields that have no column. */
export function comparableOf(user: User): string {
  const comparable: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(presentedAttributes(user))) {
    if (name in USER_PLACES.columns || !Object.hasOwn(FIELDS, name)) continue;
    const form = formOf(value, name);
    if (form !== undefined) comparable[name] = form;
  }
  return JSON.stringify(comparable);
}

function formOf(value: unknown, name: string): unknown {
  if (value === undefined || value === null || value === '') return undefined;
  if (Array.isArray(value))
    return nonEmpty(value.map((each) => formOf(each, name)).filter((each) => each !== undefined));
  if (typeof value === 'object') return complexForm(value, name);
  // A part that nobody may ask about still makes the value it belongs to present.
  const field = FIELDS[name];
  if (field === undefined) return true;
  return typeof value === 'string' ? folded(value, field) : value;
}

function complexForm(value: object, name: string): object | undefined {
  const form: Record<string, unknown> = {};
  for (const [part, held] of Object.entries(value)) {
    const partForm = formOf(held, `${name}.${part}`);
    if (partForm !== undefined) form[part] = partForm;
  }
  return Object.keys(form).length === 0 ? undefined : form;
}

function nonEmpty(list: unknown[]): unknown[] | undefined {
  return list.length === 0 ? undefined : list;
}
