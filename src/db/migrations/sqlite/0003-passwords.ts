import { Migration } from '@mikro-orm/migrations';

/** Passwords of users, and the sessions that they start. */
export class Passwords extends Migration {
  override name = '0003-passwords';

  override up(): void {
    for (const statement of [...userPasswords, ...sessions]) this.addSql(statement);
  }
}

const userPasswords = [
  `create table user_passwords (
    workspace_id text not null,
    user_id text not null,
    hash text not null,
    changed_at text not null,
    primary key (workspace_id, user_id),
    constraint user_passwords_user_foreign foreign key (workspace_id, user_id) references users (workspace_id, id) on delete cascade
  )`,
];

const sessions = [
  `create table sessions (
    workspace_id text not null,
    id text not null,
    user_id text not null,
    public_id text not null,
    secret_hash text not null,
    created_at text not null,
    last_used_at text not null,
    expires_at text not null,
    primary key (workspace_id, id),
    constraint sessions_user_foreign foreign key (workspace_id, user_id) references users (workspace_id, id) on delete cascade
  )`,
  `create unique index sessions_public_id_unique on sessions (public_id)`,
  `create index sessions_user on sessions (workspace_id, user_id)`,
];
