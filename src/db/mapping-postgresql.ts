import { defineEntity, p } from '@mikro-orm/core';

/** What writes have added to the counters of their workspace since these were last added up (PostgreSQL). */
export const workspaceCounterDeltas = defineEntity({
  name: 'WorkspaceCounterDelta',
  tableName: 'workspace_counter_deltas',
  properties: {
    seq: p.integer().primary().autoincrement(),
    workspaceId: p.string(),
    userCount: p.integer().default(0),
    userDeletions: p.integer().default(0),
    userRevision: p.integer().default(0),
    teamCount: p.integer().default(0),
    teamDeletions: p.integer().default(0),
    teamRevision: p.integer().default(0),
  },
  indexes: [{ name: 'workspace_counter_deltas_workspace', properties: ['workspaceId'] }],
});
