import { TEAM_FIELDS } from '../../domain/team-fields.ts';
import type { TeamField } from '../../domain/team-fields.ts';
import { GROUP } from '../schema/group.ts';
import type { Filterable } from './to-criteria.ts';

/** What groups may be filtered by. */
export const GROUP_FILTERS: Filterable<TeamField> = {
  schema: GROUP,
  fields: TEAM_FIELDS,
  renamed: new Map([
    ['displayName', 'name'],
    ['meta.created', 'createdAt'],
    ['meta.lastModified', 'updatedAt'],
  ]),
  examples: 'displayName, externalId or id',
};
