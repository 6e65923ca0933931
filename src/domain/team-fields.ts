import type { CriteriaField } from './criteria.ts';

/** The fields of a team that may be asked about, and how they compare. */
export const TEAM_FIELDS = {
  id: { type: 'string', caseExact: true },
  name: { type: 'string', caseExact: false },
  externalId: { type: 'string', caseExact: true },
  createdAt: { type: 'dateTime', caseExact: true },
  updatedAt: { type: 'dateTime', caseExact: true },
  members: { type: 'complex', caseExact: true, list: 'members' },
  'members.value': { type: 'string', caseExact: true, list: 'members' },
} as const satisfies Record<string, CriteriaField>;

/** The name of a field of a team that may be asked about. */
export type TeamField = keyof typeof TEAM_FIELDS;
