import { Migration } from '@mikro-orm/migrations';

/** The tables of the first version. A migration that was released is never edited: it says what stands in old files. */
export class FirstTables extends Migration {
  override name = '0001-first-tables';

  override up(): void {
    const tables = [
      ...workspaces,
      ...workspaceCounters,
      ...users,
      ...scimCredentials,
      ...accessTokens,
      ...provisioningEvents,
      ...domainEvents,
      ...callTallies,
    ];
    for (const statement of tables) this.addSql(statement);
  }
}

const workspaces = [
  `create table workspaces (
    id text not null primary key,
    slug text not null,
    name text not null,
    plan text not null,
    paused integer not null,
    settings text not null,
    provisioning_version integer not null,
    created_at text not null
  )`,
  `create unique index workspaces_slug_unique on workspaces (slug)`,
];

const workspaceCounters = [
  `create table workspace_counters (
    workspace_id text not null primary key,
    user_count integer not null,
    last_user_seq integer not null,
    user_deletions integer not null,
    user_revision integer not null,
    constraint workspace_counters_workspace_id_foreign foreign key (workspace_id) references workspaces (id) on update cascade on delete cascade
  )`,
];

const users = [
  `create table users (
    workspace_id text not null,
    id text not null,
    seq integer not null,
    user_name text not null,
    user_name_key text not null,
    external_id text null,
    status text not null,
    role text not null,
    role_source text not null,
    managed_by text not null,
    adopted integer not null,
    linked_at text null,
    last_synced_at text null,
    display_name_override text null,
    deactivated_at text null,
    deactivated_by text null,
    last_active_at text null,
    version integer not null,
    created_at text not null,
    updated_at text not null,
    display_name_key text not null,
    search_text text not null,
    profile text not null,
    comparable text not null,
    primary key (workspace_id, id),
    constraint users_workspace_id_foreign foreign key (workspace_id) references workspaces (id)
  )`,
  `create index users_display_name on users (workspace_id, display_name_key, id)`,
  `create index users_active_owners on users (workspace_id, id) where role = 'OWNER' and status = 'ACTIVE'`,
  `create unique index users_user_name on users (workspace_id, user_name_key)`,
  `create unique index users_external_id on users (workspace_id, external_id)`,
  `create unique index users_seq on users (workspace_id, seq)`,
];

const scimCredentials = [
  `create table scim_credentials (
    workspace_id text not null,
    id text not null,
    public_id text not null,
    secret_hash text not null,
    name text not null,
    expires_at text null,
    first_used_at text null,
    last_used_at text null,
    last_used_ip text null,
    last_used_user_agent text null,
    predecessor_id text null,
    successor_id text null,
    overlap_ends_at text null,
    revoked_at text null,
    revoked_by_id text null,
    created_by_id text null,
    created_at text not null,
    primary key (workspace_id, id),
    constraint scim_credentials_workspace_id_foreign foreign key (workspace_id) references workspaces (id)
  )`,
  `create unique index scim_credentials_public_id_unique on scim_credentials (public_id)`,
];

const accessTokens = [
  `create table access_tokens (
    workspace_id text not null,
    id text not null,
    user_id text not null,
    public_id text not null,
    secret_hash text not null,
    name text not null,
    expires_at text not null,
    last_used_at text null,
    created_at text not null,
    primary key (workspace_id, id),
    constraint access_tokens_workspace_id_foreign foreign key (workspace_id) references workspaces (id)
  )`,
  `create unique index access_tokens_public_id_unique on access_tokens (public_id)`,
  `create index access_tokens_user on access_tokens (workspace_id, user_id)`,
];

const provisioningEvents = [
  `create table provisioning_events (
    seq integer not null primary key autoincrement,
    workspace_id text not null,
    id text not null,
    occurred_at text not null,
    duration_ms double not null,
    request_id text not null,
    http_method text not null,
    path text not null,
    http_status integer not null,
    ip_address text not null,
    user_agent text null,
    operation text not null,
    outcome text not null,
    summary text not null,
    error_code text null,
    scim_type text null,
    detail text null,
    credential_id text null,
    target_type text null,
    target_id text null,
    target_name text null,
    changes text not null,
    tolerated text not null
  )`,
  `create index provisioning_events_target on provisioning_events (workspace_id, target_id, id) where target_id is not null`,
  `create index provisioning_events_failed on provisioning_events (workspace_id, id) where outcome not in ('SUCCEEDED', 'UNCHANGED')`,
  `create index provisioning_events_reads on provisioning_events (occurred_at) where operation in ('READ_USERS', 'READ_TEAMS') and outcome = 'SUCCEEDED'`,
  `create unique index provisioning_events_id on provisioning_events (workspace_id, id)`,
];

const domainEvents = [
  `create table domain_events (
    seq integer not null primary key autoincrement,
    workspace_id text not null,
    id text not null,
    occurred_at text not null,
    actor_kind text not null,
    actor_id text null,
    actor_role text null,
    name text not null,
    target_id text not null,
    target_name text not null,
    changes text not null
  )`,
  `create unique index domain_events_id on domain_events (workspace_id, id)`,
];

const callTallies = [
  `create table call_tallies (
    workspace_id text not null,
    hour text not null,
    credential_id text not null,
    operation text not null,
    outcome text not null,
    error_code text not null,
    count integer not null,
    ms_1 integer not null,
    ms_2 integer not null,
    ms_5 integer not null,
    ms_10 integer not null,
    ms_20 integer not null,
    ms_50 integer not null,
    ms_100 integer not null,
    ms_200 integer not null,
    ms_500 integer not null,
    ms_1000 integer not null,
    ms_2000 integer not null,
    ms_more integer not null,
    primary key (workspace_id, hour, credential_id, operation, outcome, error_code)
  )`,
];
