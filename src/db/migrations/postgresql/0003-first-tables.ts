import { Migration } from '@mikro-orm/migrations';

const text = 'text collate "C"';

/** The tables of the first version for PostgreSQL. A migration that was released is never edited. */
export class FirstTables extends Migration {
  override name = '0003-first-tables';

  override up(): void {
    const tables = [
      ...workspaces,
      ...workspaceCounters,
      ...workspaceCounterDeltas,
      ...users,
      ...teams,
      ...memberships,
      ...scimCredentials,
      ...accessTokens,
      ...userPasswords,
      ...sessions,
      ...provisioningEvents,
      ...domainEvents,
      ...callTallies,
    ];
    for (const statement of tables) this.addSql(statement);
  }
}

const workspaces = [
  `create table workspaces (
    id ${text} not null,
    slug ${text} not null,
    name ${text} not null,
    plan ${text} not null,
    paused boolean not null,
    settings ${text} not null,
    provisioning_version int not null,
    created_at ${text} not null,
    primary key (id)
  )`,
  `alter table workspaces add constraint workspaces_slug_unique unique (slug)`,
];

const workspaceCounters = [
  `create table workspace_counters (
    workspace_id ${text} not null,
    user_count int not null,
    last_user_seq bigint not null,
    user_deletions bigint not null,
    user_revision bigint not null,
    team_count int not null default 0,
    last_team_seq bigint not null default '0',
    team_deletions bigint not null default '0',
    team_revision bigint not null default '0',
    last_membership_seq bigint not null default '0',
    primary key (workspace_id),
    constraint workspace_counters_workspace_id_foreign foreign key (workspace_id) references workspaces (id) on update cascade on delete cascade
  )`,
];

const workspaceCounterDeltas = [
  `create table workspace_counter_deltas (
    seq bigserial primary key,
    workspace_id ${text} not null,
    user_count int not null default 0,
    user_deletions bigint not null default '0',
    user_revision bigint not null default '0',
    team_count int not null default 0,
    team_deletions bigint not null default '0',
    team_revision bigint not null default '0'
  )`,
  `create index workspace_counter_deltas_workspace on workspace_counter_deltas (workspace_id)`,
];

const users = [
  `create sequence user_order`,
  `create table users (
    workspace_id ${text} not null,
    id ${text} not null,
    seq bigint not null,
    user_name ${text} not null,
    user_name_key ${text} not null,
    external_id ${text} null,
    status ${text} not null,
    role ${text} not null,
    role_source ${text} not null,
    managed_by ${text} not null,
    adopted boolean not null,
    linked_at ${text} null,
    last_synced_at ${text} null,
    display_name_override ${text} null,
    deactivated_at ${text} null,
    deactivated_by ${text} null,
    last_active_at ${text} null,
    version int not null,
    created_at ${text} not null,
    updated_at ${text} not null,
    display_name_key ${text} not null,
    search_text ${text} not null,
    profile ${text} not null,
    comparable ${text} not null,
    display_name ${text} not null default '',
    role_team_id ${text} null,
    own_role ${text} not null default 'MEMBER',
    own_role_source ${text} not null default 'DEFAULT',
    primary key (workspace_id, id),
    constraint users_workspace_id_foreign foreign key (workspace_id) references workspaces (id)
  )`,
  `create index users_display_name on users (workspace_id, display_name_key, id)`,
  `create index users_active_owners on users (workspace_id, id) where role = 'OWNER' and status = 'ACTIVE'`,
  `create index users_role_team on users (workspace_id, role_team_id) where role_team_id is not null`,
  `alter table users add constraint users_user_name unique (workspace_id, user_name_key)`,
  `alter table users add constraint users_external_id unique (workspace_id, external_id)`,
  `alter table users add constraint users_seq unique (workspace_id, seq)`,
];

const teams = [
  `create sequence team_order`,
  `create table teams (
    workspace_id ${text} not null,
    id ${text} not null,
    seq bigint not null,
    name ${text} not null,
    name_key ${text} not null,
    name_sort_key ${text} not null,
    external_id ${text} null,
    managed_by ${text} not null,
    adopted boolean not null,
    linked_at ${text} null,
    last_synced_at ${text} null,
    role_mapping ${text} null,
    version int not null,
    created_at ${text} not null,
    updated_at ${text} not null,
    primary key (workspace_id, id),
    constraint teams_workspace_id_foreign foreign key (workspace_id) references workspaces (id)
  )`,
  `create index teams_name_sort on teams (workspace_id, name_sort_key, id)`,
  `alter table teams add constraint teams_name unique (workspace_id, name_key)`,
  `alter table teams add constraint teams_external_id unique (workspace_id, external_id)`,
  `alter table teams add constraint teams_seq unique (workspace_id, seq)`,
];

// Each request takes one number of the sequence and has room for as many members as it may name.
const memberships = [
  `create sequence membership_order increment by 131072`,
  `create table memberships (
    workspace_id ${text} not null,
    team_id ${text} not null,
    user_id ${text} not null,
    seq bigint not null,
    primary key (workspace_id, team_id, user_id),
    constraint memberships_team_foreign foreign key (workspace_id, team_id) references teams (workspace_id, id) on delete cascade,
    constraint memberships_user_foreign foreign key (workspace_id, user_id) references users (workspace_id, id) on delete cascade
  )`,
  `create index memberships_user on memberships (workspace_id, user_id, team_id)`,
];

