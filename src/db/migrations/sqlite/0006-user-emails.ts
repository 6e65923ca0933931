import { Migration } from '@mikro-orm/migrations';

/** The addresses of users, so that a filter on one finds them by an index. */
export class UserEmails extends Migration {
  override name = '0006-user-emails';

  override up(): void {
    for (const statement of userEmails) this.addSql(statement);
  }
}

// The rows stand in the primary key itself: the key is all there is of them.
const userEmails = [
  `create table user_emails (
    workspace_id text not null,
    email_key text not null,
    user_id text not null,
    primary key (workspace_id, email_key, user_id),
    constraint user_emails_user_foreign foreign key (workspace_id, user_id) references users (workspace_id, id) on delete cascade
  ) without rowid`,
  `create index user_emails_user on user_emails (workspace_id, user_id)`,
  `insert or ignore into user_emails (workspace_id, email_key, user_id)
    select users.workspace_id, json_extract(element.value, '$.value'), users.id
    from users, json_each(users.comparable, '$.emails') as element
    where json_extract(element.value, '$.value') <> users.user_name_key`,
];
