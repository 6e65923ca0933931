import { Migration } from '@mikro-orm/migrations';

const text = 'text collate "C"';

/** The addresses of users, so that a filter on one finds them by an index. There are no users yet: nothing was released before. */
export class UserEmails extends Migration {
  override name = '0006-user-emails';

  override up(): void {
    for (const statement of userEmails) this.addSql(statement);
  }
}

const userEmails = [
  `create table user_emails (
    workspace_id ${text} not null,
    email_key ${text} not null,
    user_id ${text} not null,
    primary key (workspace_id, email_key, user_id),
    constraint user_emails_user_foreign foreign key (workspace_id, user_id) references users (workspace_id, id) on delete cascade
  )`,
  `create index user_emails_user on user_emails (workspace_id, user_id)`,
];
