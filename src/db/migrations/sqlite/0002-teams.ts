import { Migration } from '@mikro-orm/migrations';

/** Teams, who is in them, and the roles they give. */
export class Teams extends Migration {
  override name = '0002-teams';

  override up(): void {
    for (const statement of [...users, ...teams, ...memberships, ...workspaceCounters]) this.addSql(statement);
  }
}

const users = [
  `alter table users add column display_name text not null default ''`,
  `alter table users add column role_team_id text null`,
  `alter table users add column own_role text not null default 'MEMBER'`,
  `alter table users add column own_role_source text not null default 'DEFAULT'`,
  // Until now a role was always the user's own.
  `update users set own_role = role, own_role_source = role_source, display_name = coalesce(
    display_name_override,
    json_extract(profile, '$.displayName'),
    json_extract(profile, '$.name.formatted'),
    nullif(trim(coalesce(json_extract(profile, '$.name.givenName'), '') || ' ' || coalesce(json_extract(profile, '$.name.familyName'), '')), ''),
    user_name
  )`,
  `create index users_role_team on users (workspace_id, role_team_id) where role_team_id is not null`,
];

const teams = [
  `create table teams (
    workspace_id text not null,
    id text not null,
    seq integer not null,
    name text not null,
    name_key text not null,
    name_sort_key text not null,
    external_id text null,
    managed_by text not null,
    adopted integer not null,
    linked_at text null,
    last_synced_at text null,
    role_mapping text null,
    version integer not null,
    created_at text not null,
    updated_at text not null,
    primary key (workspace_id, id),
    constraint teams_workspace_id_foreign foreign key (workspace_id) references workspaces (id)
  )`,
  `create index teams_name_sort on teams (workspace_id, name_sort_key, id)`,
  `create unique index teams_name on teams (workspace_id, name_key)`,
  `create unique index teams_external_id on teams (workspace_id, external_id)`,
  `create unique index teams_seq on teams (workspace_id, seq)`,
];

// The rows stand in the primary key itself: the key is nearly all there is of them.
const memberships = [
  `create table memberships (
    workspace_id text not null,
    team_id text not null,
    user_id text not null,
    seq integer not null,
    primary key (workspace_id, team_id, user_id),
    constraint memberships_team_foreign foreign key (workspace_id, team_id) references teams (workspace_id, id) on delete cascade,
    constraint memberships_user_foreign foreign key (workspace_id, user_id) references users (workspace_id, id) on delete cascade
  ) without rowid`,
  `create index memberships_user on memberships (workspace_id, user_id, team_id)`,
];

const workspaceCounters = [
  `alter table workspace_counters add column team_count integer not null default 0`,
  `alter table workspace_counters add column last_team_seq integer not null default 0`,
  `alter table workspace_counters add column team_deletions integer not null default 0`,
  `alter table workspace_counters add column team_revision integer not null default 0`,
  `alter table workspace_counters add column last_membership_seq integer not null default 0`,
];
