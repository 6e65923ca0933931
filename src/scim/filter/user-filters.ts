import { USER_FIELDS } from '../../domain/user-fields.ts';
import type { UserField } from '../../domain/user-fields.ts';
import { USER } from '../schema/user.ts';
import { ENTERPRISE_USER } from '../urns.ts';
import type { Filterable } from './to-criteria.ts';

/** What users may be filtered by. */
export const USER_FILTERS: Filterable<UserField> = {
  schema: USER,
  fields: USER_FIELDS,
  renamed: new Map([
    ['meta.created', 'createdAt'],
    ['meta.lastModified', 'updatedAt'],
    [ENTERPRISE_USER, 'enterprise'],
  ]),
  examples: 'userName, externalId or id',
};
