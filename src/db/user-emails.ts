import { presentedAttributes } from '../domain/user-profile.ts';
import type { User } from '../domain/user.ts';
import { USER_FIELDS } from '../domain/user-fields.ts';
import { folded } from './places.ts';
import type { Session } from './session.ts';

// Directories look people up by address (`emails.value eq`), and an address stands in a list within the profile, which
// no index reaches. So each address has a row of its own; the one that is the user name, which is nearly everyone's,
// has none: the index of user names finds it.

/** The ids of the users who may have an address; the workspace and the address are bound, twice. */
export const IDS_BY_EMAIL = `select user_id from user_emails where workspace_id = ? and email_key = ?
  union all select id from users where workspace_id = ? and user_name_key = ?`;

const REMOVE = 'delete from user_emails where workspace_id = ? and user_id = ?';
const INSERT = 'insert into user_emails (workspace_id, email_key, user_id) values (?, ?, ?)';

/** The addresses of a user that need a row, in the form in which they are compared. */
export function emailKeysOf(user: User): readonly string[] {
  const values = presentedAttributes(user).emails?.flatMap(({ value }) => value ?? []) ?? [];
  const keys = new Set(
    values.filter((value) => value !== '').map((value) => folded(value, USER_FIELDS['emails.value'])),
  );
  keys.delete(user.userNameKey);
  return [...keys];
}

/** Writes the addresses of a user whose rows are as `before` says; unknown where that is absent. */
export async function keepEmails(session: Session, user: User, before: readonly string[] | undefined): Promise<void> {
  const keys = emailKeysOf(user);
  if (before !== undefined && before.length === keys.length && before.every((key, at) => key === keys[at])) return;
  if (before?.length !== 0) await session.run(REMOVE, [user.workspaceId, user.id]);
  for (const key of keys) await session.run(INSERT, [user.workspaceId, key, user.id]);
}
