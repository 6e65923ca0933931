import { Migration } from '@mikro-orm/migrations';

/** An index for each order in which users are listed, with what they are filtered by. */
export class UserLists extends Migration {
  override name = '0007-user-lists';

  override up(): void {
    for (const statement of users) this.addSql(statement);
  }
}

// What is filtered by stands last: SQLite looks at it in the index, and reads the rows of those alone who answer. So it
// does with the text that a search in the usual order looks through.
const filtered = 'role, status, managed_by';

const users = [
  `drop index users_display_name`,
  `create index users_by_name on users (workspace_id, display_name_key, id, ${filtered}, search_text)`,
  `create index users_by_creation on users (workspace_id, seq, ${filtered})`,
  `create index users_by_activity on users (workspace_id, coalesce(last_active_at, ''), id, ${filtered})`,
  `create index users_by_sync on users (workspace_id, coalesce(last_synced_at, ''), id, ${filtered})`,
];
