import { Migration } from '@mikro-orm/migrations';

const text = 'text collate "C"';

/** Invitations to set a password, one for each user at most. */
export class Invitations extends Migration {
  override name = '0004-invitations';

  override up(): void {
    for (const statement of invitations) this.addSql(statement);
  }
}

const invitations = [
  `create table invitations (
    workspace_id ${text} not null,
    user_id ${text} not null,
    public_id ${text} not null,
    secret_hash ${text} not null,
    expires_at ${text} not null,
    used_at ${text} null,
    created_at ${text} not null,
    primary key (workspace_id, user_id),
    constraint invitations_user_foreign foreign key (workspace_id, user_id) references users (workspace_id, id) on delete cascade
  )`,
  `alter table invitations add constraint invitations_public_id_unique unique (public_id)`,
];
