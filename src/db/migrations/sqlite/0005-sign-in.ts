import { Migration } from '@mikro-orm/migrations';

/** Connections with identity providers, and who a user is there. */
export class SignIn extends Migration {
  override name = '0005-sign-in';

  override up(): void {
    for (const statement of [...ssoConnections, ...userIdentities]) this.addSql(statement);
  }
}

const ssoConnections = [
  `create table sso_connections (
    workspace_id text not null primary key,
    issuer text not null,
    client_id text not null,
    sealed_secret text not null,
    updated_at text not null,
    constraint sso_connections_workspace_id_foreign foreign key (workspace_id) references workspaces (id) on update cascade on delete cascade
  )`,
];

const userIdentities = [
  `create table user_identities (
    workspace_id text not null,
    user_id text not null,
    issuer text not null,
    subject text not null,
    linked_at text not null,
    primary key (workspace_id, user_id),
    constraint user_identities_user_foreign foreign key (workspace_id, user_id) references users (workspace_id, id) on delete cascade
  )`,
  `create unique index user_identities_subject on user_identities (workspace_id, issuer, subject)`,
];