const scimCredentials = [
  `create table scim_credentials (
    workspace_id ${text} not null,
    id ${text} not null,
    public_id ${text} not null,
    secret_hash ${text} not null,
    name ${text} not null,
    expires_at ${text} null,
    first_used_at ${text} null,
    last_used_at ${text} null,
    last_used_ip ${text} null,
    last_used_user_agent ${text} null,
    predecessor_id ${text} null,
    successor_id ${text} null,
    overlap_ends_at ${text} null,
    revoked_at ${text} null,
    revoked_by_id ${text} null,
    created_by_id ${text} null,
    created_at ${text} not null,
    primary key (workspace_id, id),
    constraint scim_credentials_workspace_id_foreign foreign key (workspace_id) references workspaces (id)
  )`,
  `alter table scim_credentials add constraint scim_credentials_public_id_unique unique (public_id)`,
];

const accessTokens = [
  `create table access_tokens (
    workspace_id ${text} not null,
    id ${text} not null,
    user_id ${text} not null,
    public_id ${text} not null,
    secret_hash ${text} not null,
    name ${text} not null,
    expires_at ${text} not null,
    last_used_at ${text} null,
    created_at ${text} not null,
    primary key (workspace_id, id),
    constraint access_tokens_workspace_id_foreign foreign key (workspace_id) references workspaces (id)
  )`,
  `alter table access_tokens add constraint access_tokens_public_id_unique unique (public_id)`,
  `create index access_tokens_user on access_tokens (workspace_id, user_id)`,
];

const userPasswords = [
  `create table user_passwords (
    workspace_id ${text} not null,
    user_id ${text} not null,
    hash ${text} not null,
    changed_at ${text} not null,
    primary key (workspace_id, user_id),
    constraint user_passwords_user_foreign foreign key (workspace_id, user_id) references users (workspace_id, id) on delete cascade
  )`,
];

const sessions = [
  `create table sessions (
    workspace_id ${text} not null,
    id ${text} not null,
    user_id ${text} not null,
    public_id ${text} not null,
    secret_hash ${text} not null,
    created_at ${text} not null,
    last_used_at ${text} not null,
    expires_at ${text} not null,
    primary key (workspace_id, id),
    constraint sessions_user_foreign foreign key (workspace_id, user_id) references users (workspace_id, id) on delete cascade
  )`,
  `alter table sessions add constraint sessions_public_id_unique unique (public_id)`,
  `create index sessions_user on sessions (workspace_id, user_id)`,
];

const provisioningEvents = [
  `create table provisioning_events (
    seq bigserial primary key,
    workspace_id ${text} not null,
    id ${text} not null,
    occurred_at ${text} not null,
    duration_ms double precision not null,
    request_id ${text} not null,
    http_method ${text} not null,
    path ${text} not null,
    http_status int not null,
    ip_address ${text} not null,
    user_agent ${text} null,
    operation ${text} not null,
    outcome ${text} not null,
    summary ${text} not null,
    error_code ${text} null,
    scim_type ${text} null,
    detail ${text} null,
    credential_id ${text} null,
    target_type ${text} null,
    target_id ${text} null,
    target_name ${text} null,
    changes ${text} not null,
    tolerated ${text} not null
  )`,
  `create index provisioning_events_target on provisioning_events (workspace_id, target_id, id) where target_id is not null`,
  `create index provisioning_events_failed on provisioning_events (workspace_id, id) where outcome not in ('SUCCEEDED', 'UNCHANGED')`,
  `create index provisioning_events_reads on provisioning_events (occurred_at) where operation in ('READ_USERS', 'READ_TEAMS') and outcome = 'SUCCEEDED'`,
  `alter table provisioning_events add constraint provisioning_events_id unique (workspace_id, id)`,
];

const domainEvents = [
  `create table domain_events (
    seq bigserial primary key,
    workspace_id ${text} not null,
    id ${text} not null,
    occurred_at ${text} not null,
    actor_kind ${text} not null,
    actor_id ${text} null,
    actor_role ${text} null,
    name ${text} not null,
    target_id ${text} not null,
    target_name ${text} not null,
    changes ${text} not null
  )`,
  `alter table domain_events add constraint domain_events_id unique (workspace_id, id)`,
];

const callTallies = [
  `create table call_tallies (
    workspace_id ${text} not null,
    hour ${text} not null,
    credential_id ${text} not null,
    operation ${text} not null,
    outcome ${text} not null,
    error_code ${text} not null,
    count int not null,
    ms_1 int not null,
    ms_2 int not null,
    ms_5 int not null,
    ms_10 int not null,
    ms_20 int not null,
    ms_50 int not null,
    ms_100 int not null,
    ms_200 int not null,
    ms_500 int not null,
    ms_1000 int not null,
    ms_2000 int not null,
    ms_more int not null,
    primary key (workspace_id, hour, credential_id, operation, outcome, error_code)
  )`,
];
