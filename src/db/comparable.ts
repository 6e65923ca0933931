import type { CriteriaField } from '../domain/criteria.ts';
import { USER_FIELDS, type UserField } from '../domain/user-fields.ts';
import { presentedAttributes } from '../domain/user-profile.ts';
import type { User } from '../domain/user.ts';
import { compareKey } from '../domain/values.ts';

const FIELDS: Readonly<Record<string, CriteriaField>> = USER_FIELDS;

/** The fields that a column answers for, so that they are not in the comparable form. */
export const COLUMN_OF: Partial<Record<UserField, { readonly sql: string; readonly nullable: boolean }>> = {
  id: { sql: 'users.id', nullable: false },
  userName: { sql: 'users.user_name_key', nullable: false },
  externalId: { sql: 'users.external_id', nullable: true },
  active: { sql: "(users.status <> 'DEACTIVATED')", nullable: false },
  createdAt: { sql: 'users.created_at', nullable: false },
  updatedAt: { sql: 'users.updated_at', nullable: false },
};

/** What a field is. Throws for a name that no field has: names go into SQL, so only the table's may. */
export function userField(name: string): CriteriaField {
  if (!Object.hasOwn(FIELDS, name)) throw new TypeError(`Users have no field ${JSON.stringify(name)}.`);
  return FIELDS[name]!;
}

/** The form in which a text is compared: folded unless its case counts, and well-formed as the database keeps it. */
export function folded(text: string, field: CriteriaField): string {
  const wellFormed = text.toWellFormed();
  return field.caseExact ? wellFormed : compareKey(wellFormed);
}

/** What criteria are compared with, as JSON: what SCIM presents, folded, of the fields that have no column. */
export function comparableOf(user: User): string {
  const comparable: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(presentedAttributes(user))) {
    if (name in COLUMN_OF || !Object.hasOwn(FIELDS, name)) continue;
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
