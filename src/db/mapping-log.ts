import { defineEntity, p } from '@mikro-orm/core';

// The logs refer to nothing: an event outlives its target, and one that cannot be placed must not stop the others.

export const provisioningEvents = defineEntity({
  name: 'ProvisioningEvent',
  tableName: 'provisioning_events',
  properties: {
    seq: p.integer().primary().autoincrement(),
    workspaceId: p.string(),
    id: p.string(),
    occurredAt: p.string(),
    durationMs: p.double(),
    requestId: p.string(),
    httpMethod: p.string(),
    path: p.text(),
    httpStatus: p.integer(),
    ipAddress: p.string(),
    userAgent: p.text().nullable(),
    operation: p.string(),
    outcome: p.string(),
    summary: p.text(),
    errorCode: p.string().nullable(),
    scimType: p.string().nullable(),
    detail: p.text().nullable(),
    credentialId: p.string().nullable(),
    targetType: p.string().nullable(),
    targetId: p.string().nullable(),
    targetName: p.string().nullable(),
    changes: p.text(),
    tolerated: p.text(),
  },
  uniques: [{ name: 'provisioning_events_id', properties: ['workspaceId', 'id'] }],
  indexes: [
    {
      name: 'provisioning_events_target',
      properties: ['workspaceId', 'targetId', 'id'],
      where: 'target_id is not null',
    },
    {
      name: 'provisioning_events_failed',
      properties: ['workspaceId', 'id'],
      where: "outcome not in ('SUCCEEDED', 'UNCHANGED')",
    },
    {
      name: 'provisioning_events_reads',
      properties: ['occurredAt'],
      where: "operation in ('READ_USERS', 'READ_TEAMS') and outcome = 'SUCCEEDED'",
    },
  ],
});

export const domainEvents = defineEntity({
  name: 'DomainEvent',
  tableName: 'domain_events',
  properties: {
    seq: p.integer().primary().autoincrement(),
    workspaceId: p.string(),
    id: p.string(),
    occurredAt: p.string(),
    actorKind: p.string(),
    actorId: p.string().nullable(),
    actorRole: p.string().nullable(),
    name: p.string(),
    targetId: p.string(),
    targetName: p.string(),
    changes: p.text(),
  },
  uniques: [{ name: 'domain_events_id', properties: ['workspaceId', 'id'] }],
});

export const callTallies = defineEntity({
  name: 'CallTally',
  tableName: 'call_tallies',
  properties: {
    workspaceId: p.string().primary(),
    /** The hour in UTC, `2026-03-01T09`. */
    hour: p.string().primary(),
    /** Empty where no key was recognised. */
    credentialId: p.string().primary(),
    operation: p.string().primary(),
    outcome: p.string().primary(),
    /** Empty where there was none. */
    errorCode: p.string().primary(),
    count: p.integer(),
    // How many calls took up to so many milliseconds, and longer than the one before.
    ms1: p.integer().name('ms_1'),
    ms2: p.integer().name('ms_2'),
    ms5: p.integer().name('ms_5'),
    ms10: p.integer().name('ms_10'),
    ms20: p.integer().name('ms_20'),
    ms50: p.integer().name('ms_50'),
    ms100: p.integer().name('ms_100'),
    ms200: p.integer().name('ms_200'),
    ms500: p.integer().name('ms_500'),
    ms1000: p.integer().name('ms_1000'),
    ms2000: p.integer().name('ms_2000'),
    msMore: p.integer().name('ms_more'),
  },
});
